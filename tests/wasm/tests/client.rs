//! The async client in a JavaScript host.
#![cfg(target_arch = "wasm32")]

use std::error::Error as StdError;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use workers_kv::handles::NamespaceHandle;
use workers_kv::{BulkWrite, Client, ClientBuilder, Error, Upload};

type Result<T = ()> = std::result::Result<T, Box<dyn StdError>>;

/// Address, token and account of the server. `.ci/wasm` sets the variable.
const SERVER: &str = env!("WORKERS_KV_TEST_SERVER");

fn builder() -> ClientBuilder<Client> {
    let mut words = SERVER.split(' ');
    let mut word = || words.next().unwrap_or_default();
    Client::builder().base_url(word()).api_token(word())
}

fn account() -> &'static str {
    SERVER.rsplit(' ').next().unwrap_or_default()
}

/// Creates a namespace.
async fn namespace(client: &Client) -> Result<NamespaceHandle<Client>> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let title = format!("wasm {}", COUNT.fetch_add(1, Ordering::Relaxed));
    let created = client.namespaces(account()).create(title).send().await?;
    Ok(client.namespace(account(), created.id))
}

#[wasm_bindgen_test]
async fn values_and_metadata_are_written_and_read() -> Result {
    let client = builder().build()?;
    let namespace = namespace(&client).await?;
    let update = namespace.values().update("grüße/1", "Hello!");
    update
        .metadata(json!({"lang": "en"}))
        .expiration_ttl(3600)
        .send()
        .await?;

    let value = namespace.values().get("grüße/1").send().await?;
    assert_eq!(value.text()?, "Hello!");
    assert!(value.expiration().is_some());
    let metadata = namespace.metadata().get("grüße/1").send().await?;
    let metadata = metadata.ok_or("no metadata")?.to_value()?;
    assert_eq!(metadata, json!({"lang": "en"}));
    namespace.values().delete("grüße/1").await?;
    assert!(
        namespace
            .values()
            .get("grüße/1")
            .send_optional()
            .await?
            .is_none()
    );
    Ok(())
}

#[wasm_bindgen_test]
async fn bulk_writes_are_split_and_listed_in_pages() -> Result {
    let client = builder().build()?;
    let namespace = namespace(&client).await?;
    let keys = namespace.keys();
    let pairs = (0..25).map(|n| BulkWrite::new(format!("key:{n:02}"), "value"));
    let written = keys
        .bulk_update(pairs)
        .batch_items(10)
        .send_all()
        .await?
        .complete()?;
    assert_eq!(written.successful_key_count, Some(25));

    let listed = keys.list().limit(10).stream().map_ok(|key| key.name);
    let listed: Vec<String> = listed.try_collect().await?;
    let expected: Vec<String> = (0..25).map(|n| format!("key:{n:02}")).collect();
    assert_eq!(listed, expected);
    let values = keys.bulk_get(["key:00", "none"]).send().await?;
    assert_eq!(values.into_values().map(|values| values.len()), Some(2));
    Ok(())
}

#[wasm_bindgen_test]
async fn uploads_from_streams_and_downloads_in_chunks_are_complete() -> Result {
    let client = builder().build()?;
    let namespace = namespace(&client).await?;
    let chunks = (0..16_u8).map(|n| Ok::<_, std::io::Error>(Bytes::from(vec![n; 65_536])));
    let upload = Upload::stream(stream::iter(chunks));
    namespace.values().update("large", upload).send().await?;

    let mut download = namespace.values().get("large").download().await?;
    let (mut chunks, mut bytes) = (0, Vec::new());
    while let Some(chunk) = download.next().await.transpose()? {
        chunks += 1;
        bytes.extend_from_slice(&chunk);
    }
    assert!(chunks > 1);
    let expected: Vec<u8> = (0..16).flat_map(|n| vec![n; 65_536]).collect();
    assert!(bytes == expected);
    Ok(())
}

#[wasm_bindgen_test]
async fn failures_of_the_stream_of_an_upload_are_reported() -> Result {
    let client = builder().build()?;
    let namespace = namespace(&client).await?;
    let failed = Err::<Bytes, _>(std::io::Error::other("no more data"));
    let upload = Upload::stream(stream::iter([Ok(Bytes::from("x")), failed]));
    let error = namespace
        .values()
        .update("key", upload)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Body(_)), "{error}");
    assert!(
        format!("{:?}", error.source()).contains("no more data"),
        "{error:?}"
    );
    Ok(())
}

#[wasm_bindgen_test]
async fn errors_of_the_api_have_a_code_and_a_ray_id() -> Result {
    let client = builder().build()?;
    let namespace = namespace(&client).await?;
    let error = namespace.values().get("none").send().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.code(), Some(10009));
    assert!(error.ray_id().is_some());
    Ok(())
}

#[wasm_bindgen_test]
async fn failed_attempts_are_repeated() -> Result {
    let client = builder().build()?;
    let namespace = namespace(&client).await?;
    let update = namespace
        .values()
        .update("busy", "Hello!")
        .send_with_response()
        .await?;
    assert_eq!(update.status(), 200);
    let update = namespace.values().update("reset", "Hello!").max_retries(1);
    let error = update.send().await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error}");
    assert!(error.to_string().contains("2 attempts"), "{error}");
    Ok(())
}

#[wasm_bindgen_test]
async fn timeouts_and_deadlines_end_calls() -> Result {
    let client = builder().build()?;
    let namespace = namespace(&client).await?;
    let short = Duration::from_millis(200);
    let call = namespace.values().get("slow").max_retries(0).timeout(short);
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    assert!(error.to_string().contains("200ms"), "{error}");
    let error = namespace
        .values()
        .get("slow")
        .deadline(short)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    Ok(())
}

#[wasm_bindgen_test]
async fn truncated_responses_are_errors() -> Result {
    let client = builder().build()?;
    let values = namespace(&client).await?.values();
    values.update("truncated", "Hello!").send().await?;
    let get = values.get("truncated").max_retries(0);
    let error = get.send().await.unwrap_err();
    assert!(matches!(error, Error::Body(_)), "{error}");
    Ok(())
}

#[wasm_bindgen_test]
async fn compressed_responses_are_decoded_by_the_host() -> Result {
    let client = builder().build()?;
    let values = namespace(&client).await?.values();
    let value = values.get("compressed").send().await?;
    assert_eq!(value.text()?, "Hello!".repeat(200));

    let download = values.get("compressed").download().await?;
    // The size that the server sent is the compressed one.
    assert_eq!(download.content_length(), None);
    let bytes: Vec<Bytes> = download.try_collect().await?;
    assert_eq!(bytes.concat().len(), 1_200);
    Ok(())
}

#[wasm_bindgen_test]
async fn redirects_are_not_followed() -> Result {
    let client = builder().build()?;
    let namespace = namespace(&client).await?;
    let error = namespace.values().get("moved").send().await.unwrap_err();
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(302),
        "{error}"
    );
    Ok(())
}

#[wasm_bindgen_test]
async fn unreachable_servers_are_connection_errors() -> Result {
    let client = Client::builder()
        .base_url("http://127.0.0.1:1")
        .api_token("token")
        .max_retries(0);
    let error = client
        .build()?
        .keys(account(), "none")
        .list()
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error}");
    assert!(
        !format!("{error:?} {error}").contains("127.0.0.1:1/"),
        "{error:?}"
    );
    Ok(())
}
