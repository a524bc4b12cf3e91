//! What the cases of a union look like -> as much of it as tells one from the others.

mod objects;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;

use crate::ir::{JsonKind, VariantMatcher};

/// A look of one case, by its index.
pub(in crate::lower) type Of = (usize, Rc<VariantMatcher>);

/// What is left of it.
type Told = (usize, VariantMatcher);

/// As much as tells the cases apart.
pub(in crate::lower) fn told_apart(all: &[Of], preferred: Option<&str>) -> Vec<Told> {
    let mut kinds: IndexMap<Option<JsonKind>, Vec<Of>> = IndexMap::new();
    for of in all {
        kinds.entry(of.1.kind).or_default().push(of.clone());
    }
    let told = kinds.into_iter().map(|(kind, looks)| match kind {
        _ if is_one_case(&looks) => bare(&looks),
        Some(JsonKind::Object) => objects::apart(&looks, preferred),
        Some(JsonKind::Array) => arrays_apart(&looks),
        _ => looks
            .iter()
            .map(|(i, look)| (*i, (**look).clone()))
            .collect(),
    });
    told.flatten().collect()
}

fn is_one_case(looks: &[Of]) -> bool {
    let first = looks.first().map(|(index, _)| *index);
    looks.iter().all(|(index, _)| Some(*index) == first)
}

/// The kinds alone.
fn bare(looks: &[Of]) -> Vec<Told> {
    let bare = |(index, look): &Of| {
        let kind = look.kind;
        let look = VariantMatcher {
            kind,
            ..VariantMatcher::default()
        };
        (*index, look)
    };
    looks.iter().map(bare).collect()
}

fn arrays_apart(looks: &[Of]) -> Vec<Told> {
    let inner = |(at, (_, look)): (usize, &Of)| {
        let items = look.items.iter().cloned().map(Rc::new);
        items.map(move |item| (at, item)).collect::<Vec<_>>()
    };
    let items: Vec<Of> = looks.iter().enumerate().flat_map(inner).collect();
    let mut items = told_apart(&items, None);
    let mut seen = HashSet::new();
    items.retain(|of| seen.insert(of.clone()));
    let mut result = bare(looks);
    for (at, item) in items {
        if let Some((_, look)) = result.get_mut(at) {
            look.items.push(item);
        }
    }
    result
}
