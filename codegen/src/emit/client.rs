//! What is particular to the API's clients goes out as `client.rs`: settings, credentials, and a way into each group.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::File;
use super::argument::{self, converted, taken};
use super::code::{self, Scope, bare, ident, optional};
use super::docs;
use super::group;
use super::index::Index;
use super::module::Module;
use crate::ir::{Api, Credential, Envelope, ErrorHeader, Group, Secret, SecretPlace};

/// The module.
pub(super) fn client(index: &Index) -> File {
    let api = index.api;
    let groups = api.groups.iter().map(|group| group.type_name.as_str());
    let mut module = Module::new(&index.known, groups.chain(["C"]));
    module.import("crate::runtime", "Result");
    let modules: Vec<String> = api
        .groups
        .iter()
        .map(|group| format!("crate::api::{}", group.name))
        .collect();
    let always = api.groups.iter().zip(&modules);
    for (group, module_of_group) in always.filter(|(group, _)| group.feature.is_none()) {
        module.import(module_of_group, &group.type_name);
    }
    for credential in &api.credentials {
        module.push(kind(credential));
    }
    module.push(settings(api));
    module.push(builder(api));
    let blocking = quote!(#[cfg(feature = "blocking")]);
    module.push(entries(api, &TokenStream::new(), &quote!(Client)));
    module.push(entries(api, &blocking, &quote!(crate::blocking::Client)));
    module.push(error(&api.error_headers));
    let docs = docs::inner(&["Settings of the API, and what they add to clients."]);
    File {
        path: "src/client.rs".to_owned(),
        text: module.text(&api.package.source, docs),
    }
}

/// The name of a credential's static.
fn static_name(credential: &Credential) -> Ident {
    let name = bare(&credential.method).to_shouty_snake_case();
    ident(&if name == "SETTINGS" { name + "_" } else { name })
}

fn kind(credential: &Credential) -> TokenStream {
    let name = static_name(credential);
    let method = bare(&credential.method);
    let secrets = credential.secrets.iter().map(secret);
    quote!(static #name: Credential = Credential { method: #method, secrets: &[#(#secrets),*] };)
}

fn secret(secret: &Secret) -> TokenStream {
    let place = match &secret.place {
        SecretPlace::Bearer => quote!(Bearer),
        SecretPlace::Header(name) => quote!(Header(#name)),
        SecretPlace::Query(name) => quote!(Query(#name)),
        SecretPlace::Cookie(name) => quote!(Cookie(#name)),
        SecretPlace::BasicUser => quote!(BasicUser),
        SecretPlace::BasicPassword => quote!(BasicPassword),
    };
    let variable = optional(secret.variable.as_ref());
    quote!(Secret { place: Place::#place, variable: #variable })
}

fn settings(api: &Api) -> TokenStream {
    let base_url = optional(api.base_url.as_ref());
    let variable = optional(api.base_url_variable.as_ref());
    let credentials = api.credentials.iter().map(static_name);
    let request_id_header = optional(api.request_id_header.as_ref());
    let envelope = match &api.envelope {
        None => quote!(None),
        Some(Envelope {
            success,
            result,
            errors,
            messages,
            info,
        }) => quote! {
            Some(&Envelope { success: #success, result: #result, errors: #errors, messages: #messages, info: #info })
        },
    };
    quote! {
        static SETTINGS: Settings = Settings {
            base_url: #base_url,
            base_url_variable: #variable,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            credentials: &[#(&#credentials),*],
            envelope: #envelope,
            request_id_header: #request_id_header,
        };
    }
}

fn builder(api: &Api) -> TokenStream {
    if api.credentials.is_empty() {
        return TokenStream::new();
    }
    let methods = api.credentials.iter().map(|credential| {
        let name = ident(&credential.method);
        let kind = static_name(credential);
        let docs = docs::outer(&[
            &docs::text_or(&credential.docs, "Authenticates every call."),
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
                self.credential(&#kind, [#(#arguments.into()),*])
            }
        }
    });
    quote!(impl<C> ClientBuilder<C> { #(#methods)* })
}

/// Where else a credential may come from.
fn variables(credential: &Credential) -> String {
    let variables: Option<Vec<String>> = credential
        .secrets
        .iter()
        .map(|secret| secret.variable.as_ref().map(|name| format!("`{name}`")))
        .collect();
    match variables {
        Some(names) => format!("From the environment: {}.", names.join(" and ")),
        None => String::new(),
    }
}

/// The methods of a client, the same for each kind of client.
fn entries(api: &Api, condition: &TokenStream, client: &TokenStream) -> TokenStream {
    let groups = api.groups.iter().map(entry);
    let variables = environment(api);
    let from_env = docs::outer(&["Makes a client of what the environment says.", &variables]);
    quote! {
        #condition
        impl #client {
            /// Configures a client.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&SETTINGS)
            }

            #from_env
            pub fn from_env() -> Result<Self> {
                Self::builder().env().build()
            }

            #(#groups)*
        }
    }
}

/// The environment variables that a client reads, as a list.
fn environment(api: &Api) -> String {
    let credentials = api
        .credentials
        .iter()
        .flat_map(|credential| &credential.secrets);
    let names = credentials
        .filter_map(|secret| secret.variable.as_ref())
        .chain(&api.base_url_variable);
    let names: Vec<String> = names.map(|name| format!("- `{name}`")).collect();
    names.join("\n")
}

fn entry(group: &Group) -> TokenStream {
    let name = ident(&group.name);
    let ty = ident(&group.type_name);
    let condition = code::condition(group);
    // What may not be there is not imported.
    let ty = if condition.is_some() {
        quote!(crate::api::#name::#ty)
    } else {
        quote!(#ty)
    };
    let docs = docs::outer(&[
        &group::text(group),
        &docs::positional(group.arguments.iter().map(|argument| (argument, ""))),
    ]);
    let arguments: Vec<Ident> = group
        .arguments
        .iter()
        .map(|argument| ident(&argument.name))
        .collect();
    let types = group
        .arguments
        .iter()
        .map(|argument| taken(argument::ty(argument), &Scope::default()));
    let values = group
        .arguments
        .iter()
        .zip(&arguments)
        .map(|(argument, name)| converted(argument::ty(argument), name));
    quote! {
        #docs
        #condition
        pub fn #name(&self, #(#arguments: #types),*) -> #ty<Self> {
            #ty::new(self.clone(), #(#values),*)
        }
    }
}

fn error(headers: &[ErrorHeader]) -> TokenStream {
    if headers.is_empty() {
        return TokenStream::new();
    }
    let methods = headers.iter().map(|ErrorHeader { method, header }| {
        let name = ident(method);
        let docs = docs::outer(&[&format!("The response header `{header}`.")]);
        quote!(#docs pub fn #name(&self) -> Option<&str> { self.header(#header) })
    });
    quote!(impl ApiError { #(#methods)* })
}
