//! Prints `Cargo.toml`. Features and dependencies are those of the runtime.

use std::collections::BTreeSet;

use super::file::File;
use super::runtime::Parts;
use crate::format;
use crate::ir::{Api, Group, Package};

/// The runtime's manifest. Its comments explain each dependency.
const RUNTIME: &str = include_str!("../../runtime/Cargo.toml");
const FEATURES: &str = "[features]";
const DEPENDENCIES: &str = "[dependencies]";
/// MSRV of generated crates.
const RUST_VERSION: &str = "1.88";

/// The manifest.
pub(super) fn manifest(api: &Api, parts: &Parts) -> File {
    let package = &api.package;
    let header = format::header(&package.source).replacen("//", "#", 1);
    let sections = [
        facts(package),
        format!(
            "[lib]\nname = {}\n",
            quoted(&package.name.replace('-', "_"))
        ),
        features_of(api),
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
            line(key, &quoted(value.lines().next().unwrap_or_default()));
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

/// A Cargo feature of the crate.
pub(super) struct Feature {
    pub(super) name: &'static str,
    /// Description for the README.
    pub(super) reason: String,
    pub(super) is_default: bool,
}

/// Returns the features of the runtime's manifest with their comments.
pub(super) fn features() -> Vec<Feature> {
    let mut features = Vec::new();
    let mut reason = Vec::new();
    let mut default = "";
    let lines = RUNTIME.lines().skip_while(|line| *line != FEATURES).skip(1);
    for line in lines.take_while(|line| !line.starts_with('[')) {
        if let Some(comment) = line.strip_prefix('#') {
            reason.push(comment.trim());
        } else if let Some((name, needs)) = line.split_once(" = ") {
            if name == "default" {
                default = needs;
            } else if !is_part(name) {
                features.push(Feature {
                    name,
                    reason: reason.join(" "),
                    is_default: false,
                });
            }
            reason.clear();
        }
    }
    for feature in &mut features {
        feature.is_default = default.contains(&format!("\"{}\"", feature.name));
    }
    features
}

/// The runtime's features, then those of the groups, all of which are on by default.
fn features_of(api: &Api) -> String {
    let own = crate_features();
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

/// True for the feature of a part of the runtime, or of all parts. A generated crate has none of them.
fn is_part(name: &str) -> bool {
    matches!(name, "exports" | "parts") || name.starts_with("part-")
}

/// Returns the features of the runtime that a generated crate has.
fn crate_features() -> String {
    let features = entries(FEATURES).filter(|(name, _)| !is_part(name));
    let text: String = features.map(|(_, text)| text).collect();
    format!(
        "{FEATURES}\n{}",
        text.replace(", \"parts\", \"exports\"", "")
    )
}

/// Returns the dependencies of a crate with the given parts of the runtime.
fn dependencies(parts: &Parts) -> String {
    const OPTIONAL: &str = ", optional = true";
    let of_features = crate_features();
    let dependencies = entries(DEPENDENCIES).filter_map(|(name, text)| {
        let is_of_feature = of_features.contains(&format!("\"dep:{name}\""));
        if text.contains(OPTIONAL) && !is_of_feature {
            parts
                .need_dependency(name)
                .then(|| text.replace(OPTIONAL, ""))
        } else {
            Some(text)
        }
    });
    format!("{DEPENDENCIES}\n{}", dependencies.collect::<String>())
}

/// Returns the entries of a section of the runtime's manifest: their names, and their lines with the comments before them.
fn entries(head: &str) -> impl Iterator<Item = (&'static str, String)> {
    let lines = RUNTIME
        .lines()
        .skip_while(move |line| *line != head)
        .skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    let mut text = String::new();
    lines.filter_map(move |line| {
        text.extend([line, "\n"]);
        let (name, _) = line.split_once(" = ").filter(|_| !line.starts_with('#'))?;
        Some((name, std::mem::take(&mut text)))
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Method;

    #[test]
    fn the_manifest_is_valid_toml_without_workspace_keys() {
        let package = Package {
            name: "a-b".to_owned(),
            version: "1.2.3".to_owned(),
            description: Some("\"quoted\" \\ \u{7}\nand more".to_owned()),
            license: None,
            repository: None,
            keywords: vec!["c".to_owned()],
            categories: Vec::new(),
            title: String::new(),
            readme: None,
            examples: false,
            source: "d.yaml".to_owned(),
        };
        let groups = ["one", "two"].map(group);
        let text = manifest(&api(package, groups.to_vec()), &Parts::all()).text;
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(
            table["package"]["description"].as_str(),
            Some("\"quoted\" \\  ")
        );
        assert_eq!(table["lib"]["name"].as_str(), Some("a_b"));
        assert_eq!(table["features"]["default"][1].as_str(), Some("rustls"));
        assert!(table["dependencies"]["reqwest"].is_table());
        assert_eq!(table["features"]["full"][1].as_str(), Some("two"));
        assert_eq!(table["features"]["two"][0].as_str(), Some("one"));
        assert!(!text.contains("workspace"));
        assert!(!text.contains("part-") && !text.contains("\"parts\""));
        assert_eq!(
            table["dependencies"]["http-body"].as_table().unwrap().len(),
            1
        );
    }

    /// A group that offers an operation of the first.
    fn group(name: &str) -> Group {
        Group {
            name: name.to_owned(),
            type_name: String::new(),
            docs: String::new(),
            feature: Some(name.to_owned()),
            arguments: Vec::new(),
            methods: vec![Method {
                name: "call".to_owned(),
                group: 0,
                operation: 0,
            }],
            operations: Vec::new(),
        }
    }

    fn api(package: Package, groups: Vec<Group>) -> Api {
        Api {
            package,
            base_url: None,
            servers: Vec::new(),
            security: Vec::new(),
            base_url_variable: None,
            credentials: Vec::new(),
            envelope: None,
            request_id_header: None,
            error_headers: Vec::new(),
            groups,
            webhooks: Vec::new(),
            models: Vec::new(),
        }
    }

    #[test]
    fn no_group_has_the_feature_of_another_thing() {
        let text = crate_features() + &dependencies(&Parts::all());
        let keys = text.lines().filter_map(|line| line.split_once(" = "));
        for (key, _) in keys.filter(|(key, _)| !key.starts_with('#') && !key.contains('-')) {
            let taken = crate::names::RESERVED_FEATURES.contains(&key);
            // A group's name has no dash.
            assert!(taken, "{key}");
        }
    }

    #[test]
    fn dependencies_of_absent_parts_are_omitted() {
        let text = dependencies(&Parts::none());
        assert!(!text.contains("futures-util"));
        assert!(text.contains("\ntracing = ") && text.contains("optional = true"));
    }

    #[test]
    fn features_come_with_their_reasons() {
        let features = features();
        assert!(
            features
                .iter()
                .any(|feature| feature.name == "rustls" && feature.is_default)
        );
        assert!(
            features
                .iter()
                .any(|feature| feature.name == "blocking" && !feature.is_default)
        );
        assert!(features.iter().all(|feature| !feature.reason.is_empty()));
    }
}
