//! Prints code that adds arguments to a request.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::OperationContext;
use crate::emit::argument::{Kind, converted};
use crate::emit::code::{ident, unprefixed};
use crate::emit::{checks, item, text};
use crate::ir::{Argument, Body, ParamLocation, Style, Type};

/// Media types of the parts of a form.
const OCTET_STREAM: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// Longest chain of calls that rustfmt keeps on one line.
const CHAIN: usize = 60;

/// Prints a call of `method` with a new request to which `calls` add arguments.
pub(in crate::emit) fn statement(method: &str, calls: &[String]) -> String {
    let chain = format!("Request::new(){}", calls.concat());
    let line = format!("        {method}({chain})\n");
    let is_short = chain.len() <= CHAIN || calls.len() == 1;
    if is_short && text::fits(&line) {
        return line;
    }
    let argument = format!("            {chain},\n");
    if is_short && text::fits(&argument) {
        return format!("        {method}(\n{argument}        )\n");
    }
    let calls = calls.join("\n                ");
    format!("        {method}(\n            Request::new()\n                {calls},\n        )\n")
}

/// Returns the calls that add an argument to a request: the first adds its value, the others its style and its limits.
/// `name` is the parameter with the value.
pub(in crate::emit) fn calls<'a>(
    context: OperationContext<'a>,
    argument: &'a Argument,
    name: &Ident,
) -> Vec<String> {
    let (method, value) = value(context, argument, name);
    let method = ident(method);
    let location = location(context, argument);
    let reserved = allow_reserved(context, argument).then(|| quote!(.allow_reserved()));
    let calls = std::iter::once(quote!(.#method(#location, #value)))
        .chain(style(context, argument))
        .chain(reserved)
        .chain(limits(context, argument));
    calls.map(|call| text::inline(&call)).collect()
}

/// Prints the location of an argument.
pub(super) fn location<'a>(context: OperationContext<'a>, argument: &'a Argument) -> TokenStream {
    let name = &argument.wire_name;
    let variant = match (argument.location, &context.operation.body) {
        (ParamLocation::Path, _) => quote!(Path(#name)),
        (ParamLocation::Query, _) => quote!(Query(#name)),
        (ParamLocation::Header, _) => quote!(Header(#name)),
        (ParamLocation::Cookie, _) => quote!(Cookie(#name)),
        (ParamLocation::Property, _) => quote!(Property(#name)),
        (ParamLocation::Part, Body::UrlEncoded) => quote!(Field(#name)),
        (ParamLocation::Part, _) | (ParamLocation::Body, Body::Form { .. }) => {
            if let Some(media_type) = part_media_type(context, argument) {
                quote!(Part(#name, #media_type))
            } else {
                quote!(Field(#name))
            }
        }
        (ParamLocation::Body, _) => {
            let name = unprefixed(&argument.name);
            quote!(Body(#name))
        }
    };
    let location = context.scope.import(item::PARAM_LOCATION);
    quote!(#location::#variant)
}

/// Returns the media type of a part of a form, or `None` for plain text.
fn part_media_type<'a>(context: OperationContext<'a>, argument: &'a Argument) -> Option<&'a str> {
    let default = match context.kind(argument) {
        Kind::Upload | Kind::Uploads => Some(OCTET_STREAM),
        Kind::Time(_) => None,
        Kind::Plain(ty)
            if context.index.analysis.is_text(ty) && !ty.any(&|ty| *ty == Type::Json) =>
        {
            None
        }
        _ => Some(JSON),
    };
    argument.media_type.as_deref().or(default)
}

/// Returns the method of `Request` that adds an argument, and the value that it takes.
fn value<'a>(
    context: OperationContext<'a>,
    argument: &'a Argument,
    name: &Ident,
) -> (&'static str, TokenStream) {
    let optional = context.optional_parameter(argument);
    let optional = optional.map(|optional| optional.converted(name));
    let unchanged = quote!(#name);
    let ty = match context.kind(argument) {
        Kind::Items(item) | Kind::BulkItems(item) => {
            let check = checks::item_check(context.index, context.scope, item, &argument.checks);
            let array = context.kind(argument).converted(name, check, context.scope);
            return ("array", array);
        }
        kind @ Kind::Time(_) => {
            return match optional {
                Some(value) => ("optional_json", value),
                None => ("json", kind.converted(name, None, context.scope)),
            };
        }
        Kind::Upload => return ("content", unchanged),
        Kind::Uploads => return ("contents", unchanged),
        Kind::Plain(ty) => ty,
    };
    let check = checks::whole_check(context.index, context.scope, ty, &argument.checks);
    match (optional, check) {
        (Some(value), Some(check)) => return ("optional_checked", quote!((#value, #check))),
        (Some(_), None) if matches!(ty, Type::String | Type::Bytes) => {
            return ("optional_text", unchanged);
        }
        (Some(value), None) => return ("optional_json", value),
        (None, Some(check)) => {
            let value = typed_value(context, ty, name);
            return ("checked", quote!((#value, #check)));
        }
        (None, None) => {}
    }
    match ty {
        Type::String | Type::Bytes => ("text", unchanged),
        Type::List(item) if matches!(**item, Type::String | Type::Bytes) => ("texts", unchanged),
        Type::List(_) => ("list", unchanged),
        Type::Map(_) => ("map", unchanged),
        Type::Option(_) => ("json", typed_value(context, ty, name)),
        ty if context.index.analysis.is_union(ty) => ("json", typed_value(context, ty, name)),
        _ => ("json", unchanged),
    }
}

/// Converts a parameter to its exact type.
fn typed_value(context: OperationContext, ty: &Type, name: &Ident) -> TokenStream {
    match ty {
        Type::Option(_) => quote!(#name.into().0),
        ty if context.index.analysis.is_union(ty) => {
            let ty = context.scope.generic_argument(ty);
            quote!(Into::<#ty>::into(#name))
        }
        _ => converted(ty, name, context.scope),
    }
}

/// Prints the style of an array or object, if it differs from the default of its location.
fn style<'a>(context: OperationContext<'a>, argument: &'a Argument) -> Option<TokenStream> {
    let style = match argument.style {
        Style::Default => return None,
        Style::Delimited(separator) => quote!(Delimited(#separator)),
        Style::ExplodedSimple => quote!(ExplodedSimple),
        Style::Label { explode } => quote!(Label(#explode)),
        Style::DottedLabel => quote!(DottedLabel),
        Style::Matrix { explode } => quote!(Matrix(#explode)),
        Style::DeepObject => quote!(DeepObject),
        Style::Json => quote!(Json),
    };
    let applies_to_text = matches!(
        argument.style,
        Style::Label { .. } | Style::DottedLabel | Style::Matrix { .. } | Style::Json
    );
    let is_text = match context.kind(argument) {
        Kind::Plain(ty) => {
            context.index.analysis.is_text(ty) && !matches!(ty, Type::List(_) | Type::Json)
        }
        _ => true,
    };
    (applies_to_text || !is_text).then(|| {
        let enumeration = context.scope.import(item::STYLE);
        quote!(.style(#enumeration::#style))
    })
}

/// True if reserved characters stay unencoded, and the value can contain some.
fn allow_reserved<'a>(context: OperationContext<'a>, argument: &'a Argument) -> bool {
    let has_characters = match context.kind(argument) {
        Kind::Time(_) => false,
        Kind::Plain(ty) => !matches!(ty, Type::Bool | Type::Int | Type::UInt | Type::Float),
        _ => true,
    };
    argument.allow_reserved && has_characters
}

/// Prints the limits of the whole value. Limits of its items are checked when the value is added.
fn limits<'a>(
    context: OperationContext<'a>,
    argument: &'a Argument,
) -> impl Iterator<Item = TokenStream> {
    let is_single = match context.kind(argument) {
        Kind::Plain(ty) => checks::is_single(ty),
        Kind::Upload | Kind::Time(_) => true,
        Kind::Items(_) | Kind::BulkItems(_) | Kind::Uploads => false,
    };
    let checks = argument.checks.iter();
    let limits = checks.filter(move |check| is_single || checks::limits_count(check.rule));
    limits.map(move |check| {
        let rule = checks::call(context.scope, check.rule, &quote!(value));
        let other = check
            .unless
            .as_ref()
            .and_then(|name| context.argument(name));
        let Some(other) = other else {
            return quote!(.limit(|value| #rule));
        };
        let other = location(context, other);
        quote!(.limit_unless(#other, |value| #rule))
    })
}
