//! Mappings of discriminators.

use serde_json::{Map, Value};

use super::checker::Checker;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::metaschema::coerced;
use crate::metaschema::openapi::SCHEMA;
use crate::pointer::Location;

impl Checker<'_> {
    /// Resolves the mapping of a discriminator: schemas by pointer or by name.
    pub(super) fn discriminator(
        &mut self,
        object: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let mapping = object.get("mapping").and_then(Value::as_object);
        let at = at.key("mapping");
        for (value, target) in mapping.into_iter().flatten() {
            if let Some(target) = target.as_str() {
                self.mapping_target(target, &at.key(value), diagnostics);
            }
        }
    }

    fn mapping_target(&mut self, target: &str, at: &Location<'_>, diagnostics: &mut Diagnostics) {
        let text = if target.starts_with('#') {
            target.to_owned()
        } else {
            format!("#/components/schemas/{target}")
        };
        let (Err(error), _) = self.references.resolve(&text, &SCHEMA) else {
            return;
        };
        let error = self.with_local_definition(error, &text, at);
        let diagnostic = if let Some(target) = error.replacement {
            let diagnostic = Diagnostic::error(error.code, &at.pointer(), error.text);
            coerced(diagnostic, at, target.to_string().into())
        } else {
            let text = format!("{}; this entry is ignored", error.text);
            Diagnostic::warning("invalid-discriminator-mapping", &at.pointer(), text)
        };
        diagnostics.push(diagnostic.maybe_help(error.help));
    }
}
