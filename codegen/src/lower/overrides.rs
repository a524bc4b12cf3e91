//! Tables of the config whose keys refer to the document. An entry without a match is an error.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// One table of the config.
pub(crate) struct Overrides<T> {
    entries: IndexMap<String, T>,
    /// Keys of the entries that match a part of the document.
    used: HashSet<String>,
    /// Location of the table in the config.
    table: Pointer,
}

impl<T: Clone> Overrides<T> {
    pub(crate) fn new(table: Pointer, entries: impl IntoIterator<Item = (String, T)>) -> Self {
        Self {
            entries: entries.into_iter().collect(),
            used: HashSet::new(),
            table,
        }
    }

    /// Returns the entry of the first of these locations that has one, and marks it as used.
    pub(crate) fn take(&mut self, locations: &[&Pointer]) -> Option<T> {
        locations
            .iter()
            .find_map(|location| self.take_key(location.as_str()))
    }

    /// Returns the entry with this key, and marks it as used.
    pub(crate) fn take_key(&mut self, key: &str) -> Option<T> {
        let entry = self.entries.get(key)?.clone();
        if !self.used.contains(key) {
            self.used.insert(key.to_owned());
        }
        Some(entry)
    }

    /// Returns the location of an entry in the config.
    pub(crate) fn location(&self, key: &str) -> Pointer {
        self.table.key(key)
    }

    /// Returns a diagnostic for each entry that was never used. `target` is what a key should refer to.
    pub(crate) fn unused(&self, target: &str, help: &str) -> Vec<Diagnostic> {
        let unused = self.entries.keys().filter(|key| !self.used.contains(*key));
        unused
            .map(|key| {
                let text = format!("`{key}` matches no {target}");
                Diagnostic::error("unused-config-entry", &self.location(key), text)
                    .in_config()
                    .at_key()
                    .help(help)
            })
            .collect()
    }
}
