//! What is wrong with a document or a config, and where: collected by every stage that reads them.

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
pub struct Mark {
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
}

/// What of a place is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// The value there.
    Value,
    /// The key that leads there.
    Key,
    /// This very position, for what has no place in the tree.
    Mark(Mark),
}

/// What a document is taken to say instead of what it says, so that a fault costs as little of the crate as it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mend {
    pub(crate) edits: Vec<(Pointer, Edit)>,
    /// What is emitted then, as a clause.
    pub(crate) instead: String,
}

/// A change at one place of a document's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
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
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The text it is in.
    pub origin: Origin,
    /// Where in that text.
    pub at: Pointer,
    /// What is wrong, as a clause: lower case, no full stop.
    pub text: String,
    /// What to do about it.
    pub help: Option<String>,
    pub(crate) spot: Spot,
    /// Where else the same is wrong.
    also: Option<Box<Places>>,
    /// How the document is read in spite of it, where that is not plain from the place.
    pub(crate) mend: Option<Box<Mend>>,
}

impl Problem {
    /// Something that no crate can come out of.
    pub fn error(at: &Pointer, text: impl Into<String>) -> Self {
        Self::new(Severity::Error, at, text.into())
    }

    /// Something that the crate does without.
    pub fn warning(at: &Pointer, text: impl Into<String>) -> Self {
        Self::new(Severity::Warning, at, text.into())
    }

    fn new(severity: Severity, at: &Pointer, text: String) -> Self {
        Self {
            severity,
            origin: Origin::Document,
            at: at.clone(),
            text,
            help: None,
            spot: Spot::Value,
            also: None,
            mend: None,
        }
    }

    /// Says what is emitted in spite of it, and what the document is read as for that.
    #[must_use]
    pub(crate) fn instead(
        mut self,
        edits: impl Into<Vec<(Pointer, Edit)>>,
        instead: impl Into<String>,
    ) -> Self {
        self.mend = Some(Box::new(Mend {
            edits: edits.into(),
            instead: instead.into(),
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
    pub(crate) fn also(mut self, places: Vec<Pointer>) -> Self {
        self.also = (!places.is_empty()).then(|| Box::new(Places(places)));
        self
    }

    /// Where else it is so.
    pub(crate) fn elsewhere(&self) -> &[Pointer] {
        self.also.as_ref().map_or(&[], |also| &also.0)
    }

    /// Points at the key that leads to the place, not at its value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.spot = Spot::Key;
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
    pub(crate) fn at_mark(mut self, mark: Mark) -> Self {
        self.spot = Spot::Mark(mark);
        self
    }
}

/// All that is wrong, in the order it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
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
            .filter(|problem| problem.severity == severity)
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
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Keeps those that fit.
    pub(crate) fn retain(&mut self, fits: impl FnMut(&Problem) -> bool) {
        self.0.retain(fits);
    }

    /// Makes every warning an error.
    pub fn strict(&mut self) {
        for problem in &mut self.0 {
            problem.severity = Severity::Error;
        }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}
