//! Stores values and metadata of the program's own types: `cargo run --example typed_json`.

use std::error::Error;

use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use workers_kv_examples::connect;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Article {
    title: String,
    paragraphs: Vec<String>,
}

/// A list of keys contains the metadata, so the overview needs no value. Metadata has at most 1,024 bytes.
#[derive(Debug, Serialize, Deserialize)]
struct Summary {
    title: String,
    words: usize,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let kv = connection.namespace();

    let article = Article {
        title: "Notes".to_owned(),
        paragraphs: vec!["A key-value store is simple.".to_owned()],
    };
    let words = article
        .paragraphs
        .iter()
        .flat_map(|text| text.split_whitespace());
    let summary = Summary {
        title: article.title.clone(),
        words: words.count(),
    };
    let call = kv
        .values()
        .update("article:notes", serde_json::to_vec(&article)?);
    call.metadata(&summary).send().await?;

    let stored: Article = kv.values().get("article:notes").send().await?.into_json()?;
    assert_eq!(stored, article);

    let mut keys = kv.keys().list().prefix("article:").stream();
    while let Some(key) = keys.try_next().await? {
        if let Some(metadata) = &key.metadata {
            println!("{}: {:?}", key.name, metadata.parse::<Summary>()?);
        }
    }

    connection.close().await?;
    Ok(())
}
