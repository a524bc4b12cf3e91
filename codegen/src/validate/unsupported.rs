//! Keywords without an effect on the crate. There is one diagnostic for each kind of keyword, with all locations.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostic;
use crate::metaschema::ObjectSpec;
use crate::metaschema::openapi::{COMPONENTS, ENCODING, OPERATION, PARAMETER, RESPONSE, SCHEMA};
use crate::pointer::{Location, Pointer};

/// Unsupported keywords by diagnostic code.
#[derive(Default)]
pub(crate) struct Unsupported(IndexMap<&'static str, Entry>);

struct Entry {
    text: &'static str,
    locations: Vec<Pointer>,
}

/// A kind of unsupported keyword: its code and its text.
pub(crate) type Kind = (&'static str, &'static str);

const NOT: Kind = (
    "unsupported-not",
    "`not` is ignored: it only restricts values",
);
const XML: Kind = (
    "unsupported-xml",
    "`xml` is ignored: it has no effect on JSON",
);
const CALLBACKS: Kind = (
    "unsupported-callbacks",
    "`callbacks` are ignored: a client receives no requests",
);
const LINKS: Kind = (
    "unsupported-links",
    "`links` are ignored: they have no effect on types",
);
const ENCODING_HEADERS: Kind = (
    "unsupported-encoding-headers",
    "the `headers` of an encoding are ignored: they are not sent",
);
const ALLOW_RESERVED: Kind = (
    "unsupported-allow-reserved",
    "`allowReserved` is ignored: only query parameters support it",
);
pub(crate) const VALIDATION: Kind = (
    "unsupported-validation",
    "validation keywords like `if` and `contains` are ignored: they only restrict values",
);

impl Unsupported {
    /// Collects the unsupported keywords of one object.
    pub(super) fn collect(
        &mut self,
        spec: &ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
    ) {
        let keywords: [(&ObjectSpec, &str, Kind); 8] = [
            (&SCHEMA, "not", NOT),
            (&SCHEMA, "xml", XML),
            (&OPERATION, "callbacks", CALLBACKS),
            (&COMPONENTS, "callbacks", CALLBACKS),
            (&RESPONSE, "links", LINKS),
            (&COMPONENTS, "links", LINKS),
            (&ENCODING, "headers", ENCODING_HEADERS),
            (&PARAMETER, "allowReserved", ALLOW_RESERVED),
        ];
        for (_, key, kind) in keywords.into_iter().filter(|(owner, ..)| *owner == spec) {
            let is_supported = key == "allowReserved" && object.get("in") == Some(&json!("query"));
            if !is_supported && object.get(key).is_some_and(is_significant) {
                self.add(kind, &at.key(key));
            }
        }
    }

    pub(crate) fn add(&mut self, (code, text): Kind, at: &Location<'_>) {
        let entry = self.0.entry(code).or_insert_with(|| Entry {
            text,
            locations: Vec::new(),
        });
        entry.locations.push(at.pointer());
    }

    /// One diagnostic per kind: it names the first location, the others are related.
    pub(crate) fn diagnostics(self) -> impl Iterator<Item = Diagnostic> {
        self.0.into_iter().filter_map(|(code, entry)| {
            let mut locations = entry.locations.into_iter();
            let first = locations.next()?;
            let diagnostic = Diagnostic::warning(code, &first, entry.text).at_key();
            Some(diagnostic.related(locations.collect()))
        })
    }
}

/// True if the value of an unsupported keyword has an effect.
fn is_significant(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Object(object) => !object.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}
