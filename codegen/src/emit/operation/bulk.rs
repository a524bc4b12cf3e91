//! An operation whose list may be split comes in; how to split it and what of it failed goes out.

use proc_macro2::TokenStream;
use quote::quote;

use super::request::slot;
use super::{Operating, success};
use crate::emit::code::{ident, optional, uint};
use crate::emit::index::{fields, model_id};
use crate::ir::{Bulk, Model, Success, Type};

pub(super) fn implementation(it: Operating) -> TokenStream {
    let Some(bulk) = &it.operation.bulk else {
        return TokenStream::new();
    };
    let Some(argument) = it.argument(&bulk.argument) else {
        return TokenStream::new();
    };
    let operation = ident(&it.operation.name);
    let slot = slot(it, argument);
    let key = optional(bulk.key.as_ref());
    // It is a `usize`, also where that has 32 bits.
    let max_items = uint(bulk.max_items.min(u32::MAX.into()));
    let failed = failed(it, bulk);
    quote! {
        impl Bulk for #operation {
            const LIST: ParamLocation = #slot;
            const KEY: Option<&'static str> = #key;
            const MAX_ITEMS: usize = #max_items;

            #failed
        }
    }
}

/// The list of keys in the result, through each `Option` on the way to it.
fn failed(it: Operating, bulk: &Bulk) -> Option<TokenStream> {
    let Success::Json { ty, .. } = &it.operation.success else {
        return None;
    };
    let (result, within) = match ty {
        Type::Option(some) => (&**some, quote!(output.as_mut()?)),
        ty => (ty, quote!(output)),
    };
    let model: &Model = it.index.model(model_id(result)?)?;
    let failed = bulk.failed_keys.as_ref()?;
    let field = fields(model).iter().find(|field| field.name == *failed)?;
    let name = ident(failed);
    let is_option = matches!(field.ty, Type::Option(_));
    let list = match (field.required, is_option) {
        (true, false) => quote!(Some(&mut #within.#name)),
        // Who sends it tells null from nothing.
        (false, true) if model.in_request => quote!(#within.#name.as_mut()?.as_mut()),
        _ => quote!(#within.#name.as_mut()),
    };
    let output = success::output(it);
    Some(quote! {
        fn failed(output: &mut #output) -> Option<&mut Vec<String>> {
            #list
        }
    })
}
