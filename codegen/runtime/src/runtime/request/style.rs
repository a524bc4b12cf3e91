//! Arguments as they stand in paths, queries, headers and cookies: lists and objects in the style that the API wants.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::value::Value;

/// How a list or an object is written where only text can stand. What is neither is written the same in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// In queries, forms and cookies a pair for each item, and for each property under its own name. Elsewhere as
    /// [`Joined`](Self::Joined) by commas.
    #[default]
    Default,
    /// All in one, this in between, which is written otherwise inside of an item. Names of properties count as items.
    Joined(&'static str),
    /// All in one, commas in between; properties as `name=value`.
    Pairs,
    /// As `.a,b`; when that is so as `.a.b`, and properties as `.name=value`.
    Label(bool),
    /// As `;name=a,b`; when that is so as `;name=a;name=b`, and properties as `;property=value`.
    Matrix(bool),
    /// A pair for each value inside, its place in brackets: `name[property][0]`.
    DeepObject,
    /// As JSON.
    Json,
}

/// One pair of a query, a form or a cookie. Its value may consist of several.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    /// What stands between the values.
    pub(crate) delimiter: &'static str,
}

/// The pairs that an argument is written as.
pub(crate) fn pairs(name: &str, style: Style, value: &Value) -> Result<Vec<Pair>, ValidationError> {
    let joined = |values, delimiter| Pair {
        name: name.to_owned(),
        values,
        delimiter,
    };
    let text = match value {
        Value::Text(text) if style != Style::Json => {
            return Ok(vec![joined(vec![text.clone()], "")]);
        }
        _ => json(value)?,
    };
    let mut pairs = Vec::new();
    match (JsonShape::of(&text)?, style) {
        (_, Style::Json) => pairs.push(joined(vec![text], "")),
        (_, Style::DeepObject) => push_deep_object(name.to_owned(), &text, 0, &mut pairs)?,
        (JsonShape::Null, _) => {}
        (JsonShape::Scalar, _) => pairs.push(joined(vec![plain_text(&text)], "")),
        (JsonShape::List(items), Style::Joined(delimiter)) if !items.is_empty() => {
            pairs.push(joined(
                items.iter().map(|item| plain_text(item.get())).collect(),
                delimiter,
            ));
        }
        (JsonShape::Object(entries), Style::Joined(delimiter)) if !entries.is_empty() => {
            let words = entries
                .into_iter()
                .flat_map(|(key, value)| [key, plain_text(value.get())]);
            pairs.push(joined(words.collect(), delimiter));
        }
        (JsonShape::List(items), _) => {
            pairs.extend(
                items
                    .iter()
                    .map(|item| joined(vec![plain_text(item.get())], "")),
            );
        }
        (JsonShape::Object(entries), _) => {
            pairs.extend(entries.into_iter().map(|(name, value)| Pair {
                name,
                values: vec![plain_text(value.get())],
                delimiter: "",
            }));
        }
    }
    Ok(pairs)
}

/// How deep a value may go where each level is written out: the same as JSON is read.
const MAX_DEPTH: usize = 128;

/// The text that an argument is written as where there are no pairs; what does not belong to the style is encoded, and
/// inside of lists and objects also the signs that do, which `encode` is given besides.
pub(crate) fn text(
    name: &str,
    style: Style,
    value: &Value,
    encode: impl Fn(&str, &str) -> String,
) -> Result<String, ValidationError> {
    let (start, between, named) = affixes(name, style);
    // Where nothing stands before it, one value alone is all there is.
    let alone = if start.is_empty() {
        ""
    } else {
        delimiters(style)
    };
    let single = |text: &str| encode(text, alone);
    let encode = |text: &str| encode(text, delimiters(style));
    let text = match value {
        Value::Text(text) if style != Style::Json => return Ok(start + &single(text)),
        _ => json(value)?,
    };
    let words: Vec<String> = match (JsonShape::of(&text)?, named) {
        _ if style == Style::Json => vec![single(&text)],
        (JsonShape::Null, _) => return Ok(String::new()),
        (JsonShape::Scalar, _) => vec![single(&plain_text(&text))],
        (JsonShape::List(items), _) => items
            .iter()
            .map(|item| encode(&plain_text(item.get())))
            .collect(),
        (JsonShape::Object(entries), Some(between)) => {
            let pair = |(key, value): &(String, &RawValue)| {
                format!("{}={}", encode(key), encode(&plain_text(value.get())))
            };
            let pairs: Vec<String> = entries.iter().map(pair).collect();
            // Properties that have their names do without that of the argument.
            let start = if start.is_empty() { "" } else { between };
            return Ok(format!("{start}{}", pairs.join(between)));
        }
        (JsonShape::Object(entries), None) => entries
            .iter()
            .flat_map(|(key, value)| [encode(key), encode(&plain_text(value.get()))])
            .collect(),
    };
    Ok(start + &words.join(&between))
}

/// What stands before and between the items; and between properties, where they have their names.
fn affixes(name: &str, style: Style) -> (String, Cow<'static, str>, Option<&'static str>) {
    match style {
        Style::Joined(delimiter) => (String::new(), delimiter.into(), None),
        Style::Pairs => (String::new(), ",".into(), Some(",")),
        Style::Label(true) => (".".to_owned(), ".".into(), Some(".")),
        Style::Label(false) => (".".to_owned(), ",".into(), None),
        Style::Matrix(true) => (format!(";{name}="), format!(";{name}=").into(), Some(";")),
        Style::Matrix(false) => (format!(";{name}="), ",".into(), None),
        Style::Default | Style::DeepObject | Style::Json => (String::new(), ",".into(), None),
    }
}

/// The signs by which a value in this style is taken apart.
fn delimiters(style: Style) -> &'static str {
    match style {
        Style::Default | Style::Joined(_) | Style::Label(false) | Style::DeepObject => ",",
        Style::Pairs => ",=",
        Style::Label(true) => ".=",
        Style::Matrix(false) => ";,",
        Style::Matrix(true) => ";=",
        Style::Json => "",
    }
}

fn push_deep_object(
    name: String,
    text: &str,
    depth: usize,
    pairs: &mut Vec<Pair>,
) -> Result<(), ValidationError> {
    if depth > MAX_DEPTH {
        return Err(ValidationError::new("goes too deep"));
    }
    match JsonShape::of(text)? {
        JsonShape::Null => {}
        JsonShape::Scalar => pairs.push(Pair {
            name,
            values: vec![plain_text(text)],
            delimiter: "",
        }),
        JsonShape::List(items) => {
            for (index, item) in items.iter().enumerate() {
                push_deep_object(format!("{name}[{index}]"), item.get(), depth + 1, pairs)?;
            }
        }
        JsonShape::Object(entries) => {
            for (key, value) in entries {
                push_deep_object(format!("{name}[{key}]"), value.get(), depth + 1, pairs)?;
            }
        }
    }
    Ok(())
}

fn json(value: &Value) -> Result<String, ValidationError> {
    String::from_utf8(value.to_json()?).map_err(|_| ValidationError::new("is no text"))
}

/// JSON that is neither list nor object as the word it stands for; anything else as it is. Whole numbers have no `.0`.
fn plain_text(json: &str) -> String {
    if json.starts_with('"') {
        return serde_json::from_str(json).unwrap_or_default();
    }
    json.strip_suffix(".0").unwrap_or(json).to_owned()
}

/// The outside of a JSON value.
enum JsonShape<'a> {
    Null,
    Scalar,
    List(Vec<&'a RawValue>),
    Object(Vec<(String, &'a RawValue)>),
}

impl<'a> JsonShape<'a> {
    fn of(json: &'a str) -> Result<Self, ValidationError> {
        let no_json = |_| ValidationError::new("is no JSON");
        match json.trim_start().bytes().next() {
            Some(b'n') => Ok(Self::Null),
            Some(b'[') => serde_json::from_str(json).map(Self::List).map_err(no_json),
            Some(b'{') => {
                let entries = serde_json::from_str::<Entries<'a>>(json).map_err(no_json)?;
                Ok(Self::Object(entries.0))
            }
            _ => Ok(Self::Scalar),
        }
    }
}

/// The properties of an object, in their order.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}
