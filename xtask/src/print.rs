//! Prints to the standard streams. Ignores errors, for example after `| head` closes the stream.

use std::fmt::Display;
use std::io::{self, Write};

/// Prints the result of the command.
pub(crate) fn stdout(text: impl Display) {
    let _ = write!(io::stdout(), "{text}");
}

/// Prints diagnostics and errors.
pub(crate) fn stderr(text: impl Display) {
    let _ = write!(io::stderr(), "{text}");
}
