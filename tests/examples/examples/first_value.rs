//! Writes a value, reads it, and deletes it: `cargo run --example first_value`.

use std::error::Error;

use workers_kv_examples::connect;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let kv = connection.namespace();

    kv.values().update("greeting", "Hello!").send().await?;
    println!("{}", kv.values().get("greeting").send().await?.into_text()?);

    kv.values().delete("greeting").send().await?;
    // A missing key is an error for `send` and `None` for `send_optional`.
    let missing = kv.values().get("greeting").send_optional().await?;
    println!("after the deletion: {missing:?}");

    connection.close().await?;
    Ok(())
}
