//! The parts of the runtime that only some APIs need.

use std::collections::BTreeSet;

use super::needs;
use crate::emit::index::Index;
use crate::ir::Rule;

/// Features and dependencies of the runtime.
const MANIFEST: &str = include_str!("../../../runtime/Cargo.toml");

/// A part of the runtime: all items with the attribute `#[cfg(feature = "part-…")]`.
struct Part {
    /// The feature, as in `part-paging`.
    name: &'static str,
    /// True if the crate of the API needs the part.
    is_needed: fn(&Index) -> bool,
}

const fn part(name: &'static str, is_needed: fn(&Index) -> bool) -> Part {
    Part { name, is_needed }
}

/// All parts. `codegen/runtime/Cargo.toml` lists the parts that a part needs. A predicate that is always false is for a
/// part that only other parts need.
const PARTS: &[Part] = &[
    part("part-additional-properties", needs::additional_properties),
    part("part-arrays", needs::arrays),
    part("part-binary", needs::binary),
    part("part-bulk", needs::bulk),
    part("part-credentials", |index| {
        !index.api.credentials.is_empty()
    }),
    part("part-downloads", needs::downloads),
    part("part-each", needs::each),
    part("part-enums", needs::enums),
    part("part-envelope", |index| index.api.envelope.is_some()),
    part("part-integers", needs::integers),
    part("part-item-limits", |_| false),
    part("part-json", needs::json),
    part("part-json-operations", needs::json_operations),
    part("part-limits", |_| false),
    part("part-max-bytes", |index| {
        needs::rule(index, |rule| matches!(rule, Rule::MaxBytes(_)))
    }),
    part("part-max-items", |index| {
        needs::rule(index, |rule| matches!(rule, Rule::MaxItems(_)))
    }),
    part("part-max-length", |index| {
        needs::rule(index, |rule| matches!(rule, Rule::MaxLength(_)))
    }),
    part("part-maximum", |index| {
        needs::rule(index, |rule| matches!(rule, Rule::Maximum(_)))
    }),
    part("part-min-items", |index| {
        needs::rule(index, |rule| matches!(rule, Rule::MinItems(_)))
    }),
    part("part-minimum", |index| {
        needs::rule(index, |rule| matches!(rule, Rule::Minimum(_)))
    }),
    part("part-model-checks", needs::model_checks),
    part("part-multipart", needs::multipart),
    part("part-nullable", needs::nullable),
    part("part-number-limits", |_| false),
    part("part-objects", needs::objects),
    part("part-optional", needs::optional),
    part("part-paging", needs::paging),
    part("part-responses", needs::responses),
    part("part-union-display", needs::union_display),
    part("part-unions", needs::unions),
    part("part-uploads", needs::uploads),
];

/// The parts of the runtime that a crate has.
pub(in crate::emit) struct Parts(BTreeSet<&'static str>);

impl Parts {
    /// Returns the parts that the crate needs, with those that they need themselves.
    pub(in crate::emit) fn of(index: &Index) -> Self {
        let needed = PARTS.iter().filter(|part| (part.is_needed)(index));
        let mut parts = Self(BTreeSet::new());
        needed.for_each(|part| parts.add(part.name));
        parts
    }

    #[cfg(test)]
    pub(in crate::emit) fn all() -> Self {
        Self(PARTS.iter().map(|part| part.name).collect())
    }

    #[cfg(test)]
    pub(in crate::emit) fn none() -> Self {
        Self(BTreeSet::new())
    }

    fn add(&mut self, name: &'static str) {
        if self.0.insert(name) {
            let needed = requirements(name).filter(|need| need.starts_with("part-"));
            needed.for_each(|need| self.add(need));
        }
    }

    /// True if the crate has the part of this name, as in `part-paging`.
    pub(in crate::emit) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// True if a part needs the dependency.
    pub(in crate::emit) fn need_dependency(&self, name: &str) -> bool {
        let mut needed = self.0.iter().flat_map(|part| requirements(part));
        needed.any(|need| need.strip_prefix("dep:") == Some(name))
    }
}

/// Returns the features and dependencies that a feature of the runtime needs.
fn requirements(feature: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = MANIFEST.lines();
    let list = lines.find_map(|line| line.strip_prefix(feature)?.strip_prefix(" = ["));
    let list = list
        .and_then(|list| list.strip_suffix(']'))
        .unwrap_or_default();
    let names = list.split(',').map(|name| name.trim().trim_matches('"'));
    names.filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_features_of_the_runtime_are_the_listed_parts() {
        let features = MANIFEST.lines().filter(|line| line.starts_with("part-"));
        let names: Vec<&str> = features.filter_map(|line| line.split(' ').next()).collect();
        let listed: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        assert_eq!(names, listed);
        assert_eq!(requirements("parts").collect::<Vec<_>>(), listed);
    }

    #[test]
    fn parts_come_with_the_parts_and_dependencies_that_they_need() {
        let mut parts = Parts::none();
        parts.add("part-bulk");
        assert!(parts.has("part-arrays") && !parts.has("part-paging"));
        assert!(parts.need_dependency("futures-util"));
        assert!(!parts.need_dependency("tracing"));
    }
}
