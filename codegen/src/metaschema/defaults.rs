//! Values for missing keywords that the crate can do without.

use serde_json::{Value, json};

use super::openapi::{DOCUMENT, INFO, OPERATION, RESPONSE};
use super::spec::ObjectSpec;

/// Returns the value for a missing required keyword, and a clause that describes its effect.
pub(crate) fn default_value(spec: &ObjectSpec, keyword: &str) -> Option<(Value, &'static str)> {
    let title = || json!("API");
    let version = || json!("");
    match (spec, keyword) {
        (spec, "info") if *spec == DOCUMENT => Some((
            json!({"title": title(), "version": version()}),
            "the crate is called `api`",
        )),
        (spec, "title") if *spec == INFO => Some((title(), "the crate is called `api`")),
        (spec, "version") if *spec == INFO => Some((version(), "the crate's version is 0.1.0")),
        (spec, "responses") if *spec == OPERATION => {
            Some((json!({}), "its response is read as empty"))
        }
        (spec, "description") if *spec == RESPONSE => Some((json!(""), "it has no docs")),
        _ => None,
    }
}
