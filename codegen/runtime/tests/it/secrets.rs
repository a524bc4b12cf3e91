//! Credentials, arguments and stored values are not displayed.

use std::error::Error as _;

use crate::runtime::{Binary, Client, JsonArray, Result};
use crate::support::Run;
use crate::support::api::Pair;
use crate::support::both;
use crate::support::server::{hang_up, json, response};

const SECRETS: [&str; 5] = [
    "s3cret-t0ken",
    "s3cret-key",
    "s3cret@mail",
    "s3cret-name",
    "s3cret-value",
];

#[track_caller]
fn shows_none(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert!(!text.contains("s3cret"), "{text}");
}

/// Checks `Display`, `Debug` and all sources of an error.
#[track_caller]
fn is_clean<T>(result: Result<T>) {
    let Err(error) = result else {
        panic!("it succeeds")
    };
    shows_none(&format!("{error} {error:?} {error:#?}"));
    let mut retry_reason = error.source();
    while let Some(error) = retry_reason {
        shows_none(&format!("{error} {error:?}"));
        retry_reason = error.source();
    }
}

both! {
    fn clients_calls_and_errors_display_no_secrets([
        hang_up(), json("200 OK", r#"{"success":true,"result":{"name":["s3cret-value"]}}"#),
        json("200 OK", r#"{"success":true,"result":{"name":"s3cret-value","expiration":"s3cret-value"}}"#),
        json("200 OK", r#"{"success":true,"result":"s3cret-value"#),
        json("200 OK", r#"{"success":true,"result":{"values":{"s3cret-name":"s3cret-value","s3cret-name":5}}"#),
        json("200 OK", r#"{"success":true,"result":{"values":{"s3cret-name":{"expiration":"s3cret-value, expected x"}}}}"#),
        response("404 Not Found", &[], ""), response("200 OK", &[], "s3cret-value"), response("200 OK", &[], "\"s3cret-value\""),
        response("200 OK", &[], b"s3cret-value\xff"), response("200 OK", &[], "<s3cret-value>"),
    ], _server, client, |builder| builder.api_token("s3cret-t0ken").default_header("x-h", "s3cret-value").max_retries(0)) {
        let client = client.clone();
        shows_none(&format!("{client:?} {client:#?}"));
        let shelf = client.shelf("s");
        let call = shelf.update("s3cret-name", "s3cret-value").metadata("s3cret-value").header("x", "s3cret-value").query("a", "s3cret-value");
        shows_none(&format!("{call:?}"));
        assert!(format!("{call:?}").contains("/values/{key_name}"));
        is_clean(call.run());
        is_clean(shelf.create("s3cret-name").run());
        is_clean(shelf.create("s3cret-name").run());
        is_clean(shelf.create("s3cret-name").run());
        is_clean(shelf.bulk_get(["s3cret-name"]).run());
        is_clean(shelf.bulk_get(["s3cret-name"]).with_metadata(true).run());
        is_clean(shelf.value("s3cret-name").run());
        let value = shelf.value("k").run().unwrap();
        shows_none(&format!("{value:?}"));
        is_clean(value.json::<String>());
        is_clean(shelf.value("k").run().unwrap().json::<i64>());
        is_clean(shelf.value("k").run().unwrap().text().map(drop));
        is_clean(shelf.value("k").run().unwrap().json::<i64>());
        is_clean(shelf.value("s3cret-name".repeat(100)).run());
        is_clean(shelf.list().header("x", "s3cret-value\n").run());
    }
}

#[test]
fn builders_requests_and_content_display_no_secrets() {
    let builder = Client::builder()
        .api_key("s3cret-key", "s3cret@mail")
        .default_header("x-h", "s3cret-value")
        .base_url("http://s3cret-key@host");
    shows_none(&format!("{builder:?}"));
    is_clean(builder.build());
    is_clean(Client::builder().api_token("s3cret-t0ken\n").build());
    is_clean(
        Client::builder()
            .base_url("s3cret-t0ken")
            .api_token("x")
            .build(),
    );

    let client = Client::builder().api_token("x").build().unwrap();
    let call = client
        .shelf("s3cret-name")
        .update("s3cret-name", "s3cret-value")
        .metadata("s3cret-value");
    let request = call.request.clone();
    shows_none(&format!("{request:?}"));
    let items = JsonArray::unchecked([Pair::new("s3cret-name", "s3cret-value")]);
    shows_none(&format!("{items:?}"));
    shows_none(&format!(
        "{:?}",
        Binary::from(bytes::Bytes::from("s3cret-value"))
    ));
}
