//! Hand-written calls with reqwest and serde, for comparison.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Error, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use workers_kv::{BulkResult, BulkWrite};

use super::target::Target;

/// A client and the namespace of its calls.
pub(crate) struct ByHand {
    client: Client,
    token: String,
    url: String,
}

#[derive(Deserialize)]
struct Envelope<T> {
    success: bool,
    result: T,
}

/// A key with its metadata as text.
#[derive(Deserialize)]
#[allow(dead_code, reason = "only decoding it is measured")]
pub(crate) struct Key {
    name: String,
    expiration: Option<i64>,
    metadata: Option<Box<RawValue>>,
}

impl ByHand {
    pub(crate) fn new(target: &Target) -> Self {
        let Target {
            url,
            token,
            account,
            namespace,
        } = target;
        let client = Client::builder()
            .timeout(Duration::from_secs(60))
            .redirect(Policy::none());
        Self {
            client: client.build().expect("a client"),
            token: token.clone(),
            url: format!("{url}/accounts/{account}/storage/kv/namespaces/{namespace}"),
        }
    }

    pub(crate) async fn get(&self, key: &str) -> Result<Bytes, Error> {
        let request = self.client.get(format!("{}/values/{key}", self.url));
        let response = request.bearer_auth(&self.token).send().await?;
        response.error_for_status()?.bytes().await
    }

    pub(crate) async fn list(&self) -> Result<Vec<Key>, Error> {
        let request = self.client.get(format!("{}/keys", self.url));
        decode_result(request.bearer_auth(&self.token).send().await?).await
    }

    pub(crate) async fn bulk_update(&self, pairs: Vec<BulkWrite>) -> Result<BulkResult, Error> {
        let body = serde_json::to_vec(&pairs).expect("valid JSON");
        self.bulk(body).await
    }

    /// Sends serialized pairs.
    pub(crate) async fn bulk(&self, body: Vec<u8>) -> Result<BulkResult, Error> {
        let request = self.client.put(format!("{}/bulk", self.url));
        let request = request.bearer_auth(&self.token);
        let request = request.header(CONTENT_TYPE, "application/json").body(body);
        decode_result(request.send().await?).await
    }
}

async fn decode_result<T: DeserializeOwned>(response: Response) -> Result<T, Error> {
    let body = response.error_for_status()?.bytes().await?;
    let envelope: Envelope<T> = serde_json::from_slice(&body).expect("the response is valid");
    assert!(envelope.success);
    Ok(envelope.result)
}
