//! Describes the credentials that operations require.

use super::code::unprefixed;
use crate::ir::{Api, Operation, SecurityRequirements};

/// Returns the credentials of an operation, if they differ from those of most operations.
pub(super) fn of_operation(api: &Api, operation: &Operation) -> String {
    match api.security.get(operation.security) {
        Some(requirements) if operation.security > 0 || requirements.is_empty() => {
            describe(api, requirements, ["Requires", "Accepts"])
        }
        _ => String::new(),
    }
}

/// Names the credentials by the methods of the client's builder. The verbs introduce required and optional credentials.
pub(super) fn describe(
    api: &Api,
    requirements: &SecurityRequirements,
    [requires, accepts]: [&str; 2],
) -> String {
    let alternative = |credentials: &Vec<usize>| {
        let credentials = credentials.iter().filter_map(|i| api.credentials.get(*i));
        let methods = credentials.map(|credential| format!("`{}`", unprefixed(&credential.method)));
        methods.collect::<Vec<_>>().join(" and ")
    };
    let named = requirements.iter().filter(|it| !it.is_empty());
    let alternatives: Vec<String> = named.map(alternative).collect();
    let has_several = requirements.iter().any(|credentials| credentials.len() > 1);
    let or = if has_several { ", or " } else { " or " };
    match (&alternatives[..], requirements.iter().any(Vec::is_empty)) {
        ([], false) => format!(
            "{requires} credentials that this crate does not support: add them with `header`."
        ),
        ([], true) => format!("{requires} no credentials."),
        (all, true) => format!("{accepts} {}, or no credentials.", all.join(or)),
        (all, false) => format!("{requires} {}.", all.join(or)),
    }
}
