//! Prints how a bulk operation is split into several requests, and which of its items failed.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::OperationContext;
use super::request::location;
use super::response;
use crate::emit::argument::Kind;
use crate::emit::code::{optional, uint};
use crate::emit::{checks, failed_keys, item};
use crate::ir::{Argument, Bulk, Model, Success, Type};

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
    let min_items = (bulk.min_items > 0).then(|| {
        let items = uint(bulk.min_items.min(u32::MAX.into()));
        quote!(const MIN_ITEMS: usize = #items;)
    });
    let batch_items = bulk.batch_items.map(|items| {
        let items = uint(items.min(u32::MAX.into()));
        quote!(const BATCH_ITEMS: usize = #items;)
    });
    let batch_bytes = bulk.batch_bytes.map(|bytes| {
        let bytes = uint(bytes);
        quote!(const BATCH_BYTES: u64 = #bytes;)
    });
    let halve_on = (!bulk.halve_on.is_empty()).then(|| {
        let statuses = bulk.halve_on.iter().map(|status| uint((*status).into()));
        quote!(const HALVE_ON: &'static [u16] = &[#(#statuses),*];)
    });
    let (item_type, check) = item_of(context, argument);
    let failed = failed(context, bulk);
    quote! {
        impl #trait_name for #marker {
            type Item = #item_type;
            const LIST: #location_type = #location;
            const KEY: Option<&'static str> = #key;
            #min_items
            const MAX_ITEMS: usize = #max_items;
            #batch_items
            #batch_bytes
            #halve_on

            #check
            #failed
        }
    }
}

/// Prints the type of the items of a list, and the function that checks an item, if it has limits.
fn item_of(context: OperationContext, argument: &Argument) -> (TokenStream, Option<TokenStream>) {
    let (scope, index) = (context.scope, context.index);
    let (Kind::Items(item) | Kind::BulkItems(item)) = context.kind(argument) else {
        return (quote!(()), None);
    };
    let ty = scope.generic_argument(item);
    let check = checks::item_expression(index, scope, item, &argument.checks).map(|check| {
        let error = scope.import(item::VALIDATION_ERROR);
        quote! {
            fn check(item: &#ty) -> Result<(), #error> {
                #check
            }
        }
    });
    (ty, check)
}

/// Prints the function that returns the failed keys of a result. The keys can be in an optional result.
fn failed(context: OperationContext, bulk: &Bulk) -> Option<TokenStream> {
    let Success::Json { ty, .. } = &context.operation.success else {
        return None;
    };
    let (result, within) = match ty {
        Type::Option(some) => (&**some, quote!(output.as_mut()?)),
        ty => (ty, quote!(output)),
    };
    let model: &Model = context.index.analysis.model(result.model()?)?;
    let list = failed_keys::list(model, bulk.failed_keys.as_ref()?, &within)?;
    let output = response::output(context);
    Some(quote! {
        fn failed(output: &mut #output) -> Option<&mut Vec<String>> {
            #list
        }
    })
}
