//! Matchers of variants before and after the reduction.

use std::rc::Rc;

use crate::ir::VariantMatcher;

/// A complete matcher and the index of its variant.
pub(in crate::lower) type Candidate = (usize, Rc<VariantMatcher>);

/// A reduced matcher and the index of its variant.
pub(super) type Minimal = (usize, VariantMatcher);

/// True if all matchers belong to one variant.
pub(super) fn is_single_variant(matchers: &[Candidate]) -> bool {
    let first = matchers.first().map(|(index, _)| *index);
    matchers.iter().all(|(index, _)| Some(*index) == first)
}

/// Reduces matchers to their kinds.
pub(super) fn kinds_only(matchers: &[Candidate]) -> Vec<Minimal> {
    let kind_only = |(index, matcher): &Candidate| {
        let kind = matcher.kind;
        let matcher = VariantMatcher {
            kind,
            ..VariantMatcher::default()
        };
        (*index, matcher)
    };
    matchers.iter().map(kind_only).collect()
}
