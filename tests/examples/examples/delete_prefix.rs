//! Deletes all keys with a prefix: `cargo run --example delete_prefix`.

use std::error::Error;

use futures_util::TryStreamExt as _;
use workers_kv::BulkWrite;
use workers_kv_examples::connect;

/// Number of keys that are listed and then deleted. More keys do not need more memory.
const CHUNK: usize = 10_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let kv = connection.namespace();
    let pairs = (0..2_500).map(|n| BulkWrite::new(format!("cache:{n}"), "text"));
    kv.keys().bulk_update(pairs).send_all().await?.complete()?;
    kv.values().update("settings", "text").send().await?;

    let keys = kv.keys().list().prefix("cache:").stream();
    let mut chunks = keys.map_ok(|key| key.name).try_chunks(CHUNK);
    while let Some(names) = chunks.try_next().await? {
        let count = names.len();
        kv.keys().bulk_delete(names).send_all().await?.complete()?;
        println!("{count} keys deleted");
    }

    let rest = kv.keys().list().send().await?.result;
    println!(
        "left: {:?}",
        rest.iter().map(|key| &key.name).collect::<Vec<_>>()
    );
    connection.close().await?;
    Ok(())
}
