//! A file of the emitted crate.

/// A file of the emitted crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path in the folder of the crate, with `/` between folders.
    pub path: String,
    /// Content of the file.
    pub text: String,
}
