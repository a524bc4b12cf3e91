//! Arguments of an operation come in; what puts them into its request goes out.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Operating;
use crate::emit::argument::{Kind, converted};
use crate::emit::checks;
use crate::emit::code::{bare, ident, optional};
use crate::emit::index::holds;
use crate::emit::text;
use crate::ir::{Argument, Body, Operation, ParamLocation, Style, Type};

/// The media types of what stands inside a form.
const CONTENT: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// What the body is made of, where it is not what most operations have.
pub(super) fn media(operation: &Operation) -> Option<TokenStream> {
    match &operation.body {
        Body::None => None,
        Body::Json(media_type) | Body::Items(media_type) => {
            (media_type != JSON).then(|| quote!(BodyFormat::Json(#media_type)))
        }
        Body::Object(media_type) => {
            let mut arguments = operation.arguments.iter();
            let always_one = arguments
                .any(|argument| argument.location == ParamLocation::Property && argument.required);
            if always_one {
                (media_type != JSON).then(|| quote!(BodyFormat::Json(#media_type)))
            } else {
                Some(quote!(BodyFormat::Object(#media_type)))
            }
        }
        Body::Raw(media_type) => Some(quote!(BodyFormat::Raw(#media_type))),
        Body::Form {
            media_type: Some(media_type),
            ..
        } => Some(quote!(BodyFormat::Multipart(#media_type))),
        Body::Form { raw, .. } => {
            let raw = optional(raw.as_ref());
            Some(quote!(BodyFormat::Form(#raw)))
        }
        Body::UrlEncoded => Some(quote!(BodyFormat::UrlEncoded)),
    }
}

/// The names without which a body is not sent that need not be sent at all.
pub(super) fn needs(operation: &Operation) -> Option<TokenStream> {
    let arguments = operation.arguments.iter();
    let needed = arguments.filter(|argument| argument.required_if_body);
    let names: Vec<&str> = needed.map(|argument| argument.wire_name.as_str()).collect();
    // Of a body with one part there is all or nothing.
    let parts = operation.arguments.iter().filter(|argument| {
        matches!(
            argument.location,
            ParamLocation::Property | ParamLocation::Part
        ) || (argument.location == ParamLocation::Body
            && matches!(operation.body, Body::Form { .. }))
    });
    (!names.is_empty() && parts.count() > 1).then(|| quote!(required_if_body: &[#(#names),*]))
}

/// Where an argument goes.
pub(super) fn slot<'a>(it: Operating<'a>, argument: &'a Argument) -> TokenStream {
    let wire = &argument.wire_name;
    match (argument.location, &it.operation.body) {
        (ParamLocation::Path, _) => quote!(ParamLocation::Path(#wire)),
        (ParamLocation::Query, _) => quote!(ParamLocation::Query(#wire)),
        (ParamLocation::Header, _) => quote!(ParamLocation::Header(#wire)),
        (ParamLocation::Cookie, _) => quote!(ParamLocation::Cookie(#wire)),
        (ParamLocation::Property, _) => quote!(ParamLocation::Property(#wire)),
        (ParamLocation::Part, Body::UrlEncoded) => quote!(ParamLocation::Field(#wire)),
        (ParamLocation::Part, _) | (ParamLocation::Body, Body::Form { .. }) => part(it, argument)
            .map_or_else(
                || quote!(ParamLocation::Field(#wire)),
                |media_type| quote!(ParamLocation::Part(#wire, #media_type)),
            ),
        (ParamLocation::Body, _) => {
            let name = bare(&argument.name);
            quote!(ParamLocation::Body(#name))
        }
    }
}

/// The media type of a part of a form; none for plain text.
fn part<'a>(it: Operating<'a>, argument: &'a Argument) -> Option<&'a str> {
    let usual = match it.kind(argument) {
        Kind::Upload | Kind::Uploads => Some(CONTENT),
        Kind::Plain(ty) if it.index.is_text(ty) && !holds(ty, &|ty| *ty == Type::Json) => None,
        _ => Some(JSON),
    };
    argument.media_type.as_deref().or(usual)
}

/// How a list or an object is written, where that makes a difference.
fn style<'a>(it: Operating<'a>, argument: &'a Argument) -> Option<TokenStream> {
    let style = match argument.style {
        Style::Usual => return None,
        Style::Joined(between) => quote!(Style::Joined(#between)),
        Style::Pairs => quote!(Style::Pairs),
        Style::Label { explode } => quote!(Style::Label(#explode)),
        Style::Matrix { explode } => quote!(Style::Matrix(#explode)),
        Style::Deep => quote!(Style::DeepObject),
        Style::Json => quote!(Style::Json),
    };
    let reaches_all = matches!(
        argument.style,
        Style::Label { .. } | Style::Matrix { .. } | Style::Json
    );
    let is_single = match it.kind(argument) {
        Kind::Plain(ty) => it.index.is_text(ty) && !matches!(ty, Type::List(_) | Type::Json),
        _ => true,
    };
    (reaches_all || !is_single).then(|| quote!(.style(#style)))
}

/// How a request is given an argument.
struct Giving {
    /// The method of a request.
    method: &'static str,
    slot: TokenStream,
    /// What is made of the argument, if not itself.
    value: Option<TokenStream>,
    /// Calls that say how it is written and what must hold of it.
    more: Vec<String>,
}

/// The calls that give a request an argument and say what must hold of it.
pub(in crate::emit) fn links<'a>(it: Operating<'a>, argument: &'a Argument) -> Vec<String> {
    let Giving {
        method,
        slot,
        value,
        more,
    } = giving(it, argument);
    let method = ident(method);
    let name = ident(&argument.name);
    let value = value.unwrap_or_else(|| quote!(#name));
    let link = text::inline(&quote!(.#method(#slot, #value)));
    std::iter::once(link).chain(more).collect()
}

/// The same as a setter of `operations!` says it: the place, the method, and what follows.
pub(super) fn words<'a>(it: Operating<'a>, argument: &'a Argument) -> (String, Vec<String>) {
    let giving = giving(it, argument);
    // As in `ParamLocation::Query("name")`.
    let slot = text::inline(&giving.slot);
    let slot = slot.trim_start_matches("ParamLocation::");
    let (place, wire) = slot.split_once('(').unwrap_or((slot, ""));
    let own = format!("{:?})", argument.name);
    let wire = if wire == own { "" } else { wire };
    let wire = if wire.is_empty() {
        String::new()
    } else {
        format!("({wire}")
    };
    let value = giving.value.as_ref().map(text::inline);
    let value = value.map_or_else(String::new, |value| format!("({value})"));
    let head = format!("{}{wire} {}{value}", place.to_lowercase(), giving.method);
    (head, giving.more)
}

/// What is made of an argument: its type is said where nothing else tells it.
fn given(it: Operating, ty: &Type, name: &Ident) -> TokenStream {
    match ty {
        Type::Option(_) => quote!(#name.into().0),
        // What becomes it by `From` is taken as well.
        ty if it.index.is_union(ty) => {
            let ty = it.scope.inside(ty);
            quote!(Into::<#ty>::into(#name))
        }
        _ => converted(ty, name),
    }
}

fn giving<'a>(it: Operating<'a>, argument: &'a Argument) -> Giving {
    let name = ident(&argument.name);
    let (method, value) = match it.kind(argument) {
        Kind::Items(item) => {
            let check = checks::item_check(it.index, it.scope, item, &argument.checks);
            ("array", Some(it.kind(argument).converted(&name, check)))
        }
        Kind::Upload => ("content", None),
        Kind::Uploads => ("contents", None),
        Kind::Plain(ty) => {
            let check = checks::whole_check(it.index, it.scope, ty, &argument.checks);
            match (check, ty) {
                (Some(check), _) => {
                    let value = given(it, ty, &name);
                    ("checked", Some(quote!((#value, #check))))
                }
                (None, Type::String | Type::Bytes) => ("text", None),
                (None, Type::List(item)) if matches!(**item, Type::String | Type::Bytes) => {
                    ("texts", None)
                }
                (None, Type::List(_)) => ("list", None),
                (None, Type::Map(_)) => ("map", None),
                (None, ty) if matches!(ty, Type::Option(_)) || it.index.is_union(ty) => {
                    ("json", Some(given(it, ty, &name)))
                }
                (None, _) => ("json", None),
            }
        }
    };
    let limits = argument.checks.iter().filter(|check| {
        let single = match it.kind(argument) {
            Kind::Plain(ty) => checks::is_single(ty),
            Kind::Upload => true,
            Kind::Items(_) | Kind::Uploads => false,
        };
        single || checks::counts(check.rule)
    });
    let limits = limits.map(|check| {
        let rule = checks::call(check.rule, &quote!(it));
        let other = check.unless.as_ref().and_then(|name| it.argument(name));
        let other = other.map(|other| slot(it, other));
        other.map_or_else(
            || quote!(.limit(|it| #rule)),
            |other| quote!(.limit_unless(#other, |it| #rule)),
        )
    });
    let is_text = match it.kind(argument) {
        Kind::Plain(ty) => !matches!(ty, Type::Bool | Type::Int | Type::UInt | Type::Float),
        _ => true,
    };
    let reserved = (argument.allow_reserved && is_text).then(|| quote!(.allow_reserved()));
    let more = style(it, argument)
        .into_iter()
        .chain(reserved)
        .chain(limits);
    Giving {
        method,
        slot: slot(it, argument),
        value,
        more: more.map(|link| text::inline(&link)).collect(),
    }
}
