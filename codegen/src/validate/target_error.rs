//! Errors of `$ref`s.

use crate::pointer::Pointer;

/// Reason why a `$ref` has no valid target.
#[derive(Clone)]
pub(super) struct TargetError {
    pub(super) code: &'static str,
    pub(super) text: String,
    pub(super) help: Option<String>,
    /// Target that is used instead.
    pub(super) replacement: Option<Pointer>,
}

impl TargetError {
    pub(super) fn new(code: &'static str, text: String) -> Self {
        Self {
            code,
            text,
            help: None,
            replacement: None,
        }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }

    /// Uses another target instead.
    pub(super) fn replace_by(self, target: Pointer) -> Self {
        Self {
            help: Some(format!("write `{target}`")),
            replacement: Some(target),
            ..self
        }
    }
}
