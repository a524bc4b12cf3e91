//! Prints the constant `META` of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::body_format::{body_format, required_if_body, sends_empty_form};
use super::context::OperationContext;
use crate::emit::code::{int, optional, uint};
use crate::emit::{item, text};

/// Media type of most responses.
const JSON: &str = "application/json";

/// Prints the constant. `name` is the name of the operation in errors and spans, as in `users.get`.
pub(super) fn constant(context: OperationContext, name: &str) -> String {
    let meta = context.scope.import(item::META);
    let head = format!("    const META: &'static {meta} = &");
    let new = format!("{meta}::new({name:?})");
    let calls = calls(context);
    let fields = fields(context);
    if fields.is_empty() {
        return chain(&head, &new, &calls, ";");
    }
    let mut printed = format!("{head}{meta} {{\n");
    for field in fields {
        printed.extend(["        ", &text::inline(&field), ",\n"]);
    }
    printed + &chain("        ..", &new, &calls, "") + "    };\n"
}

/// Prints a chain of calls on one line, or each call on its own line.
fn chain(head: &str, first: &str, calls: &[String], end: &str) -> String {
    let line = format!("{head}{first}{}{end}\n", calls.concat());
    if text::fits(&line) {
        return line;
    }
    let indent = " ".repeat(head.len() - head.trim_start().len() + 4);
    let separator = format!("\n{indent}");
    let calls = calls.join(&separator);
    format!("{head}{first}{separator}{calls}{end}\n")
}

/// Returns the calls that set the route and the security requirements.
fn calls(context: OperationContext) -> Vec<String> {
    let operation = context.operation;
    let mut calls = vec![format!(
        ".route({:?}, {:?})",
        operation.http_method, operation.path
    )];
    if !context.index.api.credentials.is_empty() && operation.security > 0 {
        calls.push(format!(".security({})", operation.security));
    }
    calls
}

/// Returns the fields that differ from those of most operations.
fn fields(context: OperationContext) -> Vec<TokenStream> {
    let operation = context.operation;
    let base_url = operation.base_url.as_ref();
    let base_url = base_url.map(|url| quote!(base_url: Some(#url)));
    let accept = optional(operation.accept.as_ref());
    let accept = (operation.accept.as_deref() != Some(JSON)).then(|| quote!(accept: #accept));
    let idempotent = operation.idempotent.then(|| quote!(idempotent: true));
    let codes = &operation.not_found_codes;
    let not_found_codes = (!codes.is_empty()).then(|| {
        let codes = codes.iter().map(|code| int(*code));
        quote!(not_found_codes: &[#(#codes),*])
    });
    let body_format = body_format(operation).map(|format| {
        let enumeration = context.scope.import(item::BODY_FORMAT);
        quote!(body_format: #enumeration::#format)
    });
    let sends_empty_form = sends_empty_form(operation).then(|| quote!(sends_empty_form: true));
    let required_if_body = required_if_body(operation);
    let required_if_body =
        (!required_if_body.is_empty()).then(|| quote!(required_if_body: &[#(#required_if_body),*]));
    let max_body = operation.max_body.map(|bytes| {
        let bytes = uint(bytes);
        quote!(max_body: Some(#bytes))
    });
    let max_response = operation.max_response.map(|bytes| {
        let bytes = uint(bytes);
        quote!(max_response: #bytes)
    });
    let all = [
        base_url,
        accept,
        idempotent,
        not_found_codes,
        body_format,
        sends_empty_form,
        required_if_body,
        max_body,
        max_response,
    ];
    all.into_iter().flatten().collect()
}
