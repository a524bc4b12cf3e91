//! Client configuration.

use crate::runtime::{Client, ClientBuilder, Download, Error, Json, Page, Response, Upload};
use crate::support::Run;
use crate::support::api::{List, Shelf, Thing, operation};
use crate::support::server::{Server, result};

fn builder() -> ClientBuilder<Client> {
    Client::builder()
}

/// Returns an environment.
fn variables(pairs: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
    move |name| {
        let mut pairs = pairs.iter();
        pairs
            .find(|pair| pair.0 == name)
            .map(|pair| pair.1.to_owned())
    }
}

#[track_caller]
fn wrong(builder: ClientBuilder<Client>, text: &str) {
    let error = builder.build().unwrap_err();
    assert!(matches!(error, Error::Config { .. }), "{error:?}");
    assert_eq!(error.to_string(), text);
    assert_eq!(
        (error.method(), error.path(), error.attempts()),
        (None, None, 0)
    );
    assert!(!error.is_retryable());
}

/// Returns the request that a client sends.
fn sent(
    configure: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
) -> crate::support::server::Received {
    let server = Server::start([result("[]")]);
    let client = configure(builder().base_url(&server.url)).build().unwrap();
    client.shelf("s").list().limit(1).run().unwrap();
    server.only()
}

#[test]
fn one_credential_is_required() {
    wrong(
        builder(),
        "the client has no credentials: use `api_token` (SHELF_TOKEN) or `api_key` (SHELF_KEY, SHELF_EMAIL) or `session` or `login`",
    );
    wrong(
        builder().api_token("t").api_key("k", "e"),
        "both `api_token` and `api_key` are set: use one of them",
    );
    let request = sent(|builder| builder.api_token("first").api_token("second"));
    assert_eq!(request.header("authorization"), Some("Bearer second"));
}

#[test]
fn secrets_are_sent_in_their_location() {
    let request = sent(|builder| builder.api_key("k", "e@x"));
    assert_eq!(
        (request.header("x-auth-key"), request.header("x-auth-email")),
        (Some("k"), Some("e@x"))
    );
    assert_eq!(request.header("authorization"), None);
    let request = sent(|builder| builder.session("a", "b&c"));
    assert_eq!(request.header("cookie"), Some("session=a"));
    assert_eq!(
        request.target,
        "/client/v4/shelves/s/things?limit=1&signature=b%26c"
    );
    let request = sent(|builder| builder.login("Aladdin", "open sesame"));
    assert_eq!(
        request.header("authorization"),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
    let request = sent(|builder| builder.login("ab", "c\u{e9}"));
    assert_eq!(request.header("authorization"), Some("Basic YWI6Y8Op"));
    let request = sent(|builder| builder.login("a", ""));
    assert_eq!(request.header("authorization"), Some("Basic YTo="));
    let request = sent(|builder| builder.login("a", "bc"));
    assert_eq!(request.header("authorization"), Some("Basic YTpiYw=="));
}

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
fn base_urls_are_validated() {
    for (end, path) in [
        ("", "/shelves"),
        ("/", "/shelves"),
        ("/a/b", "/a/b/shelves"),
        ("/a/b/", "/a/b/shelves"),
    ] {
        let server = Server::start([result("[]")]);
        let root = server.url.strip_suffix("/client/v4").unwrap();
        let client = builder()
            .api_token("t")
            .base_url(format!("{root}{end}"))
            .build()
            .unwrap();
        client.shelf("s").list().run().unwrap();
        assert_eq!(server.only().target, format!("{path}/s/things"));
    }
    let url = |url: &str| builder().api_token("t").base_url(url);
    wrong(
        url("localhost"),
        "the base URL is not a valid URL; example: https://host/path",
    );
    wrong(
        url(""),
        "the base URL is not a valid URL; example: https://host/path",
    );
    wrong(url("ftp://x/"), "the base URL is neither http nor https");
    wrong(
        url("localhost:80"),
        "the base URL is neither http nor https",
    );
    wrong(
        url("https://u:p@x/"),
        "the base URL contains a user name or password",
    );
    wrong(
        url("https://x/?a=b"),
        "the base URL has a query or fragment",
    );
    wrong(url("https://x/#a"), "the base URL has a query or fragment");
}

#[test]
fn invalid_default_headers_are_config_errors() {
    let token = || builder().api_token("t");
    wrong(
        token().default_header("x a", "v"),
        "default header \"x a\" is not a valid header name",
    );
    wrong(
        token().default_header("x-a", "v\r\nx: y"),
        "default header \"x-a\" contains a control character",
    );
    wrong(
        token().user_agent("\u{7f}"),
        "default header \"user-agent\" contains a control character",
    );
}

/// Returns the reason in the error of an invalid token, which is the same for code and environment.
fn token_fault(token: &str) -> String {
    let error = builder().api_token(token).build().unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    let text = error.to_string();
    let reason = text.strip_prefix("`api_token`: the token ").unwrap();
    if !token.trim().is_empty() {
        wrong(
            builder().variables(variables(&[("SHELF_TOKEN", token)])),
            &format!("SHELF_TOKEN: the token {reason}"),
        );
    }
    reason.to_owned()
}

#[test]
fn mistakes_in_tokens_are_config_errors() {
    for (tokens, reason) in [
        (
            ["two words", " t", "t\n", "t\r\n", "a\tb"],
            "contains whitespace",
        ),
        (
            ["Bearer t", "bearer t", " Bearer t", "BEARER t", "Bearer  t"],
            "begins with `Bearer `, which is not part of it",
        ),
        (
            ["\"t\"", "'t'", "t'", "`t`", "\u{201c}t\u{201d}"],
            "contains a quotation mark",
        ),
        (
            ["abc...", "...", "a...z", "\u{2026}", "a\u{2026}z"],
            "contains an ellipsis, so it is not complete",
        ),
        (
            ["t\u{200b}", "\u{feff}t", "\u{e9}", "\u{fffd}", "\u{2013}t"],
            "contains a character that is not ASCII",
        ),
        (
            ["\u{0}", "\u{1}t", "t\u{7f}", "\u{8}", "\u{1b}[0m"],
            "contains a control character",
        ),
        (["", "", "", "", ""], "is empty"),
        (
            [" ", "\n", "\t", "\u{a0}", " \r\n"],
            "contains only whitespace",
        ),
    ] {
        for token in tokens {
            assert_eq!(token_fault(token), reason, "{token:?}");
        }
    }
    for token in ["A9-._~+/==", "12|abc", "id:secret", "a..b", "bearer"] {
        let request = sent(|builder| builder.api_token(token));
        let expected = format!("Bearer {token}");
        assert_eq!(request.header("authorization"), Some(expected.as_str()));
    }
}

#[test]
fn mistakes_in_other_credentials_are_config_errors() {
    wrong(
        builder().api_key("k", ""),
        "`api_key`: the value of header X-Auth-Email is empty",
    );
    wrong(
        builder().api_key(" ", "e"),
        "`api_key`: the value of header X-Auth-Key contains only whitespace",
    );
    wrong(builder().login("", "b"), "`login`: the user name is empty");
    wrong(
        builder().api_key("k k", "e"),
        "`api_key`: the value of header X-Auth-Key contains whitespace",
    );
    wrong(
        builder().session("", "x"),
        "`session`: the value of cookie session is empty",
    );
    wrong(
        builder().session("a", "x "),
        "`session`: the value of parameter signature begins or ends with whitespace",
    );
    wrong(
        builder().login("a", "b\n"),
        "`login`: the password contains a control character",
    );
    // These values can be valid.
    sent(|builder| builder.session("a b", "\"x\"..."));
    sent(|builder| builder.login("Bearer a", " \"...\u{e9} "));
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

#[test]
fn public_types_are_send_and_sync() {
    fn send<T: Send>(_: &T) {}
    fn both<T: Send + Sync>() {}
    both::<Client>();
    both::<ClientBuilder<Client>>();
    both::<List<Client>>();
    both::<Shelf<Client>>();
    both::<Error>();
    both::<Page<Thing>>();
    both::<Response<Thing>>();
    both::<Json>();
    both::<Upload>();
    both::<Download<Client, operation::Value>>();
    #[cfg(feature = "blocking")]
    {
        use crate::runtime::blocking;
        both::<blocking::Client>();
        both::<List<blocking::Client>>();
        both::<Download<blocking::Client, operation::Value>>();
        let client = blocking::Client::builder().api_token("t").build().unwrap();
        send(&client.shelf("s").list().iter());
    }
    let client = builder().api_token("t").build().unwrap();
    send(&client.shelf("s").list().send());
    send(&client.shelf("s").list().send_optional());
    send(&client.shelf("s").list().send_with_response());
    send(&client.shelf("s").list().stream());
    send(&client.shelf("s").update("k", "v").send());
    send(&client.shelf("s").value("k").download());
    assert!(size_of::<Error>() <= 16);
}
