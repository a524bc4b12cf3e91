//! Prints how a bulk operation is split into several requests, and which of its items failed.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::OperationContext;
use super::request::location;
use super::response;
use crate::emit::code::{ident, optional, uint};
use crate::emit::item;
use crate::ir::{Bulk, Model, Success, Type};

/// Prints the implementation of `Bulk`, if the operation is a bulk operation.
pub(super) fn implementation(context: OperationContext) -> TokenStream {
    let Some(bulk) = &context.operation.bulk else {
        return TokenStream::new();
    };
    let Some(argument) = context.argument(&bulk.argument) else {
        return TokenStream::new();
    };
    let marker = context.marker();
    let trait_name = context.scope.import(item::BULK);
    let location_type = context.scope.import(item::PARAM_LOCATION);
    let location = location(context, argument);
    let key = optional(bulk.key.as_ref());
    // A `usize` may have 32 bits.
    let max_items = uint(bulk.max_items.min(u32::MAX.into()));
    let failed = failed(context, bulk);
    quote! {
        impl #trait_name for #marker {
            const LIST: #location_type = #location;
            const KEY: Option<&'static str> = #key;
            const MAX_ITEMS: usize = #max_items;

            #failed
        }
    }
}

/// The list of keys in the result, through each `Option` on the way to context.
fn failed(context: OperationContext, bulk: &Bulk) -> Option<TokenStream> {
    let Success::Json { ty, .. } = &context.operation.success else {
        return None;
    };
    let (result, within) = match ty {
        Type::Option(some) => (&**some, quote!(output.as_mut()?)),
        ty => (ty, quote!(output)),
    };
    let model: &Model = context.index.analysis.model(result.model()?)?;
    let failed = bulk.failed_keys.as_ref()?;
    let field = model.fields().iter().find(|field| field.name == *failed)?;
    let name = ident(failed);
    let is_option = matches!(field.ty, Type::Option(_));
    let list = match (field.required, is_option) {
        (true, false) => quote!(Some(&mut #within.#name)),
        // A request model has two `Option`s: one for null, one for a missing value.
        (false, true) if model.in_request => quote!(#within.#name.as_mut()?.as_mut()),
        _ => quote!(#within.#name.as_mut()),
    };
    let output = response::output(context);
    Some(quote! {
        fn failed(output: &mut #output) -> Option<&mut Vec<String>> {
            #list
        }
    })
}
