//! Selects the variant of a union by the kind and content of a JSON value. Variants are not tried by deserialization.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// A list of strings.
type Strings = &'static [&'static str];
/// Properties and their possible values: strings, or other JSON as text.
type PropertyValues = &'static [(&'static str, Strings)];
/// Number of matching discriminating properties, then number of listed properties that exist.
type Score = (usize, usize);

/// Deeper values are not matched.
const MAX_DEPTH: usize = 128;

/// Conditions on a JSON value. Without a condition, every value matches.
#[derive(Clone, Copy, Debug)]
pub struct VariantMatcher {
    /// The kind of the value.
    pub(crate) kind: Option<Kind>,
    /// A string. Known values score higher than unknown ones.
    pub(crate) values: Strings,
    /// An object that has this property with one of these values.
    pub(crate) tag: Option<(&'static str, Strings)>,
    /// An object. Each of these properties, if present, has one of these values.
    pub(crate) tags: PropertyValues,
    /// An object. Each of these properties, if present, matches.
    pub(crate) properties: &'static [(&'static str, Self)],
    /// An object that has these properties.
    pub(crate) required: Strings,
    /// An object that may have these properties.
    pub(crate) optional: Strings,
    /// An array whose first item that is not null matches one of these.
    pub(crate) items: &'static [Self],
}

/// Kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    List,
    Object,
}

/// Returns a matcher: a kind or `Any`, with conditions, as in `Object.required(&["id"]).optional(&["name"])`.
macro_rules! variant_matcher {
    ($kind:ident $(.$condition:ident($($value:tt)+))*) => {
        crate::runtime::json::matcher::VariantMatcher {
            kind: crate::runtime::json::matcher::variant_matcher!(@kind $kind),
            $($condition: crate::runtime::json::matcher::variant_matcher!(@$condition $($value)+),)*
            ..crate::runtime::json::matcher::VariantMatcher::ANY
        }
    };
    (@kind Any) => { None };
    (@kind $kind:ident) => { Some(crate::runtime::json::matcher::Kind::$kind) };
    (@tag $name:literal, $values:expr) => { Some(($name, $values)) };
    (@properties &[$(($name:literal, $($matcher:tt)+)),+]) => {
        &[$(($name, crate::runtime::json::matcher::variant_matcher!($($matcher)+))),+]
    };
    (@items &[$($kind:ident $(.$condition:ident $operand:tt)*),+]) => {
        &[$(crate::runtime::json::matcher::variant_matcher!($kind $(.$condition $operand)*)),+]
    };
    (@$condition:ident $values:expr) => { $values };
}

pub(crate) use variant_matcher;

impl VariantMatcher {
    /// Matches every value.
    pub const ANY: Self = Self {
        kind: None,
        values: &[],
        tag: None,
        tags: &[],
        properties: &[],
        required: &[],
        optional: &[],
        items: &[],
    };

    /// True if only the kind of the value is checked.
    fn matches_kind_only(&self) -> bool {
        self.values.is_empty()
            && self.tag.is_none()
            && self.tags.is_empty()
            && self.properties.is_empty()
            && self.items.is_empty()
            && !self.lists_properties()
    }

    fn lists_properties(&self) -> bool {
        !(self.required.is_empty() && self.optional.is_empty())
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
        for (name, matcher) in self.properties {
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
        // A matcher without names scores higher than one whose names are all absent.
        let names = self.required.len() + self.optional.iter().filter(has).count();
        score.1 += if self.lists_properties() {
            2 * names
        } else {
            1
        };
        Some(score)
    }
}

/// Returns the variant with the highest score. The first of several wins.
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

/// The parts of a value that matchers inspect.
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

/// Returns the kind of a JSON value. `null` has no kind.
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

/// Returns true if a number has no fraction or a fraction of zeros.
fn is_integer(number: &str) -> bool {
    let fraction = number.split_once('.').map_or("", |(_, fraction)| fraction);
    !number.contains(['e', 'E']) && fraction.bytes().all(|digit| digit == b'0')
}

/// A null property is treated like an absent one.
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

/// Returns true if arrays and objects are nested deeper than the maximum.
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
