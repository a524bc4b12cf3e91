//! Uses every group of the blocking client: `cargo run --example quickstart_blocking`.
//!
//! Sends requests to Cloudflare if the environment contains credentials and `CLOUDFLARE_ACCOUNT_ID`. Otherwise, starts
//! a local server. `quickstart` is the same program with the async client.

use std::env;
use std::error::Error;

use kv_server::KvServer;
use serde_json::json;
use workers_kv::BulkWrite;
use workers_kv::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    if let (Ok(client), Ok(account)) = (Client::from_env(), env::var("CLOUDFLARE_ACCOUNT_ID")) {
        return tour(&client, &account);
    }
    let server = KvServer::start()?;
    let local = Client::builder().base_url(server.base_url());
    let client = local.api_token(server.token()).build()?;
    tour(&client, server.account_id())
}

fn tour(client: &Client, account: &str) -> Result<(), Box<dyn Error>> {
    // A namespace contains keys.
    let namespaces = client.namespaces(account);
    let namespace = namespaces.create("workers-kv quickstart").send()?;
    println!("created the namespace {:?}", namespace.title);
    let id = namespace.id.as_str();

    // A value consists of bytes. It can have metadata, which is any JSON, and an expiration.
    let values = client.values(account, id);
    values.update("greeting", "Hello!").send()?;
    let session = values.update("session", vec![1, 2, 3]);
    let session = session.metadata(json!({"user": "ada"}));
    session.expiration_ttl(3600).send()?;
    let greeting = values.get("greeting").send()?;
    println!("the greeting is {}", greeting.text()?);
    let farewell = values.get("farewell").send_optional()?;
    println!("the farewell is {farewell:?}");
    let about = client.metadata(account, id).get("session").send()?;
    println!("the metadata of the session is {about:?}");

    // Bulk calls write, read and delete many keys. An iterator lists all of them.
    let keys = client.keys(account, id);
    let squares = (0..2500).map(|n| BulkWrite::new(format!("square:{n}"), (n * n).to_string()));
    let done = keys.bulk_update(squares).send_all()?.complete()?;
    println!("pairs written: {:?}", done.successful_key_count);
    let some = keys.bulk_get(["square:12", "square:-1"]).send()?;
    println!("bulk get: {some:?}");
    for key in keys.list().prefix("square:249").iter() {
        println!("listed: {}", key?.name);
    }

    namespaces.delete(id).send()?;
    Ok(())
}
