//! Routes, and key names in paths.

use crate::support::{Kv, send};

#[tokio::test]
async fn keys_are_one_percent_encoded_segment() {
    let kv = Kv::start().await;
    let cases = [
        ("plain", "plain"),
        ("a%2Fb", "a/b"),
        ("a%2fc", "a/c"),
        ("%2F", "/"),
        ("..%2F..", "../.."),
        ("...", "..."),
        ("100%25", "100%"),
        ("%2541", "%41"),
        ("%252e", "%2e"),
        ("a+b", "a+b"),
        ("a%20b", "a b"),
        ("%C3%A9", "é"),
        ("%F0%9F%98%80", "😀"),
        ("%00", "\0"),
        ("x%00y", "x\0y"),
        ("%0A%7F", "\n\u{7f}"),
        ("q%3Fr%23s", "q?r#s"),
        ("%5C%22", "\\\""),
        (":!@$&'()*,;=~_-", ":!@$&'()*,;=~_-"),
    ];
    for (segment, key) in cases {
        kv.put(&format!("/values/{segment}"), key).await.result();
        assert_eq!(
            kv.get(&format!("/values/{segment}")).await.body,
            key.as_bytes(),
            "{segment}"
        );
        assert!(kv.names("").await.contains(&key.to_owned()), "{segment}");
    }
    assert_eq!(kv.names("").await.len(), cases.len());
}

#[tokio::test]
async fn invalid_encodings_are_rejected() {
    let kv = Kv::start().await;
    for segment in ["%", "%4", "%zz", "a%", "%ff", "%ED%A0%80"] {
        for (method, kind) in [
            ("GET", "values"),
            ("PUT", "values"),
            ("DELETE", "values"),
            ("GET", "metadata"),
        ] {
            let (status, body) = kv.raw(method, &format!("/{kind}/{segment}"));
            assert_eq!(status, 400, "{method} {segment}");
            assert!(body.contains("could not URL-decode key name"), "{body}");
        }
    }
}

#[tokio::test]
async fn empty_and_dot_keys_are_rejected() {
    let kv = Kv::start().await;
    for segment in ["", ".", "..", "%2e", "%2E%2e", ".%2e"] {
        for method in ["GET", "PUT", "DELETE"] {
            let (status, body) = kv.raw(method, &format!("/values/{segment}"));
            assert_eq!(status, 404, "{method} {segment}");
            assert!(body.contains("7003"), "{body}");
        }
    }
    assert_eq!(kv.names("").await, [""; 0]);
}

#[tokio::test]
async fn dot_segments_are_removed() {
    let kv = Kv::start().await;
    kv.put("/values/key", "value").await.result();
    for path in [
        "/values/./key",
        "/values/x/../key",
        "/keys/../values/key",
        "/values/%2e/key",
    ] {
        assert_eq!(kv.raw("GET", path), (200, "value".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let kv = Kv::start().await;
    let token = kv.server.token();
    for path in [
        "",
        "/",
        "/accounts",
        "/accounts/x/storage/kv/namespaces",
        "/zones",
    ] {
        let url = format!("{}{path}", kv.server.base_url());
        assert_eq!(
            send(kv.client.get(url).bearer_auth(token))
                .await
                .rejection(),
            (404, 7003),
            "{path}"
        );
    }
    for (method, path) in [
        ("DELETE", ""),
        ("PUT", ""),
        ("PATCH", ""),
        ("GET", "/"),
        ("GET", "//keys"),
        ("GET", "/x/"),
    ] {
        assert_eq!(
            kv.on_account(method, path, "").await.rejection(),
            (404, 7003),
            "{method} {path}"
        );
    }
    for (method, path) in [
        ("POST", ""),
        ("PATCH", ""),
        ("GET", "/"),
        ("POST", "/keys"),
        ("GET", "/keys/"),
        ("GET", "/keys/x"),
        ("GET", "/values"),
        ("GET", "/values/a/b"),
        ("GET", "/values/a/"),
        ("POST", "/values/a"),
        ("PUT", "/metadata/a"),
        ("DELETE", "/metadata/a"),
        ("GET", "/bulk"),
        ("POST", "/bulk"),
        ("PUT", "/bulk/"),
        ("PUT", "/bulk/get"),
        ("DELETE", "/bulk/delete"),
        ("GET", "/nothing"),
        ("GET", "/b%75lk"),
    ] {
        assert_eq!(
            kv.call(method, path, "[]").await.rejection(),
            (404, 7003),
            "{method} {path}"
        );
    }
    assert_eq!(kv.call("HEAD", "/values/a", "").await.status, 404);
}
