//! Values with metadata in form data.

use serde_json::Value;

use crate::support::{Kv, Response, send};

/// Returns a form with these parts, and its content type.
fn form(parts: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in parts {
        let head = format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XX--\r\n");
    ("multipart/form-data; boundary=XX".to_owned(), body)
}

async fn put(kv: &Kv, query: &str, (content_type, body): (String, Vec<u8>)) -> Response {
    let path = format!("/{}/values/key{query}", kv.namespace);
    send(
        kv.request("PUT", &path)
            .header("content-type", content_type)
            .body(body),
    )
    .await
}

/// Returns the text of the metadata, because a parsed number loses digits.
async fn metadata(kv: &Kv) -> String {
    let response = kv.get("/metadata/key").await;
    let text = String::from_utf8(response.body).unwrap();
    let (_, result) = text.split_once("\"result\":").unwrap();
    result.strip_suffix('}').unwrap().to_owned()
}

#[tokio::test]
async fn forms_store_value_and_metadata() {
    let kv = Kv::start().await;
    let bytes: Vec<u8> = (0..=255).chain(*b"\r\n--X\r\n\r\n").collect();
    let parts: [(&str, &[u8]); 2] = [("value", &bytes), ("metadata", br#"{"a":1}"#)];
    assert_eq!(put(&kv, "", form(&parts)).await.result(), Value::Null);
    assert_eq!(kv.get("/values/key").await.body, bytes);
    assert_eq!(metadata(&kv).await, r#"{"a":1}"#);
}

#[tokio::test]
async fn last_part_with_a_name_is_used() {
    let kv = Kv::start().await;
    let parts: [(&str, &[u8]); 4] = [
        ("metadata", b"1"),
        ("value", b"old"),
        ("x", b"?"),
        ("value", b"new"),
    ];
    put(&kv, "", form(&parts)).await.result();
    assert_eq!(kv.get("/values/key").await.body, b"new");
    assert_eq!(metadata(&kv).await, "1");
}

#[tokio::test]
async fn metadata_keeps_every_digit() {
    let kv = Kv::start().await;
    for (sent, kept) in [
        ("\"text\"", "\"text\""),
        ("0", "0"),
        ("false", "false"),
        ("null", "null"),
        ("[]", "[]"),
        ("\"\"", "\"\""),
        (
            "123456789012345678901234567890",
            "123456789012345678901234567890",
        ),
        ("0.10000000000000000000001", "0.10000000000000000000001"),
        (" { \"a b\" : [ 1 , null ] } ", "{\"a b\":[1,null]}"),
    ] {
        put(
            &kv,
            "",
            form(&[("value", b""), ("metadata", sent.as_bytes())]),
        )
        .await
        .result();
        assert_eq!(metadata(&kv).await, kept);
    }
}

#[tokio::test]
async fn null_metadata_is_no_metadata() {
    let kv = Kv::start().await;
    put(&kv, "", form(&[("value", b""), ("metadata", b"null")]))
        .await
        .result();
    let key = kv.get("/keys").await.result()[0].take();
    assert_eq!(key, serde_json::json!({ "name": "key" }));
}

#[tokio::test]
async fn invalid_metadata_is_rejected() {
    let kv = Kv::start().await;
    for text in ["", "{", "text", "{'a':1}", "NaN", "1 2"] {
        let response = put(
            &kv,
            "",
            form(&[("value", b""), ("metadata", text.as_bytes())]),
        )
        .await;
        assert_eq!(response.rejection(), (400, 10_147), "{text}");
    }
    assert_eq!(kv.get("/values/key").await.rejection(), (404, 10_009));
}

#[tokio::test]
async fn metadata_over_1024_bytes_is_rejected() {
    let kv = Kv::start().await;
    let longest = format!("\"{}\"", "m".repeat(1022));
    put(
        &kv,
        "",
        form(&[("value", b""), ("metadata", longest.as_bytes())]),
    )
    .await
    .result();
    let spaced = format!("[{:2000}]", "");
    put(
        &kv,
        "",
        form(&[("value", b""), ("metadata", spaced.as_bytes())]),
    )
    .await
    .result();
    let longer = format!("\"{}\"", "é".repeat(512));
    let response = put(
        &kv,
        "",
        form(&[("value", b""), ("metadata", longer.as_bytes())]),
    )
    .await;
    assert_eq!(response.rejection(), (413, 10_001));
}

#[tokio::test]
async fn values_in_forms_have_the_same_limit_as_others() {
    let kv = Kv::start().await;
    let value = vec![b'v'; 25 * 1024 * 1024 + 1];
    assert_eq!(
        put(&kv, "", form(&[("value", &value[1..])])).await.status,
        200
    );
    assert_eq!(
        put(&kv, "", form(&[("value", &value)])).await.rejection(),
        (413, 10_001)
    );
}

#[tokio::test]
async fn writing_again_removes_metadata_and_expiration() {
    let kv = Kv::start().await;
    let parts: [(&str, &[u8]); 2] = [("value", b""), ("metadata", b"1")];
    put(&kv, "?expiration_ttl=100", form(&parts)).await.result();
    assert!(kv.get("/values/key").await.expiration().is_some());
    kv.put("/values/key", "").await.result();
    assert_eq!(metadata(&kv).await, "null");
    assert_eq!(kv.get("/values/key").await.expiration(), None);
}

#[tokio::test]
async fn invalid_forms_are_rejected() {
    let kv = Kv::start().await;
    let (kind, whole) = form(&[("value", b"v")]);
    let cases: [(&str, &[u8]); 7] = [
        ("multipart/form-data", &whole),
        ("multipart/form-data; boundary=other", &whole),
        (&kind, b""),
        (&kind, b"--XX--\r\n"),
        (&kind, &whole[..whole.len() - 10]),
        (&kind, b"--XX\r\n\r\nv\r\n--XX--\r\n"),
        (
            &kind,
            b"--XX\r\nContent-Disposition: form-data\r\n\r\nv\r\n--XX--\r\n",
        ),
    ];
    for (kind, body) in cases {
        let response = put(&kv, "", (kind.to_owned(), body.to_vec())).await;
        assert_eq!(
            response.rejection(),
            (400, 10_001),
            "{kind} {}",
            body.escape_ascii()
        );
    }
    let upper = "Multipart/Form-Data; charset=utf-8; Boundary=\"XX\"".to_owned();
    put(&kv, "", (upper, whole)).await.result();
    assert_eq!(kv.get("/values/key").await.body, b"v");
}
