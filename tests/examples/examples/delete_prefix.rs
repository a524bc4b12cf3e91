//! Deletes all keys with a prefix: `cargo run --example delete_prefix`.

use std::error::Error;

use futures_util::TryStreamExt as _;
use workers_kv::BulkWrite;
use workers_kv_examples::connect;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let kv = connection.namespace();
    let pairs = (0..2_500).map(|n| BulkWrite::new(format!("cache:{n}"), "text"));
    kv.keys().bulk_update(pairs).send_all().await?.complete()?;
    kv.values().update("settings", "text").send().await?;

    // The keys are deleted while they are listed. More keys do not need more memory.
    let names = kv
        .keys()
        .list()
        .prefix("cache:")
        .stream()
        .map_ok(|key| key.name);
    let call = kv.keys().bulk_delete(None::<String>);
    let call = call.on_progress(|progress| println!("{} keys deleted", progress.items_done()));
    call.send_stream(names).await?.complete()?;

    let rest = kv.keys().list().send().await?.result;
    println!(
        "left: {:?}",
        rest.iter().map(|key| &key.name).collect::<Vec<_>>()
    );
    connection.close().await?;
    Ok(())
}
