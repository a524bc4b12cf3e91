//! Recorded requests.

use kv_server::{Fault, KvServer, Pair};
use serde_json::json;

use crate::support::{Kv, send};

#[tokio::test]
async fn requests_are_recorded_in_order() {
    let kv = Kv::start().await;
    kv.server.clear_requests();
    let request = kv.request("PUT", &format!("/{}/bulk?a=1%202&a=3", kv.namespace));
    let body = json!([{ "key": "k", "value": "v" }]);
    send(request.header("x-name", "Value").body(body.to_string())).await;
    kv.get("/values/a%2Fb").await;

    let requests = kv.server.requests();
    assert_eq!(requests.len(), 2);
    let [bulk, get] = &requests[..] else { panic!() };
    assert_eq!(bulk.method(), "PUT");
    let host = kv.server.base_url().trim_end_matches("/client/v4");
    assert_eq!(
        format!("{host}{}", bulk.path()),
        format!("{}/{}/bulk", kv.url(), kv.namespace)
    );
    assert_eq!(bulk.query(), "a=1%202&a=3");
    assert_eq!(bulk.query_param("a").as_deref(), Some("1 2"));
    assert_eq!(bulk.query_param("b"), None);
    assert_eq!(bulk.header("X-Name"), Some("Value"));
    assert_eq!(bulk.header("x-other"), None);
    assert!(
        bulk.headers()
            .any(|(name, value)| (name, value) == ("x-name", b"Value"))
    );
    assert_eq!(bulk.json::<serde_json::Value>().unwrap(), body);
    assert_eq!(
        (get.method(), get.query(), get.body()),
        ("GET", "", &b""[..])
    );
    assert!(get.path().ends_with("/values/a%2Fb"), "{get:?}");
}

#[tokio::test]
async fn debug_output_of_requests_contains_no_credentials() {
    let kv = Kv::start().await;
    let (key, email) = (kv.server.api_key(), kv.server.api_email());
    let request = kv.request("PUT", &format!("/{}/values/k", kv.namespace));
    let request = request
        .header("x-auth-key", key)
        .header("x-auth-email", email);
    send(request.body("a secret value")).await;
    let request = kv.server.requests().pop().unwrap();
    let bearer = format!("Bearer {}", kv.server.token());
    assert_eq!(
        request.header("authorization"),
        Some(&*bearer),
        "tests can read credentials"
    );

    let shown = format!("{request:?}");
    for secret in [kv.server.token(), key, email, "a secret value"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(
        shown.contains("/values/k") && shown.contains("14 bytes"),
        "{shown}"
    );
}

#[tokio::test]
async fn failed_requests_are_recorded_and_handles_are_not() {
    let kv = Kv::start().await;
    kv.server.clear_requests();
    kv.server.fail_next(Fault::status(500));
    kv.get("/keys").await;
    kv.on_account("GET", "/no-id", "").await;
    kv.server
        .namespace("the namespace")
        .put(Pair::new("k", "v"));
    assert_eq!(kv.server.requests().len(), 2);
}

#[tokio::test]
async fn recording_can_be_switched_off() {
    let kv = Kv::with(KvServer::builder().record_requests(false)).await;
    kv.get("/keys").await;
    assert!(kv.server.requests().is_empty());
}
