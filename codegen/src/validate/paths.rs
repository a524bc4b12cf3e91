//! Paths and the parameters in them; servers and the variables in them.

use serde_json::{Map, Value, json};

use super::Checks;
use super::hints::subject;
use crate::diagnostic::{Diagnostic, Diagnostics, TreeEdit};
use crate::metaschema::openapi::{OPERATION, PATH_ITEM};
use crate::pointer::Location;
use crate::suggest::nearest;
use crate::suggest::or_list;

impl Checks<'_> {
    pub(super) fn paths(
        &self,
        paths: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
            let at = at.key(path);
            if !path.starts_with('/') {
                let diagnostic = Diagnostic::error(
                    "path-without-slash",
                    &at.pointer(),
                    format!("the path `{path}` does not begin with `/`"),
                );
                diagnostics.push(diagnostic.at_key().help(format!("write `/{path}`")));
            }
            match names(path) {
                Ok(Names { names, repeated }) => {
                    for name in repeated {
                        let text = format!(
                            "the path has the parameter `{{{name}}}` twice; one argument fills both"
                        );
                        let help = "give the second one a name of its own";
                        diagnostics.push(
                            Diagnostic::warning("repeated-path-parameter", &at.pointer(), text)
                                .at_key()
                                .help(help),
                        );
                    }
                    self.path(path, &names, item, &at, diagnostics);
                }
                Err(text) => diagnostics.push(
                    Diagnostic::error(
                        "invalid-path-template",
                        &at.pointer(),
                        format!("the path `{path}` {text}"),
                    )
                    .at_key()
                    .help("write a parameter of a path as in `/pets/{id}`"),
                ),
            }
        }
    }

    /// Compares the parameters in a path with those that its operations declare.
    fn path(
        &self,
        path: &str,
        names: &[&str],
        item: &Value,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let related_locations = item.get("$ref").is_some();
        let Some(item) = self.references.follow(item) else {
            return;
        };
        let shared = self.declared(item);
        let operations = item
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(method, operation)| operation.is_object() && is_method(method));
        let mut missing: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut declared = shared.clone();
        for (method, operation) in operations {
            let own = self.declared(operation);
            let has = |name: &str| shared.iter().chain(&own).any(|(_, other)| *other == name);
            let lacks = names.iter().copied().filter(|name| !has(name));
            missing.push((method, lacks.collect()));
            for (i, name) in &own {
                if !names.contains(name) {
                    diagnostics.push(undeclared(path, name, *i, names, &at.key(method)));
                }
            }
            declared.extend(own);
        }
        for (i, name) in shared.iter().filter(|(_, name)| !names.contains(name)) {
            diagnostics.push(undeclared(path, name, *i, names, at));
        }
        for name in names {
            let lacking: Vec<&str> = missing
                .iter()
                .filter(|(_, lacks)| lacks.contains(name))
                .map(|(method, _)| *method)
                .collect();
            let unused = declared
                .iter()
                .map(|(_, other)| *other)
                .filter(|other| !names.contains(other));
            let help = match nearest(name, unused) {
                Some(meant) => format!("is it the one declared as `{meant}`?"),
                None => format!(
                    "declare it, with `in: path` and `required: true`, or remove `{{{name}}}` from the path"
                ),
            };
            // What all operations lack is said once, of the path.
            let whole = lacking.len() == missing.len();
            for method in lacking.into_iter().take(if whole { 1 } else { usize::MAX }) {
                let text = format!("the path parameter `{name}` of `{path}` is not declared");
                let place = if whole { *at } else { at.key(method) };
                let declaration = json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
                let edit = if related_locations {
                    (
                        at.pointer(),
                        TreeEdit::Set(with_parameter(item, declaration)),
                    )
                } else {
                    let list = place.key("parameters").pointer();
                    (list, TreeEdit::Append(declaration))
                };
                diagnostics.push(
                    Diagnostic::error("undeclared-path-parameter", &place.pointer(), text)
                        .at_key()
                        .help(help.clone())
                        .fallback([edit], "it is taken for a string"),
                );
            }
        }
    }

    /// The path parameters in an operation's or a path's list: where in the list, and their names.
    fn declared<'v>(&self, holder: &'v Value) -> Vec<(usize, &'v str)>
    where
        Self: 'v,
    {
        let list = holder
            .get("parameters")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let parameters = list
            .enumerate()
            .filter_map(|(i, parameter)| Some((i, self.references.follow(parameter)?)));
        parameters
            .filter(|(_, parameter)| parameter.get("in").and_then(Value::as_str) == Some("path"))
            .filter_map(|(i, parameter)| Some((i, parameter.get("name")?.as_str()?)))
            .collect()
    }
}

fn is_method(key: &str) -> bool {
    matches!(PATH_ITEM.value_kind(key), Some(crate::metaschema::ValueKind::Object(kind)) if *kind == OPERATION)
}

fn undeclared(
    path: &str,
    name: &str,
    index: usize,
    names: &[&str],
    at: &Location<'_>,
) -> Diagnostic {
    let text = format!("the path parameter `{name}` does not occur in `{path}`");
    let help = match names {
        [] => "write it into the path in braces, or remove it".to_owned(),
        names => format!("the path has {}", or_list(names)),
    };
    let at = at.key("parameters").index(index).pointer();
    Diagnostic::error("unused-path-parameter", &at, text)
        .help(help)
        .fallback([(at, TreeEdit::Remove)], "it is left out")
}

/// A path item that stands elsewhere, as it is to be for one path only.
fn with_parameter(item: &Value, declaration: Value) -> Value {
    let mut item = item.clone();
    if let Value::Object(item) = &mut item {
        let list = item.entry("parameters").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(declaration);
        }
    }
    item
}

/// The parameters of a path, each once, and those that it has twice.
#[derive(Default)]
struct Names<'p> {
    names: Vec<&'p str>,
    repeated: Vec<&'p str>,
}

/// The names in braces, or what is wrong with them.
fn names(path: &str) -> Result<Names<'_>, String> {
    let mut found = Names::default();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        if before.contains('}') {
            break;
        }
        let Some((name, after)) = after.split_once('}') else {
            return Err("has a `{` without its `}`".to_owned());
        };
        if name.is_empty() {
            return Err("has a parameter without a name: `{}`".to_owned());
        }
        if name.contains(['{', '/']) {
            return Err("has a `{` without its `}`".to_owned());
        }
        if !found.names.contains(&name) {
            found.names.push(name);
        } else if !found.repeated.contains(&name) {
            found.repeated.push(name);
        }
        rest = after;
    }
    if rest.contains('}') {
        return Err("has a `}` without its `{`".to_owned());
    }
    Ok(found)
}

pub(super) fn server(
    server: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(Value::String(url)) = server.get("url") else {
        return;
    };
    let variables = server.get("variables").and_then(Value::as_object);
    let url_at = at.key("url");
    let names = match names(url) {
        Ok(Names { names, .. }) => names,
        Err(text) => {
            let text = format!("{} {text}", subject(&url_at));
            diagnostics.push(left_out(
                Diagnostic::error("invalid-server-url", &url_at.pointer(), text),
                at,
            ));
            return;
        }
    };
    for name in &names {
        if variables.is_none_or(|variables| !variables.contains_key(*name)) {
            let text = format!("the variable `{name}` of the server's URL is not declared");
            let diagnostic =
                Diagnostic::error("undeclared-server-variable", &url_at.pointer(), text)
                    .help("declare it under `variables`, with its `default`");
            diagnostics.push(left_out(diagnostic, at));
        }
    }
    let unused = variables
        .into_iter()
        .flatten()
        .filter(|(name, _)| !names.contains(&name.as_str()));
    for (name, _) in unused {
        let text = format!("the server's URL has no variable `{name}`; it is ignored");
        let diagnostic = Diagnostic::warning(
            "unused-server-variable",
            &at.key("variables").key(name).pointer(),
            text,
        );
        diagnostics.push(
            diagnostic
                .at_key()
                .help("write it into the `url` in braces, or remove it"),
        );
    }
}

/// What is wrong with a server, which the crate can do without.
fn left_out(diagnostic: Diagnostic, at: &Location<'_>) -> Diagnostic {
    diagnostic.fallback([(at.pointer(), TreeEdit::Remove)], "the server is left out")
}
