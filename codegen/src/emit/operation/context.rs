//! An operation in the file of its group.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::argument::{Kind, into, kind_in};
use crate::emit::code::{Scope, ident, unprefixed};
use crate::emit::index::Index;
use crate::emit::optional::OptionalParameter;
use crate::ir::{Argument, Operation};

/// An operation, and the names in the file that it is printed to.
#[derive(Clone, Copy)]
pub(in crate::emit) struct OperationContext<'a> {
    pub(in crate::emit) index: &'a Index<'a>,
    pub(in crate::emit) scope: &'a Scope<'a>,
    pub(in crate::emit) operation: &'a Operation,
}

impl<'a> OperationContext<'a> {
    /// Returns the kind of an argument.
    pub(in crate::emit) fn kind(&self, argument: &'a Argument) -> Kind<'a> {
        kind_in(argument, self.operation)
    }

    /// Returns the type of the parameter of a method for an argument.
    pub(in crate::emit) fn parameter_type(&self, argument: &'a Argument) -> TokenStream {
        match self.kind(argument) {
            Kind::Plain(ty) if self.index.analysis.is_union(ty) => into(ty, self.scope),
            kind => kind.parameter_type(self.scope),
        }
    }

    /// Returns the parameter of a setter that also accepts an `Option`.
    pub(super) fn optional_parameter(&self, argument: &'a Argument) -> Option<OptionalParameter> {
        if argument.required {
            return None;
        }
        match self.kind(argument) {
            Kind::Plain(ty) => OptionalParameter::new(self.index, self.scope, ty, None),
            Kind::Time(unit) => {
                OptionalParameter::new(self.index, self.scope, &argument.ty, Some(unit))
            }
            Kind::Items(_) | Kind::BulkItems(_) | Kind::Upload | Kind::Uploads => None,
        }
    }

    /// Returns an argument by its Rust name.
    pub(super) fn argument(&self, name: &str) -> Option<&'a Argument> {
        let mut all = self.operation.arguments.iter();
        all.find(|argument| argument.name == name)
    }

    /// Returns the path of the type that identifies the operation.
    pub(super) fn marker(&self) -> TokenStream {
        let name = ident(&self.operation.name);
        quote!(operation::#name)
    }

    /// Returns an unused name for a private type of the operation.
    pub(super) fn private_type(&self, suffix: &str) -> Ident {
        let mut name = format!("{}{suffix}", unprefixed(&self.operation.name));
        while self.scope.has(&name) || self.index.has_model(&name) {
            name.push_str("Of");
        }
        ident(&name)
    }
}
