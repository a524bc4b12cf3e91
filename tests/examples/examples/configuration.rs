//! Reads the configuration of a program when it starts: `cargo run --example configuration`.

use std::error::Error;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workers_kv_examples::connect;

/// The configuration. Fields that are missing in the stored value have defaults.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
struct Configuration {
    greeting: String,
    max_items: u32,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            greeting: "Hello!".to_owned(),
            max_items: 100,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let kv = connection.namespace();
    kv.values()
        .update("config", r#"{"max_items":250}"#)
        .send()
        .await?;

    // The program starts even if the service is slow: it waits for at most two attempts of five seconds.
    let call = kv
        .values()
        .get("config")
        .timeout(Duration::from_secs(5))
        .max_retries(1);
    let configuration: Configuration = match call.send_optional().await {
        Ok(Some(value)) => value.into_json()?,
        Ok(None) => Configuration::default(),
        Err(error) if error.is_retryable() => {
            eprintln!("the configuration is not available, using the default: {error}");
            Configuration::default()
        }
        Err(error) => return Err(error.into()),
    };
    println!("{configuration:?}");

    connection.close().await?;
    Ok(())
}
