//! What a document may say and no crate does: said once for each kind, with all its places.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostic;
use crate::metaschema::Object;
use crate::metaschema::openapi::{COMPONENTS, ENCODING, OPERATION, PARAMETER, RESPONSE, SCHEMA};
use crate::pointer::{At, Pointer};

/// By what is said of it: where it stands.
#[derive(Default)]
pub(crate) struct Unsupported(IndexMap<&'static str, Vec<Pointer>>);

const RESERVED: &str =
    "`allowReserved` is left out: it is for queries, elsewhere reserved characters are encoded";
const CALLS: &str = "`callbacks` are left out: this crate makes calls, it answers none";
pub(crate) const CHECKS: &str =
    "keywords that only refuse values, as `if` and `contains`, are left out: they shape no type";

impl Unsupported {
    /// Looks for it in one object.
    pub(super) fn look(&mut self, kind: &Object, object: &Map<String, Value>, at: &At<'_>) {
        let kinds: [(&Object, &str, &'static str); 8] = [
            (&SCHEMA, "not", "`not` is left out: it only refuses values"),
            (&SCHEMA, "xml", "`xml` is left out: it shapes no type"),
            (&OPERATION, "callbacks", CALLS),
            (&COMPONENTS, "callbacks", CALLS),
            (
                &RESPONSE,
                "links",
                "`links` are left out: they shape no type",
            ),
            (
                &COMPONENTS,
                "links",
                "`links` are left out: they shape no type",
            ),
            (
                &ENCODING,
                "headers",
                "the `headers` of an encoding are not sent",
            ),
            (&PARAMETER, "allowReserved", RESERVED),
        ];
        for (_, key, text) in kinds.iter().filter(|(other, ..)| *other == kind) {
            let counts = *key == "allowReserved" && object.get("in") == Some(&json!("query"));
            if !counts && object.get(*key).is_some_and(says_something) {
                self.note(text, &at.key(key));
            }
        }
    }

    pub(crate) fn note(&mut self, text: &'static str, at: &At<'_>) {
        self.0.entry(text).or_default().push(at.pointer());
    }

    pub(crate) fn diagnostics(self) -> impl Iterator<Item = Diagnostic> {
        self.0.into_iter().filter_map(|(text, places)| {
            let mut places = places.into_iter();
            let diagnostic = Diagnostic::warning(&places.next()?, text).at_key();
            Some(diagnostic.related(places.collect()))
        })
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Object(object) => !object.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}
