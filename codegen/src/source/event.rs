//! Events of a parser. YAML, JSON and TOML give the same events.

use std::borrow::Cow;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Position};

/// Deepest nesting that is read. Real documents have fewer levels, and later stages can use recursion.
pub(super) const MAX_DEPTH: usize = 100;

/// Event of a parser.
#[derive(Clone)]
pub(super) enum Event<'t> {
    /// An object begins.
    ObjectStart,
    /// A list begins.
    ListStart,
    /// The innermost object or list ends.
    End,
    /// The key of the next value.
    Key(Cow<'t, str>),
    /// A value that is neither an object nor a list.
    Scalar(Value),
}

/// Events of a text with their positions.
pub(super) type Events<'t> =
    Box<dyn Iterator<Item = Result<(Event<'t>, Position), Box<Diagnostic>>> + 't>;
