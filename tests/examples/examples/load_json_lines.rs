//! Loads pairs from a file of JSON lines: `cargo run --example load_json_lines --features progress -- FILE`.
//!
//! A line is `{"key":"…","value":"…"}`. It can also have `expiration`, `expiration_ttl`, `metadata` and `base64`. Without
//! a file, the example writes one with 20,000 pairs.

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use workers_kv::api::keys::Keys;
use workers_kv::{BulkWrite, Client, Result};
use workers_kv_examples::connect;

/// Number of pairs that are read and then written. A file of any size needs the memory of one chunk.
const CHUNK: usize = 50_000;
/// Number of times that an interrupted chunk is continued.
const RESUMPTIONS: usize = 3;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let kv = connection.namespace();
    let path = match env::args_os().nth(1) {
        Some(path) => PathBuf::from(path),
        None => sample()?,
    };

    let total = BufReader::new(File::open(&path)?).lines().count();
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} pairs, {eta} left")?;
    let bar = ProgressBar::new(total as u64).with_style(style);
    let mut lines = BufReader::new(File::open(&path)?).lines();
    loop {
        let mut pairs: Vec<BulkWrite> = Vec::new();
        for line in lines.by_ref().take(CHUNK) {
            pairs.push(serde_json::from_str(&line?)?);
        }
        if pairs.is_empty() {
            break;
        }
        write(&kv.keys(), pairs, &bar).await?;
    }
    bar.finish();
    println!("{} pairs written", bar.position());

    connection.close().await?;
    Ok(())
}

/// Writes a chunk. After an interruption, only the rest is sent again.
async fn write(keys: &Keys<Client>, pairs: Vec<BulkWrite>, bar: &ProgressBar) -> Result<()> {
    let end = bar.position() + pairs.len() as u64;
    let shown = bar.clone();
    let mut call = keys.bulk_update(pairs).on_progress(move |progress| {
        let left = progress.items_total() - progress.items_done();
        shown.set_position(end - left as u64);
    });
    let mut resumptions = 0..RESUMPTIONS;
    loop {
        match call.send_all().await {
            Ok(result) => return result.complete().map(drop),
            Err(error) if error.is_retryable() && resumptions.next().is_some() => {
                bar.println(format!("interrupted, continuing: {error}"));
                call = error.resume()?;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Writes a file with pairs.
fn sample() -> Result<PathBuf, Box<dyn Error>> {
    let path = env::temp_dir().join("workers-kv-pairs.jsonl");
    let mut file = BufWriter::new(File::create(&path)?);
    for n in 0..20_000 {
        let pair = BulkWrite::new(format!("user:{n}"), format!("{{\"points\":{}}}", n % 1_000));
        serde_json::to_writer(&mut file, &pair)?;
        writeln!(file)?;
    }
    file.flush()?;
    Ok(path)
}
