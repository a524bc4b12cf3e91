//! Credentials reach only the server of the base URL.

use reqwest::redirect::{Action, Attempt, Policy};

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{Client, ClientBuilder, Error, Result};
use crate::support::server::{Server, response, result};
use crate::support::{RUNTIME, Run};

/// Redirects to another host, which redirects once more.
fn servers(status: &str) -> [Server; 2] {
    let other = Server::start([
        response("302 Found", &[("location", "/second")], ""),
        response("200 OK", &[], ""),
    ]);
    let location = format!("{}/first", other.url);
    let first = Server::start([response(status, &[("location", &location)], "")]);
    [first, other]
}

/// Returns the result of a call with each kind of credential, in each client.
fn results(status: &str, http: impl Fn() -> Http) {
    let credentials: [fn(Builder) -> Builder; 4] = [
        |builder| builder.api_token("s3cret"),
        |builder| builder.api_key("s3cret", "s3cret@mail"),
        |builder| builder.session("s3cret", "s3cret"),
        |builder| builder.login("s3cret", "s3cret"),
    ];
    for credential in credentials {
        let [first, other] = servers(status);
        let builder = http()(credential(Client::builder()).base_url(&first.url));
        check(
            builder
                .build()
                .and_then(|client| client.shelf("s").update("k", "v").run()),
            &first,
            &other,
        );
    }
}

type Builder = ClientBuilder<Client>;
type Http = Box<dyn FnOnce(Builder) -> Builder>;

/// Checks that a call failed, and that no other server received a request.
#[track_caller]
fn check(result: Result<()>, first: &Server, other: &Server) {
    let error = result.unwrap_err();
    match &error {
        Error::Api(_) => assert_eq!(first.received().len(), 1),
        Error::Config(_) => assert!(first.received().is_empty()),
        _ => panic!("{error:?}"),
    }
    assert!(other.received().is_empty(), "{:?}", other.received());
}

const STATUSES: [&str; 5] = [
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
];

#[test]
fn redirect_policies_of_builders_are_replaced() {
    for status in STATUSES {
        results(status, || {
            Box::new(|builder| {
                let http = reqwest::Client::builder().redirect(Policy::custom(follow));
                builder.http_client_builder(http)
            })
        });
    }
}

#[test]
fn clients_that_may_follow_redirects_are_refused() {
    for status in STATUSES {
        results(status, || {
            Box::new(|builder| builder.http_client(reqwest::Client::new()))
        });
    }
    // The policy is read from the client. Text in a header does not replace it.
    let headers = [("x", "redirect_policy: \"Policy(None)\"")];
    let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    for http in [
        reqwest::Client::builder().redirect(Policy::limited(1)),
        reqwest::Client::builder().redirect(Policy::custom(stop)),
        reqwest::Client::builder().default_headers(headers.into_iter().collect()),
    ] {
        let http = http.build().unwrap();
        let error = Client::builder()
            .api_token("t")
            .http_client(http)
            .build()
            .unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(
            error.to_string().contains("`http_client_builder`"),
            "{error}"
        );
    }
}

#[test]
fn the_last_http_client_is_used() {
    let server = Server::start([result("{}"), result("{}")]);
    let agent = |name: &str| {
        reqwest::Client::builder().default_headers(
            [("x-http".parse().unwrap(), name.parse().unwrap())]
                .into_iter()
                .collect(),
        )
    };
    let finished = || agent("finished").redirect(Policy::none()).build().unwrap();
    let builder = || Client::builder().api_token("t").base_url(&server.url);
    for builder in [
        builder()
            .http_client(finished())
            .http_client_builder(agent("builder")),
        builder()
            .http_client_builder(agent("builder"))
            .http_client(finished()),
    ] {
        builder
            .build()
            .unwrap()
            .shelf("s")
            .update("k", "v")
            .run()
            .unwrap();
    }
    let received = server.received();
    let names: Vec<_> = received
        .iter()
        .map(|request| request.header("x-http"))
        .collect();
    assert_eq!(names, [Some("builder"), Some("finished")]);
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_clients_follow_no_redirects() {
    let [first, other] = servers("307 Temporary Redirect");
    let builder = || {
        blocking::Client::builder()
            .api_key("s3cret", "s3cret@mail")
            .base_url(&first.url)
    };
    let plain = builder().http_client(reqwest::Client::new()).build();
    check(plain.map(drop), &first, &other);
    let client = builder()
        .http_client_builder(reqwest::Client::builder())
        .build()
        .unwrap();
    check(client.shelf("s").update("k", "v").run(), &first, &other);
}

/// Builds a client with this base URL. Returns true if it is accepted.
fn is_accepted(url: &str, configure: fn(Builder) -> Builder) -> bool {
    let _guard = RUNTIME.enter();
    match configure(Client::builder().api_token("s3cret").base_url(url)).build() {
        Ok(_) => true,
        Err(error) => {
            assert!(matches!(error, Error::Config(_)), "{error:?}");
            assert!(
                error.to_string().contains("`allow_insecure_http(true)`"),
                "{error}"
            );
            false
        }
    }
}

#[test]
fn base_urls_with_http_must_be_loopback_addresses() {
    let accepted = [
        "https://host.example",
        "http://localhost",
        "http://LOCALHOST:80/a",
        "http://api.localhost:1",
        "http://127.0.0.1:8787/v4",
        "http://127.9.9.9",
        "http://[::1]:1",
        "http://[::ffff:127.0.0.1]",
        "http://2130706433",
    ];
    let refused = [
        "http://host.example",
        "http://localhost.example",
        "http://notlocalhost",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://[::2]",
        "http://127.0.0.1.example",
        "http://shelf.example/client/v4",
    ];
    for url in accepted {
        assert!(is_accepted(url, |builder| builder), "{url}");
    }
    for url in refused {
        assert!(!is_accepted(url, |builder| builder), "{url}");
        assert!(
            is_accepted(url, |builder| builder.allow_insecure_http(true)),
            "{url}"
        );
        assert!(
            !is_accepted(url, |builder| builder
                .allow_insecure_http(true)
                .allow_insecure_http(false)),
            "{url}"
        );
    }
}

fn follow(attempt: Attempt) -> Action {
    attempt.follow()
}

fn stop(attempt: Attempt) -> Action {
    attempt.stop()
}
