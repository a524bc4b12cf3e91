//! Bulk writes and bulk deletes.

use serde_json::{Value, json};

use crate::support::Kv;

fn done(count: usize) -> Value {
    json!({ "successful_key_count": count, "unsuccessful_keys": [] })
}

#[tokio::test]
async fn bulk_writes_store_all_properties() {
    let kv = Kv::start().await;
    let items = json!([
        { "key": "plain", "value": "é\u{0}" },
        { "key": "a/b", "value": "aGk=", "base64": true,
            "metadata": { "n": null }, "expiration_ttl": 60 },
        { "key": "text", "value": "aGk=", "base64": false, "expiration": null, "unknown": [1] },
    ]);
    assert_eq!(kv.json("PUT", "/bulk", items).await.result(), done(3));
    assert_eq!(kv.get("/values/plain").await.body, "é\0".as_bytes());
    assert_eq!(kv.get("/values/text").await.body, b"aGk=");
    let decoded = kv.get("/values/a%2Fb").await;
    assert_eq!(decoded.body, b"hi");
    assert!(decoded.expiration().is_some());
    assert_eq!(
        kv.get("/metadata/a%2Fb").await.result(),
        json!({ "n": null })
    );
}

#[tokio::test]
async fn bulk_writes_replace_all_properties() {
    let kv = Kv::start().await;
    let items = json!([{ "key": "k", "value": "1", "metadata": 1, "expiration_ttl": 60 }]);
    kv.json("PUT", "/bulk", items).await.result();
    kv.json("PUT", "/bulk", json!([{ "key": "k", "value": "2" }]))
        .await
        .result();
    assert_eq!(kv.get("/values/k").await.body, b"2");
    assert_eq!(kv.get("/keys").await.result(), json!([{ "name": "k" }]));
}

#[tokio::test]
async fn base64_is_decoded_like_in_browsers() {
    let kv = Kv::start().await;
    for (text, bytes) in [
        ("", b"".as_slice()),
        ("aGk=", b"hi"),
        ("aGk", b"hi"),
        ("a G\nk=", b"hi"),
        ("aGl=", b"hi"),
        ("/+8=", b"\xff\xef"),
    ] {
        let items = json!([{ "key": "k", "value": text, "base64": true }]);
        kv.json("PUT", "/bulk", items).await.result();
        assert_eq!(kv.get("/values/k").await.body, bytes, "{text}");
    }
    for text in ["a", "=", "a===", "aGk==", "_-8=", "aGk=aGk=", "é"] {
        let items = json!([{ "key": "k", "value": text, "base64": true }]);
        assert_eq!(
            kv.json("PUT", "/bulk", items).await.rejection(),
            (400, 10_001),
            "{text}"
        );
    }
}

#[tokio::test]
async fn metadata_keeps_every_digit() {
    let kv = Kv::start().await;
    kv.put(
        "/bulk",
        r#"[{"key":"k","value":"","metadata": 1234567890123456789012 }]"#,
    )
    .await
    .result();
    for path in ["/metadata/k", "/keys"] {
        let text = String::from_utf8(kv.get(path).await.body).unwrap();
        assert!(text.contains("1234567890123456789012"), "{text}");
    }
}

#[tokio::test]
async fn bulk_writes_are_atomic() {
    let kv = Kv::start().await;
    let long = "k".repeat(513);
    let metadata = "m".repeat(1023);
    let cases = [
        (json!({ "key": "", "value": "" }), (400, 10_001)),
        (json!({ "key": ".", "value": "" }), (400, 10_001)),
        (json!({ "key": "..", "value": "" }), (400, 10_001)),
        (json!({ "key": long, "value": "" }), (414, 10_001)),
        (
            json!({ "key": "k", "value": "", "metadata": metadata }),
            (413, 10_001),
        ),
        (
            json!({ "key": "k", "value": "", "expiration_ttl": 59 }),
            (400, 10_033),
        ),
        (
            json!({ "key": "k", "value": "!", "base64": true }),
            (400, 10_001),
        ),
        (json!({ "key": "k" }), (400, 10_001)),
        (json!({ "value": "" }), (400, 10_001)),
        (json!({ "key": 1, "value": "" }), (400, 10_001)),
        (json!({ "key": "k", "value": 1 }), (400, 10_001)),
        (json!({ "key": "k", "value": null }), (400, 10_001)),
        (json!(["k", "v"]), (400, 10_001)),
        (json!(null), (400, 10_001)),
    ];
    for (item, rejection) in cases {
        let items = json!([{ "key": "good", "value": "" }, item]);
        assert_eq!(
            kv.json("PUT", "/bulk", items).await.rejection(),
            rejection,
            "{item}"
        );
    }
    let value = "v".repeat(25 * 1024 * 1024 + 1);
    let items = json!([{ "key": "good", "value": "" }, { "key": "k", "value": value }]);
    assert_eq!(
        kv.json("PUT", "/bulk", items).await.rejection(),
        (413, 10_001)
    );
    assert_eq!(kv.names("").await, [""; 0]);
}

#[tokio::test]
async fn equal_duplicates_are_accepted_and_different_ones_rejected() {
    let kv = Kv::start().await;
    let pair = json!({ "key": "k", "value": "v", "metadata": { "a": 1 } });
    assert_eq!(
        kv.json("PUT", "/bulk", json!([pair, pair])).await.result(),
        done(1)
    );
    for other in [
        json!({ "key": "k", "value": "w", "metadata": { "a": 1 } }),
        json!({ "key": "k", "value": "v", "metadata": { "a": 2 } }),
        json!({ "key": "k", "value": "v" }),
        json!({ "key": "k", "value": "v", "metadata": { "a": 1 }, "expiration_ttl": 60 }),
    ] {
        let response = kv.json("PUT", "/bulk", json!([pair, other])).await;
        assert_eq!(response.rejection(), (400, 10_001), "{other}");
    }
}

#[tokio::test]
async fn bodies_with_over_10_000_items_are_rejected() {
    let kv = Kv::start().await;
    for (method, path) in [
        ("PUT", "/bulk"),
        ("POST", "/bulk/delete"),
        ("DELETE", "/bulk"),
    ] {
        for body in ["", "[", "{}", "null", "\"a\"", "[1]", "[{}]"] {
            assert_eq!(
                kv.call(method, path, body).await.rejection(),
                (400, 10_001),
                "{method} {body}"
            );
        }
        assert_eq!(kv.call(method, path, "[]").await.result(), done(0));
    }
    let items = |count: usize| {
        (0..count)
            .map(|n| json!({ "key": n.to_string(), "value": "" }))
            .collect()
    };
    let keys = |count: usize| (0..count).map(|n| json!(n.to_string())).collect();
    assert_eq!(
        kv.json("PUT", "/bulk", items(10_001)).await.rejection(),
        (400, 10_001)
    );
    assert_eq!(
        kv.json("PUT", "/bulk", items(10_000)).await.result(),
        done(10_000)
    );
    assert_eq!(
        kv.json("POST", "/bulk/delete", keys(10_001))
            .await
            .rejection(),
        (400, 10_001)
    );
    assert_eq!(
        kv.json("POST", "/bulk/delete", keys(10_000)).await.result(),
        done(10_000)
    );
    assert_eq!(kv.names("").await, [""; 0]);
}

#[tokio::test]
async fn both_delete_paths_are_supported() {
    let kv = Kv::start().await;
    for (method, path) in [("POST", "/bulk/delete"), ("DELETE", "/bulk")] {
        for key in ["a", "b", "c"] {
            kv.put(&format!("/values/{key}"), "").await.result();
        }
        // Missing and repeated keys count as deleted.
        let response = kv.json(method, path, json!(["a", "c", "none", "a"])).await;
        assert_eq!(response.result(), done(4));
        assert_eq!(kv.names("").await, ["b"]);
    }
}

#[tokio::test]
async fn invalid_keys_are_unsuccessful() {
    let kv = Kv::start().await;
    let long = "k".repeat(513);
    kv.put("/values/a", "").await.result();
    let response = kv
        .json("POST", "/bulk/delete", json!([long, "..", "a", ""]))
        .await;
    let expected = json!({ "successful_key_count": 1, "unsuccessful_keys": ["", "..", long] });
    assert_eq!(response.result(), expected);
    assert_eq!(kv.names("").await, [""; 0]);
    // A request without a valid key fails.
    assert_eq!(
        kv.json("POST", "/bulk/delete", json!([long]))
            .await
            .rejection(),
        (414, 10_001)
    );
    assert_eq!(
        kv.json("DELETE", "/bulk", json!(["."])).await.rejection(),
        (400, 10_001)
    );
}
