//! What the generator makes of every document in a folder, as a table.
//!
//! `cargo run --release -p workers-kv-corpus -- FOLDER` generates a crate of each document, has Cargo check it, and lets
//! every example that the document gives for a schema go through the type that the crate has for it: decoded, encoded,
//! compared. An example that does not come back equal is held against its own schema. One that does not fit it is a
//! fault of the document; one that does is a fault of ours and is listed below the table.
//!
//! A config `NAME.toml` beside `NAME.yaml` is used. The crates stay in `target/corpus`. The exit status is 1 when a
//! document gives no crate, a crate gives a complaint, or an example that fits does not come back.

mod args;
mod check;
mod compare;
mod cost;
mod crates;
mod examples;
mod fit;
mod generate;
mod row;

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
        return cost::play(words);
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

/// Whether there is nothing to complain of.
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
    Ok(rows.iter().all(Row::is_good))
}

/// The documents of the folder that are asked for, by name.
fn documents(args: &Args) -> Result<Vec<PathBuf>> {
    let folder = &args.folder;
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    let mut documents: Vec<PathBuf> = paths
        .into_iter()
        .filter(|path| is_document(path) && args.wants(path))
        .collect();
    documents.sort();
    if documents.is_empty() {
        bail!("{} holds no such document", folder.display());
    }
    Ok(documents)
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("yaml" | "yml" | "json"))
}
