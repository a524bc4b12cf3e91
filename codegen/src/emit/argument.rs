//! Types and conversions of method parameters, for arguments of operations and fields of models.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::code::Scope;
use super::item;
use crate::ir::{Argument, Body, Group, Operation, ParamLocation, TimeUnit, Type};

/// Kind of an argument: decides the type of its parameter and its conversion.
pub(super) enum Kind<'a> {
    /// An array that is written to JSON item by item.
    Items(&'a Type),
    /// The array of a bulk operation. Its items can be converted from other types.
    BulkItems(&'a Type),
    /// Content that is sent unchanged.
    Upload,
    /// Several such contents.
    Uploads,
    /// A time or a duration.
    Time(TimeUnit),
    /// Any other type.
    Plain(&'a Type),
}

/// Returns the type of an argument. A path parameter is never null.
pub(super) fn ty(argument: &Argument) -> &Type {
    match (&argument.ty, argument.location) {
        (Type::Option(some), ParamLocation::Path) => some,
        (ty, _) => ty,
    }
}

/// Returns the required arguments that a method of the group takes. The group provides the others.
pub(super) fn positional<'a>(
    operation: &'a Operation,
    group: &Group,
) -> impl Iterator<Item = &'a Argument> {
    let arguments = operation.arguments.iter();
    arguments.filter(|argument| argument.required && group_argument(argument, group).is_none())
}

/// Returns the argument of the group that provides the value of a path parameter.
pub(super) fn group_argument<'a>(argument: &Argument, group: &'a Group) -> Option<&'a Argument> {
    if argument.location != ParamLocation::Path {
        return None;
    }
    let mut arguments = group.arguments.iter();
    arguments.find(|own| own.wire_name == argument.wire_name && ty(own) == ty(argument))
}

/// Returns the kind of an argument of an operation with this body.
pub(super) fn kind<'a>(argument: &'a Argument, body: &Body) -> Kind<'a> {
    if let Some(unit) = argument.unit {
        return Kind::Time(unit);
    }
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
        // Only in JSON, null and a missing value differ.
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

/// The kind of an argument of an operation.
pub(super) fn kind_in<'a>(argument: &'a Argument, operation: &Operation) -> Kind<'a> {
    match (&operation.bulk, ty(argument)) {
        (Some(bulk), Type::List(item)) if bulk.argument == argument.name => {
            if item.model().is_some() {
                Kind::BulkItems(item)
            } else {
                Kind::Items(item)
            }
        }
        _ => kind(argument, &operation.body),
    }
}

impl Kind<'_> {
    /// Returns the type of a parameter for the argument.
    pub(super) fn parameter_type(&self, scope: &Scope) -> TokenStream {
        match self {
            Self::Items(item) => {
                let item = item_parameter_type(item, scope);
                quote!(impl IntoIterator<Item = #item>)
            }
            Self::BulkItems(item) => {
                let item = into(item, scope);
                quote!(impl IntoIterator<Item = #item>)
            }
            Self::Upload => {
                let upload = scope.import(item::UPLOAD);
                quote!(impl Into<#upload>)
            }
            Self::Uploads => {
                let upload = scope.import(item::UPLOAD);
                quote!(impl IntoIterator<Item = impl Into<#upload>>)
            }
            Self::Time(unit) => time_parameter_type(*unit, scope),
            Self::Plain(ty) => parameter_type(ty, scope),
        }
    }

    /// Converts the parameter to the type of the argument. `check` is the check of each item.
    pub(super) fn converted(
        &self,
        name: &Ident,
        check: Option<TokenStream>,
        scope: &Scope,
    ) -> TokenStream {
        match self {
            Self::Items(item) => {
                let list = scope.import(item::JSON_ARRAY);
                let is_text = matches!(item, Type::String | Type::Bytes);
                let items = if is_text {
                    quote!(#name.into_iter().map(Into::into))
                } else {
                    quote!(#name)
                };
                match check {
                    Some(check) => quote!(#list::new(#items, #check)),
                    None if is_text => quote!(#list::unchecked::<String>(#items)),
                    None => quote!(#list::unchecked(#items)),
                }
            }
            Self::BulkItems(item) => {
                let list = scope.import(item::JSON_ARRAY);
                let items = quote!(#name.into_iter().map(Into::into));
                let item = scope.generic_argument(item);
                if let Some(check) = check {
                    quote!(#list::new::<#item>(#items, #check))
                } else {
                    quote!(#list::unchecked::<#item>(#items))
                }
            }
            Self::Upload => quote!(#name.into()),
            Self::Uploads => quote!(#name.into_iter().map(Into::into).collect()),
            Self::Time(unit) => {
                let ty = time_type(*unit, scope);
                quote!(Into::<#ty>::into(#name))
            }
            Self::Plain(ty) => converted(ty, name, scope),
        }
    }

    /// Describes the accepted values, if the type does not show them.
    pub(super) fn accepted_values(&self) -> &'static str {
        match self {
            Self::Upload => {
                "Accepts text, bytes, JSON, a file, or an `Upload` of a reader or stream."
            }
            Self::Uploads => {
                "Accepts text, bytes, JSON, files, or an `Upload` of a reader or stream."
            }
            Self::Time(unit) => accepted_times(*unit),
            _ => "",
        }
    }
}

/// Describes the values that a parameter for a time or a duration accepts.
pub(super) fn accepted_times(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Seconds => {
            "Accepts seconds, or a `Duration`, which is rounded up to whole seconds."
        }
        TimeUnit::UnixSeconds => {
            "Accepts seconds, or a `SystemTime`, which is rounded up to whole seconds."
        }
    }
}

/// Returns the type that a time or a duration is converted to.
pub(super) fn time_type(unit: TimeUnit, scope: &Scope) -> Ident {
    scope.import(match unit {
        TimeUnit::Seconds => item::WHOLE_SECONDS,
        TimeUnit::UnixSeconds => item::UNIX_SECONDS,
    })
}

/// Returns the type of a parameter for a time or a duration.
pub(super) fn time_parameter_type(unit: TimeUnit, scope: &Scope) -> TokenStream {
    let ty = time_type(unit, scope);
    quote!(impl Into<#ty>)
}

/// Returns the type of a parameter for a value.
pub(super) fn parameter_type(ty: &Type, scope: &Scope) -> TokenStream {
    match ty {
        Type::String | Type::Bytes => quote!(impl Into<String>),
        Type::Json => serialize(scope),
        Type::List(item) => {
            let item = item_parameter_type(item, scope);
            quote!(impl IntoIterator<Item = #item>)
        }
        Type::Map(value) => {
            let value = scope.generic_argument(value);
            quote!(impl IntoIterator<Item = (impl Into<String>, #value)>)
        }
        Type::Boxed(id) => scope.model(*id),
        Type::Option(some) => {
            let some = scope.generic_argument(some);
            let nullable = scope.import(item::NULLABLE);
            quote!(impl Into<#nullable<#some>>)
        }
        _ => scope.ty(ty),
    }
}

/// Returns the type of a parameter for a union: it accepts the union and the types of its variants.
pub(super) fn into(union: &Type, scope: &Scope) -> TokenStream {
    let ty = scope.generic_argument(union);
    quote!(impl Into<#ty>)
}

fn item_parameter_type(item: &Type, scope: &Scope) -> TokenStream {
    match item {
        Type::String | Type::Bytes => quote!(impl Into<String>),
        Type::Json => serialize(scope),
        _ => scope.generic_argument(item),
    }
}

fn serialize(scope: &Scope) -> TokenStream {
    let serialize = scope.import(item::SERIALIZE);
    quote!(impl #serialize)
}

/// Converts a parameter of type [`parameter_type`] to the type of a field.
pub(super) fn converted(ty: &Type, name: &Ident, scope: &Scope) -> TokenStream {
    match ty {
        Type::Option(some) if matches!(**some, Type::Boxed(_)) => {
            quote!(#name.into().0.map(Box::new))
        }
        Type::Option(_) => quote!(#name.into().0),
        Type::String | Type::Bytes => quote!(#name.into()),
        Type::Json => {
            let json = scope.import(item::JSON);
            quote!(#json::new(#name))
        }
        Type::List(item) => match **item {
            Type::String | Type::Bytes => quote!(#name.into_iter().map(Into::into).collect()),
            Type::Json => {
                let json = scope.import(item::JSON);
                quote!(#name.into_iter().map(#json::new).collect())
            }
            _ => quote!(#name.into_iter().collect()),
        },
        Type::Map(_) => quote!(#name.into_iter().map(|(key, value)| (key.into(), value)).collect()),
        Type::Boxed(_) => quote!(Box::new(#name)),
        _ => quote!(#name),
    }
}
