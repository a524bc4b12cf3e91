//! Writes `README.md`. It is also the front page of the crate's docs, which compile its code.

mod client;
mod first_call;

use std::fmt::Write;

use crate::emit::argument::positional;
use crate::emit::code::unprefixed;
use crate::emit::file::File;
use crate::emit::index::Index;
use crate::emit::manifest;
use crate::emit::markdown::{cell, clean, first_sentence};
use crate::emit::runtime::Parts;
use crate::emit::text;
use crate::ir::{Api, Group, Handle, Operation};

/// Writes the README: a text from the config or a default text, then tables of methods and features.
pub(super) fn readme(index: &Index, parts: &Parts) -> File {
    let api = index.api;
    let top = match &api.package.readme {
        Some(text) => text.trim().to_owned(),
        None => default(index),
    };
    let about = about(api);
    let sections = [
        top,
        methods(api),
        webhooks(index),
        features(api, parts),
        about,
    ];
    let parts: Vec<String> = sections
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let text = parts.join("\n\n") + "\n";
    File {
        path: "README.md".to_owned(),
        text,
    }
}

const ERRORS: &str = "\
## Errors

All methods return the same `Error`. `Error::Api` is an error response of the server: it has a status, codes, headers and
a body. `parse::<T>()` decodes the body as an error type that the docs of the operation name. The other variants are
failures before or during the request. `error.is_not_found()` is true if a resource does not exist.";

/// Returns the default text: a description of the API, a first call, and notes.
fn default(index: &Index) -> String {
    let api = index.api;
    let package = &api.package;
    let intro = match &package.description {
        Some(text) if is_paragraph(text) => clean(text),
        _ => format!(
            "A client for {}.",
            cell(&package.title).trim_end_matches('.')
        ),
    };
    let mut parts = vec![format!("# {}", package.name), intro];
    let Some(first_call) = first_call::section(index) else {
        // The crate has only types.
        return parts.join("\n\n");
    };
    parts.extend([first_call, CALLS.to_owned()]);
    if api.base_url.is_none() {
        parts.push(NO_SERVER.to_owned());
    }
    parts.push(credentials(api));
    parts.push(client::section(index));
    parts.push(ERRORS.to_owned());
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// True if a description is one paragraph without a heading.
fn is_paragraph(text: &str) -> bool {
    let text = text.trim();
    text.lines().all(|line| !line.trim().is_empty()) && !text.starts_with('#')
}

/// Returns a long description of the API with a heading. The description may have headings.
fn about(api: &Api) -> String {
    match &api.package.description {
        Some(text) if api.package.readme.is_none() && !is_paragraph(text) => {
            format!("## About the API\n\n{}", nest_headings(&clean(text)))
        }
        _ => String::new(),
    }
}

/// Moves headings two levels down. Code blocks are unchanged.
fn nest_headings(text: &str) -> String {
    let mut in_code = false;
    let lines = text.lines().map(|line| {
        in_code ^= line.starts_with("```") || line.starts_with("~~~");
        let level = line.chars().take_while(|c| *c == '#').count();
        if in_code || level == 0 {
            line.to_owned()
        } else {
            "#".repeat((level + 2).min(6)) + line.get(level..).unwrap_or_default()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

const CALLS: &str = "\
A method takes the required arguments and returns a call. Optional arguments are setters of the call, and `send` sends it.
Every call has the setters `timeout`, `deadline`, `max_retries`, `header` and `query`, and the method `send_with_response`,
which also returns the status and the headers. In the async client, `call.await` is the same as `call.send().await`.";

const NO_SERVER: &str = "\
The API has no default server: set one with `base_url` of the builder or in the environment.";

/// Lists the environment variables that a client reads.
fn credentials(api: &Api) -> String {
    let mut rows: Vec<String> = Vec::new();
    for credential in &api.credentials {
        let method = unprefixed(&credential.method);
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
    let head = "## The environment\n\n`Client::from_env()` reads these variables. Values in code take precedence:\n\n| variable | in code |\n|---|---|";
    if rows.is_empty() {
        String::new()
    } else {
        format!("{head}\n{}", rows.join("\n"))
    }
}

/// Introduces the methods. The text has no links to items of the crate, because they work only in the docs.
const METHODS: &str = "\
## Methods

The module `api` has a page for each operation, with its arguments, setters, result and errors.";

/// Lists the methods of each group.
fn methods(api: &Api) -> String {
    if api.groups.is_empty() {
        return String::new();
    }
    let mut text = METHODS.to_owned();
    for group in &api.groups {
        let entry: Vec<&str> = group
            .arguments
            .iter()
            .map(|argument| unprefixed(&argument.name))
            .collect();
        let entry = format!("client.{}({})", unprefixed(&group.name), entry.join(", "));
        text.extend(["\n\n`", &entry, "`\n\n| Method | Description |\n|---|---|"]);
        for method in &group.methods {
            if let Some(operation) = api.operation(method) {
                text.push_str(&row(group, unprefixed(&method.name), operation));
            }
        }
    }
    let handles = api.handles.iter();
    text.extend(handles.map(|handle| self::handle(api, handle)));
    text
}

/// Lists the groups of a handle.
fn handle(api: &Api, handle: &Handle) -> String {
    let arguments = handle.arguments(api).iter();
    let arguments: Vec<&str> = arguments.map(|it| unprefixed(&it.name)).collect();
    let name = unprefixed(&handle.name);
    let mut text = format!(
        "\n\n`client.{name}({})`\n\n| Method | Description |\n|---|---|",
        arguments.join(", ")
    );
    for group in handle.groups(api) {
        let method = unprefixed(&group.name);
        let about = cell(&first_sentence(&group.docs));
        let _ = write!(text, "\n| `{method}()` | {about} |");
    }
    text
}

/// Lists the webhooks and their types.
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

The requests that the server sends have types in `types`. Decode them with `serde_json::from_slice`:

| Webhook | Type | Description |
|---|---|---|";

/// Longest name of a method with its first argument. Lines of a table break only between arguments.
const CELL: usize = 60;

/// Writes the row of a method.
fn row(group: &Group, name: &str, operation: &Operation) -> String {
    let arguments: Vec<&str> = positional(operation, group)
        .map(|argument| unprefixed(&argument.name))
        .collect();
    let summary = cell(&first_sentence(&operation.docs));
    let request = format!(
        "`{} {}`",
        operation.http_method,
        operation.path.replace('|', "\\|")
    );
    let description = if summary.is_empty() { request } else { summary };
    let first = arguments.first().map_or(0, |first| first.len());
    let arguments = if name.len() + first > CELL {
        "…".to_owned()
    } else {
        arguments.join(", ")
    };
    format!("\n| `{name}({arguments})` | {description} |")
}

/// Note for crates in which each group has a feature.
const GROUPS: &str = "\
Each group of methods is also a feature. A program that uses few groups compiles faster with only these:
`default-features = false, features = [\"rustls\", \"GROUP\"]`.";

/// Lists the features.
fn features(api: &Api, parts: &Parts) -> String {
    let rows = manifest::features(parts).into_iter().map(|feature| {
        let default = if feature.is_default {
            " Enabled by default."
        } else {
            ""
        };
        format!("| `{}` | {}{default} |", feature.name, feature.reason)
    });
    let table = format!(
        "## Features\n\n| Feature | Description |\n|---|---|\n{}",
        rows.collect::<Vec<_>>().join("\n")
    );
    match api.groups.iter().find_map(|group| group.feature.as_ref()) {
        Some(first) => format!(
            "{table}\n| `full` | All groups of methods. Enabled by default. |\n\n{}",
            GROUPS.replace("GROUP", first)
        ),
        None => table,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_descriptions_are_nested() {
        let text = "# One\n\n```\n# code\n```\n\n##### Five\n\nText #6";
        let nested = "### One\n\n```\n# code\n```\n\n###### Five\n\nText #6";
        assert_eq!(nest_headings(text), nested);
    }

    #[test]
    fn only_plain_descriptions_are_paragraphs() {
        assert!(is_paragraph("One.\nTwo.\n"));
        assert!(!is_paragraph("# One"));
        assert!(!is_paragraph("One.\n\nTwo."));
    }
}
