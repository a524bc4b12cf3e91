//! A config's text -> [`Config`], every key checked against a table.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Config;
use super::spec::{CONFIG, LIMITS, PAGING, POINTERS};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity};
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::{Location, Pointer};
use crate::source::{self, Source};
use crate::validate::shapes::{Shapes, Visitor};

impl Config {
    /// Reads a config and says everything that is wrong with it; what is wrong counts as left out.
    pub fn read(source: Option<&Source>, diagnostics: &mut Diagnostics) -> Self {
        let Some(source) = source else {
            return Self::default();
        };
        let mut own = Diagnostics::default();
        let config = source::read(source, Origin::Config, &mut own)
            .unwrap_or_else(|| Value::Object(Map::new()));
        let mut shapes = Shapes {
            origin: Origin::Config,
            unknown: Severity::Error,
            visitor: Checks,
            diagnostics: &mut own,
        };
        shapes.value(&config, ValueKind::Object(&CONFIG), &Location::Root);
        let config = match Self::deserialize(config) {
            Ok(config) => config,
            Err(error) if !own.has_errors() => {
                own.push(Diagnostic::error(
                    "invalid-config",
                    &Pointer::root(),
                    error.to_string(),
                ));
                Self::default()
            }
            Err(_) => Self::default(),
        };
        diagnostics.extend(own.into_iter().map(Diagnostic::in_config));
        config
    }
}

/// What a table cannot say.
struct Checks;

impl Visitor for Checks {
    fn object(
        &mut self,
        kind: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        match kind {
            kind if *kind == POINTERS || *kind == LIMITS => {
                let wrong = object.keys().filter_map(|key| pointer(key, &at.key(key)));
                diagnostics.extend(wrong);
            }
            kind if *kind == PAGING && object.len() != 1 => {
                diagnostics.push(
                    Diagnostic::error(
                        "paging-arguments",
                        &at.pointer(),
                        "`paging` names either `cursor` or `page`",
                    )
                    .at_key(),
                );
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

/// What is wrong with a key that is to be a JSON pointer, written the way lowering looks for it.
fn pointer(key: &str, at: &Location<'_>) -> Option<Diagnostic> {
    let diagnostic =
        |text: String| Diagnostic::error("invalid-pointer", &at.pointer(), text).at_key();
    match Pointer::parse(key) {
        Some(pointer) if pointer.as_str() == key => None,
        Some(pointer) => Some(
            diagnostic(format!("`{key}` is not how this pointer is written here"))
                .help(format!("write `{pointer}`")),
        ),
        None => {
            let help = "one begins with `#/`, as in `#/components/schemas/Name`";
            Some(diagnostic(format!("`{key}` is no JSON pointer")).help(help))
        }
    }
}
