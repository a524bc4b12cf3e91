//! Writes the docs of a client's constructors.

use crate::emit::code::unprefixed;
use crate::emit::markdown::{clean, first_paragraph, sentence};
use crate::emit::security;
use crate::ir::{Api, SecurityRequirements};

/// Lists the servers of the API.
pub(super) fn servers(api: &Api) -> String {
    let Some(url) = &api.base_url else {
        return "The API has no default server: set one with `base_url`.".to_owned();
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
        let facts = [
            sentence(&first_paragraph(&server.docs)),
            variables.join("; "),
        ];
        let facts: Vec<String> = facts.into_iter().filter(|text| !text.is_empty()).collect();
        let colon = if facts.is_empty() { "" } else { ": " };
        format!("- `{}`{colon}{}", server.url, facts.join(" "))
    });
    let servers = servers.collect::<Vec<_>>().join("\n");
    clean(&format!(
        "Requests go to `{url}`, unless `base_url` sets another server:\n\n{servers}"
    ))
}

/// Describes which credentials a client needs, if there are several.
pub(super) fn credentials(api: &Api) -> String {
    let is_single =
        |requirements: &SecurityRequirements| requirements.iter().all(|all| all.len() < 2);
    let (default, verbs) = match &api.security[..] {
        _ if api.credentials.is_empty() => return String::new(),
        [] => return String::new(),
        [only] if is_single(only) => return String::new(),
        [only] => (only, ["A call requires", "A call accepts"]),
        [default, ..] => (
            default,
            [
                "Unless its docs state otherwise, a call requires",
                "Unless its docs state otherwise, a call accepts",
            ],
        ),
    };
    let default = security::describe(api, default, verbs);
    let text = "A client can have several credentials. Each call sends only those that it accepts.";
    clean(&format!("{text} {default}"))
}

/// Lists the environment variables that a client reads, and the method that sets the same.
pub(super) fn environment(api: &Api) -> String {
    let credentials = api.credentials.iter().filter_map(|credential| {
        let names = credential.secrets.iter();
        let names = names.filter_map(|secret| secret.variable.as_ref());
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        let method = unprefixed(&credential.method);
        let link = format!("[`{method}`](ClientBuilder::{})", credential.method);
        (!names.is_empty()).then(|| format!("- {}: {link}", names.join(" and ")))
    });
    let base_url = api.base_url_variable.iter();
    let base_url =
        base_url.map(|name| format!("- `{name}`: [`base_url`](ClientBuilder::base_url)"));
    let lines: Vec<String> = credentials.chain(base_url).collect();
    lines.join("\n")
}

/// Describes which credentials of the environment a call uses, if there are alternatives.
pub(super) fn precedence(api: &Api) -> String {
    let [requirements] = &api.security[..] else {
        return String::new();
    };
    let first = requirements.iter().find(|it| !it.is_empty());
    let has_variables = |index: &usize| {
        let credential = api.credentials.get(*index);
        credential.is_some_and(|it| it.secrets.iter().all(|secret| secret.variable.is_some()))
    };
    let alternatives = requirements.iter().filter(|it| !it.is_empty());
    let is_simple = alternatives
        .clone()
        .all(|it| it.len() == 1 && it.iter().all(has_variables));
    let credential = first.and_then(|it| api.credentials.get(*it.first()?));
    match credential {
        Some(credential) if is_simple && alternatives.count() > 1 => format!(
            "If several credentials are set, `{}` takes precedence.",
            unprefixed(&credential.method)
        ),
        _ => String::new(),
    }
}
