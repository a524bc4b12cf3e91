//! Generates the crate of a document with `cargo xtask codegen`, and parses the output.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::cost::{self, Cost};
use crate::crates::Crates;

/// The result of generating a crate.
pub(crate) struct Generated {
    pub(crate) operations: String,
    pub(crate) models: String,
    pub(crate) warnings: usize,
    pub(crate) lines: usize,
    pub(crate) cost: Option<Cost>,
}

/// Generates a crate into a folder. The inner error is an error in the document.
pub(crate) fn generate(
    document: &Path,
    folder: &Path,
    crates: &Crates,
) -> Result<Result<Generated, String>> {
    let mut command = Command::new(&crates.xtask);
    command.args(["codegen", "--spec"]).arg(document);
    let config = document.with_extension("toml");
    if config.exists() {
        command.arg("--config").arg(config);
    }
    let (output, cost) = cost::run(command.arg("--out").arg(folder))?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let errors: Vec<&str> = stderr
            .lines()
            .filter(|line| line.contains("error: "))
            .collect();
        let first = errors.first().or(stderr.lines().next().as_ref()).copied();
        return Ok(Err(format!(
            "{} errors, the first: {}",
            errors.len(),
            first.unwrap_or_default()
        )));
    }
    let summary = String::from_utf8_lossy(&output.stdout);
    Ok(Ok(Generated {
        operations: count(&summary, "operations"),
        models: count(&summary, "models"),
        warnings: stderr
            .lines()
            .filter(|line| line.contains(": warning: "))
            .count(),
        lines: lines(&folder.join("src"))?,
        cost,
    }))
}

/// Returns the number before a word in the summary.
fn count(summary: &str, of: &str) -> String {
    let words: Vec<&str> = summary
        .split([' ', ',', '\n'])
        .filter(|word| !word.is_empty())
        .collect();
    let pair = words.windows(2).find(|pair| pair.last() == Some(&of));
    pair.and_then(|pair| pair.first())
        .unwrap_or(&"?")
        .to_string()
}

/// Counts the lines of code in a folder.
fn lines(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        lines += if path.is_dir() {
            self::lines(&path)?
        } else {
            fs::read_to_string(&path)?.lines().count()
        };
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_is_parsed() {
        let summary = "out: 12 operations, 3 models, 40 files, 5 bytes, 6 ms\n";
        assert_eq!(count(summary, "operations"), "12");
        assert_eq!(count(summary, "models"), "3");
        assert_eq!(count(summary, "loops"), "?");
    }
}
