//! The API comes in, `README.md` goes out. It is also the front page of the crate's docs, where its code is compiled.

use std::fmt::Write;

use super::File;
use super::argument::positional;
use super::code::bare;
use super::example;
use super::index::Index;
use super::manifest;
use super::markdown::{cell, clean};
use super::text;
use crate::ir::{Api, Group, Operation};

/// The README: its own text or one made of the document, then what holds of every crate.
pub(super) fn readme(index: &Index) -> File {
    let api = index.api;
    let top = match &api.package.readme {
        Some(text) => text.trim().to_owned(),
        None => default(index),
    };
    let parts = [top, methods(api), webhooks(index), features(api)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let text = parts.join("\n\n") + "\n";
    File {
        path: "README.md".to_owned(),
        text,
    }
}

const ERRORS: &str = "\
## Errors

Every failure is an `Error`. `Error::Api` is what the server answered, with status, codes and headers, and with its body:
`.parse::<T>()` reads that as a type that the method's docs name. The other variants say what went wrong before that,
or on the way. `error.is_not_found()` is a missing thing.";

/// What a document says of itself, and a first call.
fn default(index: &Index) -> String {
    let api = index.api;
    let package = &api.package;
    let about = package.description.as_deref().map_or_else(
        || {
            format!(
                "A client for {}.",
                cell(&package.title).trim_end_matches('.')
            )
        },
        clean,
    );
    let mut parts = vec![format!("# {}", package.name), about];
    let mut groups = api.groups.iter();
    let Some((group, method)) = groups.find_map(|group| Some((group, group.methods.first()?)))
    else {
        // There are types alone.
        return parts.join("\n\n");
    };
    if let Some(operation) = operation(api, method.group, method.operation) {
        let call = example::block(index, group, method, operation);
        parts.push(format!(
            "## A first call\n\n{}",
            call.replacen("```no_run", "```rust,no_run", 1)
        ));
        parts.push(CALLS.to_owned());
    }
    if api.base_url.is_none() {
        parts.push(NO_SERVER.to_owned());
    }
    parts.push(credentials(api));
    parts.push(ERRORS.to_owned());
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

const CALLS: &str = "\
A method takes what the operation needs; all else is set on what it returns, and `.send()` runs it. On every call,
`.timeout(…)`, `.max_retries(…)`, `.header(…, …)` and `.query(…, …)` hold for that call only, and
`.send_with_response()` gives status and headers beside the result.";

const NO_SERVER: &str = "\
The API's document does not say where its server is: `.base_url(…)` of the builder, or the environment, has to.";

/// The environment variables that a client reads.
fn credentials(api: &Api) -> String {
    let mut rows: Vec<String> = Vec::new();
    for credential in &api.credentials {
        let method = bare(&credential.method);
        let variables: Vec<String> = credential
            .secrets
            .iter()
            .filter_map(|secret| secret.variable.as_ref())
            .map(|name| format!("`{name}`"))
            .collect();
        if !variables.is_empty() {
            rows.push(format!("| {} | `.{method}(…)` |", variables.join(" and ")));
        }
    }
    if let Some(variable) = &api.base_url_variable {
        rows.push(format!("| `{variable}` | `.base_url(…)` |"));
    }
    let head = "## The environment\n\n`Client::from_env()` reads what code does not set:\n\n| variable | in code |\n|---|---|";
    if rows.is_empty() {
        String::new()
    } else {
        format!("{head}\n{}", rows.join("\n"))
    }
}

/// Every method, by group.
fn methods(api: &Api) -> String {
    if api.groups.is_empty() {
        return String::new();
    }
    let mut text = "## Methods".to_owned();
    for group in &api.groups {
        let entry: Vec<&str> = group
            .arguments
            .iter()
            .map(|argument| bare(&argument.name))
            .collect();
        let entry = format!("client.{}({})", bare(&group.name), entry.join(", "));
        text.extend([
            "\n\n`",
            &entry,
            "`\n\n| method | request | what it does |\n|---|---|---|",
        ]);
        for method in &group.methods {
            if let Some(operation) = operation(api, method.group, method.operation) {
                text.push_str(&row(group, bare(&method.name), operation));
            }
        }
    }
    text
}

/// Every webhook and its type.
fn webhooks(index: &Index) -> String {
    let api = index.api;
    if api.webhooks.is_empty() {
        return String::new();
    }
    let mut text = WEBHOOKS.to_owned();
    for webhook in &api.webhooks {
        let ty = text::inline(&index.types.ty(&webhook.ty));
        let (name, docs) = (webhook.name.replace('|', "\\|"), cell(&webhook.docs));
        let _ = write!(text, "\n| `{name}` | `{ty}` | {docs} |");
    }
    text
}

const WEBHOOKS: &str = "\
## Webhooks

What the server sends by itself has its types in `types`, to be read with `serde_json::from_slice`:

| webhook | type | what it tells |
|---|---|---|";

fn row(group: &Group, name: &str, operation: &Operation) -> String {
    let taken: Vec<&str> = positional(operation, group)
        .map(|argument| bare(&argument.name))
        .collect();
    let Operation {
        http_method: verb,
        path,
        ..
    } = operation;
    let docs = cell(&operation.docs);
    format!(
        "\n| `.{name}({})` | `{verb} {}` | {docs} |",
        taken.join(", "),
        path.replace('|', "\\|")
    )
}

fn operation(api: &Api, group: usize, operation: usize) -> Option<&Operation> {
    api.groups.get(group)?.operations.get(operation)
}

/// Said where each group has a feature.
const GROUPS: &str = "\
Each group of methods is a feature too, named as its method of the client. A program that uses a few of them compiles in
a fraction of the time with no others: `default-features = false, features = [\"rustls\", \"GROUP\"]`.";

/// Every feature, and whether it is on by itself.
fn features(api: &Api) -> String {
    let rows = manifest::features().into_iter().map(|feature| {
        let default = if feature.is_default {
            " On by default."
        } else {
            ""
        };
        format!("| `{}` | {}{default} |", feature.name, feature.reason)
    });
    let table = format!(
        "## Features\n\n| feature | what it adds |\n|---|---|\n{}",
        rows.collect::<Vec<_>>().join("\n")
    );
    match api.groups.iter().find_map(|group| group.feature.as_ref()) {
        Some(first) => format!(
            "{table}\n| `full` | All groups of methods. On by default. |\n\n{}",
            GROUPS.replace("GROUP", first)
        ),
        None => table,
    }
}
