//! Loads pairs from a file of JSON lines: `cargo run --example load_json_lines --features progress -- FILE`.
//!
//! A line is `{"key":"…","value":"…"}`. It can also have `expiration`, `expiration_ttl`, `metadata` and `base64`. Without
//! a file, the example writes one with 20,000 pairs.

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::PathBuf;

use futures_util::stream;
use indicatif::{ProgressBar, ProgressStyle};
use workers_kv::api::keys::Keys;
use workers_kv::{BulkWrite, Client, Result};
use workers_kv_examples::connect;

/// Number of times that the load is continued after an interruption.
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
    // The pairs are read while they are sent. A file of any size needs little memory.
    let lines = BufReader::new(File::open(&path)?).lines();
    let pairs =
        lines.map(|line| Ok::<_, Box<dyn Error + Send + Sync>>(serde_json::from_str(&line?)?));
    write(&kv.keys(), pairs, &bar).await?;
    bar.finish();
    println!("{} pairs written", bar.position());

    connection.close().await?;
    Ok(())
}

/// Writes all pairs. After an interruption, only the rest is sent again.
async fn write(
    keys: &Keys<Client>,
    pairs: impl Iterator<Item = Result<BulkWrite, Box<dyn Error + Send + Sync>>>,
    bar: &ProgressBar,
) -> Result<()> {
    let mut pairs = stream::iter(pairs);
    let shown = bar.clone();
    let call = keys.bulk_update(None::<BulkWrite>);
    let mut call =
        call.on_progress(move |progress| shown.set_position(progress.items_done() as u64));
    let mut resumptions = 0..RESUMPTIONS;
    loop {
        match call.send_stream(&mut pairs).await {
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
