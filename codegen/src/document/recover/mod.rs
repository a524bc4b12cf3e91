//! Removal of the faults of a document. Each fault costs the smallest part around it that the crate can do without: a
//! keyword, a response, at most an operation or a path. The diagnostic then states what is generated instead.

mod edit;
mod fallback;

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, TreeEdit};
use crate::pointer::Pointer;
use crate::validate::{Target, validate};
use fallback::Locations;

/// Largest number of recoveries. A removed part may leave `$ref`s without a target, which the next round removes: one
/// round for each `$ref` of a chain, and chains are limited to fewer than a hundred.
const MAX_ROUNDS: usize = 200;

/// Validates a tree and recovers from its faults until no recoverable fault is left. Returns the `$ref`s of the tree.
pub(super) fn recover_until_valid(
    root: &mut Value,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Target)> {
    let mut removed = HashSet::new();
    let mut round = 0;
    loop {
        let mut current = Diagnostics::new();
        let targets: Vec<(String, Target)> =
            validate(root, &removed, &mut current).targets().collect();
        let mut current: Vec<Diagnostic> = current.into_iter().collect();
        if round > 0 {
            // The first round reported the warnings.
            current.retain(is_error);
        }
        let errors = count_errors(&current);
        if errors > 0 && round < MAX_ROUNDS {
            removed.extend(recover(root, &targets, &mut current));
        }
        let has_recovered = count_errors(&current) < errors;
        diagnostics.extend(current);
        if !has_recovered {
            return targets;
        }
        round += 1;
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

fn count_errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|it| is_error(it)).count()
}

/// Recovers from errors, which become warnings. Returns the removed and replaced locations.
fn recover(
    root: &mut Value,
    targets: &[(String, Target)],
    diagnostics: &mut [Diagnostic],
) -> HashSet<Pointer> {
    let locations = Locations::new(root, targets);
    let mut edits = Vec::new();
    for diagnostic in diagnostics.iter_mut().filter(|it| is_error(it)) {
        let recovery = diagnostic.recovery.take().map(|recovery| *recovery);
        if let Some(recovery) = recovery.or_else(|| locations.recovery(&diagnostic.at)) {
            diagnostic.severity = Severity::Warning;
            diagnostic.text = format!("{}; {}", diagnostic.text, recovery.fallback);
            edits.extend(recovery.edits);
        }
    }
    let changed = edits
        .iter()
        .filter(|(_, edit)| !matches!(edit, TreeEdit::Append(_)))
        .map(|(at, _)| at.clone())
        .collect();
    edit::apply(root, edits);
    changed
}
