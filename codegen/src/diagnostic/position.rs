//! Positions in a text.

/// A line and a column, both counted from 1. A column is a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1.
    pub column: usize,
}

/// Part of a location whose position a diagnostic shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The value at the location.
    Value,
    /// The key of the value.
    Key,
    /// A position in the text, for faults of the syntax.
    Position(Position),
}
