//! A document -> its crate, by the command that users run, and what it says.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::cost::{self, Cost};
use crate::crates::Crates;

/// What came of it.
pub(crate) struct Generated {
    pub(crate) operations: String,
    pub(crate) models: String,
    pub(crate) warnings: usize,
    pub(crate) lines: usize,
    pub(crate) cost: Option<Cost>,
}

/// Generates into the folder; an error in the document is the inner one.
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
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let errors: Vec<&str> = said
            .lines()
            .filter(|line| line.contains("error: "))
            .collect();
        let first = errors.first().or(said.lines().next().as_ref()).copied();
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
        warnings: said
            .lines()
            .filter(|line| line.contains(": warning: "))
            .count(),
        lines: lines(&folder.join("src"))?,
        cost,
    }))
}

/// The number before a word of the summary.
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

/// How many lines of code are in a folder.
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
    fn the_summary_is_read() {
        let summary = "out: 12 operations, 3 models, 40 files, 5 bytes, 6 ms\n";
        assert_eq!(count(summary, "operations"), "12");
        assert_eq!(count(summary, "models"), "3");
        assert_eq!(count(summary, "loops"), "?");
    }
}
