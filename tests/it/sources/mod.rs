//! The source files of this repository, read as text by the checks of its structure and its prose.

pub(crate) mod lexer;

use std::path::{Path, PathBuf};

/// The root folder of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
