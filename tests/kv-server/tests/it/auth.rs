//! Authentication and its errors.

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

#[tokio::test]
async fn other_accounts_are_not_accessible() {
    let kv = Kv::start().await;
    let url = kv.url().replace(kv.server.account_id(), &"a".repeat(32));
    let response = send(kv.client.get(url).bearer_auth(kv.server.token())).await;
    assert_eq!(response.rejection(), (403, 10_000));
}
