//! Prints an operation: a type alias with its documentation, the implementation of `Operation`, and the setters.

mod body_format;
mod bulk;
mod context;
mod docs;
mod meta;
mod request;
mod response;
mod setters;
mod type_link;

pub(super) use context::OperationContext;
pub(super) use request::{calls, statement};
pub(super) use response::is_plain_json;

use proc_macro2::TokenStream;
use quote::quote;

use super::source_file::SourceFile;
use super::{item, text};
use crate::format;
use crate::ir::{Group, Method, Paging, Success};

/// Prints everything that belongs to an operation. `method` is the method of the group that creates its calls.
pub(super) fn operation(
    context: OperationContext,
    group: &Group,
    method: Option<&Method>,
    file: &mut SourceFile,
) {
    file.push_text(&docs::page(context, group, method));
    file.append(&alias(context));
    file.append(&implementation(context, group, method));
    file.push_text(&setters::setters(context));
    file.push(paged(context));
    file.push(response::downloadable(context));
    file.push(bulk::implementation(context));
    file.push(response::wrapper(context));
}

/// Prints the module of the types that identify operations.
pub(super) fn markers<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let enums: String = names
        .flat_map(|name| ["    pub enum ", name, " {}\n"])
        .collect();
    if enums.is_empty() {
        return enums;
    }
    format!(
        "/// Types that identify the operations in [`Call`].\n#[doc(hidden)]\npub mod operation {{\n{enums}}}\n"
    )
}

/// Prints the type alias. Its page in the docs is the page of the operation.
fn alias(context: OperationContext) -> String {
    let name = &context.operation.name;
    let call = context.scope.import(item::CALL);
    let line = format!("pub type {name}<C> = {call}<C, operation::{name}>;\n");
    if text::fits(&line) {
        return line;
    }
    format!("pub type {name}<C> =\n    {call}<C, operation::{name}>;\n")
}

/// Prints the implementation of `Operation`.
fn implementation(context: OperationContext, group: &Group, method: Option<&Method>) -> String {
    let name = &context.operation.name;
    let method = method.map_or(name.as_str(), |method| method.name.as_str());
    let meta = meta::constant(context, &format!("{}.{method}", group.name));
    let output = text::inline(&response::output(context));
    let (trait_item, decode) = if is_plain_json(&context.operation.success) {
        (item::JSON_OPERATION, String::new())
    } else {
        (item::OPERATION, decode(context))
    };
    let trait_name = context.scope.import(trait_item);
    format!(
        "impl {trait_name} for operation::{name} {{\n    type Output = {output};\n{meta}{decode}}}\n"
    )
}

/// Prints the function `decode` after a blank line.
fn decode(context: OperationContext) -> String {
    let body = response::decode(context);
    let parameter = if mentions(&body, "request") {
        "request"
    } else {
        "_"
    };
    let request = context.scope.import(item::REQUEST);
    let response = context.scope.import(item::RAW_RESPONSE);
    let error = context.scope.import(item::DECODE_ERROR);
    let body = expression("        ", &body);
    format!(
        "\n    fn decode({parameter}: &{request}, response: &{response}) -> Result<Self::Output, {error}> {{\n\
         {body}    }}\n"
    )
}

/// True if an identifier occurs in code.
fn mentions(code: &TokenStream, name: &str) -> bool {
    code.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => ident == name,
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

/// Prints an expression on its own lines.
fn expression(indent: &str, code: &TokenStream) -> String {
    let line = format!("{indent}{}\n", text::inline(code));
    if text::fits(&line) && line.lines().count() == 1 {
        return line;
    }
    let printed = format::items(quote!(fn f() { #code }));
    let lines = printed.lines().filter_map(|line| line.strip_prefix("    "));
    lines.flat_map(|line| [indent, line, "\n"]).collect()
}

fn paged(context: OperationContext) -> TokenStream {
    let Success::Page { item: ty, paging } = &context.operation.success else {
        return TokenStream::new();
    };
    let (Paging::Cursor(argument) | Paging::Number(argument)) = paging;
    let Some(argument) = context.argument(argument) else {
        return TokenStream::new();
    };
    let marker = context.marker();
    let trait_name = context.scope.import(item::PAGED);
    let location_type = context.scope.import(item::PARAM_LOCATION);
    let ty = context.scope.ty(ty);
    let location = request::location(context, argument);
    quote! {
        impl #trait_name for #marker {
            type Item = #ty;
            const PAGE_ARGUMENT: #location_type = #location;
        }
    }
}
