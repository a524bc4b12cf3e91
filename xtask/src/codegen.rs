//! `cargo xtask codegen`: read, generate, format, then compare or write.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use codegen::Source;
use similar::TextDiff;

use crate::args::{Options, Other};
use crate::folder::{self, Difference};
use crate::rustfmt;
use crate::say;

/// What to read and where to write.
struct Job {
    spec: PathBuf,
    config: Option<PathBuf>,
    out: PathBuf,
}

/// Whether all went well; if not, why is printed already.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let start = Instant::now();
    let job = match &options.other {
        Some(Other { spec, config, out }) => Job {
            spec: spec.clone(),
            config: config.clone(),
            out: out.clone(),
        },
        None => own()?,
    };
    let document = read(&job.spec)?;
    let config = job.config.as_deref().map(read).transpose()?;
    let mut generated = match codegen::generate(&document, config.as_ref(), &options.generate) {
        Ok(generated) => generated,
        Err(report) => {
            say::err(&report);
            let warnings = counted(report.warnings, "warning");
            say::err(format_args!(
                "{}{warnings}: nothing is written\n",
                counted(report.errors, "error").trim_start_matches(", ")
            ));
            return Ok(false);
        }
    };
    say::err(&generated.warnings);
    folder::check_owner(&job.out)?;
    if options.other.is_none() {
        // `cargo fmt` checks it with the workspace. Elsewhere the generator's own layout, which is nearly the same, will do:
        // it takes half the time.
        rustfmt::format(&mut generated.files)?;
    }
    let differences = folder::differences(&job.out, &generated.files)?;
    if options.check {
        print_differences(&job.out, &differences);
    } else {
        folder::write(&job.out, &differences)?;
    }
    say::out(format_args!(
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

/// As in `, 2 warnings`; nothing when there are none.
fn counted(count: usize, what: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!(", 1 {what}"),
        _ => format!(", {count} {what}s"),
    }
}

/// The repository's own document, the config beside it, and the crate made of them.
fn own() -> Result<Job> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask has no folder above it")?;
    // Like Cargo, from the root: what is printed then reads the same everywhere.
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
            "{} must hold one document, not {}",
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
        say::out(format_args!("{state}: {}\n", path.display()));
        let diff = TextDiff::from_lines(old, new);
        let name = path.display().to_string();
        say::out(format_args!(
            "{}",
            diff.unified_diff()
                .header(&name, &format!("{name} (as generated)"))
        ));
    }
    if !differences.is_empty() {
        say::out(format_args!(
            "run `cargo xtask codegen` to write what is missing\n"
        ));
    }
}
