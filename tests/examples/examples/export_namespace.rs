//! Exports a namespace as a file of JSON lines: `cargo run --example export_namespace -- FILE`.
//!
//! The bulk read returns values as text, so it fails for values that are not UTF-8.

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use futures_util::TryStreamExt as _;
use workers_kv::BulkWrite;
use workers_kv_examples::connect;

/// Number of keys that are listed and then read. A namespace of any size needs the memory of one chunk.
const CHUNK: usize = 1_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let kv = connection.namespace();
    let pairs = (0..2_500).map(|n| BulkWrite::new(format!("item:{n}"), format!("value {n}")));
    kv.keys().bulk_update(pairs).send_all().await?.complete()?;

    let default = || env::temp_dir().join("workers-kv-export.jsonl");
    let path = env::args_os().nth(1).map_or_else(default, PathBuf::from);
    let mut file = BufWriter::new(File::create(&path)?);
    let mut count = 0;
    let mut chunks = kv
        .keys()
        .list()
        .stream()
        .map_ok(|key| key.name)
        .try_chunks(CHUNK);
    while let Some(names) = chunks.try_next().await? {
        let result = kv
            .keys()
            .bulk_get(names)
            .with_metadata(true)
            .send_all()
            .await?;
        let entries = result.into_entries().ok_or("the result has no metadata")?;
        for (key, entry) in entries {
            // A key can be deleted after it was listed.
            let Some(entry) = entry else { continue };
            let mut pair = BulkWrite::new(key, entry.value.parse::<String>()?);
            pair.metadata = entry.metadata;
            pair.expiration = entry.expiration;
            serde_json::to_writer(&mut file, &pair)?;
            writeln!(file)?;
            count += 1;
        }
    }
    file.flush()?;
    println!("{count} pairs are in {}", path.display());

    connection.close().await?;
    Ok(())
}
