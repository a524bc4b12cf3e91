//! Servers and their variables.

use serde_json::{Map, Value};

use super::path_template;
use crate::diagnostic::{Diagnostic, Diagnostics, TreeEdit};
use crate::metaschema::subject;
use crate::pointer::Location;

pub(super) fn server(
    server: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(Value::String(url)) = server.get("url") else {
        return;
    };
    let url_at = at.key("url");
    let names = match path_template::parse(url) {
        Ok(template) => template.names,
        Err(fault) => {
            let text = format!("{} {fault}", subject(&url_at));
            let diagnostic = Diagnostic::error("invalid-server-url", &url_at.pointer(), text);
            diagnostics.push(without_server(diagnostic, at));
            return;
        }
    };
    let variables = server.get("variables").and_then(Value::as_object);
    for name in &names {
        if variables.is_none_or(|variables| !variables.contains_key(*name)) {
            let text = format!("the server URL has an undeclared variable `{name}`");
            let help = "declare it under `variables`, with its `default`";
            let code = "undeclared-server-variable";
            let diagnostic = Diagnostic::error(code, &url_at.pointer(), text).help(help);
            diagnostics.push(without_server(diagnostic, at));
        }
    }
    for (name, _) in variables.into_iter().flatten() {
        if !names.contains(&name.as_str()) {
            let text = format!("the server URL has no variable `{name}`; it is ignored");
            let at = at.key("variables").key(name).pointer();
            let diagnostic = Diagnostic::warning("unused-server-variable", &at, text).at_key();
            diagnostics.push(diagnostic.help("add it to the `url` in braces, or remove it"));
        }
    }
}

fn without_server(diagnostic: Diagnostic, at: &Location<'_>) -> Diagnostic {
    diagnostic.fallback([(at.pointer(), TreeEdit::Remove)], "the server is left out")
}
