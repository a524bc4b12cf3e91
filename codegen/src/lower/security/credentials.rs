//! Credentials of the client, and the requirements of its operations.

use indexmap::IndexMap;

use crate::ir::{Credential, SecurityRequirements};

/// Credentials of the client, and the requirements of its operations.
#[derive(Default)]
pub(in crate::lower) struct Credentials {
    pub(in crate::lower) all: Vec<Credential>,
    /// Distinct requirements of operations. The most frequent one is first.
    pub(in crate::lower) requirements: Vec<SecurityRequirements>,
    /// Security schemes of each credential in `all`.
    pub(super) schemes: Vec<Vec<String>>,
    /// Schemes without a credential: not supported, so the program must send them itself.
    pub(super) unsupported: Vec<String>,
    /// True if an operation requires a scheme.
    pub(super) is_required: bool,
}

impl Credentials {
    /// Adds a credential for one or more schemes.
    pub(in crate::lower) fn add(&mut self, credential: Credential, schemes: Vec<String>) {
        self.all.push(credential);
        self.schemes.push(schemes);
    }

    /// Stores the requirements of all operations. Removes the credentials that no operation uses, and returns them.
    pub(in crate::lower) fn assign(
        &mut self,
        by_operation: &[SecurityRequirements],
    ) -> Vec<Credential> {
        let mut distinct: Vec<SecurityRequirements> = Vec::new();
        for requirements in most_frequent(by_operation).into_iter().chain(by_operation) {
            if !distinct.contains(requirements) {
                distinct.push(requirements.clone());
            }
        }
        let is_used = |i: &usize| distinct.iter().flatten().flatten().any(|used| used == i);
        let (used, unused): (Vec<usize>, Vec<usize>) = (0..self.all.len()).partition(is_used);
        for credential in distinct.iter_mut().flatten().flatten() {
            let index = used.iter().position(|i| i == credential);
            *credential = index.unwrap_or_default();
        }
        self.requirements = distinct;
        let mut removed = Vec::new();
        for i in unused.into_iter().rev() {
            self.schemes.remove(i);
            removed.push(self.all.remove(i));
        }
        removed.reverse();
        removed
    }
}

/// Returns the most frequent requirements. The first of several equally frequent ones wins.
fn most_frequent(by_operation: &[SecurityRequirements]) -> Option<&SecurityRequirements> {
    let mut counts: IndexMap<&SecurityRequirements, usize> = IndexMap::new();
    for requirements in by_operation {
        *counts.entry(requirements).or_default() += 1;
    }
    let most_frequent = counts.iter().rev().max_by_key(|(_, count)| **count);
    most_frequent.map(|(requirements, _)| *requirements)
}
