//! Prints `Cargo.toml`. Features and dependencies are those of the runtime.

mod runtime;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub(super) use self::runtime::features;

use self::runtime::{crate_features, dependencies};
use super::file::File;
use super::runtime::Parts;
use crate::format;
use crate::ir::{Api, Group, Package};

/// MSRV of generated crates.
const RUST_VERSION: &str = "1.88";

/// The manifest.
pub(super) fn manifest(api: &Api, parts: &Parts) -> File {
    let package = &api.package;
    let header = format::header(&package.source).replacen("//", "#", 1) + "\n";
    let sections = [
        facts(package),
        format!(
            "[lib]\nname = {}\n",
            quoted(&package.name.replace('-', "_"))
        ),
        features_of(api, parts),
        dependencies(parts),
        "[lints.rust]\nunsafe_code = \"forbid\"\n".to_owned(),
        "[package.metadata.docs.rs]\nall-features = true\nrustdoc-args = [\"--cfg\", \"docsrs\"]\n"
            .to_owned(),
    ];
    File {
        path: "Cargo.toml".to_owned(),
        text: format!("{header}{}", sections.join("\n")),
    }
}

fn facts(package: &Package) -> String {
    let mut text = "[package]\n".to_owned();
    let mut line = |key: &str, value: &str| text.extend([key, " = ", value, "\n"]);
    line("name", &quoted(&package.name));
    line("version", &quoted(&package.version));
    line("edition", &quoted("2024"));
    line("rust-version", &quoted(RUST_VERSION));
    let texts = [
        ("description", &package.description),
        ("license", &package.license),
        ("repository", &package.repository),
    ];
    for (key, value) in texts {
        if let Some(value) = value {
            let mut lines = value.lines().map(str::trim);
            let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
            line(key, &quoted(first.unwrap_or_default()));
        }
    }
    line("readme", &quoted("README.md"));
    for (key, values) in [
        ("keywords", &package.keywords),
        ("categories", &package.categories),
    ] {
        if !values.is_empty() {
            line(
                key,
                &format!(
                    "[{}]",
                    values
                        .iter()
                        .map(|value| quoted(value))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            );
        }
    }
    text
}

/// The runtime's features, then those of the groups, all of which are on by default.
fn features_of(api: &Api, parts: &Parts) -> String {
    let own = crate_features(parts);
    let named = |group: &Group| group.feature.as_deref().map(quoted);
    let all: Vec<String> = api.groups.iter().filter_map(named).collect();
    if all.is_empty() {
        return own;
    }
    let mut text = own.replacen("default = [", "default = [\"full\", ", 1);
    text.push_str("# All groups of methods.\nfull = [\n");
    text.extend(all.iter().map(|name| format!("    {name},\n")));
    text.push_str("]\n# One of them each, with those whose operations it offers as well.\n");
    for (index, group) in api.groups.iter().enumerate() {
        let others = group.methods.iter().map(|method| method.group);
        let others: BTreeSet<usize> = others.filter(|other| *other != index).collect();
        let needs = others
            .iter()
            .filter_map(|other| named(api.groups.get(*other)?));
        let needs: Vec<String> = needs.collect();
        if let Some(name) = named(group) {
            text.extend([&name, " = [", &needs.join(", "), "]\n"]);
        }
    }
    text
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}
