//! The results of one document.

use std::fmt::{self, Write as _};
use std::path::Path;

use anyhow::Result;

use crate::args::Args;
use crate::check::{self, Checked};
use crate::cost::Cost;
use crate::crates::Crates;
use crate::examples::{self, Examples};
use crate::generate::{self, Generated};

pub(crate) struct Row {
    document: String,
    generated: Result<Generated, String>,
    checked: Option<Checked>,
    examples: Option<Result<Examples, String>>,
}

/// Generates and checks the crate of a document, and runs its examples.
pub(crate) fn of(document: &Path, args: &Args, crates: &mut Crates) -> Result<Row> {
    let folder = crates.folder(document)?;
    let generated = generate::generate(document, &folder, crates)?;
    let is_there = generated.is_ok();
    let checked = if is_there && args.check {
        Some(check::check(&folder, crates)?)
    } else {
        None
    };
    let examples = if is_there && args.examples {
        Some(examples::examples(document, &folder, crates)?)
    } else {
        None
    };
    Ok(Row {
        document: document
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        generated,
        checked,
        examples,
    })
}

impl Row {
    pub(crate) const HEAD: &str = "\
| document | operations | models | examples back / all | free-form | unfit | warnings | generate CPU s | peak MiB | lines | check CPU s | peak MiB | complaints |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

    pub(crate) fn passed(&self) -> bool {
        let examples = self.examples.as_ref();
        self.generated.is_ok()
            && self
                .checked
                .as_ref()
                .is_none_or(|checked| checked.errors + checked.warnings == 0)
            && examples.is_none_or(|all| all.as_ref().is_ok_and(|all| all.failed.is_empty()))
    }

    /// Details that are not in the table.
    pub(crate) fn details(&self, verbose: bool) -> String {
        let mut text = String::new();
        let mut line = |line: &str| {
            let _ = writeln!(text, "{}: {line}", self.document);
        };
        match &self.generated {
            Ok(_) => {}
            Err(error) => line(error),
        }
        if let Some(first) = self
            .checked
            .as_ref()
            .and_then(|checked| checked.first.as_ref())
        {
            line(first.trim_end());
        }
        match &self.examples {
            Some(Ok(examples)) => {
                examples
                    .failed
                    .iter()
                    .for_each(|finding| line(&format!("FAILED {finding}")));
                if verbose {
                    examples
                        .unfit
                        .iter()
                        .for_each(|finding| line(&format!("unfit {finding}")));
                }
            }
            Some(Err(error)) => line(error.trim_end()),
            None => {}
        }
        text
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dash = || "-".to_owned();
        let costs = |cost: Option<Cost>| match cost {
            Some(Cost { seconds, mib }) => (format!("{seconds:.2}"), format!("{mib:.0}")),
            None => (dash(), dash()),
        };
        let Ok(generated) = &self.generated else {
            return write!(f, "| {} | no crate | | | | | | | | | | | |", self.document);
        };
        let (back, free, unfit) = match &self.examples {
            Some(Ok(examples)) => (
                format!("{} / {}", examples.back, examples.all),
                examples.free.to_string(),
                examples.unfit.len().to_string(),
            ),
            Some(Err(_)) => ("no program".to_owned(), dash(), dash()),
            None => (dash(), dash(), dash()),
        };
        let (seconds, mib) = costs(generated.cost);
        let (check_seconds, check_mib) = costs(self.checked.as_ref().and_then(|it| it.cost));
        let complaints = self
            .checked
            .as_ref()
            .map_or_else(dash, |checked| match checked {
                Checked {
                    errors: 0,
                    warnings,
                    ..
                } => warnings.to_string(),
                Checked {
                    errors, warnings, ..
                } => format!("{errors} errors, {warnings}"),
            });
        let Generated {
            operations,
            models,
            warnings,
            lines,
            ..
        } = generated;
        write!(
            f,
            "| {} | {operations} | {models} | {back} | {free} | {unfit} | {warnings} | {seconds} | {mib} | {lines} | {check_seconds} | {check_mib} | {complaints} |",
            self.document
        )
    }
}
