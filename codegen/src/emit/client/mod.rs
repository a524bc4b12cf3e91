//! Prints `client.rs`: settings, credentials, and the methods of the clients that return groups.

mod credentials;
mod docs;
mod settings;

pub(super) use credentials::flow_method;

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{self, converted, parameter_type};
use super::code::{Scope, ident};
use super::condition::Condition;
use super::file::File;
use super::index::Index;
use super::source_file::SourceFile;
use super::{group, item, text};
use crate::ir::{ErrorHeader, Group};

/// Indentation of the methods of a client.
const INDENT: &str = "            ";

/// Prints the file.
pub(super) fn client(index: &Index) -> File {
    let api = index.api;
    let groups = api.groups.iter().map(|group| group.type_name.as_str());
    let scope = Scope::new(&api.models, groups.chain(["C"]));
    let mut file = SourceFile::default();
    for credential in &api.credentials {
        file.push(credentials::credential(&scope, credential));
        if let Some(flow) = credentials::flow(&scope, api, credential) {
            file.push(flow);
        }
    }
    file.push(settings::settings(&scope, api));
    file.push(credentials::builder(&scope, api));
    file.push_text(&methods(&scope, index));
    file.push(error(&scope, &api.error_headers));
    let docs = super::docs::inner(&["Settings of the API, and the methods of its clients."]);
    file.finish("src/client.rs", &api.package.source, docs, &scope)
}

/// Prints the methods of the clients. The two clients are different types, so a macro implements the methods for both.
fn methods(scope: &Scope, index: &Index) -> String {
    let api = index.api;
    let docs = [
        "Creates a client from environment variables.",
        &docs::environment(api),
        &docs::precedence(api),
    ];
    let docs = super::docs::text(&docs, INDENT);
    let builder = [
        "Returns a builder of a client.",
        &docs::servers(api),
        &docs::credentials(api),
    ];
    let builder = super::docs::text(&builder, INDENT);
    let groups: String = api
        .groups
        .iter()
        .map(|group| {
            let condition = Condition::of_group(group);
            scope.under(&condition, || entry(scope, group, &condition))
        })
        .collect();
    let client_builder = scope.import(item::CLIENT_BUILDER);
    let client = scope.import(item::CLIENT);
    let result = scope.import(item::RESULT);
    format!(
        "/// Implements the methods of a client. The async and the blocking client are different types with the same methods.
macro_rules! client_methods {{
    ($client:ty) => {{
        impl $client {{
{builder}            pub fn builder() -> {client_builder}<Self> {{
                {client_builder}::new(&SETTINGS)
            }}

{docs}            pub fn from_env() -> {result}<Self> {{
                Self::builder().env().build()
            }}
{groups}        }}
    }};
}}

client_methods!({client});
#[cfg(feature = \"blocking\")]
client_methods!(crate::blocking::Client);
"
    )
}

/// Prints the method that returns a group.
fn entry(scope: &Scope, group: &Group, condition: &Condition) -> String {
    let arguments = super::docs::argument_list(group.arguments.iter(), |argument| {
        super::docs::argument_summary(argument, "")
    });
    let docs = super::docs::with_list(group::description(group), &arguments);
    let docs = super::docs::text(&[&docs], INDENT);
    let mut parameters = vec!["&self".to_owned()];
    let mut values = vec!["self.clone()".to_owned()];
    for argument in &group.arguments {
        let ty = argument::ty(argument);
        let parameter = text::inline(&parameter_type(ty, scope));
        parameters.push(format!("{}: {parameter}", argument.name));
        values.push(text::inline(&converted(ty, &ident(&argument.name), scope)));
    }
    let module = format!("crate::api::{}", group.name);
    let condition = condition.attribute();
    let ty = if group.feature.is_some() {
        format!("{module}::{}", group.type_name)
    } else {
        scope.import_from(&module, &group.type_name);
        group.type_name.clone()
    };
    let condition = if condition.is_empty() {
        String::new()
    } else {
        format!("{INDENT}{}\n", text::inline(&condition))
    };
    let head = format!("pub fn {}", group.name);
    let head = text::call(INDENT, &head, &parameters, &format!(" -> {ty}<Self> {{"));
    let body = text::call("                ", &format!("{ty}::new"), &values, "");
    format!("\n{docs}{condition}{head}{body}{INDENT}}}\n")
}

/// Prints the methods of errors that return response headers.
fn error(scope: &Scope, headers: &[ErrorHeader]) -> TokenStream {
    if headers.is_empty() {
        return TokenStream::new();
    }
    let methods = headers.iter().map(|ErrorHeader { method, header }| {
        let name = ident(method);
        let docs = super::docs::outer(&[&format!("Returns the response header `{header}`.")]);
        quote!(#docs pub fn #name(&self) -> Option<&str> { self.header(#header) })
    });
    let methods_of_any = headers.iter().map(|ErrorHeader { method, header }| {
        let name = ident(method);
        let text = format!("Returns the response header `{header}`, if a response was received.");
        let docs = super::docs::outer(&[&text]);
        quote!(#docs pub fn #name(&self) -> Option<&str> { self.headers()?.get(#header)?.to_str().ok() })
    });
    let api_error = scope.import(item::API_ERROR);
    let error = scope.import(item::ERROR);
    quote! {
        impl #api_error { #(#methods)* }
        impl #error { #(#methods_of_any)* }
    }
}
