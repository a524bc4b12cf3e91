//! Runs `cargo check` on a crate, and counts diagnostics and cost.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use crate::cost::{self, Cost};
use crate::crates::Crates;

pub(crate) struct Checked {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    /// The first diagnostic.
    pub(crate) first: Option<String>,
    pub(crate) cost: Option<Cost>,
}

/// Checks a crate with all features, without its dependencies.
pub(crate) fn check(folder: &Path, crates: &mut Crates) -> Result<Checked> {
    crates.compile_dependencies(folder)?;
    let mut command = crates.cargo("check", folder)?;
    command.args(["--quiet", "--all-features", "--message-format=json"]);
    let (output, cost) = cost::run(&command)?;
    let mut checked = Checked {
        errors: 0,
        warnings: 0,
        first: None,
        cost,
    };
    let mut rendered = String::new();
    for (level, text) in String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(message)
    {
        match level.as_str() {
            "error" => checked.errors += 1,
            _ => checked.warnings += 1,
        }
        checked.first.get_or_insert_with(|| text.clone());
        rendered += &text;
    }
    fs::write(folder.join("check.txt"), rendered)?;
    if !output.status.success() && checked.errors == 0 {
        checked.errors = 1;
        checked.first = Some(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(checked)
}

/// Returns the level and the text of a diagnostic with a location.
fn message(line: &str) -> Option<(String, String)> {
    let line: Value = serde_json::from_str(line).ok()?;
    let message = line.get("message")?;
    let level = message.get("level")?.as_str()?;
    let is_placed = !message.get("spans")?.as_array()?.is_empty();
    let rendered = message.get("rendered")?.as_str()?;
    (is_placed && matches!(level, "error" | "warning"))
        .then(|| (level.to_owned(), rendered.to_owned()))
}
