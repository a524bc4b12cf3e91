//! Servers -> where requests go.

use openapiv3::Server;

use crate::diagnostic::Diagnostic;
use crate::ir;
use crate::lower::Lowering;
use crate::lower::operation::operation_ref::Found;
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// Where requests go when nobody says otherwise; none when that is relative to where the document was found.
    pub(in crate::lower) fn base_url(&self) -> Option<String> {
        self.document.api.servers.first().and_then(absolute)
    }

    /// Says where nobody says where requests go: the document's address, which its server is relative to, is not known.
    pub(in crate::lower) fn check_base_url(&mut self) {
        let Some(server) = self.document.api.servers.first() else {
            return;
        };
        if absolute(server).is_none() {
            let text = format!(
                "`{}` is relative to where the document was found; clients have no address of their own",
                server.url
            );
            let help = "write the whole address, as in https://host/path; else programs give `.base_url(…)`";
            let at = Pointer::root().key("servers").index(0);
            self.diagnostics
                .push(Diagnostic::warning("relative-server-url", &at, text).help(help));
        }
    }

    /// All servers, if there is anything to choose.
    pub(in crate::lower) fn servers(&self) -> Vec<ir::Server> {
        let servers = &self.document.api.servers;
        let has_variables = |server: &Server| {
            let mut variables = server.variables.iter().flatten();
            variables.next().is_some()
        };
        if servers.len() < 2 && !servers.iter().any(has_variables) {
            return Vec::new();
        }
        servers.iter().map(server).collect()
    }

    /// The place that an operation or its path names for itself.
    pub(in crate::lower) fn own_base_url(&mut self, found: &Found<'a>) -> Option<String> {
        let (path, path_at) = &found.path_servers;
        let own = found.operation.servers.as_slice();
        let (server, at) = match (own.first(), path.first()) {
            (Some(server), _) => (server, found.at.key("servers")),
            (None, Some(server)) => (server, path_at.clone()),
            (None, None) => return None,
        };
        let usual = self.base_url();
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
            "`{}` is relative to a place that is not known; these requests go where all others go",
            server.url
        );
        let help = "write the whole address, as in https://host/path";
        self.diagnostics
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

/// The address with its variables at their defaults.
fn resolved(server: &Server) -> String {
    let variables = server.variables.iter().flatten();
    variables.fold(server.url.clone(), |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), &variable.default)
    })
}

/// The address, if it is a whole one.
fn absolute(server: &Server) -> Option<String> {
    Some(resolved(server)).filter(|url| rest(url).is_some())
}

/// What comes after the scheme.
fn rest(url: &str) -> Option<&str> {
    url.strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
}

/// A path on the host of another address.
fn beside(url: &str, path: &str) -> Option<String> {
    let host = rest(url)?.split('/').next()?;
    let scheme = url.get(..url.len() - rest(url)?.len())?;
    path.starts_with('/')
        .then(|| [scheme, host, path.trim_end_matches('/')].concat())
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}
