//! Reduces the matchers of the variants of a union to what distinguishes them.

mod candidate;
mod objects;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;

pub(in crate::lower) use self::candidate::Candidate;
use self::candidate::{Minimal, is_single_variant, kinds_only};
use crate::ir::JsonKind;

/// Reduces matchers to what distinguishes the variants.
pub(in crate::lower) fn minimal_matchers(
    all: &[Candidate],
    preferred: Option<&str>,
) -> Vec<Minimal> {
    let mut kinds: IndexMap<Option<JsonKind>, Vec<Candidate>> = IndexMap::new();
    for candidate in all {
        kinds
            .entry(candidate.1.kind)
            .or_default()
            .push(candidate.clone());
    }
    let minimal = kinds.into_iter().map(|(kind, matchers)| match kind {
        _ if is_single_variant(&matchers) => kinds_only(&matchers),
        Some(JsonKind::Object) => {
            let reduce = |all: &[Candidate]| minimal_matchers(all, None);
            objects::minimal_object_matchers(&matchers, preferred, &reduce)
        }
        Some(JsonKind::Array) => minimal_array_matchers(&matchers),
        _ => matchers
            .iter()
            .map(|(i, matcher)| (*i, (**matcher).clone()))
            .collect(),
    });
    minimal.flatten().collect()
}

fn minimal_array_matchers(matchers: &[Candidate]) -> Vec<Minimal> {
    let items_of = |(at, (_, matcher)): (usize, &Candidate)| {
        let items = matcher.items.iter().cloned().map(Rc::new);
        items.map(move |item| (at, item)).collect::<Vec<_>>()
    };
    let items: Vec<Candidate> = matchers.iter().enumerate().flat_map(items_of).collect();
    let mut items = minimal_matchers(&items, None);
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(item.clone()));
    let mut result = kinds_only(matchers);
    for (at, item) in items {
        if let Some((_, matcher)) = result.get_mut(at) {
            matcher.items.push(item);
        }
    }
    result
}
