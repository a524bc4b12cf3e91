//! Servers: the default base URL, selectable servers, and base URLs of single operations.

use openapiv3::Server;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::ir;
use crate::lower::context::Context;
use crate::lower::operation_ref::OperationRef;
use crate::pointer::Pointer;

/// Returns the default base URL, or `None` if the first server is relative to the URL of the document.
pub(in crate::lower) fn base_url(document: &Document) -> Option<String> {
    document.api.servers.first().and_then(absolute)
}

/// Warns about a relative first server: the client then needs a base URL at run time.
pub(in crate::lower) fn check_base_url(document: &Document, diagnostics: &mut Diagnostics) {
    let Some(server) = document.api.servers.first() else {
        return;
    };
    if absolute(server).is_none() {
        let text = format!(
            "`{}` is relative to the URL of the document; the client has no default base URL",
            server.url
        );
        let help =
            "write an absolute URL, as in https://host/path; else programs must set `.base_url(…)`";
        let at = Pointer::root().key("servers").index(0);
        diagnostics.push(Diagnostic::warning("relative-server-url", &at, text).help(help));
    }
}

/// Returns all servers, if there are several or if one has variables.
pub(in crate::lower) fn servers(document: &Document) -> Vec<ir::Server> {
    let servers = &document.api.servers;
    let has_variables = |server: &Server| {
        let mut variables = server.variables.iter().flatten();
        variables.next().is_some()
    };
    if servers.len() < 2 && !servers.iter().any(has_variables) {
        return Vec::new();
    }
    servers.iter().map(lower_server).collect()
}

/// Returns the base URL of an operation, if the operation or its path item has a different server.
pub(in crate::lower) fn operation_base_url(
    context: &mut Context<'_>,
    operation_ref: &OperationRef<'_>,
) -> Option<String> {
    let (path, path_at) = &operation_ref.path_item_servers;
    let own = operation_ref.operation.servers.as_slice();
    let (server, at) = match (own.first(), path.first()) {
        (Some(server), _) => (server, operation_ref.at.key("servers")),
        (None, Some(server)) => (server, path_at.clone()),
        (None, None) => return None,
    };
    let default = base_url(context.document);
    let Some(url) = absolute(server).or_else(|| on_host_of(default.as_deref()?, &resolved(server)))
    else {
        warn_about_relative(context, server, &at.index(0));
        return None;
    };
    let is_default = default.is_some_and(|default| is_same_url(&default, &url));
    (!is_default).then_some(url)
}

/// Warns about a relative server of an operation.
fn warn_about_relative(context: &mut Context<'_>, server: &Server, at: &Pointer) {
    let text = format!(
        "`{}` is relative to an unknown URL; this operation uses the base URL of the client",
        server.url
    );
    let help = "write an absolute URL, as in https://host/path";
    context.report(Diagnostic::warning("relative-operation-server-url", at, text).help(help));
}

fn lower_server(server: &Server) -> ir::Server {
    let variables = server.variables.iter().flatten();
    let variables = variables.map(|(name, variable)| {
        let mut values = variable.enumeration.clone();
        values.retain(|value| *value != variable.default);
        ir::ServerVariable {
            name: name.clone(),
            default: variable.default.clone(),
            values,
        }
    });
    ir::Server {
        url: server.url.clone(),
        docs: server.description.clone().unwrap_or_default(),
        variables: variables.collect(),
    }
}

/// Returns the URL with the default values of its variables.
fn resolved(server: &Server) -> String {
    let variables = server.variables.iter().flatten();
    variables.fold(server.url.clone(), |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), &variable.default)
    })
}

/// Returns the URL if it is absolute.
fn absolute(server: &Server) -> Option<String> {
    Some(resolved(server)).filter(|url| without_scheme(url).is_some())
}

/// Returns the part of a URL after the scheme.
fn without_scheme(url: &str) -> Option<&str> {
    url.strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
}

/// Returns the URL of a path on the host of another URL.
fn on_host_of(url: &str, path: &str) -> Option<String> {
    let host = without_scheme(url)?.split('/').next()?;
    let scheme = url.get(..url.len() - without_scheme(url)?.len())?;
    path.starts_with('/')
        .then(|| [scheme, host, path.trim_end_matches('/')].concat())
}

fn is_same_url(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}
