//! Uses every group of the async client: `cargo run --example quickstart`.
//!
//! Sends requests to Cloudflare if the environment contains credentials and `CLOUDFLARE_ACCOUNT_ID`. Otherwise, starts
//! a local server. `quickstart_blocking` is the same program with the blocking client.

use std::env;
use std::error::Error;

use futures_util::TryStreamExt as _;
use kv_server::KvServer;
use serde_json::json;
use workers_kv::{BulkWrite, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    if let (Ok(client), Ok(account)) = (Client::from_env(), env::var("CLOUDFLARE_ACCOUNT_ID")) {
        return tour(&client, &account).await;
    }
    let server = KvServer::start()?;
    let local = Client::builder().base_url(server.base_url());
    let client = local.api_token(server.token()).build()?;
    tour(&client, server.account_id()).await
}

async fn tour(client: &Client, account: &str) -> Result<(), Box<dyn Error>> {
    // A namespace contains keys.
    let namespaces = client.namespaces(account);
    let namespace = namespaces.create("workers-kv quickstart").send().await?;
    println!("created the namespace {:?}", namespace.title);
    let id = namespace.id.as_str();

    // A value consists of bytes. It can have metadata, which is any JSON, and an expiration.
    let values = client.values(account, id);
    values.update("greeting", "Hello!").send().await?;
    let session = values.update("session", vec![1, 2, 3]);
    let session = session.metadata(json!({"user": "ada"}));
    session.expiration_ttl(3600).send().await?;
    let greeting = values.get("greeting").send().await?;
    println!("the greeting is {}", greeting.text()?);
    let farewell = values.get("farewell").send_optional().await?;
    println!("the farewell is {farewell:?}");
    let about = client.metadata(account, id).get("session").send().await?;
    println!("the metadata of the session is {about:?}");

    // Bulk calls write, read and delete many keys. A stream lists all of them.
    let keys = client.keys(account, id);
    let squares = (0..2500).map(|n| BulkWrite::new(format!("square:{n}"), (n * n).to_string()));
    let done = keys.bulk_update(squares).send_all().await?.complete()?;
    println!("pairs written: {:?}", done.successful_key_count);
    let some = keys.bulk_get(["square:12", "square:-1"]).send().await?;
    println!("bulk get: {some:?}");
    let mut list = keys.list().prefix("square:249").stream();
    while let Some(key) = list.try_next().await? {
        println!("listed: {}", key.name);
    }

    namespaces.delete(id).send().await?;
    Ok(())
}
