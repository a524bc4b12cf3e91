//! Tables of the config whose keys refer to the document. An entry without a match is an error.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// One table of the config.
pub(crate) struct Entries<T> {
    all: IndexMap<String, T>,
    taken: HashSet<String>,
    /// Location of the table in the config.
    table: Pointer,
}

impl<T: Clone> Entries<T> {
    pub(crate) fn new(table: Pointer, entries: impl IntoIterator<Item = (String, T)>) -> Self {
        Self {
            all: entries.into_iter().collect(),
            taken: HashSet::new(),
            table,
        }
    }

    /// Returns the entry of the first of these locations that has one, and marks it as used.
    pub(crate) fn take(&mut self, places: &[&Pointer]) -> Option<T> {
        places
            .iter()
            .find_map(|place| self.take_named(place.as_str()))
    }

    /// Returns the entry with this key, and marks it as used.
    pub(crate) fn take_named(&mut self, name: &str) -> Option<T> {
        let entry = self.all.get(name)?.clone();
        if !self.taken.contains(name) {
            self.taken.insert(name.to_owned());
        }
        Some(entry)
    }

    /// Returns the location of an entry in the config.
    pub(crate) fn place(&self, name: &str) -> Pointer {
        self.table.key(name)
    }

    /// Returns a diagnostic for each entry that was never used.
    pub(crate) fn unused(&self, what: &str, help: &str) -> Vec<Diagnostic> {
        let unused = self.all.keys().filter(|name| !self.taken.contains(*name));
        unused
            .map(|name| {
                Diagnostic::error(
                    "unused-config-entry",
                    &self.place(name),
                    format!("`{name}` matches no {what}"),
                )
                .in_config()
                .at_key()
                .help(help)
            })
            .collect()
    }
}
