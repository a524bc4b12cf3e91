//! Prints the constant `META` of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::body_format::{body_format, required_if_body};
use super::context::OperationContext;
use crate::emit::code::uint;
use crate::emit::{item, text};

/// Prints the constant. `name` is the name of the operation in errors and spans, as in `users.get`.
pub(super) fn constant(context: OperationContext, name: &str) -> String {
    let meta = context.scope.import(item::META);
    let head = format!("    const META: &'static {meta} =");
    let new = new_call(context, name);
    let fields = fields(context);
    if fields.is_empty() {
        let line = format!("{head} &{meta}::new({});\n", new.join(", "));
        if text::fits(&line) {
            return line;
        }
        let second = format!("        &{meta}::new({});\n", new.join(", "));
        if text::fits(&second) {
            return format!("{head}\n{second}");
        }
        return text::call(
            "    ",
            &format!("{} &{meta}::new", head.trim_start()),
            &new,
            ";",
        );
    }
    let mut printed = format!("{head} &{meta} {{\n");
    for field in fields {
        printed.extend(["        ", &text::inline(&field), ",\n"]);
    }
    printed + &text::call("        ", &format!("..{meta}::new"), &new, "") + "    };\n"
}

/// Returns the arguments of `Meta::new`.
fn new_call(context: OperationContext, name: &str) -> Vec<String> {
    let operation = context.operation;
    let texts = [name, &operation.http_method, &operation.path];
    texts.map(|text| format!("{text:?}")).to_vec()
}

/// Returns the fields that differ from those of most operations.
fn fields(context: OperationContext) -> Vec<TokenStream> {
    let operation = context.operation;
    let base_url = operation.base_url.as_ref();
    let base_url = base_url.map(|url| quote!(base_url: Some(#url)));
    let accept = operation.accept.as_ref();
    let accept = accept.map(|types| quote!(accept: Some(#types)));
    let has_credentials = !context.index.api.credentials.is_empty();
    let security = (has_credentials && operation.security > 0).then(|| {
        let security = Literal::usize_unsuffixed(operation.security);
        quote!(security: #security)
    });
    let idempotent = operation.idempotent.then(|| quote!(idempotent: true));
    let codes = &operation.not_found_codes;
    let not_found_codes = (!codes.is_empty()).then(|| {
        let codes = codes.iter().map(|code| Literal::i64_unsuffixed(*code));
        quote!(not_found_codes: &[#(#codes),*])
    });
    let body_format = body_format(operation).map(|format| {
        let enumeration = context.scope.import(item::BODY_FORMAT);
        quote!(body_format: #enumeration::#format)
    });
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
        security,
        idempotent,
        not_found_codes,
        body_format,
        required_if_body,
        max_body,
        max_response,
    ];
    all.into_iter().flatten().collect()
}
