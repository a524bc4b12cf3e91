//! One diagnostic.

use std::fmt;

use super::position::{Anchor, Position};
use super::recovery::{Recovery, TreeEdit};
use crate::pointer::Pointer;

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A crate is generated, but it differs from the document.
    Warning,
    /// No crate is generated.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// The text that a diagnostic refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The OpenAPI document.
    Document,
    /// The config.
    Config,
}

/// One fault of a document or a config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Severity of the fault.
    pub severity: Severity,
    /// Kind of fault, as in `unknown-keyword`. Diagnostics with the same code are similar.
    pub code: &'static str,
    /// The text that contains the fault.
    pub origin: Origin,
    /// Location in that text.
    pub at: Pointer,
    /// Description of the fault as a clause, without a full stop.
    pub text: String,
    /// Advice for the author.
    pub help: Option<String>,
    pub(crate) anchor: Anchor,
    /// Other locations with the same fault. Boxed, because few diagnostics have them.
    related: Option<Box<Locations>>,
    /// Recovery from the fault, unless it follows from the location.
    pub(crate) recovery: Option<Box<Recovery>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Locations(Vec<Pointer>);

impl Diagnostic {
    /// Creates an error. It prevents the generation of a crate.
    pub fn error(code: &'static str, at: &Pointer, text: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, at, text.into())
    }

    /// Creates a warning.
    pub fn warning(code: &'static str, at: &Pointer, text: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, at, text.into())
    }

    fn new(severity: Severity, code: &'static str, at: &Pointer, text: String) -> Self {
        Self {
            severity,
            code,
            origin: Origin::Document,
            at: at.clone(),
            text,
            help: None,
            anchor: Anchor::Value,
            related: None,
            recovery: None,
        }
    }

    /// Adds changes of the tree that remove the fault, and a clause that describes what is generated instead.
    #[must_use]
    pub(crate) fn fallback(
        mut self,
        edits: impl Into<Vec<(Pointer, TreeEdit)>>,
        fallback: impl Into<String>,
    ) -> Self {
        self.recovery = Some(Box::new(Recovery {
            edits: edits.into(),
            fallback: fallback.into(),
        }));
        self
    }

    /// Adds advice for the author.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds advice for the author, if there is any.
    #[must_use]
    pub(crate) fn maybe_help(self, text: Option<String>) -> Self {
        match text {
            Some(text) => self.help(text),
            None => self,
        }
    }

    /// Adds other locations with the same fault.
    #[must_use]
    pub(crate) fn related(mut self, locations: Vec<Pointer>) -> Self {
        self.related = (!locations.is_empty()).then(|| Box::new(Locations(locations)));
        self
    }

    /// Returns the other locations with the same fault.
    pub(crate) fn related_locations(&self) -> &[Pointer] {
        self.related.as_ref().map_or(&[], |related| &related.0)
    }

    /// Shows the position of the key instead of the value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.anchor = Anchor::Key;
        self
    }

    /// Marks the diagnostic as one of the config. Its location is a path of config keys.
    #[must_use]
    pub fn in_config(mut self) -> Self {
        self.origin = Origin::Config;
        self
    }

    /// Shows a position in the text instead of the location's position.
    #[must_use]
    pub(crate) fn at_position(mut self, position: Position) -> Self {
        self.anchor = Anchor::Position(position);
        self
    }
}
