//! Writes, reads and deletes values, and their limits.

use serde_json::Value;

use crate::support::{Kv, send};

#[tokio::test]
async fn values_are_stored_byte_for_byte() {
    let kv = Kv::start().await;
    let bytes: Vec<u8> = (0..=255).collect();
    let response = kv.put("/values/key", bytes.clone()).await;
    assert_eq!(response.result(), Value::Null);
    let response = kv.get("/values/key").await;
    assert_eq!((response.status, &response.body), (200, &bytes));
    assert_eq!(
        response.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(response.header("expiration"), None);
}

#[tokio::test]
async fn content_types_other_than_form_data_are_ignored() {
    let kv = Kv::start().await;
    for kind in [
        "text/plain",
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/mixed; boundary=a",
    ] {
        let path = format!("/{}/values/key", kv.namespace);
        let request = kv
            .request("PUT", &path)
            .header("content-type", kind)
            .body("a=1");
        send(request).await.result();
        assert_eq!(kv.get("/values/key").await.body, b"a=1", "{kind}");
    }
}

#[tokio::test]
async fn empty_values_are_stored() {
    let kv = Kv::start().await;
    kv.put("/values/key", "").await.result();
    let response = kv.get("/values/key").await;
    assert_eq!((response.status, response.body.len()), (200, 0));
}

#[tokio::test]
async fn missing_keys_are_not_found() {
    let kv = Kv::start().await;
    assert_eq!(kv.get("/values/none").await.rejection(), (404, 10_009));
    assert_eq!(kv.get("/metadata/none").await.rejection(), (404, 10_009));
}

#[tokio::test]
async fn deleting_missing_keys_succeeds() {
    let kv = Kv::start().await;
    kv.put("/values/key", "value").await.result();
    for body in ["", "{}"] {
        assert_eq!(
            kv.call("DELETE", "/values/key", body).await.result(),
            Value::Null
        );
        assert_eq!(kv.get("/values/key").await.rejection(), (404, 10_009));
    }
    assert_eq!(kv.names("").await, [""; 0]);
}

#[tokio::test]
async fn keys_over_512_bytes_are_rejected() {
    let kv = Kv::start().await;
    for key in ["k".repeat(512), "%C3%A9".repeat(256)] {
        kv.put(&format!("/values/{key}"), "x").await.result();
        assert_eq!(kv.get(&format!("/values/{key}")).await.body, b"x");
        kv.call("DELETE", &format!("/values/{key}"), "")
            .await
            .result();
        for method in ["GET", "PUT", "DELETE"] {
            let response = kv.call(method, &format!("/values/{key}k"), "").await;
            assert_eq!(response.rejection(), (414, 10_001), "{method}");
        }
        assert_eq!(
            kv.get(&format!("/metadata/{key}k")).await.rejection(),
            (414, 10_001)
        );
    }
}

#[tokio::test]
async fn values_over_25_mib_are_rejected() {
    let kv = Kv::start().await;
    let largest = vec![b'v'; 25 * 1024 * 1024];
    kv.put("/values/key", largest.clone()).await.result();
    assert_eq!(kv.get("/values/key").await.body, largest);
    let refused = kv.put("/values/key", [largest, vec![b'v']].concat()).await;
    assert_eq!(refused.rejection(), (413, 10_001));
}
