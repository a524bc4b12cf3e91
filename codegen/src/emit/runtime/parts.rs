//! The parts of the runtime that only some APIs need.

use std::collections::BTreeSet;

use crate::ir::Api;

/// Features and dependencies of the runtime.
const MANIFEST: &str = include_str!("../../../runtime/Cargo.toml");

/// A part of the runtime: what has the attribute `#[cfg(feature = "part-…")]` there.
struct Part {
    /// The feature, as in `part-paging`.
    name: &'static str,
    /// True if the crate of the API needs the part.
    is_needed: fn(&Api) -> bool,
}

/// The parts of the runtime that a crate has.
pub(in crate::emit) struct Parts(BTreeSet<&'static str>);

impl Parts {
    /// Returns the parts that an API needs, with those that they need themselves.
    pub(in crate::emit) fn of(api: &Api) -> Self {
        let needed = PARTS.iter().filter(|part| (part.is_needed)(api));
        let mut parts = Self(BTreeSet::new());
        needed.for_each(|part| parts.add(part.name));
        parts
    }

    #[cfg(test)]
    pub(super) fn all() -> Self {
        Self(PARTS.iter().map(|part| part.name).collect())
    }

    #[cfg(test)]
    pub(super) fn none() -> Self {
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
    let list = list.and_then(|list| list.strip_suffix(']')).unwrap_or_default();
    let names = list.split(',').map(|name| name.trim().trim_matches('"'));
    names.filter(|name| !name.is_empty())
}
