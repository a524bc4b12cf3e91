//! Bulk gets.

use serde_json::{Value, json};

use crate::support::{Kv, Response};

async fn get(kv: &Kv, asked: Value) -> Response {
    kv.json("POST", "/bulk/get", asked).await
}

#[tokio::test]
async fn values_are_text_by_default_and_missing_keys_are_null() {
    let kv = Kv::start().await;
    kv.put("/values/a", r#"{"value":1,"metadata":2}"#)
        .await
        .result();
    kv.put("/values/b", vec![0xff, b'x']).await.result();
    kv.put("/values/c", "\u{feff}mark").await.result();
    let expected = json!({ "values": {
        "a": r#"{"value":1,"metadata":2}"#, "b": "\u{fffd}x", "c": "mark", "none": null,
    } });
    let keys = json!(["a", "b", "none", "c", "a"]);
    for asked in [
        json!({ "keys": keys }),
        json!({ "keys": keys, "type": "text" }),
        json!({ "keys": keys, "type": null, "withMetadata": null }),
        json!({ "keys": keys, "withMetadata": false }),
    ] {
        assert_eq!(get(&kv, asked).await.result(), expected);
    }
}

#[tokio::test]
async fn json_values_are_returned_unchanged() {
    let kv = Kv::start().await;
    kv.put("/values/o", r#" {"value":1,"metadata":2} "#)
        .await
        .result();
    kv.put("/values/n", "null").await.result();
    let response = get(&kv, json!({ "keys": ["o", "n", "none"], "type": "json" })).await;
    let expected =
        json!({ "values": { "o": { "value": 1, "metadata": 2 }, "n": null, "none": null } });
    assert_eq!(response.result(), expected);

    kv.put("/values/big", "12345678901234567890123")
        .await
        .result();
    let response = get(&kv, json!({ "keys": ["big"], "type": "json" })).await;
    let text = String::from_utf8(response.body).unwrap();
    assert!(
        text.contains(r#"{"big":12345678901234567890123}"#),
        "{text}"
    );
}

#[tokio::test]
async fn values_that_are_not_json_are_rejected() {
    let kv = Kv::start().await;
    kv.put("/values/good", "1").await.result();
    for (key, value) in [("text", "plain"), ("empty", ""), ("two", "1 2")] {
        kv.put(&format!("/values/{key}"), value).await.result();
        let asked = json!({ "keys": ["good", key], "type": "json" });
        assert_eq!(get(&kv, asked).await.rejection(), (400, 10_001), "{key}");
    }
}

#[tokio::test]
async fn metadata_and_expiration_are_returned() {
    let kv = Kv::start().await;
    let items = json!([
        { "key": "full", "value": "[1]", "metadata": { "m": 1 }, "expiration": 4_000_000_000_u32 },
        { "key": "bare", "value": "2" },
        { "key": "false", "value": "3", "metadata": false },
    ]);
    kv.json("PUT", "/bulk", items).await.result();
    let keys = json!(["full", "bare", "false", "none"]);
    let expected = |full: Value, bare: Value, last: Value| {
        json!({ "values": {
            "full": { "value": full, "metadata": { "m": 1 }, "expiration": 4_000_000_000_u32 },
            "bare": { "value": bare, "metadata": null },
            "false": { "value": last, "metadata": false },
            "none": null,
        } })
    };
    let response = get(&kv, json!({ "keys": keys, "withMetadata": true })).await;
    assert_eq!(
        response.result(),
        expected(json!("[1]"), json!("2"), json!("3"))
    );
    let response = get(
        &kv,
        json!({ "keys": keys, "withMetadata": true, "type": "json" }),
    )
    .await;
    assert_eq!(response.result(), expected(json!([1]), json!(2), json!(3)));
}

#[tokio::test]
async fn one_to_100_keys_are_accepted() {
    let kv = Kv::start().await;
    let keys =
        |count: usize| json!({ "keys": (0..count).map(|n| n.to_string()).collect::<Vec<_>>() });
    assert_eq!(
        get(&kv, keys(100)).await.result()["values"]
            .as_object()
            .unwrap()
            .len(),
        100
    );
    assert_eq!(get(&kv, keys(101)).await.rejection(), (400, 10_001));
    assert_eq!(get(&kv, keys(0)).await.rejection(), (400, 10_001));
}

#[tokio::test]
async fn invalid_bodies_are_rejected() {
    let kv = Kv::start().await;
    for body in [
        "",
        "{",
        "null",
        "[]",
        "{}",
        r#"{"keys":"a"}"#,
        r#"{"keys":[1]}"#,
        r#"{"keys":null}"#,
    ] {
        assert_eq!(
            kv.call("POST", "/bulk/get", body).await.rejection(),
            (400, 10_001),
            "{body}"
        );
    }
    assert_eq!(
        get(&kv, json!({ "keys": ["a"], "type": "stream" }))
            .await
            .rejection(),
        (400, 10_001)
    );
    for key in ["", ".", ".."] {
        assert_eq!(
            get(&kv, json!({ "keys": ["a", key] })).await.rejection(),
            (400, 10_001),
            "{key}"
        );
    }
    assert_eq!(
        get(&kv, json!({ "keys": ["k".repeat(513)] }))
            .await
            .rejection(),
        (414, 10_001)
    );
}

#[tokio::test]
async fn values_over_25_mib_in_total_are_rejected() {
    let kv = Kv::start().await;
    for key in ["a", "b"] {
        kv.put(&format!("/values/{key}"), vec![b'v'; 13 * 1024 * 1024])
            .await
            .result();
    }
    assert_eq!(get(&kv, json!({ "keys": ["a", "a"] })).await.status, 200);
    assert_eq!(
        get(&kv, json!({ "keys": ["a", "b"] })).await.rejection(),
        (413, 10_001)
    );
}
