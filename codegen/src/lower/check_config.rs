//! Validation of the config against the document: unused entries and invalid names.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::lower::context::Context;
use crate::lower::header_names::is_header_name;
use crate::lower::package;
use crate::names;
use crate::pointer::Pointer;

/// Reports names of the config that are not valid, and entries that no part of the document uses.
pub(in crate::lower) fn check_config(context: &mut Context<'_>) {
    let mut diagnostics = invalid_names(context.config);
    diagnostics.extend(invalid_header_names(context.config));
    diagnostics.extend(invalid_statuses(context.config));
    diagnostics.extend(package::invalid_metadata(context.config));
    if !context.document.partial {
        diagnostics.extend(unused_entries(context));
    }
    context.types.diagnostics.extend(diagnostics);
}

/// Reports entries that no part of the document uses.
fn unused_entries(context: &Context<'_>) -> Vec<Diagnostic> {
    let names = &context.types.names;
    let help = "remove the entry, or correct it to a location in the document";
    let operation_help = "remove the entry, or correct it to an operationId of the document";
    [
        names.types.unused("type that is emitted", help),
        names
            .arguments
            .unused("argument or property that is emitted", help),
        names.variants.unused("variant that is emitted", help),
        names
            .accessors
            .unused("variant that an argument selects", help),
        context.operations.unused("operation", operation_help),
        context.types.limits.unused("schema of a request", help),
        context.types.units.unused("parameter or property", help),
    ]
    .concat()
}

fn invalid_names(config: &Config) -> Vec<Diagnostic> {
    let groups = Pointer::root().key("groups");
    let names = configured_names(config).into_iter();
    let invalid = names.filter(|(at, name)| {
        // A group becomes a file.
        let is_group = at.parent().is_some_and(|parent| parent == groups);
        !names::is_identifier(name) || (is_group && !name.is_ascii())
    });
    invalid
        .map(|(at, name)| {
            let text = format!("`{name}` is not a valid Rust name");
            let help = "use lower-case letters, digits and `_`, and no keyword";
            let diagnostic = Diagnostic::error("invalid-rust-name", &at, text);
            diagnostic.in_config().help(help)
        })
        .collect()
}

/// Returns all Rust names of the config with their locations.
fn configured_names(config: &Config) -> Vec<(Pointer, &str)> {
    let root = Pointer::root();
    let mut names: Vec<(Pointer, &str)> = Vec::new();
    let tables = [
        ("types", &config.names.types),
        ("arguments", &config.names.arguments),
        ("variants", &config.names.variants),
        ("accessors", &config.names.accessors),
    ];
    for (table, entries) in tables {
        let at = root.key("names").key(table);
        names.extend(
            entries
                .iter()
                .map(|(key, name)| (at.key(key), name.as_str())),
        );
    }
    for (name, group) in &config.groups {
        let at = root.key("groups").key(name);
        let methods = at.key("methods");
        names.extend(
            group
                .methods
                .keys()
                .map(|name| (methods.key(name), name.as_str())),
        );
        names.push((at, name));
    }
    let at = root.key("handles");
    let handles = config.handles.keys();
    names.extend(handles.map(|name| (at.key(name), name.as_str())));
    let at = root.key("client").key("credentials");
    for (i, credential) in config.client.credentials.iter().enumerate() {
        names.push((at.index(i).key("method"), &credential.method));
    }
    let at = root.key("errors").key("headers");
    let methods = config.errors.headers.keys();
    names.extend(methods.map(|method| (at.key(method), method.as_str())));
    names
}

fn invalid_header_names(config: &Config) -> Vec<Diagnostic> {
    let root = Pointer::root();
    let request_id = config.client.request_id_header.iter();
    let request_id = request_id.map(|name| (root.key("client").key("request_id_header"), name));
    let at = root.key("errors").key("headers");
    let errors = config.errors.headers.iter();
    let errors = errors.map(|(method, name)| (at.key(method), name));
    let invalid = request_id
        .chain(errors)
        .filter(|(_, name)| !is_header_name(name));
    invalid
        .map(|(at, name)| {
            let text = format!("`{name}` is not a valid header name");
            let help = "use letters, digits and `-`, as in `x-request-id`";
            let diagnostic = Diagnostic::error("invalid-header-name", &at, text);
            diagnostic.in_config().help(help)
        })
        .collect()
}

fn invalid_statuses(config: &Config) -> Vec<Diagnostic> {
    let at = Pointer::root().key("errors").key("statuses");
    let statuses = config.errors.statuses.keys();
    let invalid = statuses.filter(|status| {
        let number: Option<u16> = status.parse().ok();
        !number.is_some_and(|number| (100..1000).contains(&number))
    });
    invalid
        .map(|status| {
            let text = format!("`{status}` is not a status");
            let help = "use a number from 100 to 999";
            let diagnostic = Diagnostic::error("invalid-status", &at.key(status), text);
            diagnostic.in_config().at_key().help(help)
        })
        .collect()
}
