//! An object with known properties comes in, a struct goes out and, if it is sent, what makes and checks one.

use proc_macro2::TokenStream;
use quote::quote;

use super::text;
use crate::emit::argument::{converted, taken};
use crate::emit::checks::{self, Outcome};
use crate::emit::code::{Scope, bare, ident, setter_lints};
use crate::emit::docs;
use crate::emit::index::{Index, has_default, holds};
use crate::emit::wire::{self, Naming};
use crate::ir::{Field, Model, Type};

pub(super) fn structure(index: &Index, model: &Model, fields: &[Field]) -> TokenStream {
    let name = ident(&model.name);
    let docs = text(model);
    let default = has_default(model).then(|| quote!(Default,));
    let eq = index.is_eq(model).then(|| quote!(Eq,));
    let names: Vec<(&str, &str)> = fields
        .iter()
        .map(|field| (field.name.as_str(), field.wire.as_str()))
        .collect();
    let naming = Naming::of_fields(&names);
    let container = naming.container();
    let declared = fields.iter().map(|field| declared(field, model, naming));
    let sent = model.sent.then(|| sent(index, model, fields));
    quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq, #eq Serialize, Deserialize)]
        #container
        #[non_exhaustive]
        pub struct #name { #(#declared),* }

        #sent
    }
}

fn declared(field: &Field, model: &Model, naming: Naming) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs::field(field, model.sent);
    let deprecated = docs::deprecated(field.deprecated);
    let rename = naming.rename(&field.name, &field.wire);
    let optional = !field.required;
    let ty = kept(field, model);
    let reader = reader(field, &ty);
    // serde takes a missing `Option` for `None` by itself, but not through a function.
    let default = (optional && reader.is_some()).then(|| quote!(default));
    let reader = reader.map(|reader| quote!(deserialize_with = #reader));
    let skip = optional.then(|| quote!(skip_serializing_if = "Option::is_none"));
    let attributes = wire::attributes([rename, default, reader, skip]);
    let ty = Scope::default().ty(&ty);
    quote!(#docs #deprecated #attributes pub #name: #ty)
}

/// The type of a field. Null and nothing are the same to who receives, but not to who sends.
fn kept(field: &Field, model: &Model) -> Type {
    match &field.ty {
        ty if field.required => ty.clone(),
        Type::Option(_) if !model.sent => field.ty.clone(),
        ty => Type::Option(Box::new(ty.clone())),
    }
}

/// The function that reads a field, where its type alone will not do.
fn reader(field: &Field, kept: &Type) -> Option<&'static str> {
    let wrapped = *kept != field.ty;
    match &field.ty {
        // A null that is there is not the same as nothing.
        Type::Json if wrapped => Some("json::present"),
        ty if holds(ty, &|ty| *ty == Type::Int) => Some("integer::read"),
        _ => None,
    }
}

/// What a caller needs to send one.
fn sent(index: &Index, model: &Model, fields: &[Field]) -> TokenStream {
    let name = ident(&model.name);
    let new = (!has_default(model)).then(|| new(model, fields));
    let setters = fields.iter().filter(|field| !field.required).map(setter);
    let check = check(index, fields);
    let members = quote!(#new #(#setters)* #check);
    let deprecated = fields
        .iter()
        .any(|field| field.deprecated)
        .then(|| quote!(#[allow(deprecated)]));
    if members.is_empty() {
        members
    } else {
        quote!(#deprecated impl #name { #members })
    }
}

fn new(model: &Model, fields: &[Field]) -> TokenStream {
    let docs = docs::outer(&[&format!(
        "A `{}` with what it must have.",
        bare(&model.name)
    )]);
    let required: Vec<&Field> = fields.iter().filter(|field| field.required).collect();
    let many = (required.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let parameters = required.iter().map(|field| {
        let name = ident(&field.name);
        let ty = taken(&field.ty, &Scope::default());
        quote!(#name: #ty)
    });
    let values = fields.iter().map(|field| {
        let name = ident(&field.name);
        if !field.required {
            return quote!(#name: None);
        }
        let value = converted(&field.ty, &name);
        if name == value.to_string() {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    quote! {
        #docs
        #many
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn setter(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs::setter(field);
    let deprecated = docs::deprecated(field.deprecated);
    let lints = setter_lints(&field.name);
    let taken = taken(&field.ty, &Scope::default());
    let value = converted(&field.ty, &name);
    quote! {
        #docs
        #deprecated
        #lints
        pub fn #name(mut self, #name: #taken) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn check(index: &Index, fields: &[Field]) -> TokenStream {
    let scope = Scope::default();
    let mut steps = TokenStream::new();
    let mut last = None;
    for field in fields {
        let name = bare(&field.name);
        let ty = if field.required {
            field.ty.clone()
        } else {
            Type::Option(Box::new(field.ty.clone()))
        };
        let all = checks::outcomes(index, &scope, &field.name, &ty, &field.checks);
        for Outcome { unless, expression } in all {
            steps.extend(last.take().map(|step| quote!(#step?;)));
            let step = quote!(check(#name, #expression));
            match unless {
                Some(other) => steps.extend(quote!(if self.#other != Some(true) { #step?; })),
                None => last = Some(step),
            }
        }
    }
    if steps.is_empty() && last.is_none() {
        return steps;
    }
    let last = last.unwrap_or_else(|| quote!(Ok(())));
    quote! {
        pub(crate) fn check(&self) -> Result<(), Refusal> {
            #steps
            #last
        }
    }
}
