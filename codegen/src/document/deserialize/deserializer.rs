//! State of a deserialization.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Location;

pub(super) type Object = Map<String, Value>;

/// Deserializes objects. Objects that cannot be deserialized are left out.
pub(in crate::document) struct Deserializer<'d> {
    diagnostics: &'d mut Diagnostics,
    /// True if validation found errors, which explain later failures.
    has_errors: bool,
    /// True if nothing was left out.
    pub(in crate::document) complete: bool,
}

impl<'d> Deserializer<'d> {
    pub(in crate::document) fn new(diagnostics: &'d mut Diagnostics) -> Self {
        let has_errors = diagnostics.has_errors();
        Self {
            diagnostics,
            has_errors,
            complete: true,
        }
    }

    pub(super) fn fail(&mut self, error: &dyn std::fmt::Display, at: &Location<'_>) {
        self.complete = false;
        if !self.has_errors {
            let text = error.to_string();
            self.diagnostics
                .push(Diagnostic::error("invalid-value", &at.pointer(), text));
        }
    }
}

/// Removes a value from an object. Null counts as absent.
pub(super) fn take(object: &mut Object, key: &str) -> Option<Value> {
    object.remove(key).filter(|value| !value.is_null())
}
