//! A Rust file of the emitted crate: items are added one after another, and the imports come from a [`Scope`].

use proc_macro2::TokenStream;

use super::code::Scope;
use super::file::File;
use crate::format;

/// A Rust file without its header and imports.
#[derive(Default)]
pub(super) struct SourceFile {
    body: String,
}

impl SourceFile {
    /// Adds items.
    pub(super) fn push(&mut self, items: TokenStream) {
        if !items.is_empty() {
            self.push_text(&format::items(items));
        }
    }

    /// Adds formatted items after a blank line.
    pub(super) fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.body.push('\n');
            self.body.push_str(text);
        }
    }

    /// Adds formatted items directly below the items before.
    pub(super) fn append(&mut self, text: &str) {
        self.body.push_str(text);
    }

    /// Returns the file. `source` is the name of the document; `docs` are the inner docs and `mod` items of the file.
    pub(super) fn finish(self, path: &str, source: &str, docs: TokenStream, scope: &Scope) -> File {
        let header = format::header(source);
        let docs = format::items(docs);
        let imports = scope.imports().print();
        File {
            path: path.to_owned(),
            text: [&header, &docs, &imports, &self.body]
                .map(String::as_str)
                .concat(),
        }
    }
}
