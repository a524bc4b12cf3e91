//! Writes the first section of a README without config: the dependencies and a function with one call.

use crate::emit::argument::positional;
use crate::emit::example;
use crate::emit::index::Index;
use crate::ir::{Api, Group, Method, Operation, Package};

/// Writes the section. `None` if the API has no operations.
pub(super) fn section(index: &Index) -> Option<String> {
    let (group, method, operation) = simplest(index.api)?;
    Some(format!(
        "## A first call\n\n{}\n\nCall this function in a tokio runtime:\n\n{}",
        dependencies(&index.api.package),
        example::function(index, group, method, operation)
    ))
}

/// Returns the method that needs the fewest arguments. Methods that only read are preferred.
fn simplest(api: &Api) -> Option<(&Group, &Method, &Operation)> {
    let groups = api.groups.iter();
    let methods = groups.flat_map(|group| group.methods.iter().map(move |method| (group, method)));
    let operations =
        methods.filter_map(|(group, method)| Some((group, method, api.operation(method)?)));
    operations.min_by_key(|(group, _, operation)| {
        (
            operation.deprecated,
            !only_reads(operation),
            group.arguments.len() + positional(operation, group).count(),
        )
    })
}

/// True if an operation only reads, by its HTTP method or, in APIs that use POST for everything, by its name.
fn only_reads(operation: &Operation) -> bool {
    let name = operation.name.as_str();
    operation.http_method == "GET"
        || ["Info", "List", "Get"]
            .iter()
            .any(|verb| name.starts_with(verb) || name.ends_with(verb))
}

/// Writes the entries for the manifest of a program.
fn dependencies(package: &Package) -> String {
    let name = &package.name;
    let source = match &package.repository {
        Some(url) => format!("git = \"{url}\""),
        None => format!("path = \"../{name}\""),
    };
    format!(
        "```toml\n[dependencies]\n{name} = {{ {source} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n```"
    )
}
