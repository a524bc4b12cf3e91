//! Setters that also accept an `Option`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::argument::time_type;
use super::code::Scope;
use super::index::Index;
use super::item;
use crate::ir::{TimeUnit, Type};

/// Parameter of a setter that accepts a value or an `Option`.
pub(super) struct OptionalParameter {
    /// True if the value is converted by `IntoOptional`. It has a type parameter. Else `Into` converts it.
    is_converted: bool,
    target: TokenStream,
    /// True if the value is stored in a `Box`.
    is_boxed: bool,
}

impl OptionalParameter {
    /// Returns the parameter for a value. Returns `None` if the setter does not accept an `Option`: numbers, lists, maps,
    /// JSON, nullable values, or an API without such setters. The type of a number must be known, so that
    /// `limit(text.parse()?)` compiles.
    pub(super) fn new(
        index: &Index,
        scope: &Scope,
        ty: &Type,
        unit: Option<TimeUnit>,
    ) -> Option<Self> {
        if !index.api.has_optional_setters {
            return None;
        }
        let is_union = index.analysis.is_union(ty);
        let (is_converted, target) = match (unit, ty) {
            (Some(unit), _) => {
                let ty = time_type(unit, scope);
                (true, quote!(#ty))
            }
            (None, Type::String | Type::Bytes) => (true, quote!(String)),
            (None, Type::Model(_) | Type::Boxed(_)) => (is_union, scope.generic_argument(ty)),
            (None, Type::Bool) => (false, scope.ty(ty)),
            _ => return None,
        };
        if is_converted {
            scope.import(item::INTO_OPTIONAL);
        }
        Some(Self {
            is_converted,
            target,
            is_boxed: matches!(ty, Type::Boxed(_)),
        })
    }

    /// Returns the type parameters of the setter.
    pub(super) fn generics(&self) -> &'static str {
        if self.is_converted { "<M>" } else { "" }
    }

    /// Returns the type of the parameter.
    pub(super) fn ty(&self) -> TokenStream {
        let target = &self.target;
        if self.is_converted {
            quote!(impl IntoOptional<#target, M>)
        } else {
            quote!(impl Into<Option<#target>>)
        }
    }

    /// Converts the parameter to an `Option`.
    pub(super) fn converted(&self, name: &Ident) -> TokenStream {
        let value = if self.is_converted {
            quote!(#name.into_optional())
        } else {
            quote!(#name.into())
        };
        if self.is_boxed {
            quote!(#value.map(Box::new))
        } else {
            value
        }
    }
}
