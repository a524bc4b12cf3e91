//! Reads the runtime's manifest: the features and dependencies that a generated crate has.

use crate::emit::runtime::Parts;

/// The runtime's manifest. Its comments explain each dependency.
const RUNTIME: &str = include_str!("../../../runtime/Cargo.toml");
const FEATURES: &str = "[features]";
const DEPENDENCIES: &str = "[dependencies]";
const WASM_DEPENDENCIES: &str = "[target.'cfg(target_arch = \"wasm32\")'.dependencies]";

/// A Cargo feature of the crate.
pub(in crate::emit) struct Feature {
    pub(in crate::emit) name: &'static str,
    /// Description for the README.
    pub(in crate::emit) reason: String,
    pub(in crate::emit) is_default: bool,
}

/// Returns the features of a crate with the given parts of the runtime, with their comments.
pub(in crate::emit) fn features(parts: &Parts) -> Vec<Feature> {
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
            } else if is_of_crate(name, parts) {
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

/// True for a feature that a crate with the given parts has. The features of the parts themselves are not among them.
fn is_of_crate(name: &str, parts: &Parts) -> bool {
    match name {
        "exports" | "parts" => false,
        "tokio-io" => parts.has("part-downloads") || parts.has("part-uploads"),
        _ => !name.starts_with("part-"),
    }
}

/// Returns the features of a crate with the given parts of the runtime.
pub(super) fn crate_features(parts: &Parts) -> String {
    let features = entries(FEATURES).filter(|(name, _)| is_of_crate(name, parts));
    let text: String = features.map(|(_, text)| text).collect();
    format!(
        "{FEATURES}\n{}",
        text.replace(", \"parts\", \"exports\"", "")
    )
}

/// Returns the dependencies of a crate with the given parts of the runtime.
pub(super) fn dependencies(parts: &Parts) -> String {
    let mut text = section(DEPENDENCIES, parts);
    if parts.has("part-wasm") {
        text.push('\n');
        text.push_str(&section(WASM_DEPENDENCIES, parts));
    }
    text
}

/// Returns a section with the dependencies of a crate with the given parts of the runtime.
fn section(head: &'static str, parts: &Parts) -> String {
    const OPTIONAL: &str = ", optional = true";
    let of_features = crate_features(parts);
    let dependencies = entries(head).filter_map(|(name, text)| {
        let is_of_feature = of_features.contains(&format!("\"dep:{name}\""));
        if text.contains(OPTIONAL) && !is_of_feature {
            parts
                .need_dependency(name)
                .then(|| text.replace(OPTIONAL, ""))
        } else {
            Some(text)
        }
    });
    format!("{head}\n{}", dependencies.collect::<String>())
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
