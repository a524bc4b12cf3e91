//! Prints `handles.rs`: types that set the path parameters of several groups once.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::{Scope, ident, unprefixed};
use super::condition::Condition;
use super::file::File;
use super::index::Index;
use super::source_file::SourceFile;
use super::{argument, docs, example, group};
use crate::ir::{Api, Argument, Group, Handle, Type};

/// Path of the module of the handles.
pub(super) const MODULE: &str = "crate::handles";

/// Prints the file. Returns `None` if the API has no handles.
pub(super) fn handles(index: &Index) -> Option<File> {
    let handles = &index.api.handles;
    if handles.is_empty() {
        return None;
    }
    let own = handles.iter().map(|handle| handle.type_name.as_str());
    let scope = Scope::new(&index.api.models, own.chain(["C"]));
    let mut file = SourceFile::default();
    for handle in handles {
        file.push(structure(index, &scope, handle));
        file.push(methods(index.api, &scope, handle));
    }
    let docs = docs::inner(&["Handles: groups of operations whose path parameters are set once."]);
    Some(file.finish("src/handles.rs", &index.api.package.source, docs, &scope))
}

/// Prints the type, its constructor, and the methods that return its arguments.
fn structure(index: &Index, scope: &Scope, handle: &Handle) -> TokenStream {
    let name = ident(&handle.type_name);
    let entry = unprefixed(&handle.name);
    let created_by = format!("Created by [`Client::{entry}`](crate::Client::{entry}).");
    let docs = docs::outer(&[
        &docs::text_or(&handle.docs, ""),
        &created_by,
        &example::of_handle(index, handle),
    ]);
    let condition = Condition::of_handle(index.api, handle).attribute();
    let arguments = handle.arguments(index.api).iter();
    let names: Vec<_> = arguments.clone().map(|it| ident(&it.name)).collect();
    let types: Vec<_> = arguments
        .clone()
        .map(|it| scope.ty(argument::ty(it)))
        .collect();
    let is_free =
        |argument: &&Argument| handle.groups(index.api).all(|it| it.name != argument.name);
    let accessors = arguments.filter(is_free);
    let accessors = accessors.map(|argument| accessor(scope, argument));
    quote! {
        #docs
        #condition
        #[derive(Clone, Debug)]
        pub struct #name<C> { client: C, #(#names: #types),* }

        #condition
        impl<C> #name<C> {
            pub(crate) fn new(client: C, #(#names: #types),*) -> Self {
                Self { client, #(#names),* }
            }

            #(#accessors)*
        }
    }
}

/// Prints the methods that return the groups.
fn methods(api: &Api, scope: &Scope, handle: &Handle) -> TokenStream {
    let name = ident(&handle.type_name);
    let condition = Condition::of_handle(api, handle).attribute();
    let values = handle.arguments(api).iter().map(|argument| {
        let name = ident(&argument.name);
        quote!(self.#name.clone())
    });
    let values = quote!(self.client.clone(), #(#values),*);
    let entries = handle.groups(api).map(|group| entry(scope, group, &values));
    quote! {
        #condition
        impl<C: Clone> #name<C> { #(#entries)* }
    }
}

/// Prints the method that returns a group.
fn entry(scope: &Scope, group: &Group, values: &TokenStream) -> TokenStream {
    let name = ident(&group.name);
    let docs = docs::outer(&[&group::description(group)]);
    let condition = Condition::of_group(group);
    let module = format!("crate::api::{}", group.name);
    scope.under(&condition, || scope.import_from(&module, &group.type_name));
    let ty = ident(&group.type_name);
    let condition = condition.attribute();
    quote! {
        #docs
        #condition
        pub fn #name(&self) -> #ty<C> {
            #ty::new(#values)
        }
    }
}

/// Prints the method that returns an argument.
fn accessor(scope: &Scope, argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let about = docs::text_or(
        &argument.docs,
        &format!("Returns `{}`.", argument.wire_name),
    );
    let docs = docs::outer(&[&about]);
    let ty = match argument::ty(argument) {
        Type::String | Type::Bytes => quote!(str),
        ty => scope.ty(ty),
    };
    quote! {
        #docs
        pub fn #name(&self) -> &#ty {
            &self.#name
        }
    }
}
