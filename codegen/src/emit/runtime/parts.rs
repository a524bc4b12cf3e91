//! The parts of the runtime that only some APIs need.

use std::collections::BTreeMap;

use super::{argument_needs, field_needs, limit_needs, needs};
use crate::emit::condition::Condition;
use crate::emit::index::Index;
use crate::ir::Rule;

/// Features and dependencies of the runtime.
const MANIFEST: &str = include_str!("../../../runtime/Cargo.toml");

/// A part of the runtime: all items with the attribute `#[cfg(feature = "part-…")]`.
struct Part {
    /// The feature, as in `part-paging`.
    name: &'static str,
    need: Need,
}

/// The APIs that need a part.
enum Need {
    /// If the API needs the part, the crate contains it with each selection of groups. Its items are public, or public
    /// items use them.
    Crate(fn(&Index) -> bool),
    /// The groups with this condition need the part. It contains private functions, which are unused without the groups.
    Groups(fn(&Index) -> Condition),
}

const fn part(name: &'static str, is_needed: fn(&Index) -> bool) -> Part {
    Part {
        name,
        need: Need::Crate(is_needed),
    }
}

const fn part_of_groups(name: &'static str, condition: fn(&Index) -> Condition) -> Part {
    Part {
        name,
        need: Need::Groups(condition),
    }
}

impl Part {
    /// Returns the condition of the part in the crate of an API.
    fn condition(&self, index: &Index) -> Condition {
        match self.need {
            Need::Crate(is_needed) => is_needed(index).into(),
            Need::Groups(condition) => condition(index),
        }
    }
}

/// All parts. `codegen/runtime/Cargo.toml` lists the parts that a part needs. A predicate that is always false is for a
/// part that only other parts need.
const PARTS: &[Part] = &[
    part("part-additional-integers", field_needs::additional_integers),
    part(
        "part-additional-properties",
        field_needs::additional_properties,
    ),
    part("part-additional-values", field_needs::additional_values),
    part("part-allow-reserved", argument_needs::allow_reserved),
    part("part-argument-limits", argument_needs::argument_limits),
    part("part-argument-values", needs::argument_values),
    part("part-arrays", argument_needs::arrays),
    part("part-base64", needs::base64),
    part("part-binary", needs::binary),
    part("part-bulk", needs::bulk),
    part("part-checked-arguments", argument_needs::checked),
    part("part-client-credentials", needs::client_credentials),
    part("part-cookies", needs::cookies),
    part("part-credentials", |index| {
        !index.api.credentials.is_empty()
    }),
    part("part-downloads", needs::downloads),
    part_of_groups("part-each", limit_needs::each),
    part("part-enums", needs::enums),
    part("part-envelope", |index| index.api.envelope.is_some()),
    part_of_groups("part-environment", needs::environment),
    part("part-fields", |_| false),
    part("part-ignored-properties", field_needs::ignored_properties),
    part("part-integer-fields", field_needs::integer_fields),
    part_of_groups("part-integer-lists", needs::integer_lists),
    part("part-integer-properties", |_| false),
    part_of_groups("part-integers", needs::integers),
    part("part-item-limits", |_| false),
    part("part-json", needs::json),
    part("part-json-operations", needs::json_operations),
    part("part-limits", |_| false),
    part("part-list-arguments", argument_needs::lists),
    part("part-map-arguments", argument_needs::maps),
    part("part-max-body", needs::max_body),
    part_of_groups("part-max-bytes", |index| {
        limit_needs::rule(index, |rule| matches!(rule, Rule::MaxBytes(_)))
    }),
    part_of_groups("part-max-items", |index| {
        limit_needs::rule(index, |rule| matches!(rule, Rule::MaxItems(_)))
    }),
    part_of_groups("part-max-length", |index| {
        limit_needs::rule(index, |rule| matches!(rule, Rule::MaxLength(_)))
    }),
    part_of_groups("part-maximum", |index| {
        limit_needs::rule(index, |rule| matches!(rule, Rule::Maximum(_)))
    }),
    part_of_groups("part-min-items", |index| {
        limit_needs::rule(index, |rule| matches!(rule, Rule::MinItems(_)))
    }),
    part_of_groups("part-minimum", |index| {
        limit_needs::rule(index, |rule| matches!(rule, Rule::Minimum(_)))
    }),
    part_of_groups("part-model-checks", limit_needs::model_checks),
    part("part-multipart", needs::multipart),
    part("part-nullable", needs::nullable),
    part("part-nullable-fields", field_needs::nullable_fields),
    part(
        "part-nullable-integer-fields",
        field_needs::nullable_integer_fields,
    ),
    part("part-number-limits", |_| false),
    part("part-object-bodies", needs::object_bodies),
    part("part-objects", needs::objects),
    part("part-optional", needs::optional),
    part("part-optional-fields", field_needs::optional_fields),
    part("part-optional-setters", |index| {
        index.api.has_optional_setters
    }),
    part("part-paging", needs::paging),
    part("part-plain-fields", field_needs::plain_fields),
    part("part-raw-bodies", needs::raw_bodies),
    part("part-required-if-body", argument_needs::required_if_body),
    part("part-responses", needs::responses),
    part("part-round-down", |index| index.api.rounds_down_integers),
    part("part-seconds", needs::seconds),
    part("part-status-names", |index| {
        !index.api.status_names.is_empty()
    }),
    part("part-strict-json", needs::strict_json),
    part("part-styles", argument_needs::styles),
    part("part-text", needs::text),
    part("part-tokens", needs::tokens),
    part("part-union-display", needs::union_display),
    part("part-unions", needs::unions),
    part("part-unknown-values", needs::closed_enums),
    part("part-uploads", argument_needs::uploads),
    part("part-url-encoded", needs::url_encoded),
    part("part-wasm", |index| index.api.package.wasm),
];

/// The parts of the runtime that a crate has.
pub(in crate::emit) struct Parts(BTreeMap<&'static str, Condition>);

impl Parts {
    /// Returns the parts that the crate needs, with those that they need themselves.
    pub(in crate::emit) fn of(index: &Index) -> Self {
        let mut parts = Self(BTreeMap::new());
        for part in PARTS {
            parts.add(part.name, &part.condition(index));
        }
        parts
    }

    #[cfg(test)]
    pub(in crate::emit) fn all() -> Self {
        let parts = PARTS.iter().map(|part| (part.name, Condition::Always));
        Self(parts.collect())
    }

    #[cfg(test)]
    pub(in crate::emit) fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds a part, and the parts that it needs.
    fn add(&mut self, name: &'static str, condition: &Condition) {
        let known = self.condition(name);
        let joined = known.clone().or(condition.clone());
        if joined != known {
            self.0.insert(name, joined);
            let needed = requirements(name).filter(|need| need.starts_with("part-"));
            needed.for_each(|need| self.add(need, condition));
        }
    }

    /// Returns the condition under which the crate has the part of this name.
    pub(super) fn condition(&self, name: &str) -> Condition {
        self.0.get(name).cloned().unwrap_or(Condition::Never)
    }

    /// True if the crate has the part of this name, as in `part-paging`.
    pub(in crate::emit) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// True if a part needs the dependency.
    pub(in crate::emit) fn need_dependency(&self, name: &str) -> bool {
        let mut needed = self.0.keys().flat_map(|part| requirements(part));
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
        parts.add("part-bulk", &Condition::Always);
        assert!(parts.has("part-arrays") && !parts.has("part-paging"));
        assert!(parts.need_dependency("futures-util"));
        assert!(!parts.need_dependency("tracing"));
    }
}
