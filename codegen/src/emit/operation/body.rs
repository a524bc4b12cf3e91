//! What an operation sends goes out as a call of the request under construction and, for an object, as its struct.

use proc_macro2::TokenStream;
use quote::quote;

use super::Operating;
use crate::emit::argument::Kind;
use crate::emit::code::{bare, ident, optional};
use crate::emit::index::holds;
use crate::ir::{Argument, Body, Place, Type};

/// The call that gives a request its body.
pub(super) fn call(it: Operating) -> TokenStream {
    let whole = it.arguments(Place::Body).next();
    match (&it.operation.body, whole) {
        (Body::Object, _) => {
            let name = it.helper("Body");
            let fields = it.arguments(Place::Property).map(|argument| {
                let name = ident(&argument.name);
                let value = lent(it, argument).value;
                quote!(#name: #value)
            });
            quote!(.json(Some(&#name { #(#fields),* })))
        }
        (Body::Json, Some(argument)) => {
            let name = ident(&argument.name);
            let value = if argument.required {
                quote!(Some(&self.#name))
            } else {
                quote!(self.#name.as_ref())
            };
            quote!(.json(#value))
        }
        (Body::Items, Some(argument)) => {
            let name = &argument.name;
            let value = it.lent(argument);
            quote!(.items(#name, #value))
        }
        (Body::Raw(media), Some(argument)) => {
            let value = it.lent(argument);
            quote!(.raw(#media, #value))
        }
        (Body::Form { raw }, _) => form(it, raw.as_deref()),
        _ => TokenStream::new(),
    }
}

/// The object that goes out as JSON, made of references.
pub(super) fn structure(it: Operating) -> TokenStream {
    if it.operation.body != Body::Object {
        return TokenStream::new();
    }
    let name = it.helper("Body");
    let arguments: Vec<&Argument> = it.arguments(Place::Property).collect();
    let lifetime = arguments
        .iter()
        .any(|argument| lent(it, argument).borrowed)
        .then(|| quote!(<'a>));
    let fields = arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = lent(it, argument).ty;
        let wire = &argument.wire;
        let rename = (bare(&argument.name) != wire).then(|| quote!(#[serde(rename = #wire)]));
        let skip =
            (!argument.required).then(|| quote!(#[serde(skip_serializing_if = "Option::is_none")]));
        quote!(#rename #skip #name: #ty)
    });
    quote! {
        #[derive(Serialize)]
        struct #name #lifetime { #(#fields),* }
    }
}

/// A field of the body's struct.
struct Lent {
    ty: TokenStream,
    /// Its value, from a field of the operation.
    value: TokenStream,
    borrowed: bool,
}

fn lent(it: Operating, argument: &Argument) -> Lent {
    let name = ident(&argument.name);
    if it.kind(argument).is_copy(it.index) {
        let ty = it.scope.ty(&argument.ty);
        let ty = if argument.required {
            ty
        } else {
            quote!(Option<#ty>)
        };
        return Lent {
            ty,
            value: quote!(self.#name),
            borrowed: false,
        };
    }
    if matches!(it.kind(argument), Kind::Items(_)) {
        return Lent {
            ty: quote!(&'a Items),
            value: quote!(&self.#name),
            borrowed: true,
        };
    }
    let (ty, optional) = match &argument.ty {
        Type::String | Type::Bytes => (quote!(&'a str), quote!(self.#name.as_deref())),
        Type::List(item) => {
            let item = it.scope.inside(item);
            (quote!(&'a [#item]), quote!(self.#name.as_deref()))
        }
        ty => {
            let ty = it.scope.ty(ty);
            (quote!(&'a #ty), quote!(self.#name.as_ref()))
        }
    };
    if argument.required {
        Lent {
            ty,
            value: quote!(&self.#name),
            borrowed: true,
        }
    } else {
        Lent {
            ty: quote!(Option<#ty>),
            value: optional,
            borrowed: true,
        }
    }
}

fn form(it: Operating, raw: Option<&str>) -> TokenStream {
    let parts = it
        .operation
        .arguments
        .iter()
        .filter(|argument| matches!(argument.place, Place::Body | Place::Part));
    let form = parts.fold(quote!(Form::new()), |form, argument| {
        if !matches!(it.kind(argument), Kind::Uploads) {
            let part = part(it, argument);
            return quote!(#form #part);
        }
        let wire = &argument.wire;
        let name = ident(&argument.name);
        let all = (!argument.required).then(|| quote!(.flatten()));
        quote!(self.#name.iter() #all .fold(#form, |form, file| form.file(#wire, Some(file))))
    });
    let raw = optional(raw);
    quote!(.form(#raw, #form))
}

fn part(it: Operating, argument: &Argument) -> TokenStream {
    let wire = &argument.wire;
    let value = it.lent(argument);
    match it.kind(argument) {
        Kind::Upload => quote!(.file(#wire, #value)),
        Kind::Plain(ty) if it.index.is_text(ty) && !holds(ty, &|ty| *ty == Type::Json) => {
            let values = it.texts(argument);
            quote!(.text(#wire, #values))
        }
        _ => {
            let name = ident(&argument.name);
            let value = if argument.required {
                quote!(Some(&self.#name))
            } else {
                quote!(self.#name.as_ref())
            };
            quote!(.json(#wire, #value))
        }
    }
}
