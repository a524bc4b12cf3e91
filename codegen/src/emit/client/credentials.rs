//! Prints credentials: their statics, and the methods of the builder that set them.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::code::{Scope, ident, optional, unprefixed};
use crate::emit::markdown::{clean, first_paragraph, sentence};
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

/// Prints the static of the OAuth 2 flow of a credential, if it has one.
pub(super) fn flow(scope: &Scope, api: &Api, credential: &Credential) -> Option<TokenStream> {
    let token_url = &credential.client_credentials.as_ref()?.token_url;
    let method = flow_method(api, credential);
    let name = flow_name(credential);
    let static_name = static_name(credential);
    let ty = scope.import(item::CLIENT_CREDENTIALS_FLOW);
    Some(
        quote!(static #name: #ty = #ty { method: #method, credential: &#static_name, token_url: #token_url };),
    )
}

/// Returns the name of the static of an OAuth 2 flow.
fn flow_name(credential: &Credential) -> Ident {
    ident(&format!(
        "{}_FLOW",
        unprefixed(&credential.method).to_shouty_snake_case()
    ))
}

/// Returns the builder method of an OAuth 2 flow. It contains the name of the credential if there are several flows.
pub(in crate::emit) fn flow_method(api: &Api, credential: &Credential) -> String {
    let all = api.credentials.iter();
    if all.filter(|it| it.client_credentials.is_some()).count() == 1 {
        return "client_credentials".to_owned();
    }
    let mut name = format!("{}_client_credentials", unprefixed(&credential.method));
    while api.credentials.iter().any(|it| it.method == name) {
        name.push('_');
    }
    name
}

/// Prints the builder method of an OAuth 2 flow.
fn flow_setter(api: &Api, credential: &Credential) -> Option<TokenStream> {
    let flow = credential.client_credentials.as_ref()?;
    let text = format!(
        "Authenticates with access tokens of OAuth 2 client credentials. The client requests them from `{}` with the id and \
         the secret. It keeps a token until it expires or the server rejects it.",
        flow.token_url
    );
    let scopes = flow.scopes.iter().map(|(name, docs)| {
        let docs = clean(&sentence(&first_paragraph(docs)));
        let colon = if docs.is_empty() { "" } else { ": " };
        format!("- `{name}`{colon}{docs}")
    });
    let scopes: Vec<String> = scopes.collect();
    let scopes = if scopes.is_empty() {
        "[`scopes`](Self::scopes) sets the scopes.".to_owned()
    } else {
        let text = "[`scopes`](Self::scopes) selects scopes:";
        format!("{text}\n\n{}", scopes.join("\n"))
    };
    let docs = docs::outer(&[&clean(&text), &scopes]);
    let name = ident(&flow_method(api, credential));
    let flow_name = flow_name(credential);
    Some(quote! {
        #docs
        pub fn #name(self, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
            self.oauth_client(&#flow_name, client_id, client_secret)
        }
    })
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
        let flow = flow_setter(api, credential);
        quote! {
            #docs
            pub fn #name(self, #(#arguments: impl Into<String>),*) -> Self {
                self.credential(&#static_name, [#(#arguments.into()),*])
            }
            #flow
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
