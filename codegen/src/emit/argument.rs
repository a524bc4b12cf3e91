//! How a value of a type is taken, kept and lent: the same for arguments of operations and fields of models.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::code::Scope;
use crate::ir::{Argument, Body, ParamLocation, Type};

/// The type of an argument as far as code is concerned.
pub(super) enum Kind<'a> {
    /// A list that becomes JSON as it is given.
    Items(&'a Type),
    /// Bytes to be sent.
    Upload,
    /// Many of them.
    Uploads,
    /// Anything else.
    Plain(&'a Type),
}

/// The type of an argument. No segment of a path is null, whatever its schema says.
pub(super) fn ty(argument: &Argument) -> &Type {
    match (&argument.ty, argument.location) {
        (Type::Option(some), ParamLocation::Path) => some,
        (ty, _) => ty,
    }
}

/// What an argument of an operation with such a body is.
pub(super) fn kind<'a>(argument: &'a Argument, body: &Body) -> Kind<'a> {
    let ty = ty(argument);
    match (argument.location, body, ty) {
        (ParamLocation::Body, Body::Items(_), Type::List(item)) => Kind::Items(item),
        (ParamLocation::Body, Body::Raw(_) | Body::Form { raw: Some(_), .. }, _)
        | (ParamLocation::Body | ParamLocation::Part, Body::Form { .. }, Type::Bytes) => {
            Kind::Upload
        }
        (ParamLocation::Body | ParamLocation::Part, Body::Form { .. }, Type::List(item))
            if **item == Type::Bytes =>
        {
            Kind::Uploads
        }
        // Only JSON tells null from nothing.
        (
            ParamLocation::Query
            | ParamLocation::Header
            | ParamLocation::Cookie
            | ParamLocation::Part,
            _,
            Type::Option(some),
        ) if !argument.required => Kind::Plain(some),
        _ => Kind::Plain(ty),
    }
}

impl Kind<'_> {
    /// As a parameter of a method.
    pub(super) fn taken(&self, scope: &Scope) -> TokenStream {
        match self {
            Self::Items(item) => {
                let item = taken_item(item, scope);
                quote!(impl IntoIterator<Item = #item>)
            }
            Self::Upload => quote!(impl Into<Upload>),
            Self::Uploads => quote!(impl IntoIterator<Item = impl Into<Upload>>),
            Self::Plain(ty) => taken(ty, scope),
        }
    }

    /// From the parameter to the field; `check` is what each item must pass.
    pub(super) fn converted(&self, name: &Ident, check: Option<TokenStream>) -> TokenStream {
        match self {
            Self::Items(item) => {
                let is_text = matches!(item, Type::String | Type::Bytes);
                let items = if is_text {
                    quote!(#name.into_iter().map(Into::into))
                } else {
                    quote!(#name)
                };
                match check {
                    Some(check) => quote!(JsonArray::new(#items, #check)),
                    None if is_text => quote!(JsonArray::unchecked::<String>(#items)),
                    None => quote!(JsonArray::unchecked(#items)),
                }
            }
            Self::Upload => quote!(#name.into()),
            Self::Uploads => quote!(#name.into_iter().map(Into::into).collect()),
            Self::Plain(ty) => converted(ty, name),
        }
    }

    /// What can be given, where its type does not say it.
    pub(super) fn words(&self) -> &'static str {
        match self {
            Self::Upload => {
                "Takes text, bytes, a file, or what `Upload` makes of a reader or stream."
            }
            Self::Uploads => {
                "Takes any of text, bytes, files, or what `Upload` makes of readers or streams."
            }
            _ => "",
        }
    }
}

/// The type of a parameter that takes such a value.
pub(super) fn taken(ty: &Type, scope: &Scope) -> TokenStream {
    match ty {
        Type::String | Type::Bytes => quote!(impl Into<String>),
        Type::Json => quote!(impl Serialize),
        Type::List(item) => {
            let item = taken_item(item, scope);
            quote!(impl IntoIterator<Item = #item>)
        }
        Type::Map(value) => {
            let value = scope.inside(value);
            quote!(impl IntoIterator<Item = (impl Into<String>, #value)>)
        }
        Type::Boxed(id) => scope.model(*id),
        Type::Option(some) => {
            let some = scope.inside(some);
            quote!(impl Into<Nullable<#some>>)
        }
        _ => scope.ty(ty),
    }
}

/// A parameter that takes what becomes a union, as well as the union.
pub(super) fn into(union: &Type, scope: &Scope) -> TokenStream {
    let ty = scope.inside(union);
    quote!(impl Into<#ty>)
}

fn taken_item(item: &Type, scope: &Scope) -> TokenStream {
    match item {
        Type::String | Type::Bytes => quote!(impl Into<String>),
        Type::Json => quote!(impl Serialize),
        _ => scope.inside(item),
    }
}

/// From a parameter of [`taken`] to a field of the type.
pub(super) fn converted(ty: &Type, name: &Ident) -> TokenStream {
    match ty {
        Type::Option(some) if matches!(**some, Type::Boxed(_)) => {
            quote!(#name.into().0.map(Box::new))
        }
        Type::Option(_) => quote!(#name.into().0),
        Type::String | Type::Bytes => quote!(#name.into()),
        Type::Json => quote!(Json::new(#name)),
        Type::List(item) => match **item {
            Type::String | Type::Bytes => quote!(#name.into_iter().map(Into::into).collect()),
            Type::Json => quote!(#name.into_iter().map(Json::new).collect()),
            _ => quote!(#name.into_iter().collect()),
        },
        Type::Map(_) => quote!(#name.into_iter().map(|(key, value)| (key.into(), value)).collect()),
        Type::Boxed(_) => quote!(Box::new(#name)),
        _ => quote!(#name),
    }
}
