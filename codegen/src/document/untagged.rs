//! Operations without a tag -> the word that groups them: the first of their path that says something.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::filter::{operations, tags};

/// The group of operations that have nothing in common.
pub(crate) const OTHERS: &str = "operations";

/// The words of a document's paths that stand for one operation without a tag each, if there are several such words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Untagged {
    lone: HashSet<String>,
}

impl Untagged {
    pub(super) fn of(root: &Value) -> Self {
        let all = operations(root);
        let untagged = all.iter().filter(|found| tags(found).next().is_none());
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for found in untagged {
            *counts.entry(first_word(found.path)).or_default() += 1;
        }
        let lone = counts.into_iter().filter(|(_, count)| *count == 1);
        let lone: HashSet<String> = lone.map(|(word, _)| word.to_owned()).collect();
        if lone.len() > 1 {
            Self { lone }
        } else {
            Self::default()
        }
    }

    /// What the group is called of an operation without a tag. Those that have their word to themselves are together:
    /// groups of one would only say everything twice.
    pub(crate) fn group<'p>(&self, path: &'p str) -> &'p str {
        let word = first_word(path);
        if self.lone.contains(word) {
            OTHERS
        } else {
            word
        }
    }
}

/// The first word of a path that is no parameter, and no mere version.
fn first_word(path: &str) -> &str {
    let words = path.split('/').filter(|word| !word.is_empty());
    let mut words = words.filter(|word| !word.starts_with('{'));
    words.find(|word| !is_prefix(word)).unwrap_or(OTHERS)
}

/// Whether it stands in front of all paths of an API, as in `/api/v1/pets`.
fn is_prefix(word: &str) -> bool {
    let digits = word.trim_start_matches(['v', 'V']);
    let is_version = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    word == "api" || is_version
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_are_grouped_by_what_they_have_in_common() {
        let document = json!({"paths": {
            "/api/v1/pets": {"get": {}, "post": {}},
            "/api/v1/pets/{id}": {"get": {}},
            "/api/v2.1/health": {"get": {}},
            "/{dataset}": {"get": {}},
            "/users": {"get": {"tags": ["People"]}},
            "/sendMessage": {"post": {}},
        }});
        let untagged = Untagged::of(&document);
        for (path, group) in [
            ("/api/v1/pets/{id}", "pets"),
            ("/api/v2.1/health", "operations"),
            ("/{dataset}", "operations"),
            ("/sendMessage", "operations"),
        ] {
            assert_eq!(untagged.group(path), group, "{path}");
        }
    }

    #[test]
    fn a_lone_operation_has_its_own_word() {
        let untagged = Untagged::of(&json!({"paths": {"/pets": {"get": {}}}}));
        assert_eq!(untagged.group("/pets"), "pets");
    }
}
