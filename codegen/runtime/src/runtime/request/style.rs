//! Encodes lists and objects in paths, queries, headers and cookies by the style of the parameter.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::value::Value;

/// Style of a parameter that is a list or an object. Other values are encoded the same way in all
/// styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// One pair per item or property in queries, forms and cookies (`form`, exploded). Elsewhere
    /// comma-separated (`simple`).
    #[default]
    Default,
    /// One value, separated by this delimiter. The delimiter is encoded inside items. Property names are
    /// items too.
    Delimited(&'static str),
    /// One value, separated by commas. Properties are `name=value` (`simple`, exploded).
    ExplodedSimple,
    /// `.a,b`. If exploded, `.a.b` and `.name=value`.
    Label(bool),
    /// `;name=a,b`. If exploded, `;name=a;name=b` and `;property=value`.
    Matrix(bool),
    /// One pair per leaf, with its path in brackets: `name[property][0]`.
    DeepObject,
    /// JSON.
    Json,
}

/// A pair of a query, a form or a cookie. It can have several values.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    /// Delimiter between the values.
    pub(crate) delimiter: &'static str,
}

/// Encodes an argument as pairs.
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
        (JsonShape::List(items), Style::Delimited(delimiter)) if !items.is_empty() => {
            pairs.push(joined(
                items.iter().map(|item| plain_text(item.get())).collect(),
                delimiter,
            ));
        }
        (JsonShape::Object(entries), Style::Delimited(delimiter)) if !entries.is_empty() => {
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

/// Maximum depth of a value. It is the limit of the JSON parser.
const MAX_DEPTH: usize = 128;

/// Encodes an argument as text. `encode` receives a text, and the delimiters of the style that must be
/// encoded in it.
pub(crate) fn text(
    name: &str,
    style: Style,
    value: &Value,
    encode: impl Fn(&str, &str) -> String,
) -> Result<String, ValidationError> {
    let (start, between, named) = affixes(name, style);
    // Without a prefix, a single value contains no delimiters.
    let delimiters_of_single = if start.is_empty() {
        ""
    } else {
        delimiters(style)
    };
    let single = |text: &str| encode(text, delimiters_of_single);
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
            // Exploded properties replace the name of the parameter.
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

/// Returns the prefix, the delimiter of items, and the delimiter of exploded properties.
fn affixes(name: &str, style: Style) -> (String, Cow<'static, str>, Option<&'static str>) {
    match style {
        Style::Delimited(delimiter) => (String::new(), delimiter.into(), None),
        Style::ExplodedSimple => (String::new(), ",".into(), Some(",")),
        Style::Label(true) => (".".to_owned(), ".".into(), Some(".")),
        Style::Label(false) => (".".to_owned(), ",".into(), None),
        Style::Matrix(true) => (format!(";{name}="), format!(";{name}=").into(), Some(";")),
        Style::Matrix(false) => (format!(";{name}="), ",".into(), None),
        Style::Default | Style::DeepObject | Style::Json => (String::new(), ",".into(), None),
    }
}

/// Returns the characters that have a meaning in a style.
fn delimiters(style: Style) -> &'static str {
    match style {
        Style::Default | Style::Delimited(_) | Style::Label(false) | Style::DeepObject => ",",
        Style::ExplodedSimple => ",=",
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
        return Err(ValidationError::new("is nested too deeply"));
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
    String::from_utf8(value.to_json()?).map_err(|_| ValidationError::new("is not text"))
}

/// Converts a scalar to plain text. Integers have no `.0`. Lists and objects stay JSON.
fn plain_text(json: &str) -> String {
    if json.starts_with('"') {
        return serde_json::from_str(json).unwrap_or_default();
    }
    json.strip_suffix(".0").unwrap_or(json).to_owned()
}

/// Outer structure of a JSON value.
enum JsonShape<'a> {
    Null,
    Scalar,
    List(Vec<&'a RawValue>),
    Object(Vec<(String, &'a RawValue)>),
}

impl<'a> JsonShape<'a> {
    fn of(json: &'a str) -> Result<Self, ValidationError> {
        let no_json = |_| ValidationError::new("is not JSON");
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

/// Properties of an object, in order.
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
