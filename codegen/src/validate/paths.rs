//! Paths and their parameters.

use serde_json::{Map, Value, json};

use super::checker::Checker;
use super::path_template::{self, Template};
use crate::diagnostic::{Diagnostic, Diagnostics, TreeEdit};
use crate::metaschema::ValueKind;
use crate::metaschema::openapi::{OPERATION, PATH_ITEM};
use crate::pointer::Location;
use crate::suggest::{nearest, or_list};

impl Checker<'_> {
    pub(super) fn paths(
        &self,
        paths: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
            let at = at.key(path);
            if !path.starts_with('/') {
                let text = format!("the path `{path}` does not begin with `/`");
                let diagnostic = Diagnostic::error("path-without-slash", &at.pointer(), text);
                diagnostics.push(diagnostic.at_key().help(format!("write `/{path}`")));
            }
            match path_template::parse(path) {
                Ok(Template { names, repeated }) => {
                    let repeated = repeated.iter().map(|name| repeated_parameter(name, &at));
                    diagnostics.extend(repeated);
                    self.path(path, &names, item, &at, diagnostics);
                }
                Err(fault) => {
                    let text = format!("the path `{path}` {fault}");
                    let diagnostic =
                        Diagnostic::error("invalid-path-template", &at.pointer(), text);
                    let help = "write a path parameter as in `/pets/{id}`";
                    diagnostics.push(diagnostic.at_key().help(help));
                }
            }
        }
    }

    /// Compares the parameters of a path with the declared path parameters of its operations.
    fn path(
        &self,
        path: &str,
        names: &[&str],
        item: &Value,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let is_reference = item.get("$ref").is_some();
        let Some(item) = self.references.follow(item) else {
            return;
        };
        let shared = self.declared(item);
        let mut undeclared: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut declared = shared.clone();
        for (method, operation) in methods(item) {
            let own = self.declared(operation);
            let is_declared =
                |name: &str| shared.iter().chain(&own).any(|(_, other)| *other == name);
            let missing = names.iter().copied().filter(|name| !is_declared(name));
            undeclared.push((method, missing.collect()));
            for (i, name) in own.iter().filter(|(_, name)| !names.contains(name)) {
                diagnostics.push(unused_parameter(path, name, *i, names, &at.key(method)));
            }
            declared.extend(own);
        }
        for (i, name) in shared.iter().filter(|(_, name)| !names.contains(name)) {
            diagnostics.push(unused_parameter(path, name, *i, names, at));
        }
        for name in names {
            let unused = declared.iter().map(|(_, other)| *other);
            let unused = unused.filter(|other| !names.contains(other));
            let parameter = Undeclared {
                path,
                name,
                help: undeclared_help(name, unused),
                item,
                is_reference,
            };
            diagnostics.extend(parameter.diagnostics(&undeclared, at));
        }
    }

    /// Returns the path parameters of an operation or a path item: index in the list, and name.
    fn declared<'v>(&self, holder: &'v Value) -> Vec<(usize, &'v str)>
    where
        Self: 'v,
    {
        let list = holder.get("parameters").and_then(Value::as_array);
        let parameters = list.into_iter().flatten().enumerate();
        parameters
            .filter_map(|(i, parameter)| Some((i, self.references.follow(parameter)?)))
            .filter(|(_, parameter)| parameter.get("in").and_then(Value::as_str) == Some("path"))
            .filter_map(|(i, parameter)| Some((i, parameter.get("name")?.as_str()?)))
            .collect()
    }
}

/// Returns the operations of a path item.
fn methods(item: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries = item.as_object().into_iter().flatten();
    entries
        .map(|(key, value)| (key.as_str(), value))
        .filter(|(method, operation)| operation.is_object() && is_method(method))
}

fn is_method(key: &str) -> bool {
    matches!(PATH_ITEM.value_kind(key), Some(ValueKind::Object(spec)) if *spec == OPERATION)
}

/// A parameter of a path that some operations do not declare.
struct Undeclared<'p> {
    path: &'p str,
    name: &'p str,
    help: String,
    item: &'p Value,
    /// True if the path item is a `$ref`.
    is_reference: bool,
}

impl Undeclared<'_> {
    /// Returns a diagnostic for each operation that does not declare the parameter, or one for the path if no operation
    /// declares it.
    fn diagnostics(&self, undeclared: &[(&str, Vec<&str>)], at: &Location<'_>) -> Vec<Diagnostic> {
        let methods: Vec<&str> = undeclared
            .iter()
            .filter(|(_, names)| names.contains(&self.name))
            .map(|(method, _)| *method)
            .collect();
        if methods.is_empty() {
            Vec::new()
        } else if methods.len() == undeclared.len() {
            vec![self.diagnostic(at, at)]
        } else {
            let methods = methods.into_iter();
            methods
                .map(|method| self.diagnostic(&at.key(method), at))
                .collect()
        }
    }

    fn diagnostic(&self, at: &Location<'_>, path: &Location<'_>) -> Diagnostic {
        let name = self.name;
        let text = format!(
            "the path parameter `{name}` of `{}` is not declared",
            self.path
        );
        let declaration =
            json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
        let edit = if self.is_reference {
            let item = with_parameter(self.item, declaration);
            (path.pointer(), TreeEdit::Set(item))
        } else {
            let list = at.key("parameters").pointer();
            (list, TreeEdit::Append(declaration))
        };
        Diagnostic::error("undeclared-path-parameter", &at.pointer(), text)
            .at_key()
            .help(self.help.clone())
            .fallback([edit], "it is read as a string")
    }
}

fn undeclared_help<'a>(name: &str, unused: impl Iterator<Item = &'a str>) -> String {
    match nearest(name, unused) {
        Some(nearest) => format!("is it the one declared as `{nearest}`?"),
        None => format!(
            "declare it with `in: path` and `required: true`, or remove `{{{name}}}` from the path"
        ),
    }
}

fn repeated_parameter(name: &str, at: &Location<'_>) -> Diagnostic {
    let text = format!("the path has the parameter `{{{name}}}` twice; one argument sets both");
    Diagnostic::warning("repeated-path-parameter", &at.pointer(), text)
        .at_key()
        .help("rename the second one")
}

fn unused_parameter(
    path: &str,
    name: &str,
    index: usize,
    names: &[&str],
    at: &Location<'_>,
) -> Diagnostic {
    let text = format!("the path parameter `{name}` does not occur in `{path}`");
    let help = match names {
        [] => "add it to the path in braces, or remove it".to_owned(),
        names => format!("the path has {}", or_list(names)),
    };
    let at = at.key("parameters").index(index).pointer();
    Diagnostic::error("unused-path-parameter", &at, text)
        .help(help)
        .fallback([(at, TreeEdit::Remove)], "it is left out")
}

/// Returns a copy of a referenced path item with one more parameter.
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
