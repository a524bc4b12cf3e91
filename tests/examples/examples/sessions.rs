//! Stores sessions that expire: `cargo run --example sessions`.

use std::error::Error;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workers_kv::api::values::Values;
use workers_kv::{Client, Result as KvResult};
use workers_kv_examples::connect;

/// Lifetime of a session. The service requires at least one minute.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

#[derive(Debug, Serialize, Deserialize)]
struct Session {
    user: String,
    visits: u32,
}

/// Writes a session. Each write starts its lifetime again.
async fn save(values: &Values<Client>, id: &str, session: &Session) -> Result<(), Box<dyn Error>> {
    let json = serde_json::to_vec(session)?;
    values
        .update(key(id), json)
        .expiration_ttl(LIFETIME)
        .send()
        .await?;
    Ok(())
}

/// Reads a session. Returns `None` if it does not exist or is expired.
async fn load(values: &Values<Client>, id: &str) -> KvResult<Option<Session>> {
    match values.get(key(id)).send_optional().await? {
        Some(value) => value.into_json().map(Some),
        None => Ok(None),
    }
}

fn key(id: &str) -> String {
    format!("session:{id}")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let kv = connection.namespace();
    let values = kv.values();

    let session = Session {
        user: "ada".to_owned(),
        visits: 1,
    };
    save(&values, "1f0c", &session).await?;

    if let Some(mut session) = load(&values, "1f0c").await? {
        session.visits += 1;
        save(&values, "1f0c", &session).await?;
        println!("{session:?}");
    }
    println!("another session: {:?}", load(&values, "77ab").await?);

    // The list contains the time of expiration of each key.
    for key in kv.keys().list().prefix("session:").send().await?.result {
        println!("{} expires at {:?}", key.name, key.expiration);
    }

    connection.close().await?;
    Ok(())
}
