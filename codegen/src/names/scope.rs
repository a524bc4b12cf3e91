//! Names that are already used in one scope of the generated crate.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// Names in one scope of the generated crate, each with the location in the document that it belongs to.
#[derive(Clone, Default)]
pub(crate) struct Scope {
    names: HashMap<String, Pointer>,
    /// Last number given to each name.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// Claims `name` for `owner`, or returns the location that already has it.
    pub(crate) fn claim(&mut self, name: &str, owner: &Pointer) -> Result<(), Pointer> {
        if let Some(other) = self.names.get(name) {
            return Err(other.clone());
        }
        self.names.insert(name.to_owned(), owner.clone());
        Ok(())
    }

    /// True if a name is claimed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Returns the first free name of `name2`, `name3` …
    pub(crate) fn numbered(&mut self, name: &str) -> String {
        let last = self.numbers.entry(name.to_owned()).or_insert(1);
        loop {
            *last += 1;
            let free = format!("{name}{last}");
            if !self.names.contains_key(&free) {
                return free;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_its_own_numbering() {
        let (mut scope, at) = (Scope::default(), Pointer::root());
        for name in ["a", "b", "a3"] {
            assert!(scope.claim(name, &at).is_ok());
        }
        for expected in ["a2", "a4", "a5"] {
            let name = scope.numbered("a");
            assert!(scope.claim(&name, &at).is_ok());
            assert_eq!(name, expected);
        }
        assert_eq!(scope.numbered("b"), "b2");
    }
}
