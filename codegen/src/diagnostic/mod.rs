//! What is wrong with a document or a config, and where: collected by every stage that reads them.

pub(crate) mod render;

use std::fmt;

use serde_json::Value;

use crate::pointer::Pointer;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A crate comes out, but something of the document is not in it as it stands there.
    Warning,
    /// No crate comes out.
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

/// Which of the two texts a problem is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The OpenAPI document.
    Document,
    /// The config.
    Config,
}

/// A line and a column, both from 1; a column is a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
}

/// What of a place is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The value there.
    Value,
    /// The key that leads there.
    Key,
    /// This very position, for what has no place in the tree.
    Position(Position),
}

/// What a document is taken to say instead of what it says, so that a fault costs as little of the crate as it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recovery {
    pub(crate) edits: Vec<(Pointer, TreeEdit)>,
    /// What is emitted then, as a clause.
    pub(crate) fallback: String,
}

/// A change at one place of a document's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TreeEdit {
    Remove,
    Set(Value),
    /// One more item of the list there, which may be absent.
    Append(Value),
}

/// Several places. Few problems have them, so they stand in a box of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Places(Vec<Pointer>);

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Kind of problem, as in `unknown-keyword`: similar diagnostics have the same code.
    pub code: &'static str,
    /// The text it is in.
    pub origin: Origin,
    /// Where in that text.
    pub at: Pointer,
    /// What is wrong, as a clause: lower case, no full stop.
    pub text: String,
    /// What to do about it.
    pub help: Option<String>,
    pub(crate) anchor: Anchor,
    /// Where else the same is wrong.
    related: Option<Box<Places>>,
    /// How the document is read in spite of it, where that is not plain from the place.
    pub(crate) recovery: Option<Box<Recovery>>,
}

impl Diagnostic {
    /// Something that no crate can come out of.
    pub fn error(code: &'static str, at: &Pointer, text: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, at, text.into())
    }

    /// Something that the crate does without.
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

    /// Says what is emitted in spite of it, and what the document is read as for that.
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

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says where else it is so.
    #[must_use]
    pub(crate) fn related(mut self, places: Vec<Pointer>) -> Self {
        self.related = (!places.is_empty()).then(|| Box::new(Places(places)));
        self
    }

    /// Where else it is so.
    pub(crate) fn related_locations(&self) -> &[Pointer] {
        self.related.as_ref().map_or(&[], |related| &related.0)
    }

    /// Points at the key that leads to the place, not at its value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.anchor = Anchor::Key;
        self
    }

    /// Points into the config; the place is a path of config keys.
    #[must_use]
    pub fn in_config(mut self) -> Self {
        self.origin = Origin::Config;
        self
    }

    /// Points at a position of the text itself.
    #[must_use]
    pub(crate) fn at_position(mut self, mark: Position) -> Self {
        self.anchor = Anchor::Position(mark);
        self
    }
}

/// All that is wrong, in the order it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many errors.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Keeps those that fit.
    pub(crate) fn retain(&mut self, fits: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(fits);
    }

    /// Makes every warning an error.
    pub fn strict(&mut self) {
        for diagnostic in &mut self.0 {
            diagnostic.severity = Severity::Error;
        }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}
