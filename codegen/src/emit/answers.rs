//! What else there is to know of a call's answers, and what it asks of a client, in words: for the docs of its method.

use super::code::bare;
use super::index::Index;
use super::markdown::clean;
use super::text;
use crate::ir::{Api, Operation, SecurityRequirements, Success, Type};

/// How else the result can be received.
pub(super) fn received(operation: &Operation) -> &'static str {
    match operation.success {
        _ if !operation.streamed => "",
        Success::Text | Success::Binary { .. } => {
            "`.download()` gives the content as it comes, however much there is of it."
        }
        _ => "Where the server sends events, `.download()` gives them as they come.",
    }
}

/// The headers that come with a success.
pub(super) fn headers(operation: &Operation) -> String {
    let headers = operation.headers.iter().map(|header| {
        let kind = match header.ty {
            Type::Int | Type::UInt => "whole number",
            Type::Float => "number",
            Type::Bool => "`true` or `false`",
            _ => "text",
        };
        format!("`{}` ({kind})", header.wire_name.replace('`', ""))
    });
    let headers: Vec<String> = headers.collect();
    if headers.is_empty() {
        return String::new();
    }
    clean(&format!("Response headers: {}.", headers.join(", ")))
}

/// The types of what comes with a failure.
pub(super) fn faults(index: &Index, operation: &Operation) -> String {
    let faults = operation.error_responses.iter().map(|fault| {
        let ty = text::inline(&index.types.ty(&fault.ty));
        format!("`{ty}` ({})", fault.statuses.join(", "))
    });
    let faults: Vec<String> = faults.collect();
    if faults.is_empty() {
        return String::new();
    }
    clean(&format!(
        "`ApiError::parse` reads failures as {}.",
        faults.join(", ")
    ))
}

/// The credentials it takes, where they are not the usual ones.
pub(super) fn needs(api: &Api, operation: &Operation) -> String {
    match api.security.get(operation.security) {
        Some(needs) if operation.security > 0 || needs.is_empty() => {
            taken(api, needs, ["Needs", "Takes"])
        }
        _ => String::new(),
    }
}

/// What is taken, by the methods of the builder; `words` say that it is needed, or that it may be.
pub(super) fn taken(api: &Api, needs: &SecurityRequirements, words: [&str; 2]) -> String {
    let [needed, taken] = words;
    let way = |way: &Vec<usize>| {
        let all = way.iter().filter_map(|i| api.credentials.get(*i));
        let methods: Vec<String> = all.map(|it| format!("`{}`", bare(&it.method))).collect();
        methods.join(" and ")
    };
    let ways: Vec<String> = needs.iter().filter(|it| !it.is_empty()).map(way).collect();
    let or = if needs.iter().any(|way| way.len() > 1) {
        ", or "
    } else {
        " or "
    };
    match (&ways[..], needs.iter().any(Vec::is_empty)) {
        ([], false) => format!(
            "{needed} credentials that this crate does not make: the program sends them, as with `.header(…)`."
        ),
        ([], true) => format!("{needed} no credentials."),
        (ways, true) => format!("{taken} {}, or no credentials.", ways.join(or)),
        (ways, false) => format!("{needed} {}.", ways.join(or)),
    }
}

/// Where it goes, if not where the others go.
pub(super) fn place(operation: &Operation) -> String {
    let base_url = operation.base_url.as_ref();
    base_url.map_or_else(String::new, |url| {
        format!("Goes to <{url}> unless the client is given a base URL.")
    })
}
