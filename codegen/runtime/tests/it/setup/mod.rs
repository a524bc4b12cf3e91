//! Client configuration.

mod credentials;
mod environment;

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
