//! Client configuration.

use crate::runtime::{Call, Client, ClientBuilder, Download, Error, Json, Page, Response, Upload};
use crate::support::Run;
use crate::support::api::{List, Shelf, Thing, Value};
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
        "SHELF_TOKEN contains characters that a header cannot contain",
    );
    wrong(
        builder().api_token("t").variables(variables(&bad[1..])),
        "the base URL is not a valid URL; example: https://host/path",
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
    wrong(
        builder().api_token("t\n"),
        "`api_token`: the credential is empty or contains a control character",
    );
    wrong(
        builder().session("", "x"),
        "`session`: the credential is empty or contains a control character",
    );
}

#[test]
fn public_types_are_send_and_sync() {
    fn send<T: Send>(_: &T) {}
    fn both<T: Send + Sync>() {}
    both::<Client>();
    both::<ClientBuilder<Client>>();
    both::<Call<Client, List>>();
    both::<Shelf<Client>>();
    both::<Error>();
    both::<Page<Thing>>();
    both::<Response<Thing>>();
    both::<Json>();
    both::<Upload>();
    both::<Download<Client, Value>>();
    #[cfg(feature = "blocking")]
    {
        use crate::runtime::blocking;
        both::<blocking::Client>();
        both::<Call<blocking::Client, List>>();
        both::<Download<blocking::Client, Value>>();
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
