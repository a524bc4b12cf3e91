//! Authentication and its errors.

use std::io::ErrorKind;

use kv_server::KvServer;
use serde_json::json;

use crate::support::{Kv, Response, send};

type Headers<'a> = &'a [(&'a str, &'a str)];

async fn with_headers(kv: &Kv, headers: Headers<'_>) -> Response {
    let request = kv.client.get(kv.url());
    send(headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    }))
    .await
}

#[tokio::test]
async fn tokens_and_keys_are_accepted() {
    let kv = Kv::start().await;
    let bearer = format!("Bearer {}", kv.server.token());
    let (key, email) = (kv.server.api_key(), kv.server.api_email());
    assert_eq!(
        with_headers(&kv, &[("authorization", &bearer)])
            .await
            .status,
        200
    );
    assert_eq!(
        with_headers(&kv, &[("x-auth-key", key), ("x-auth-email", email)])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn missing_and_invalid_credentials_are_rejected() {
    let kv = Kv::start().await;
    let (token, key, email) = (
        kv.server.token(),
        kv.server.api_key(),
        kv.server.api_email(),
    );
    let bearer = format!("Bearer {token}");
    let lower = format!("bearer {token}");
    let cases: [(Headers<'_>, (u16, i64)); 11] = [
        (&[], (400, 9106)),
        (&[("x-auth-key", key)], (400, 9106)),
        (&[("x-auth-email", email)], (400, 9106)),
        (&[("x-auth-key", key), ("x-auth-email", "")], (400, 9106)),
        (
            &[("x-auth-key", "wrong"), ("x-auth-email", email)],
            (403, 9103),
        ),
        (
            &[("x-auth-key", key), ("x-auth-email", "other@example.com")],
            (403, 9103),
        ),
        (&[("authorization", "Bearer wrong")], (401, 10_000)),
        // A valid key does not replace an invalid token.
        (
            &[
                ("authorization", "Bearer a"),
                ("x-auth-key", key),
                ("x-auth-email", email),
            ],
            (401, 10_000),
        ),
        (&[("authorization", "Basic abc")], (400, 6003)),
        (&[("authorization", &lower)], (400, 6003)),
        (
            &[("authorization", &bearer), ("authorization", &bearer)],
            (400, 6003),
        ),
    ];
    for (headers, rejection) in cases {
        assert_eq!(
            with_headers(&kv, headers).await.rejection(),
            rejection,
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn malformed_headers_have_a_cause() {
    let kv = Kv::start().await;
    let error = with_headers(&kv, &[("authorization", "Bearer a b")])
        .await
        .json()["errors"][0]
        .take();
    assert_eq!(error["error_chain"][0]["code"], 6111);
}

#[tokio::test]
async fn credentials_are_checked_first() {
    let kv = Kv::start().await;
    let response = send(kv.client.get(format!("{}/nowhere", kv.server.base_url()))).await;
    assert_eq!(response.rejection(), (400, 9106));
}

/// Lists the namespaces of an account.
async fn list(kv: &Kv, account: &str) -> Response {
    let url = kv.url().replace(kv.server.account_id(), account);
    send(kv.client.get(url).bearer_auth(kv.server.token())).await
}

#[tokio::test]
async fn every_account_exists_and_has_its_own_namespaces() {
    let kv = Kv::start().await;
    let other = "a".repeat(32);
    assert_eq!(list(&kv, &other).await.result(), json!([]));
    assert_eq!(
        list(&kv, kv.server.account_id()).await.result()[0]["title"],
        "the namespace"
    );
    // A namespace is not accessible in another account.
    let url = kv.url().replace(kv.server.account_id(), &other);
    let url = format!("{url}/{}", kv.namespace);
    let response = send(kv.client.get(url).bearer_auth(kv.server.token())).await;
    assert_eq!(response.rejection(), (404, 10_013));
}

#[tokio::test]
async fn accounts_can_be_restricted() {
    let (one, other) = ("1".repeat(32), "2".repeat(32));
    let kv = Kv::with(KvServer::builder().account(&one).account(&other)).await;
    assert_eq!(kv.server.account_id(), one);
    assert_eq!(list(&kv, &other).await.result(), json!([]));
    assert_eq!(list(&kv, &"3".repeat(32)).await.rejection(), (403, 10_000));
    let invalid = KvServer::builder().account("one").start().unwrap_err();
    assert_eq!(invalid.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn malformed_account_ids_are_not_routed() {
    let kv = Kv::start().await;
    for account in ["my-account", &"A".repeat(32), &"1".repeat(31)] {
        assert_eq!(
            list(&kv, account).await.rejection(),
            (404, 7003),
            "{account}"
        );
    }
}

#[tokio::test]
async fn the_builder_sets_the_token() {
    let kv = Kv::with(KvServer::builder().token("local-token")).await;
    assert_eq!(kv.server.token(), "local-token");
    let with = async |value| with_headers(&kv, &[("authorization", value)]).await;
    assert_eq!(with("Bearer local-token").await.status, 200);
    assert_eq!(with("Bearer other").await.rejection(), (401, 10_000));
}

#[tokio::test]
async fn any_credentials_are_accepted_if_allowed() {
    let kv = Kv::with(KvServer::builder().any_credentials()).await;
    for headers in [
        &[("authorization", "Bearer anything")][..],
        &[("x-auth-key", "key"), ("x-auth-email", "a@example.com")],
    ] {
        assert_eq!(with_headers(&kv, headers).await.status, 200);
    }
    assert_eq!(with_headers(&kv, &[]).await.rejection(), (400, 9106));
    assert_eq!(
        with_headers(&kv, &[("authorization", "Bearer a b")])
            .await
            .rejection(),
        (400, 6003)
    );
}
