//! What is particular to the API's clients goes out as `client.rs`: settings, credentials, and a way into each group.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::File;
use super::answers;
use super::argument::{self, converted, taken};
use super::code::{self, bare, ident, optional};
use super::docs;
use super::group;
use super::index::Index;
use super::markdown::{clean, first_paragraph, sentence};
use super::module::Module;
use super::text;
use crate::ir::{
    Api, Credential, CredentialLocation, Envelope, ErrorHeader, Group, Secret, SecurityRequirements,
};

/// How deep the methods of a client stand.
const INDENT: &str = "            ";

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
    module.push_text(&entries(index));
    module.push(error(&api.error_headers));
    let docs = docs::inner(&["Settings of the API, and what they add to clients."]);
    File {
        path: "src/client.rs".to_owned(),
        text: module.text(&api.package.source, docs),
    }
}

/// The name of a credential's static.
fn static_name(credential: &Credential) -> Ident {
    let method = bare(&credential.method);
    let name = method.to_shouty_snake_case();
    // Nothing may be called as a static is, not even an argument; some scripts have no capitals.
    let is_taken = name == "SETTINGS" || name == method;
    ident(&if is_taken { name + "_" } else { name })
}

fn kind(credential: &Credential) -> TokenStream {
    let name = static_name(credential);
    let method = bare(&credential.method);
    let secrets = credential.secrets.iter().map(secret);
    quote!(static #name: Credential = Credential { method: #method, secrets: &[#(#secrets),*] };)
}

fn secret(secret: &Secret) -> TokenStream {
    let place = match &secret.location {
        CredentialLocation::Bearer => quote!(Bearer),
        CredentialLocation::Header(name) => quote!(Header(#name)),
        CredentialLocation::Query(name) => quote!(Query(#name)),
        CredentialLocation::Cookie(name) => quote!(Cookie(#name)),
        CredentialLocation::BasicUser => quote!(BasicUser),
        CredentialLocation::BasicPassword => quote!(BasicPassword),
    };
    let variable = optional(secret.variable.as_ref());
    quote!(Secret { location: CredentialLocation::#place, variable: #variable })
}

fn settings(api: &Api) -> TokenStream {
    let base_url = optional(api.base_url.as_ref());
    let variable = optional(api.base_url_variable.as_ref());
    let security = security(api);
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
            security: &[#(#security),*],
            envelope: #envelope,
            request_id_header: #request_id_header,
        };
    }
}

/// What operations take; nothing where none takes anything.
fn security(api: &Api) -> Vec<TokenStream> {
    if api.credentials.is_empty() {
        return Vec::new();
    }
    let way = |way: &Vec<usize>| {
        let all = way.iter().filter_map(|i| api.credentials.get(*i));
        let all = all.map(static_name);
        quote!(&[#(&#all),*])
    };
    let needs = api.security.iter().map(|needs| {
        if needs.is_empty() {
            return quote!(&[&[]]); // the program sees to it
        }
        let ways = needs.iter().map(way);
        quote!(&[#(#ways),*])
    });
    needs.collect()
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
fn entries(index: &Index) -> String {
    let api = index.api;
    let docs = [
        "Makes a client of what the environment says.",
        &environment(api),
    ];
    let docs = docs::text(&docs, INDENT);
    let builder = ["Configures a client.", &servers(api), &several(api)];
    let builder = docs::text(&builder, INDENT);
    let groups: String = api.groups.iter().map(|group| entry(index, group)).collect();
    format!(
        "/// What clients offer, whatever kind they are of.
macro_rules! entries {{
    ($client:ty) => {{
        impl $client {{
{builder}            pub fn builder() -> ClientBuilder<Self> {{
                ClientBuilder::new(&SETTINGS)
            }}

{docs}            pub fn from_env() -> Result<Self> {{
                Self::builder().env().build()
            }}
{groups}        }}
    }};
}}

entries!(Client);
#[cfg(feature = \"blocking\")]
entries!(crate::blocking::Client);
"
    )
}

/// Where requests may go.
fn servers(api: &Api) -> String {
    let Some(url) = &api.base_url else {
        return "There is no place where requests go by themselves: `.base_url(…)` has to name one.".to_owned();
    };
    if api.servers.is_empty() {
        return String::new();
    }
    let servers = api.servers.iter().map(|server| {
        let variables = server.variables.iter().map(|variable| {
            let values = variable.values.iter().map(|value| format!(", `{value}`"));
            let values: String = values.collect();
            format!("`{}`: `{}`{values}", variable.name, variable.default)
        });
        let variables: Vec<String> = variables.collect();
        let said = [
            sentence(&first_paragraph(&server.docs)),
            variables.join("; "),
        ];
        let said: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
        let colon = if said.is_empty() { "" } else { ": " };
        format!("- `{}`{colon}{}", server.url, said.join(" "))
    });
    let servers = servers.collect::<Vec<_>>().join("\n");
    clean(&format!(
        "Requests go to `{url}` unless `.base_url(…)` names another place:\n\n{servers}"
    ))
}

/// What a client may hold, where that is several credentials.
fn several(api: &Api) -> String {
    let goes_alone = |needs: &SecurityRequirements| needs.iter().all(|way| way.len() < 2);
    let (usual, words) = match &api.security[..] {
        _ if api.credentials.is_empty() => return String::new(),
        [] => return String::new(),
        [only] if goes_alone(only) => return String::new(),
        [only] => (only, ["A call needs", "A call takes"]),
        [usual, ..] => (
            usual,
            [
                "Unless its docs say otherwise, a call needs",
                "Unless its docs say otherwise, a call takes",
            ],
        ),
    };
    let usual = answers::taken(api, usual, words);
    let text = "A client may be given several credentials; with each call go those that it takes, and no others.";
    clean(&format!("{text} {usual}"))
}

/// The environment variables that a client reads, as a list, and which method takes the same.
fn environment(api: &Api) -> String {
    let credentials = api.credentials.iter().filter_map(|credential| {
        let names = credential.secrets.iter();
        let names = names.filter_map(|secret| secret.variable.as_ref());
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        let method = bare(&credential.method);
        let link = format!("[`{method}`](ClientBuilder::{})", credential.method);
        (!names.is_empty()).then(|| format!("- {}: {link}", names.join(" and ")))
    });
    let base_url = api.base_url_variable.iter();
    let base_url =
        base_url.map(|name| format!("- `{name}`: [`base_url`](ClientBuilder::base_url)"));
    let lines: Vec<String> = credentials.chain(base_url).collect();
    lines.join("\n")
}

/// The method that leads to a group.
fn entry(index: &Index, group: &Group) -> String {
    let docs = [
        &*group::text(group),
        &docs::positional(group.arguments.iter().map(|argument| (argument, ""))),
    ];
    let docs = docs::text(&docs, INDENT);
    let mut parameters = vec!["&self".to_owned()];
    let mut values = vec!["self.clone()".to_owned()];
    for argument in &group.arguments {
        let ty = argument::ty(argument);
        let taken = text::inline(&taken(ty, &index.types));
        parameters.push(format!("{}: {taken}", argument.name));
        values.push(text::inline(&converted(ty, &ident(&argument.name))));
    }
    let condition = code::condition(group);
    // What may not be there is not imported.
    let ty = if condition.is_some() {
        format!("crate::api::{}::{}", group.name, group.type_name)
    } else {
        group.type_name.clone()
    };
    let condition = condition.map_or_else(String::new, |condition| {
        format!("{INDENT}{}\n", text::inline(&condition))
    });
    let head = format!("pub fn {}", group.name);
    let head = text::call(INDENT, &head, &parameters, &format!(" -> {ty}<Self> {{"));
    let body = text::call("                ", &format!("{ty}::new"), &values, "");
    format!("\n{docs}{condition}{head}{body}{INDENT}}}\n")
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
