//! Arguments of an operation come in; what puts them into its request goes out.

use proc_macro2::TokenStream;
use quote::quote;

use super::Operating;
use crate::emit::argument::{Kind, converted};
use crate::emit::checks;
use crate::emit::code::{bare, ident, optional};
use crate::emit::index::holds;
use crate::emit::text;
use crate::ir::{Argument, Body, Operation, Place, Style, Type};

/// The media types of what stands inside a form.
const CONTENT: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// What the body is made of, where it is not what most operations have.
pub(super) fn media(operation: &Operation) -> Option<TokenStream> {
    match &operation.body {
        Body::None => None,
        Body::Json(media_type) | Body::Items(media_type) => {
            (media_type != JSON).then(|| quote!(Media::Json(#media_type)))
        }
        Body::Object(media_type) => {
            let mut arguments = operation.arguments.iter();
            let always_one =
                arguments.any(|argument| argument.place == Place::Property && argument.required);
            if always_one {
                (media_type != JSON).then(|| quote!(Media::Json(#media_type)))
            } else {
                Some(quote!(Media::Object(#media_type)))
            }
        }
        Body::Raw(media_type) => Some(quote!(Media::Raw(#media_type))),
        Body::Form { raw } => {
            let raw = optional(raw.as_ref());
            Some(quote!(Media::Form(#raw)))
        }
        Body::UrlEncoded => Some(quote!(Media::UrlEncoded)),
    }
}

/// Where an argument goes.
pub(super) fn slot<'a>(it: Operating<'a>, argument: &'a Argument) -> TokenStream {
    let wire = &argument.wire;
    match (argument.place, &it.operation.body) {
        (Place::Path, _) => quote!(Slot::Path(#wire)),
        (Place::Query, _) => quote!(Slot::Query(#wire)),
        (Place::Header, _) => quote!(Slot::Header(#wire)),
        (Place::Cookie, _) => quote!(Slot::Cookie(#wire)),
        (Place::Property, _) => quote!(Slot::Property(#wire)),
        (Place::Part, Body::UrlEncoded) => quote!(Slot::Field(#wire)),
        (Place::Part, _) | (Place::Body, Body::Form { .. }) => part(it, argument).map_or_else(
            || quote!(Slot::Field(#wire)),
            |media_type| quote!(Slot::Part(#wire, #media_type)),
        ),
        (Place::Body, _) => {
            let name = bare(&argument.name);
            quote!(Slot::Body(#name))
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
    let given = argument.media_type.as_deref();
    // Text of a given type would go out as JSON.
    given.filter(|_| usual.is_some()).or(usual)
}

/// How a list or an object is written, where that makes a difference.
fn style<'a>(it: Operating<'a>, argument: &'a Argument) -> Option<TokenStream> {
    let style = match argument.style {
        Style::Usual => return None,
        Style::Joined(between) => quote!(Style::Joined(#between)),
        Style::Pairs => quote!(Style::Pairs),
        Style::Label { explode } => quote!(Style::Label(#explode)),
        Style::Matrix { explode } => quote!(Style::Matrix(#explode)),
        Style::Deep => quote!(Style::Deep),
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

/// The calls that give a request an argument and say what must hold of it.
pub(in crate::emit) fn links<'a>(it: Operating<'a>, argument: &'a Argument) -> Vec<String> {
    let name = ident(&argument.name);
    let slot = slot(it, argument);
    let link = match it.kind(argument) {
        Kind::Items(item) => {
            let check = checks::item_check(it.index, it.scope, item, &argument.checks);
            let items = it.kind(argument).converted(&name, check);
            quote!(.items(#slot, #items))
        }
        Kind::Upload => quote!(.content(#slot, #name)),
        Kind::Uploads => quote!(.contents(#slot, #name)),
        Kind::Plain(ty) => match (
            checks::whole_check(it.index, it.scope, ty, &argument.checks),
            ty,
        ) {
            (Some(check), _) => {
                let value = converted(ty, &name);
                let value = match ty {
                    // Nothing else says what it is to become.
                    Type::List(_) | Type::Map(_) | Type::String | Type::Bytes => {
                        let ty = it.scope.ty(ty);
                        quote!({ let #name: #ty = #value; #name })
                    }
                    _ => value,
                };
                quote!(.checked(#slot, #value, #check))
            }
            (None, Type::String | Type::Bytes) => quote!(.text(#slot, #name)),
            (None, Type::List(item)) if matches!(**item, Type::String | Type::Bytes) => {
                quote!(.texts(#slot, #name))
            }
            (None, Type::List(_)) => quote!(.list(#slot, #name)),
            (None, Type::Map(_)) => quote!(.map(#slot, #name)),
            (None, _) => quote!(.json(#slot, #name)),
        },
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
        let other = other.map(|other| self::slot(it, other));
        other.map_or_else(
            || quote!(.limit(|it| #rule)),
            |other| quote!(.limit_unless(#other, |it| #rule)),
        )
    });
    std::iter::once(link)
        .chain(style(it, argument))
        .chain(limits)
        .map(|link| text::inline(&link))
        .collect()
}
