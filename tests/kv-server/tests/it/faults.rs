//! Faults that tests inject.

use std::time::{Duration, Instant};

use kv_server::{Fault, KvServer};
use serde_json::json;
use workers_kv::blocking::Client;
use workers_kv::{BulkWrite, Error};

use crate::support::{Kv, send};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test]
async fn a_fault_applies_once() {
    let kv = Kv::start().await;
    kv.server
        .fail_next(Fault::status(503).header("x-name", "value"));
    assert_eq!(kv.server.pending_faults(), 1);
    let response = kv.get("/keys").await;
    assert_eq!(response.rejection(), (503, 10_001));
    assert_eq!(response.header("x-name"), Some("value"));
    assert!(response.header("cf-ray").is_some());
    assert_eq!(kv.server.pending_faults(), 0);
    kv.get("/keys").await.result();
}

#[tokio::test]
async fn rate_limits_have_a_retry_after_header() {
    let kv = Kv::start().await;
    for (delay, header) in [
        (seconds(2), "2"),
        (Duration::from_millis(1), "1"),
        (Duration::ZERO, "0"),
    ] {
        kv.server.fail_next(Fault::rate_limited(delay));
        let response = kv.get("/keys").await;
        assert_eq!(response.rejection(), (429, 971));
        assert_eq!(response.header("retry-after"), Some(header));
    }
}

#[tokio::test]
async fn responses_can_be_replaced() {
    let kv = Kv::start().await;
    kv.server
        .fail_next(Fault::api_error(403, 10_000, "Authentication error"));
    kv.server
        .fail_next(Fault::html(524).header("cf-ray", "a-ray"));
    kv.server
        .fail_next(Fault::body(200, "application/json", "{\"success\":"));
    assert_eq!(kv.get("/keys").await.rejection(), (403, 10_000));

    let page = kv.get("/keys").await;
    assert_eq!(page.status, 524);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=UTF-8")
    );
    assert_eq!(page.header("cf-ray"), Some("a-ray"));
    let text = String::from_utf8(page.body).unwrap();
    assert!(
        text.contains("<title>api.cloudflare.com | 524: A timeout occurred</title>"),
        "{text}"
    );

    let broken = kv.get("/keys").await;
    assert_eq!((broken.status, &*broken.body), (200, &b"{\"success\":"[..]));
}

#[tokio::test]
async fn failed_requests_are_not_carried_out() {
    let kv = Kv::start().await;
    for fault in [Fault::status(500), Fault::reset()] {
        kv.server.fail_next(fault);
        let _ = kv
            .request("PUT", &format!("/{}/values/key", kv.namespace))
            .send()
            .await;
        assert_eq!(kv.names("").await, [""; 0]);
    }
    for (key, fault) in [("a", Fault::status(500)), ("b", Fault::reset())] {
        kv.server.fail_next(fault.after_processing());
        let _ = kv
            .request("PUT", &format!("/{}/values/{key}", kv.namespace))
            .send()
            .await;
        assert!(kv.names("").await.contains(&key.to_owned()));
    }
}

#[tokio::test]
async fn connections_are_reset() {
    let kv = Kv::start().await;
    kv.server.fail_next(Fault::reset());
    let error = kv.request("GET", "").send().await.unwrap_err();
    let text = format!("{error:?}");
    assert!(text.contains("ConnectionReset"), "{text}");
    assert_eq!(send(kv.request("GET", "")).await.status, 200);
}

#[tokio::test]
async fn truncated_responses_end_in_the_body() {
    let kv = Kv::start().await;
    kv.put("/values/key", vec![b'x'; 100_000]).await.result();
    kv.server.fail_next(Fault::truncated());
    let url = format!("/{}/values/key", kv.namespace);
    let mut response = kv.request("GET", &url).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.content_length(), Some(100_000));
    let mut length = 0;
    let error = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => length += chunk.len(),
            Ok(None) => panic!("the body is complete"),
            Err(error) => break error,
        }
    };
    assert!(error.is_body() || error.is_decode(), "{error:?}");
    assert_eq!(length, 50_000);
}

#[tokio::test]
async fn slow_responses_are_carried_out() {
    let kv = Kv::start().await;
    let delay = Duration::from_millis(300);
    kv.server.fail_next(Fault::slow(delay));
    kv.server.fail_next(Fault::status(500).delay(delay));
    let start = Instant::now();
    kv.put("/values/key", "v").await.result();
    assert!(start.elapsed() >= delay);
    assert_eq!(kv.get("/values/key").await.status, 500);
    assert!(start.elapsed() >= 2 * delay);

    // A client that does not wait has still written its value.
    kv.server.fail_next(Fault::slow(seconds(60)));
    let path = format!("/{}/values/late", kv.namespace);
    let request = kv.request("PUT", &path).timeout(delay);
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(kv.get("/values/late").await.status, 200);
}

#[tokio::test]
async fn slow_responses_do_not_delay_other_requests() {
    let kv = Kv::start().await;
    kv.server.fail_next(Fault::slow(seconds(60)).method("PUT"));
    let path = format!("/{}/values/key", kv.namespace);
    let waiting = tokio::spawn(kv.request("PUT", &path).send());
    while kv.server.pending_faults() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    kv.get("/keys").await.result();
    waiting.abort();
}

#[tokio::test]
async fn faults_can_be_limited_to_requests() {
    let kv = Kv::start().await;
    kv.server.fail_next(Fault::status(501).method("put"));
    kv.server
        .fail_next(Fault::status(502).path_contains("/values/"));
    kv.server
        .fail_next(Fault::status(503).path_ends_with("/values/b").method("GET"));
    kv.server
        .fail_next(Fault::status(504).when(|request| request.query_param("prefix").is_some()));
    kv.get("/keys").await.result();
    assert_eq!(kv.get("/keys?prefix=a").await.status, 504);
    assert_eq!(kv.get("/values/a").await.status, 502);
    assert_eq!(kv.get("/values/a").await.status, 404);
    assert_eq!(kv.get("/values/b").await.status, 503);
    assert_eq!(kv.put("/values/b", "").await.status, 501);
    assert_eq!(kv.server.pending_faults(), 0);
}

#[tokio::test]
async fn faults_can_be_repeated_and_skipped() {
    let kv = Kv::start().await;
    let statuses = async |count: usize| {
        let mut statuses = Vec::new();
        for _ in 0..count {
            statuses.push(kv.get("/keys").await.status);
        }
        statuses
    };
    kv.server.fail_next(Fault::status(503).skip(1).times(2));
    assert_eq!(statuses(4).await, [200, 503, 503, 200]);
    kv.server.fail_next(Fault::status(501));
    kv.server.fail_next(Fault::status(502).always());
    assert_eq!(statuses(3).await, [501, 502, 502]);
    assert_eq!(kv.server.pending_faults(), 1);
    kv.server.clear_faults();
    assert_eq!(statuses(1).await, [200]);
    kv.server.fail_next(Fault::status(503).times(0));
    assert_eq!(statuses(1).await, [200]);
}

#[tokio::test]
async fn unsuccessful_keys_are_not_changed() {
    let kv = Kv::start().await;
    let pairs = || json!(["a", "b", "c"].map(|key| json!({ "key": key, "value": key })));
    kv.server
        .fail_next(Fault::unsuccessful_keys(["c", "b", "not there"]));
    // Other requests do not use the fault.
    kv.get("/keys").await.result();
    let expected = json!({ "successful_key_count": 1, "unsuccessful_keys": ["b", "c"] });
    assert_eq!(kv.json("PUT", "/bulk", pairs()).await.result(), expected);
    assert_eq!(kv.names("").await, ["a"]);

    kv.json("PUT", "/bulk", pairs()).await.result();
    for (method, path) in [("POST", "/bulk/delete"), ("DELETE", "/bulk")] {
        kv.server.fail_next(Fault::unsuccessful_keys(["b"]));
        let response = kv.json(method, path, json!(["a", "b"])).await;
        let expected = json!({ "successful_key_count": 1, "unsuccessful_keys": ["b"] });
        assert_eq!(response.result(), expected);
        assert_eq!(kv.names("").await, ["b", "c"]);
    }
}

/// Returns a client without automatic retries of the caller's own, and the id of a namespace.
fn client(server: &KvServer) -> (Client, String) {
    let builder = Client::builder().base_url(server.base_url());
    let client = builder.api_token(server.token()).build().unwrap();
    (client, server.namespace("sessions").id().to_owned())
}

#[test]
fn a_client_retries_faults() {
    let server = KvServer::start().unwrap();
    let (client, id) = client(&server);
    let values = client.values(server.account_id(), &*id);
    server.fail_next(Fault::rate_limited(seconds(1)));
    server.fail_next(Fault::reset());
    let start = Instant::now();
    values.update("key", "value").send().unwrap();
    assert!(start.elapsed() >= seconds(1));
    assert_eq!(server.requests().len(), 3);
    assert_eq!(
        server.namespace("sessions").get("key").unwrap().text(),
        Some("value")
    );

    server.fail_next(Fault::html(522));
    let error = values.get("key").max_retries(0).send().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(522));
    server.fail_next(Fault::slow(seconds(60)));
    let slow = values
        .get("key")
        .max_retries(0)
        .timeout(Duration::from_millis(200))
        .send();
    assert!(matches!(slow, Err(Error::Timeout(_))), "{slow:?}");
    assert_eq!(server.pending_faults(), 0);
}

#[test]
fn a_client_sends_unsuccessful_keys_again() {
    let server = KvServer::start().unwrap();
    let (client, id) = client(&server);
    server.fail_next(Fault::unsuccessful_keys(["b"]));
    let pairs = ["a", "b"].map(|key| BulkWrite::new(key, "value"));
    let keys = client.keys(server.account_id(), &*id);
    let done = keys.bulk_update(pairs).send_all().unwrap();
    assert_eq!(done.successful_key_count, Some(2));
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    let second: serde_json::Value = requests[1].json().unwrap();
    assert_eq!(second, json!([{ "key": "b", "value": "value" }]));
}
