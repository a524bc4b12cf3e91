//! Prints credentials: their statics, and the methods of the builder that set them.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::code::{Scope, ident, optional, unprefixed};
use crate::emit::{docs, item};
use crate::ir::{Api, Credential, CredentialLocation, Secret};

/// Returns the name of the static of a credential.
pub(super) fn static_name(credential: &Credential) -> Ident {
    let method = unprefixed(&credential.method);
    let name = method.to_shouty_snake_case();
    // Scripts without capitals would give the static the name of an argument.
    let is_used = matches!(&*name, "SETTINGS" | "SECURITY") || name == method;
    ident(&if is_used { name + "_" } else { name })
}

/// Prints the static of a credential.
pub(super) fn credential(scope: &Scope, credential: &Credential) -> TokenStream {
    let name = static_name(credential);
    let method = unprefixed(&credential.method);
    let single_word = credential.single_word;
    let secrets = credential.secrets.iter().map(|it| secret(scope, it));
    let ty = scope.import(item::CREDENTIAL);
    quote!(static #name: #ty = #ty { method: #method, single_word: #single_word, secrets: &[#(#secrets),*] };)
}

fn secret(scope: &Scope, secret: &Secret) -> TokenStream {
    let location = match &secret.location {
        CredentialLocation::Bearer => quote!(Bearer),
        CredentialLocation::Header(name) => quote!(Header(#name)),
        CredentialLocation::Query(name) => quote!(Query(#name)),
        CredentialLocation::Cookie(name) => quote!(Cookie(#name)),
        CredentialLocation::BasicUser => quote!(BasicUser),
        CredentialLocation::BasicPassword => quote!(BasicPassword),
    };
    let variable = optional(secret.variable.as_ref());
    let ty = scope.import(item::SECRET);
    let location_type = scope.import(item::CREDENTIAL_LOCATION);
    quote!(#ty { location: #location_type::#location, variable: #variable })
}

/// Prints the methods of the builder that set credentials.
pub(super) fn builder(scope: &Scope, api: &Api) -> TokenStream {
    if api.credentials.is_empty() {
        return TokenStream::new();
    }
    let methods = api.credentials.iter().map(|credential| {
        let name = ident(&credential.method);
        let static_name = static_name(credential);
        let docs = docs::outer(&[
            &docs::text_or(&credential.docs, "Authenticates each call."),
            &variables(credential),
        ]);
        let arguments: Vec<Ident> = credential
            .secrets
            .iter()
            .map(|secret| ident(&secret.argument))
            .collect();
        quote! {
            #docs
            pub fn #name(self, #(#arguments: impl Into<String>),*) -> Self {
                self.credential(&#static_name, [#(#arguments.into()),*])
            }
        }
    });
    let ty = scope.import(item::CLIENT_BUILDER);
    quote!(impl<C> #ty<C> { #(#methods)* })
}

/// Names the environment variables of a credential.
fn variables(credential: &Credential) -> String {
    let variables: Option<Vec<String>> = credential
        .secrets
        .iter()
        .map(|secret| secret.variable.as_ref().map(|name| format!("`{name}`")))
        .collect();
    match variables {
        Some(names) => format!("Environment: {}.", names.join(" and ")),
        None => String::new(),
    }
}
