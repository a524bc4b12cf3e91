//! Configuration from environment variables.

use crate::setup::{builder, sent, variables, wrong};
use crate::support::Run;
use crate::support::server::{Server, result};

#[test]
fn environment_variables_are_fallbacks() {
    let token = [
        ("SHELF_TOKEN", "t"),
        ("SHELF_KEY", "k"),
        ("SHELF_EMAIL", "e"),
    ];
    let request = sent(|builder| builder.variables(variables(&token)));
    assert_eq!(
        (
            request.header("authorization"),
            request.header("x-auth-key")
        ),
        (Some("Bearer t"), None)
    );
    let key = [
        ("SHELF_TOKEN", ""),
        ("SHELF_KEY", "k"),
        ("SHELF_EMAIL", "e"),
    ];
    let request = sent(|builder| builder.variables(variables(&key)));
    assert_eq!(
        (
            request.header("authorization"),
            request.header("x-auth-key")
        ),
        (None, Some("k"))
    );
    let stray = [("SHELF_TOKEN", "t"), ("SHELF_EMAIL", "e")];
    let request = sent(|builder| builder.variables(variables(&stray)));
    assert_eq!(
        (
            request.header("authorization"),
            request.header("x-auth-email")
        ),
        (Some("Bearer t"), None)
    );
    // Code takes precedence in any order.
    let request = sent(|builder| builder.variables(variables(&token)).api_key("mine", "me"));
    assert_eq!(
        (
            request.header("authorization"),
            request.header("x-auth-key")
        ),
        (None, Some("mine"))
    );
    let bad = [("SHELF_TOKEN", "t\n"), ("SHELF_BASE_URL", "no url")];
    let request = sent(|builder| builder.variables(variables(&bad)).api_token("mine"));
    assert_eq!(request.header("authorization"), Some("Bearer mine"));

    let lone = [("SHELF_EMAIL", "e")];
    assert!(builder().variables(variables(&lone)).build().is_err());
    wrong(
        builder().variables(variables(&bad[..1])),
        "SHELF_TOKEN: the token contains whitespace",
    );
    wrong(
        builder().api_token("t").variables(variables(&bad[1..])),
        "the base URL in SHELF_BASE_URL is not a valid URL; example: https://host/path",
    );

    let server = Server::start([result("[]")]);
    let url = [("SHELF_BASE_URL", server.url.as_str())];
    let client = builder()
        .api_token("t")
        .variables(variables(&url))
        .build()
        .unwrap();
    client.shelf("s").list().run().unwrap();
    server.only();
}

#[test]
fn incomplete_variables_are_named() {
    let missing = |pairs: &[(&str, &str)], note: &str| {
        wrong(
            builder().variables(variables(pairs)),
            &format!(
                "the client has no credentials: {note}use `api_token` (SHELF_TOKEN) or `api_key` (SHELF_KEY, SHELF_EMAIL) or `session` or `login`"
            ),
        );
    };
    missing(
        &[("SHELF_KEY", "k")],
        "SHELF_KEY is set, but SHELF_EMAIL is not; ",
    );
    missing(
        &[("SHELF_EMAIL", "e")],
        "SHELF_EMAIL is set, but SHELF_KEY is not; ",
    );
    missing(
        &[("SHELF_KEY", "k"), ("SHELF_EMAIL", "")],
        "SHELF_KEY is set, but SHELF_EMAIL is empty; ",
    );
    missing(
        &[("SHELF_TOKEN", ""), ("SHELF_KEY", "k")],
        "SHELF_TOKEN is empty; SHELF_KEY is set, but SHELF_EMAIL is not; ",
    );
    missing(&[("SHELF_TOKEN", "")], "SHELF_TOKEN is empty; ");
    missing(&[("SHELF_BASE_URL", "http://localhost")], "");
}

#[test]
fn variables_with_only_whitespace_are_config_errors() {
    let key = [("SHELF_KEY", "k"), ("SHELF_EMAIL", "e")];
    for (variable, fault) in [
        (
            "SHELF_TOKEN",
            "SHELF_TOKEN: the token contains only whitespace",
        ),
        (
            "SHELF_EMAIL",
            "SHELF_EMAIL: the value of header X-Auth-Email contains only whitespace",
        ),
        (
            "SHELF_BASE_URL",
            "the base URL in SHELF_BASE_URL is not a valid URL; example: https://host/path",
        ),
    ] {
        let blank = [key[0], key[1], (variable, " \n")];
        let blank: Vec<_> = blank.into_iter().rev().collect();
        wrong(builder().variables(variables(&blank)), fault);
    }
    // Empty variables are ignored.
    let empty = [key[0], key[1], ("SHELF_TOKEN", ""), ("SHELF_BASE_URL", "")];
    let client = builder().variables(variables(&empty)).build().unwrap();
    assert!(format!("{client:?}").contains("https://shelf.example/client/v4"));
}
