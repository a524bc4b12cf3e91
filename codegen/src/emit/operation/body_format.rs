//! The format of a request body, where it differs from that of most operations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::code::optional;
use crate::ir::{Body, Operation, ParamLocation};

const JSON: &str = "application/json";

/// Returns a variant of the runtime's `BodyFormat`, or `None` for a JSON object or value of type `application/json`.
pub(super) fn body_format(operation: &Operation) -> Option<TokenStream> {
    match &operation.body {
        Body::None => None,
        Body::Json(media_type) | Body::Items(media_type) => json(media_type),
        Body::Object(media_type) if has_required_property(operation) => json(media_type),
        Body::Object(media_type) => Some(quote!(Object(#media_type))),
        Body::Raw(media_type) => Some(quote!(Raw(#media_type))),
        Body::Form {
            media_type: Some(media_type),
            ..
        } => Some(quote!(Multipart(#media_type))),
        Body::Form { raw, .. } => {
            let raw = optional(raw.as_ref());
            Some(quote!(Form(#raw)))
        }
        Body::UrlEncoded => Some(quote!(UrlEncoded)),
    }
}

fn json(media_type: &str) -> Option<TokenStream> {
    (media_type != JSON).then(|| quote!(Json(#media_type)))
}

fn has_required_property(operation: &Operation) -> bool {
    let mut arguments = operation.arguments.iter();
    arguments.any(|argument| argument.location == ParamLocation::Property && argument.required)
}

/// True if the body is a required form, and no part of it is required.
pub(super) fn sends_empty_form(operation: &Operation) -> bool {
    let is_part = |location| matches!(location, ParamLocation::Part | ParamLocation::Body);
    let mut arguments = operation.arguments.iter();
    operation.is_body_required
        && matches!(operation.body, Body::Form { .. } | Body::UrlEncoded)
        && !arguments.any(|argument| argument.required && is_part(argument.location))
}

/// Returns the wire names of the arguments that an optional body requires.
pub(super) fn required_if_body(operation: &Operation) -> Vec<&str> {
    // A body with a single part has no part that could be missing.
    if parts(operation) < 2 {
        return Vec::new();
    }
    let arguments = operation.arguments.iter();
    let required = arguments.filter(|argument| argument.required_if_body);
    required
        .map(|argument| argument.wire_name.as_str())
        .collect()
}

/// Counts the arguments that are parts of the body.
fn parts(operation: &Operation) -> usize {
    let is_form = matches!(operation.body, Body::Form { .. });
    let arguments = operation.arguments.iter();
    let parts = arguments.filter(|argument| match argument.location {
        ParamLocation::Property | ParamLocation::Part => true,
        ParamLocation::Body => is_form,
        _ => false,
    });
    parts.count()
}
