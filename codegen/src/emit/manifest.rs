//! The package's facts come in, `Cargo.toml` goes out. Features and dependencies are those of the runtime.

use super::File;
use crate::format;
use crate::ir::Package;

/// What the runtime needs, each with its reason.
const RUNTIME: &str = include_str!("../../runtime/Cargo.toml");
const FEATURES: &str = "[features]";
/// The oldest compiler that the emitted code is made for.
const RUST_VERSION: &str = "1.88";

/// The manifest.
pub(super) fn manifest(package: &Package) -> File {
    let header = format::header(&package.source).replacen("//", "#", 1);
    let sections = [
        facts(package),
        format!(
            "[lib]\nname = {}\n",
            quoted(&package.name.replace('-', "_"))
        ),
        section(FEATURES),
        section("[dependencies]"),
        "[lints.rust]\nmissing_docs = \"warn\"\nunsafe_code = \"forbid\"\n".to_owned(),
        "[package.metadata.docs.rs]\nall-features = true\n".to_owned(),
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

/// A feature of the crate.
pub(super) struct Feature {
    pub(super) name: &'static str,
    /// What it adds.
    pub(super) reason: String,
    pub(super) is_default: bool,
}

/// Every feature, as the runtime's manifest has and explains it.
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
            } else {
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

/// A section of the runtime's manifest, with its comments.
fn section(head: &str) -> String {
    let lines = RUNTIME.lines().skip_while(|line| *line != head);
    let lines = lines
        .enumerate()
        .take_while(|(at, line)| *at == 0 || !line.starts_with('['));
    let lines: Vec<&str> = lines.map(|(_, line)| line).collect();
    lines.join("\n").trim_end().to_owned() + "\n"
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

    #[test]
    fn the_manifest_is_toml_and_stands_alone() {
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
        let text = manifest(&package).text;
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(
            table["package"]["description"].as_str(),
            Some("\"quoted\" \\  ")
        );
        assert_eq!(table["lib"]["name"].as_str(), Some("a_b"));
        assert_eq!(table["features"]["default"][0].as_str(), Some("rustls"));
        assert!(table["dependencies"]["reqwest"].is_table());
        assert!(!text.contains("workspace"));
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
