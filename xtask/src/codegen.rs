//! `cargo xtask codegen`: reads, generates and formats a crate, and compares or writes its files.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use codegen::Source;
use similar::TextDiff;

use crate::args::{Options, Other};
use crate::folder::{self, Difference};
use crate::print;
use crate::rustfmt;

/// The files to read and the folder to write.
struct Job {
    spec: PathBuf,
    config: Option<PathBuf>,
    out: PathBuf,
}

/// Runs the command. Returns false after printing the reason of a failure.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let start = Instant::now();
    let job = match &options.other {
        Some(Other { spec, config, out }) => Job {
            spec: spec.clone(),
            config: config.clone(),
            out: out.clone(),
        },
        None => repository_job()?,
    };
    let document = read(&job.spec)?;
    let config = job.config.as_deref().map(read).transpose()?;
    let mut generated = match codegen::generate(&document, config.as_ref(), &options.generate) {
        Ok(generated) => generated,
        Err(report) => {
            print::stderr(&report);
            let warnings = counted(report.warnings, "warning");
            print::stderr(format_args!(
                "{}{warnings}: no file is written\n",
                counted(report.errors, "error").trim_start_matches(", ")
            ));
            return Ok(false);
        }
    };
    print::stderr(&generated.warnings);
    folder::check_owner(&job.out)?;
    if options.other.is_none() {
        // `cargo fmt --check` covers generated/, so its format must be exact. Other crates keep the format of the
        // generator, which is close to rustfmt's and takes half the time.
        rustfmt::format(&mut generated.files)?;
    }
    let differences = folder::differences(&job.out, &generated.files)?;
    if options.check {
        print_differences(&job.out, &differences);
    } else {
        folder::write(&job.out, &differences)?;
    }
    print::stdout(format_args!(
        "{}: {} operations, {} models, {} files, {} bytes, {} ms{}\n",
        job.out.display(),
        generated.operations,
        generated.models,
        generated.files.len(),
        generated
            .files
            .iter()
            .map(|file| file.text.len())
            .sum::<usize>(),
        start.elapsed().as_millis(),
        counted(generated.warnings.warnings, "warning"),
    ));
    Ok(!options.check || differences.is_empty())
}

/// Returns a text such as `, 2 warnings`, or an empty text for zero.
fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!(", 1 {noun}"),
        _ => format!(", {count} {noun}s"),
    }
}

/// Returns the document and the config in `spec/`, and the folder `generated/`.
fn repository_job() -> Result<Job> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask has no parent folder")?;
    // Printed paths are relative to the repository's root, as in Cargo.
    std::env::set_current_dir(root).with_context(|| format!("cannot enter {}", root.display()))?;
    let folder = Path::new("spec");
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    let is_document = |path: &&PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "yaml" || ending == "json")
    };
    let documents: Vec<&PathBuf> = paths.iter().filter(is_document).collect();
    let [spec] = documents[..] else {
        bail!(
            "{} must contain one document, but contains {}",
            folder.display(),
            documents.len()
        )
    };
    let config = spec.with_extension("toml");
    Ok(Job {
        spec: spec.clone(),
        config: config.exists().then_some(config),
        out: PathBuf::from("generated"),
    })
}

fn read(path: &Path) -> Result<Source> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Source::new(path.display().to_string(), bytes))
}

fn print_differences(folder: &Path, differences: &[Difference<'_>]) {
    for difference in differences {
        let (state, path, old, new) = match difference {
            Difference::Changed { file, found } => {
                ("changed", &file.path, found.as_str(), file.text.as_str())
            }
            Difference::Missing(file) => ("missing", &file.path, "", file.text.as_str()),
            Difference::Stale { path, found } => ("stale", path, found.as_str(), ""),
        };
        let path = folder.join(path);
        print::stdout(format_args!("{state}: {}\n", path.display()));
        let diff = TextDiff::from_lines(old, new);
        let name = path.display().to_string();
        print::stdout(format_args!(
            "{}",
            diff.unified_diff()
                .header(&name, &format!("{name} (as generated)"))
        ));
    }
    if !differences.is_empty() {
        print::stdout(format_args!(
            "run `cargo xtask codegen` to update these files\n"
        ));
    }
}
