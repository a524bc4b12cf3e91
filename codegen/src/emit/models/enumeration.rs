//! A string with known values comes in, an enum goes out: closed when it is only sent, else with a place for the
//! values that are not known yet.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::text;
use crate::emit::code::ident;
use crate::emit::docs;
use crate::emit::index::is_closed_enum;
use crate::emit::wire::{self, Naming};
use crate::ir::{Model, Variant};

pub(super) fn enumeration(model: &Model, variants: &[Variant]) -> TokenStream {
    let name = ident(&model.name);
    let docs = text(model);
    let closed = is_closed_enum(model);
    let names: Vec<(&str, &str)> = variants
        .iter()
        .map(|variant| (variant.name.as_str(), variant.wire.as_str()))
        .collect();
    let naming = Naming::of_variants(&names);
    let container = naming.container();
    let known = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let docs = docs::outer(&[&value(&variant.wire)]);
        let attributes = wire::attributes([naming.rename(&variant.name, &variant.wire)]);
        quote!(#docs #attributes #name)
    });
    let copy = closed.then(|| quote!(Copy,));
    let open = (!closed).then(|| quote!(#[non_exhaustive]));
    let unknown = (!closed).then(|| {
        let name = unknown(variants);
        quote! {
            /// A value that this version of the crate does not know.
            #[serde(untagged)]
            #name(String)
        }
    });
    let as_str = as_str(variants, closed);
    quote! {
        #docs
        #[derive(Clone, #copy Debug, PartialEq, Eq, Serialize, Deserialize)]
        #container
        #open
        pub enum #name { #(#known,)* #unknown }

        impl #name {
            #as_str
        }

        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

fn as_str(variants: &[Variant], closed: bool) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let wire = &variant.wire;
        quote!(Self::#name => #wire)
    });
    let docs = docs::outer(&["The value on the wire."]);
    if closed {
        return quote!(#docs pub fn as_str(self) -> &'static str { match self { #(#arms,)* } });
    }
    let unknown = unknown(variants);
    quote!(#docs pub fn as_str(&self) -> &str { match self { #(#arms,)* Self::#unknown(value) => value } })
}

/// The variant for other values, under a name that none of the known ones has.
fn unknown(variants: &[Variant]) -> Ident {
    let mut name = "Unknown".to_owned();
    while variants.iter().any(|variant| variant.name == name) {
        name.push_str("Value");
    }
    ident(&name)
}

/// A value in words.
fn value(wire: &str) -> String {
    match wire {
        "" => "The empty string.".to_owned(),
        _ if wire.contains(['`', '\n']) || wire.trim() != wire => {
            crate::emit::markdown::clean(&format!("The value {wire:?}."))
        }
        _ => format!("`{wire}`"),
    }
}
