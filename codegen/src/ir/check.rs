//! Checks of values before a request is sent.

/// A check before a request is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The rule.
    pub rule: Rule,
    /// Rust name of an optional boolean sibling field that suspends the rule if it is true.
    pub unless: Option<String>,
}

/// A rule for a value that is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Maximum number of bytes of a string, of JSON or of content. For a list, of each item.
    MaxBytes(u64),
    /// Maximum number of characters.
    MaxLength(u64),
    /// A valid path segment: not empty, neither `.` nor `..`.
    Segment,
    /// Minimum of a number.
    Minimum(i64),
    /// Maximum of a number.
    Maximum(i64),
    /// Maximum number of items.
    MaxItems(u64),
    /// Minimum number of items.
    MinItems(u64),
}
