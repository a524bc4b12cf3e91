//! What is said to whoever called. One who stops listening, as `head` does, stops nothing.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

/// What was asked for.
pub(crate) fn out(text: impl Display) {
    let _ = write!(stdout(), "{text}");
}

/// What else there is to know.
pub(crate) fn err(text: impl Display) {
    let _ = write!(stderr(), "{text}");
}
