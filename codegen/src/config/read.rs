//! Parsing and validation of a config.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Config;
use super::spec::{CONFIG, LIMITS, PAGING, POINTERS, UNITS};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity};
use crate::metaschema::{ObjectSpec, TreeValidator, ValueKind, Visitor};
use crate::pointer::{Location, Pointer};
use crate::source::{self, Source};

impl Config {
    /// Reads a config and reports its faults.
    pub fn read(source: Option<&Source>, diagnostics: &mut Diagnostics) -> Self {
        let Some(source) = source else {
            return Self::default();
        };
        let mut own = Diagnostics::new();
        let value = source::read(source, Origin::Config, &mut own)
            .unwrap_or_else(|| Value::Object(Map::new()));
        let mut validator = TreeValidator {
            origin: Origin::Config,
            unknown_keyword: Severity::Error,
            visitor: Checker,
            diagnostics: &mut own,
        };
        validator.value(&value, ValueKind::Object(&CONFIG), &Location::Root);
        let config = Self::deserialize(value).unwrap_or_else(|error| {
            if !own.has_errors() {
                let text = error.to_string();
                own.push(Diagnostic::error("invalid-config", &Pointer::root(), text));
            }
            Self::default()
        });
        diagnostics.extend(own.into_iter().map(Diagnostic::in_config));
        config
    }
}

/// Checks that a spec cannot express.
struct Checker;

impl Visitor for Checker {
    fn object(
        &mut self,
        spec: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        match spec {
            spec if [&POINTERS, &LIMITS, &UNITS].contains(&spec) => {
                let keys = object.keys();
                diagnostics.extend(keys.filter_map(|key| invalid_pointer(key, &at.key(key))));
            }
            spec if *spec == PAGING && object.len() != 1 => {
                let text = "`paging` must have either `cursor` or `page`";
                let diagnostic = Diagnostic::error("paging-arguments", &at.pointer(), text);
                diagnostics.push(diagnostic.at_key());
            }
            _ => {}
        }
    }

    fn reference(
        &mut self,
        _: &str,
        _: &'static ObjectSpec,
        _: &Location<'_>,
        _: &mut Diagnostics,
    ) {
    }
}

/// Checks that a key is a JSON pointer in the form that lowering looks up.
fn invalid_pointer(key: &str, at: &Location<'_>) -> Option<Diagnostic> {
    let diagnostic = |text: String, help: String| {
        let diagnostic = Diagnostic::error("invalid-pointer", &at.pointer(), text);
        Some(diagnostic.at_key().help(help))
    };
    match Pointer::parse(key) {
        Some(pointer) if pointer.as_str() == key => None,
        Some(pointer) => diagnostic(
            format!("`{key}` is not the canonical form of this pointer"),
            format!("write `{pointer}`"),
        ),
        None => diagnostic(
            format!("`{key}` is not a JSON pointer"),
            "begin it with `#/`, as in `#/components/schemas/Name`".to_owned(),
        ),
    }
}
