//! Reduces the matchers of the variants of a union to what distinguishes them.

mod objects;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;

use crate::ir::{JsonKind, VariantMatcher};

/// A complete matcher and the index of its variant.
pub(in crate::lower) type Candidate = (usize, Rc<VariantMatcher>);

/// A reduced matcher and the index of its variant.
type Minimal = (usize, VariantMatcher);

/// Reduces matchers to what distinguishes the variants.
pub(in crate::lower) fn minimal_matchers(
    all: &[Candidate],
    preferred: Option<&str>,
) -> Vec<Minimal> {
    let mut kinds: IndexMap<Option<JsonKind>, Vec<Candidate>> = IndexMap::new();
    for of in all {
        kinds.entry(of.1.kind).or_default().push(of.clone());
    }
    let minimal = kinds.into_iter().map(|(kind, matchers)| match kind {
        _ if is_one_case(&matchers) => bare(&matchers),
        Some(JsonKind::Object) => objects::minimal_object_matchers(&matchers, preferred),
        Some(JsonKind::Array) => minimal_array_matchers(&matchers),
        _ => matchers
            .iter()
            .map(|(i, matcher)| (*i, (**matcher).clone()))
            .collect(),
    });
    minimal.flatten().collect()
}

fn is_one_case(matchers: &[Candidate]) -> bool {
    let first = matchers.first().map(|(index, _)| *index);
    matchers.iter().all(|(index, _)| Some(*index) == first)
}

/// Reduces matchers to their kinds.
fn bare(matchers: &[Candidate]) -> Vec<Minimal> {
    let bare = |(index, matcher): &Candidate| {
        let kind = matcher.kind;
        let matcher = VariantMatcher {
            kind,
            ..VariantMatcher::default()
        };
        (*index, matcher)
    };
    matchers.iter().map(bare).collect()
}

fn minimal_array_matchers(matchers: &[Candidate]) -> Vec<Minimal> {
    let inner = |(at, (_, matcher)): (usize, &Candidate)| {
        let items = matcher.items.iter().cloned().map(Rc::new);
        items.map(move |item| (at, item)).collect::<Vec<_>>()
    };
    let items: Vec<Candidate> = matchers.iter().enumerate().flat_map(inner).collect();
    let mut items = minimal_matchers(&items, None);
    let mut seen = HashSet::new();
    items.retain(|of| seen.insert(of.clone()));
    let mut result = bare(matchers);
    for (at, item) in items {
        if let Some((_, matcher)) = result.get_mut(at) {
            matcher.items.push(item);
        }
    }
    result
}
