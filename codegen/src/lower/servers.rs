//! Servers: the default base URL, selectable servers, and base URLs of single operations.

use openapiv3::Server;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::ir;
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
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
    servers.iter().map(server).collect()
}

impl<'a> OperationLowering<'a> {
    /// Returns the base URL of an operation, if the operation or its path item has a different server.
    pub(in crate::lower) fn own_base_url(&mut self, found: &Found<'a>) -> Option<String> {
        let (path, path_at) = &found.path_servers;
        let own = found.operation.servers.as_slice();
        let (server, at) = match (own.first(), path.first()) {
            (Some(server), _) => (server, found.at.key("servers")),
            (None, Some(server)) => (server, path_at.clone()),
            (None, None) => return None,
        };
        let usual = base_url(self.document);
        let Some(url) = absolute(server).or_else(|| beside(usual.as_deref()?, &resolved(server)))
        else {
            self.warn_of_relative(server, &at.index(0));
            return None;
        };
        let is_usual = usual.is_some_and(|usual| same(&usual, &url));
        (!is_usual).then_some(url)
    }

    fn warn_of_relative(&mut self, server: &Server, at: &Pointer) {
        let text = format!(
            "`{}` is relative to an unknown URL; this operation uses the base URL of the client",
            server.url
        );
        let help = "write an absolute URL, as in https://host/path";
        self.types
            .diagnostics
            .push(Diagnostic::warning("relative-operation-server-url", at, text).help(help));
    }
}

fn server(server: &Server) -> ir::Server {
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
    Some(resolved(server)).filter(|url| rest(url).is_some())
}

/// Returns the part of a URL after the scheme.
fn rest(url: &str) -> Option<&str> {
    url.strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
}

/// Returns the URL of a path on the host of another URL.
fn beside(url: &str, path: &str) -> Option<String> {
    let host = rest(url)?.split('/').next()?;
    let scheme = url.get(..url.len() - rest(url)?.len())?;
    path.starts_with('/')
        .then(|| [scheme, host, path.trim_end_matches('/')].concat())
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}
