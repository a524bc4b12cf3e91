//! Groups of operations without a tag: the first meaningful segment of their path.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::operations::operations;

/// Group of operations that have no other operation in their path segment.
pub(crate) const SHARED_GROUP: &str = "operations";

/// Groups of the operations without a tag.
#[derive(Clone, Debug, Default)]
pub(crate) struct Untagged {
    /// Path segments of a single operation. It is empty if there is only one such segment.
    single: HashSet<String>,
}

impl Untagged {
    /// Finds the groups of a document.
    pub(super) fn of(root: &Value) -> Self {
        let all = operations(root);
        let untagged = all
            .iter()
            .filter(|operation| operation.tags().next().is_none());
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for operation in untagged {
            *counts.entry(first_segment(operation.path)).or_default() += 1;
        }
        let single = counts.into_iter().filter(|(_, count)| *count == 1);
        let single: HashSet<String> = single.map(|(segment, _)| segment.to_owned()).collect();
        if single.len() > 1 {
            Self { single }
        } else {
            Self::default()
        }
    }

    /// Returns the group of an operation without a tag. Operations that would be alone in their group share one group.
    pub(crate) fn group<'p>(&self, path: &'p str) -> &'p str {
        let segment = first_segment(path);
        if self.single.contains(segment) {
            SHARED_GROUP
        } else {
            segment
        }
    }
}

/// Returns the first segment of a path that is not a parameter, a version or `api`.
fn first_segment(path: &str) -> &str {
    let mut segments = path.split('/');
    let is_name = |segment: &&str| {
        !segment.is_empty() && !segment.starts_with('{') && !is_common_prefix(segment)
    };
    segments.find(is_name).unwrap_or(SHARED_GROUP)
}

/// True for segments that begin all paths of an API, as in `/api/v1/pets`.
fn is_common_prefix(segment: &str) -> bool {
    let digits = segment.trim_start_matches(['v', 'V']);
    let is_version = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    segment == "api" || is_version
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_are_grouped_by_path_segment() {
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
    fn a_single_untagged_operation_has_its_own_group() {
        let untagged = Untagged::of(&json!({"paths": {"/pets": {"get": {}}}}));
        assert_eq!(untagged.group("/pets"), "pets");
    }
}
