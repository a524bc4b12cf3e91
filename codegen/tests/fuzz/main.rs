//! Generates crates from randomly mutated documents. Each gives valid Rust or diagnostics with positions, and no panic.
//!
//! The number of a case determines its document. `FUZZ_CASES` is the number of cases, `FUZZ_FROM` the first case, and
//! `FUZZ_BYTES` the largest size of a seed. A failure prints the number and the document.

mod mutate;
mod random;

use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::thread;

use codegen::{Generated, Options, Report, Source};
use mutate::Mutated;
use random::Random;

/// A document to mutate, and its config.
struct Seed {
    text: String,
    config: Option<Source>,
}

/// Stack size for deeply nested documents. The memory is only reserved.
const STACK: usize = 512 << 20;

#[test]
fn mutated_documents_give_a_crate_or_diagnostics() {
    let thread = thread::Builder::new().stack_size(STACK).spawn(try_all);
    if let Err(panic) = thread.unwrap().join() {
        resume_unwind(panic);
    }
}

fn try_all() {
    let number = |name: &str| {
        env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let first = number("FUZZ_FROM").unwrap_or(0);
    let seeds = seeds(number("FUZZ_BYTES").unwrap_or(6000));
    let mut crates = 0;
    let cases = number("FUZZ_CASES").unwrap_or(1000);
    for case in first..first + cases {
        let mut random = Random::new(case);
        let seed = random.pick(&seeds);
        let mutated = mutate::mutate(&seed.text, &mut random);
        let config = seed.config.as_ref().filter(|_| random.below(4) == 0);
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&mutated, config)));
        match outcome {
            Ok(Ok(made)) => crates += usize::from(made),
            fault => {
                let fault = match fault {
                    Ok(Err(fault)) => fault,
                    _ => "the generator panics".to_owned(),
                };
                let text = String::from_utf8_lossy(&mutated.bytes);
                panic!("case {case}: {fault}\n{}\n{text}", mutated.name);
            }
        }
    }
    // Recovery gives a crate for at least a third of the documents.
    assert!(
        cases < 100 || crates as u64 * 3 > cases,
        "{crates} crates of {cases}"
    );
}

fn seeds(most: u64) -> Vec<Seed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths: Vec<PathBuf> = vec![
        root.join("tests/specs/valid.yaml"),
        root.join("codegen/tests/all-keywords.json"),
    ];
    for path in &paths {
        assert!(path.is_file(), "{} is missing", path.display());
    }
    for folder in ["tests/specs/ok", "../shared/corpus"] {
        let entries = fs::read_dir(root.join(folder)).into_iter().flatten();
        paths.extend(entries.map(|entry| entry.unwrap().path()));
    }
    paths.sort();
    let seeds = paths.iter().filter(|path| {
        let is_document = path
            .extension()
            .is_some_and(|ending| ending == "yaml" || ending == "json");
        is_document && fs::metadata(path).is_ok_and(|file| file.len() < most)
    });
    seeds
        .map(|path| {
            let config = fs::read(path.with_extension("toml")).ok();
            Seed {
                text: fs::read_to_string(path).unwrap(),
                config: config.map(|text| Source::new("config.toml", text)),
            }
        })
        .collect()
}

/// Generates a crate and checks the result. Returns true if there is a crate.
fn run(mutated: &Mutated, config: Option<&Source>) -> Result<bool, String> {
    let source = Source::new(mutated.name, mutated.bytes.clone());
    let options = Options {
        verbose: true,
        ..Options::default()
    };
    let outcome = codegen::generate(&source, config, &options);
    match &outcome {
        Ok(generated) => {
            check_positions(&generated.warnings)?;
            check_files(generated)?;
        }
        Err(report) if report.errors == 0 => {
            return Err("generation fails without an error".to_owned());
        }
        Err(report) => {
            check_positions(report)?;
            if mutated.is_tree && config.is_none() {
                check_errors(report)?;
            }
        }
    }
    Ok(outcome.is_ok())
}

/// Checks that each diagnostic has a position.
fn check_positions(report: &Report) -> Result<(), String> {
    let mut diagnostics = 0;
    for line in report.text.lines().filter(|line| !line.starts_with("  ")) {
        let mut parts = line.split(':').skip(1);
        let mut number = || {
            parts
                .next()?
                .parse::<usize>()
                .ok()
                .filter(|number| *number > 0)
        };
        if number().is_none() || number().is_none() {
            return Err(format!("a diagnostic without a position: {line}\n{report}"));
        }
        diagnostics += 1;
    }
    if diagnostics != report.errors + report.warnings {
        return Err(format!("{diagnostics} diagnostics are printed\n{report}"));
    }
    Ok(())
}

/// Checks that an error concerns the whole document. Other faults have a recovery.
fn check_errors(report: &Report) -> Result<(), String> {
    const UNRECOVERABLE: &[&str] = &[
        "#",
        "#/$ref",
        "#/openapi",
        "#/paths",
        "#/paths/$ref",
        "#/swagger",
    ];
    let lines: Vec<&str> = report.text.lines().collect();
    for pair in lines.windows(2) {
        if let [diagnostic, location] = pair
            && diagnostic.contains(": error: ")
            && !UNRECOVERABLE.contains(&location.trim_start_matches("  at "))
        {
            return Err(format!(
                "this error should have a recovery:\n{diagnostic}\n{location}"
            ));
        }
    }
    Ok(())
}

/// Checks that each file is valid Rust or TOML.
fn check_files(generated: &Generated) -> Result<(), String> {
    for file in generated
        .files
        .iter()
        .filter(|file| !file.path.starts_with("src/runtime/"))
    {
        let ending = Path::new(&file.path)
            .extension()
            .and_then(|ending| ending.to_str());
        let fault = if ending == Some("rs") {
            syn::parse_file(&file.text)
                .err()
                .map(|error| error.to_string())
        } else if ending == Some("toml") {
            toml::from_str::<toml::Table>(&file.text)
                .err()
                .map(|error| error.to_string())
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(format!("{}: {fault}\n{}", file.path, file.text));
        }
        if file.text.starts_with("compile_error!") || file.text.contains("\ncompile_error!") {
            return Err(format!("{}: {}", file.path, file.text));
        }
    }
    Ok(())
}
