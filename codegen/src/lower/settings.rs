//! Validation of the config against the document: unused entries and invalid names.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::lower::operation::OperationLowering;
use crate::lower::package;
use crate::names;
use crate::pointer::Pointer;

/// Help text for an entry whose key does not match a location of the document.
const PLACE: &str = "remove the entry, or correct it to a location in the document";

impl OperationLowering<'_> {
    /// Reports unused entries of the config and names that are not valid.
    pub(in crate::lower) fn check_config(&mut self) {
        let mut found = bad_names(self.config);
        if !self.document.partial {
            found.extend(self.types.names.types.unused("type that is emitted", PLACE));
            found.extend(
                self.types
                    .names
                    .arguments
                    .unused("argument or property that is emitted", PLACE),
            );
            found.extend(
                self.types
                    .names
                    .variants
                    .unused("variant that is emitted", PLACE),
            );
            found.extend(self.operations.unused(
                "operation",
                "remove the entry, or correct it to an operationId of the document",
            ));
            found.extend(self.types.limits.unused("schema of a request", PLACE));
        }
        self.types.diagnostics.extend(found);
    }
}

fn bad_names(config: &Config) -> Vec<Diagnostic> {
    let root = Pointer::root();
    let tables = [
        ("types", &config.names.types),
        ("arguments", &config.names.arguments),
        ("variants", &config.names.variants),
    ];
    let mut given: Vec<(Pointer, &String)> = Vec::new();
    for (table, entries) in tables {
        given.extend(
            entries
                .iter()
                .map(|(key, name)| (root.key("names").key(table).key(key), name)),
        );
    }
    for (group, entries) in &config.groups {
        let at = root.key("groups").key(group);
        given.extend(
            entries
                .methods
                .keys()
                .map(|method| (at.key("methods").key(method), method)),
        );
        given.push((at, group));
    }
    let credentials = config.client.credentials.iter().enumerate();
    given.extend(credentials.map(|(i, credential)| {
        (
            root.key("client").key("credentials").index(i).key("method"),
            &credential.method,
        )
    }));
    given.extend(
        config
            .errors
            .headers
            .keys()
            .map(|method| (root.key("errors").key("headers").key(method), method)),
    );
    // A group becomes a file.
    let groups = root.key("groups");
    let bad = given.into_iter().filter(|(at, name)| {
        let is_group = at.parent().is_some_and(|around| around == groups);
        !names::is_identifier(name) || (is_group && !name.is_ascii())
    });
    bad.map(|(at, name)| {
        let diagnostic = Diagnostic::error(
            "invalid-rust-name",
            &at,
            format!("`{name}` is not a valid Rust name"),
        );
        diagnostic
            .in_config()
            .help("use lower-case letters, digits and `_`, and no keyword")
    })
    .chain(bad_headers(config))
    .chain(package::bad_package(config))
    .collect()
}

/// Returns a diagnostic for each invalid header name of the config.
fn bad_headers(config: &Config) -> Vec<Diagnostic> {
    let (client, errors) = (&config.client, &config.errors);
    let root = Pointer::root();
    let request_id = client.request_id_header.iter();
    let request_id = request_id.map(|name| (root.key("client").key("request_id_header"), name));
    let at = root.key("errors").key("headers");
    let of_errors = errors.headers.iter();
    let of_errors = of_errors.map(|(method, name)| (at.key(method), name));
    let bad = request_id
        .chain(of_errors)
        .filter(|(_, name)| !is_header_name(name));
    bad.map(|(at, name)| {
        let diagnostic = Diagnostic::error(
            "invalid-header-name",
            &at,
            format!("`{name}` is not a valid header name"),
        );
        diagnostic
            .in_config()
            .help("use letters, digits and `-`, as in `x-request-id`")
    })
    .collect()
}

pub(in crate::lower) fn is_header_name(name: &str) -> bool {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(is_token)
}
