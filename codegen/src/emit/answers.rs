//! What else there is to know of a call's answers, and what it asks of a client, in words: for the docs of its method.

use super::code::{Scope, bare};
use super::markdown::clean;
use super::text;
use crate::ir::{Operation, Success, Type};

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
        format!("`{}` ({kind})", header.wire.replace('`', ""))
    });
    let headers: Vec<String> = headers.collect();
    if headers.is_empty() {
        return String::new();
    }
    clean(&format!("Response headers: {}.", headers.join(", ")))
}

/// The types of what comes with a failure.
pub(super) fn faults(operation: &Operation) -> String {
    let faults = operation.faults.iter().map(|fault| {
        let ty = text::inline(&Scope::default().ty(&fault.ty));
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
pub(super) fn needs(operation: &Operation) -> String {
    let Some(needs) = &operation.needs else {
        return String::new();
    };
    let methods = needs.any_of.iter().map(|name| format!("`{}`", bare(name)));
    let methods = methods.collect::<Vec<_>>().join(" or ");
    match (methods.is_empty(), needs.or_none) {
        (true, _) => "Needs no credentials.".to_owned(),
        (false, true) => format!("Takes {methods}, or no credentials."),
        (false, false) => format!("Needs {methods}."),
    }
}

/// Where it goes, if not where the others go.
pub(super) fn place(operation: &Operation) -> String {
    let base_url = operation.base_url.as_ref();
    base_url.map_or_else(String::new, |url| {
        format!("Goes to <{url}> unless the client is given a base URL.")
    })
}
