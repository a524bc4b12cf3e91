//! Generates a crate of every document in a folder and prints a table.
//!
//! `cargo run --release -p workers-kv-corpus -- FOLDER` generates a crate of each document, runs `cargo check` on it,
//! and decodes and encodes each example in the document with the type of its schema. An example that is not equal
//! afterwards is checked against its schema. If it does not match the schema, the document is wrong. Otherwise, the
//! generator is wrong, and the example is listed below the table.
//!
//! A config `NAME.toml` next to `NAME.yaml` is used. The crates stay in `target/corpus`. The exit status is 1 if a
//! document gives no crate, if a crate has compiler diagnostics, or if an example fails.

mod args;
mod check;
mod compare;
mod cost;
mod crates;
mod examples;
mod generate;
mod row;
mod schema_match;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use args::Args;
use crates::Crates;
use row::Row;

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    if words.next().as_deref() == Some(cost::PART) {
        return cost::run_helper(words);
    }
    let args = match Args::read(env::args().skip(1)) {
        Ok(args) => args,
        Err(mistake) => {
            eprintln!("error: {mistake}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    match table(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(1)
        }
    }
}

/// True if nothing failed.
fn table(args: &Args) -> Result<bool> {
    let documents = documents(args)?;
    let mut crates = Crates::prepare()?;
    println!("{}", Row::HEAD);
    let mut rows = Vec::new();
    for document in &documents {
        let row = row::of(document, args, &mut crates)
            .with_context(|| format!("at {}", document.display()))?;
        println!("{row}");
        rows.push(row);
    }
    for row in &rows {
        print!("{}", row.details(args.verbose));
    }
    Ok(rows.iter().all(Row::passed))
}

/// Returns the selected documents of the folder, sorted by name.
fn documents(args: &Args) -> Result<Vec<PathBuf>> {
    let folder = &args.folder;
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    let mut documents: Vec<PathBuf> = paths
        .into_iter()
        .filter(|path| is_document(path) && args.selects(path))
        .collect();
    documents.sort();
    if documents.is_empty() {
        bail!("{} contains no selected document", folder.display());
    }
    Ok(documents)
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("yaml" | "yml" | "json"))
}
