//! Which case of a union a JSON value is, by its looks: its kind, what is in it, and never by trying to read it.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Texts.
type Strings = &'static [&'static str];
/// Properties, and the texts that each may be: a string, or other JSON as it is written.
type PropertyValues = &'static [(&'static str, Strings)];
/// How well a value fits: by so many properties that tell, and so many names.
type Score = (usize, usize);

/// What lies deeper than this is not looked at.
const MAX_DEPTH: usize = 128;

/// What a JSON value may look like. What is not said may be anything.
#[derive(Clone, Copy, Debug)]
pub struct VariantMatcher {
    kind: Option<Kind>,
    values: Strings,
    tag: Option<(&'static str, Strings)>,
    tags: PropertyValues,
    inside: &'static [(&'static str, VariantMatcher)],
    required: Strings,
    known: Strings,
    items: &'static [VariantMatcher],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    List,
    Object,
}

/// JSON of any kind.
pub const ANY: VariantMatcher = VariantMatcher::new(None);
/// A string.
pub const STRING: VariantMatcher = VariantMatcher::new(Some(Kind::String));
/// A whole number.
pub const INTEGER: VariantMatcher = VariantMatcher::new(Some(Kind::Integer));
/// A number.
pub const NUMBER: VariantMatcher = VariantMatcher::new(Some(Kind::Number));
/// `true` or `false`.
pub const BOOLEAN: VariantMatcher = VariantMatcher::new(Some(Kind::Boolean));
/// A list.
pub const LIST: VariantMatcher = VariantMatcher::new(Some(Kind::List));
/// An object.
pub const OBJECT: VariantMatcher = VariantMatcher::new(Some(Kind::Object));

impl VariantMatcher {
    const fn new(kind: Option<Kind>) -> Self {
        Self {
            kind,
            values: &[],
            tag: None,
            tags: &[],
            inside: &[],
            required: &[],
            known: &[],
            items: &[],
        }
    }

    /// A string that is one of these, or one that nobody knows yet.
    pub const fn values(self, values: Strings) -> Self {
        Self { values, ..self }
    }

    /// An object with this property, which has one of these values.
    pub const fn tag(self, name: &'static str, values: Strings) -> Self {
        Self {
            tag: Some((name, values)),
            ..self
        }
    }

    /// An object of which each of these properties has one of these values, if it is there.
    pub const fn tags(self, tags: PropertyValues) -> Self {
        Self { tags, ..self }
    }

    /// An object of which each of these properties looks like this, if it is there.
    pub const fn inside(self, inside: &'static [(&'static str, Self)]) -> Self {
        Self { inside, ..self }
    }

    /// An object with these properties.
    pub const fn required(self, required: Strings) -> Self {
        Self { required, ..self }
    }

    /// An object that may have these properties.
    pub const fn known(self, known: Strings) -> Self {
        Self { known, ..self }
    }

    /// A list whose items look like one of these.
    pub const fn of(self, items: &'static [VariantMatcher]) -> Self {
        Self { items, ..self }
    }

    /// Whether only the kind of a value counts.
    fn matches_kind_only(&self) -> bool {
        self.values.is_empty()
            && self.tag.is_none()
            && self.tags.is_empty()
            && self.inside.is_empty()
            && self.items.is_empty()
            && !self.lists_properties()
    }

    fn lists_properties(&self) -> bool {
        !(self.required.is_empty() && self.known.is_empty())
    }

    fn accepts(&self, kind: Kind) -> bool {
        match self.kind {
            None => true,
            Some(Kind::Number) => matches!(kind, Kind::Number | Kind::Integer),
            Some(own) => own == kind,
        }
    }

    fn score(&self, value: &Value<'_>) -> Option<Score> {
        match value {
            _ if self.kind.is_none() => Some((0, 0)),
            Value::Scalar(kind) => Some((0, usize::from(self.kind == Some(*kind)))),
            Value::String(text) if self.values.contains(&text.as_str()) => Some((0, 2)),
            Value::String(_) => Some((0, usize::from(self.values.is_empty()))),
            Value::List(Some(first)) if !self.items.is_empty() => {
                let (_, (tags, names)) =
                    best_match(self.items.iter().map(|matcher| (0, matcher)), first.get())?;
                Some((tags, names + 1))
            }
            Value::List(_) => Some((0, 0)),
            Value::Object(properties) => self.score_object(properties),
        }
    }

    fn score_object(&self, properties: &BTreeMap<String, &RawValue>) -> Option<Score> {
        let mut score = (0, 0);
        if let Some((name, values)) = self.tag {
            is_one_of(properties.get(name)?, values).then_some(())?;
            score.0 += 1;
        }
        for (name, values) in self.tags {
            if let Some(value) = properties.get(*name).filter(|value| !is_null(value)) {
                is_one_of(value, values).then_some(())?;
                score.0 += 1;
            }
        }
        for (name, matcher) in self.inside {
            if let Some(value) = properties.get(*name).filter(|value| !is_null(value)) {
                let (_, (tags, names)) = best_match([(0, matcher)].into_iter(), value.get())?;
                score.0 += tags;
                score.1 += names;
            }
        }
        let has = |name: &&&str| properties.contains_key(**name);
        if !self.required.iter().all(|name| has(&name)) {
            return None;
        }
        // What may have any names goes before what has some, none of which is there.
        let names = self.required.len() + self.known.iter().filter(has).count();
        score.1 += if self.lists_properties() {
            2 * names
        } else {
            1
        };
        Some(score)
    }
}

/// The case that a JSON value fits best, the first of several.
pub(crate) fn select_variant(cases: &[&[VariantMatcher]], json: &str) -> Option<usize> {
    if is_too_deep(json) {
        return None;
    }
    let matchers = cases.iter().enumerate();
    let matchers =
        matchers.flat_map(|(case, matchers)| matchers.iter().map(move |matcher| (case, matcher)));
    best_match(matchers, json).map(|(case, _)| case)
}

fn best_match<'a>(
    matchers: impl Iterator<Item = (usize, &'a VariantMatcher)>,
    json: &str,
) -> Option<(usize, Score)> {
    let kind = kind(json)?;
    let matchers: Vec<_> = matchers
        .filter(|(_, matcher)| matcher.accepts(kind))
        .collect();
    if let [(case, only)] = matchers.as_slice()
        && only.matches_kind_only()
    {
        return Some((*case, (0, 0)));
    }
    let value = Value::read(kind, json)?;
    let mut best_match: Option<(usize, Score)> = None;
    for (case, matcher) in matchers {
        if let Some(score) = matcher.score(&value)
            && best_match.is_none_or(|(_, best_match)| score > best_match)
        {
            best_match = Some((case, score));
        }
    }
    best_match
}

/// As much of a value as its looks are about.
enum Value<'a> {
    Scalar(Kind),
    String(String),
    List(Option<&'a RawValue>),
    Object(BTreeMap<String, &'a RawValue>),
}

impl<'a> Value<'a> {
    fn read(kind: Kind, json: &'a str) -> Option<Self> {
        Some(match kind {
            Kind::String => Self::String(serde_json::from_str(json).ok()?),
            Kind::List => {
                let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
                Self::List(items.into_iter().find(|item| !is_null(item)))
            }
            Kind::Object => Self::Object(serde_json::from_str(json).ok()?),
            scalar => Self::Scalar(scalar),
        })
    }
}

/// The kind of a JSON value; `null` has none.
fn kind(json: &str) -> Option<Kind> {
    let json = json.trim();
    Some(match json.as_bytes().first()? {
        b'"' => Kind::String,
        b'[' => Kind::List,
        b'{' => Kind::Object,
        b't' | b'f' => Kind::Boolean,
        b'-' | b'0'..=b'9' if is_integer(json) => Kind::Integer,
        b'-' | b'0'..=b'9' => Kind::Number,
        _ => return None,
    })
}

/// Whether a number has no fraction, or one of zeros.
fn is_integer(number: &str) -> bool {
    let fraction = number.split_once('.').map_or("", |(_, fraction)| fraction);
    !number.contains(['e', 'E']) && fraction.bytes().all(|digit| digit == b'0')
}

/// What is null says no more than what is absent.
fn is_null(value: &RawValue) -> bool {
    kind(value.get()).is_none()
}

fn is_one_of(value: &RawValue, texts: Strings) -> bool {
    let json = value.get();
    match serde_json::from_str::<String>(json) {
        Ok(text) => texts.contains(&text.as_str()),
        Err(_) => texts.contains(&json),
    }
}

/// Whether lists and objects lie in each other deeper than anyone would write them.
fn is_too_deep(json: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    json.bytes().any(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}
