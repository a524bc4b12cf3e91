//! Access tokens of OAuth 2 client credentials.

use std::pin::pin;
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::http::clock::PlatformClock;
use crate::runtime::{Client, ClientBuilder, Error};
use crate::support::api::SETTINGS;
use crate::support::server::{Received, Server, Step, by, error, hang_up, json, response, result};
use crate::support::{RUNTIME, Run, both};

/// Returns a builder of the same client without other credentials. The server also returns the tokens.
fn oauth<C>(_: ClientBuilder<C>, server: &Server) -> ClientBuilder<C> {
    ClientBuilder::new(&SETTINGS)
        .base_url(&server.url)
        .client_credentials("id:1", "s3cret/")
        .token_url("/token")
}

fn token(token: &str, expires_in: &str) -> Step {
    let expires_in = format!(r#""token_type":"bearer","expires_in":{expires_in}"#);
    json(
        "200 OK",
        format!(r#"{{"access_token":"{token}",{expires_in}}}"#),
    )
}

fn value() -> Step {
    response("200 OK", &[], "v")
}

/// Returns the `Authorization` header of each request, or `token` for a request of a token.
fn sent(server: &Server) -> Vec<String> {
    let name = |request: &Received| match &*request.target {
        "/token" => "token".to_owned(),
        _ => request.header("authorization").unwrap_or("none").to_owned(),
    };
    server.received().iter().map(name).collect()
}

both! {
    fn tokens_are_requested_with_the_secret_and_cached([token("t1", "3600"), value(), value()], server, client,
        |builder| oauth(builder, &server).default_header("x-own", "1").scopes(["read", "write:all"]))
    {
        for _ in 0..2 {
            client.shelf("s").value("k").run().unwrap();
        }
        assert_eq!(sent(&server), ["token", "Bearer t1", "Bearer t1"]);
        let request = &server.received()[0];
        assert_eq!(request.method, "POST");
        // The id and the secret are encoded before they are joined.
        assert_eq!(request.header("authorization"), Some("Basic aWQlM0ExOnMzY3JldCUyRg=="));
        assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(request.header("user-agent"), Some("shelf/0.1.0"));
        assert_eq!(request.header("x-own"), None);
        assert_eq!(request.text(), "grant_type=client_credentials&scope=read+write%3Aall");
        assert!(!format!("{client:?}").contains("s3cret"));
    }
}

both! {
    fn token_requests_have_the_user_agent_of_the_client([token("t1", "3600"), value()], server, client,
        |builder| oauth(builder, &server).user_agent("my-app/1"))
    {
        client.shelf("s").value("k").run().unwrap();
        let agents: Vec<_> = server.received().iter().map(|request| request.header("user-agent").map(str::to_owned)).collect();
        assert_eq!(agents, [Some("my-app/1".to_owned()), Some("my-app/1".to_owned())]);
    }
}

both! {
    fn tokens_are_replaced_before_they_expire([
        token("t1", "100"), value(), value(), token("t2", "\"100\""), value(), token("t3", "null"), value(), value(),
    ], server, client, clock, |builder| oauth(builder, &server).clock(clock.clone())) {
        for seconds in [0, 89, 1, 90, 1_000_000] {
            clock.advance(Duration::from_secs(seconds));
            client.shelf("s").value("k").run().unwrap();
        }
        // A token without a time is kept.
        assert_eq!(sent(&server), ["token", "Bearer t1", "Bearer t1", "token", "Bearer t2", "token", "Bearer t3", "Bearer t3"]);
    }
}

both! {
    fn rejected_tokens_are_replaced([
        token("t1", "3600"), error("401 Unauthorized", 1), token("t2", "3600"), result(r#"{"name":"n"}"#),
        error("401 Unauthorized", 1), token("t2", "3600"),
    ], server, client, |builder| oauth(builder, &server).max_retries(0)) {
        client.shelf("s").create("n").run().unwrap();
        // The same token would be rejected again.
        let error = client.shelf("s").create("n").run().unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
        assert_eq!(sent(&server), ["token", "Bearer t1", "token", "Bearer t2", "Bearer t2", "token"]);
    }
}

both! {
    fn token_requests_are_retried([
        error("503 Service Unavailable", 1), hang_up(), token("t1", "3600"), value(),
    ], server, client, |builder| oauth(builder, &server).max_retries(0)) {
        client.shelf("s").value("k").run().unwrap();
        assert_eq!(sent(&server), ["token", "token", "token", "Bearer t1"]);
    }
}

both! {
    fn errors_of_token_requests_contain_the_reason_and_no_secret([
        json("400 Bad Request", r#"{"error":"invalid_client","error_description":"s3cret/ is wrong"}"#),
        json("200 OK", r#"{"token":"s3cret/"}"#),
        json("200 OK", r#"{"access_token":"s3cret/","token_type":"mac"}"#),
        error("503 Service Unavailable", 1), error("503 Service Unavailable", 1), error("503 Service Unavailable", 1),
        hang_up(), hang_up(), hang_up(),
        response("307 Temporary Redirect", &[("location", "/elsewhere")], ""),
        json("200 OK", r#"{"access_token":"s3cret/\n"}"#),
    ], server, client, |builder| oauth(builder, &server)) {
        for (kind, is_retryable, reason) in [
            ("Config", false, "the server responded with 400 Bad Request: invalid_client: … is wrong"),
            ("Config", false, "the response is not JSON with an `access_token`"),
            ("Config", false, "the token is not a bearer token"),
            ("Config", true, "the server responded with 503 Service Unavailable"),
            ("Connect", true, "the connection was closed before a response was received"),
            ("Config", false, "the server responded with 307 Temporary Redirect"),
            ("Config", false, "the token cannot be sent in a header"),
        ] {
            let error = client.shelf("s").value("k").run().unwrap_err();
            let text = format!("the request for an access token failed: {reason}");
            assert!(error.to_string().ends_with(&text), "{error}");
            assert!(format!("{error:?}").starts_with(kind), "{error:?}");
            assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
            assert_eq!(error.attempts(), 0);
            assert_eq!(error.is_retryable(), is_retryable, "{error}");
        }
        assert_eq!(sent(&server), ["token"; 11]);
    }
}

both! {
    fn a_call_can_be_retried_after_a_temporary_failure_of_token_requests([
        error("503 Service Unavailable", 1), error("503 Service Unavailable", 1), error("503 Service Unavailable", 1),
        token("t1", "3600"), result(r#"{"name":"n"}"#),
    ], server, client, |builder| oauth(builder, &server)) {
        // A call that is not safe to repeat: its request was not sent.
        let call = client.shelf("s").create("n");
        assert!(call.clone().run().unwrap_err().is_retryable());
        call.run().unwrap();
        assert_eq!(sent(&server), ["token", "token", "token", "token", "Bearer t1"]);
    }
}

/// Responds to token requests after a delay, and to all others immediately.
fn slow_tokens(delay: Duration) -> Step {
    by(move |request| match &*request.target {
        "/token" => token("t1", "3600").after(delay),
        _ => value(),
    })
}

#[test]
fn concurrent_calls_share_a_request() {
    let server = Server::start([slow_tokens(Duration::from_millis(100))]);
    let builder = oauth(Client::builder(), &server).clock(PlatformClock);
    let shelf = builder.build().unwrap().shelf("s");
    let calls = (0..8).map(|_| shelf.value("k").send());
    let results = RUNTIME.block_on(futures_util::future::join_all(calls));
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let sent = sent(&server);
    assert_eq!(sent[0], "token");
    assert_eq!(sent[1..], ["Bearer t1"; 8]);
}

#[cfg(feature = "blocking")]
#[test]
fn concurrent_blocking_calls_share_a_request() {
    let server = Server::start([slow_tokens(Duration::from_millis(100))]);
    let builder = oauth(blocking::Client::builder(), &server).clock(PlatformClock);
    let shelf = builder.build().unwrap().shelf("s");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| shelf.value("k").send().unwrap());
        }
    });
    assert_eq!(sent(&server)[1..], ["Bearer t1"; 4]);
}

#[test]
fn abandoned_requests_block_other_calls_for_a_limited_time() {
    // The first request is pending after one poll, also on a busy machine.
    let server = Server::start([slow_tokens(Duration::from_millis(500))]);
    let builder = oauth(Client::builder(), &server).clock(PlatformClock);
    let builder = builder.timeout(Duration::from_secs(2));
    let shelf = builder.build().unwrap().shelf("s");
    RUNTIME.block_on(async {
        let mut abandoned = pin!(shelf.value("k").send());
        let mut context = Context::from_waker(Waker::noop());
        assert!(abandoned.as_mut().poll(&mut context).is_pending());
        shelf.value("k").send().await.unwrap();
    });
    assert!(sent(&server).contains(&"Bearer t1".to_owned()));
}

#[test]
fn cancelled_requests_block_no_other_call() {
    let server = Server::start([slow_tokens(Duration::from_secs(1))]);
    let builder = oauth(Client::builder(), &server).clock(PlatformClock);
    let shelf = builder.build().unwrap().shelf("s");
    let error = shelf.value("k").deadline(Duration::from_millis(300)).run();
    assert!(matches!(error, Err(Error::Timeout(_))), "{error:?}");
    shelf.value("k").run().unwrap();
    assert_eq!(sent(&server), ["token", "token", "Bearer t1"]);
}

#[test]
fn secrets_are_sent_to_no_other_server() {
    let other = Server::start([value()]);
    let location = format!("{}/token", other.url);
    let tokens = Server::start([response(
        "307 Temporary Redirect",
        &[("location", &location)],
        "",
    )]);
    let api = Server::start([value()]);
    let client = oauth(Client::builder(), &api).token_url(format!("{}/token", tokens.url));
    let error = client.build().unwrap().shelf("s").value("k").run();
    assert!(matches!(error, Err(Error::Config(_))), "{error:?}");
    assert_eq!(tokens.received().len(), 1);
    assert!(api.received().is_empty() && other.received().is_empty());
}

#[test]
fn relative_token_urls_extend_the_path_of_the_base_url() {
    for slash in ["", "/"] {
        let server = Server::start([token("t1", "60"), value()]);
        let builder = oauth(Client::builder(), &server).token_url("oauth/token");
        let builder = builder.base_url(format!("{}/v1{slash}", server.url));
        builder
            .build()
            .unwrap()
            .shelf("s")
            .value("k")
            .run()
            .unwrap();
        assert!(server.received()[0].target.ends_with("/v1/oauth/token"));
    }
}

/// Returns the error of a builder.
#[track_caller]
fn refused(configure: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>) -> String {
    let builder = ClientBuilder::<Client>::new(&SETTINGS).base_url("https://shelf.example");
    let builder = configure(builder.client_credentials("id", "s3cret"));
    let debug = format!("{builder:?}");
    assert!(!debug.contains("s3cret"), "{debug}");
    let error = builder.build().unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    let text = error.to_string();
    assert!(!text.contains("s3cret"), "{text}");
    text
}

#[test]
fn invalid_settings_are_refused() {
    let text = refused(|builder| builder.token_url("http://shelf.example/token"));
    assert!(text.starts_with("the token URL uses http"), "{text}");
    let text = refused(|builder| builder.token_url("ftp://shelf.example/token"));
    assert_eq!(text, "the token URL is neither http nor https");
    let text = refused(|builder| builder.token_url("https://"));
    assert_eq!(text, "the token URL is not a valid URL");
    let text = refused(|builder| builder.client_credentials("id", ""));
    assert_eq!(
        text,
        "`client_credentials`: the client id or the client secret is empty"
    );
    let text = refused(|builder| builder.api_token("token"));
    assert_eq!(
        text,
        "both `api_token` and `client_credentials` are set: use one of them"
    );
    let text = refused(|builder| builder.api_key("key", "a@b"));
    assert!(
        text.contains("`client_credentials` and `api_key`")
            || text.contains("`api_key` and `client_credentials`"),
        "{text}"
    );
    let text =
        refused(|builder| builder.token_provider(|| async { Ok::<_, Error>(String::new()) }));
    assert_eq!(
        text,
        "both `token_provider` and `client_credentials` are set: use one of them"
    );
    let builder = ClientBuilder::<Client>::new(&SETTINGS).base_url("https://shelf.example");
    let builder = builder.client_credentials("id", "s3cret");
    let builder = builder.token_url("http://shelf.example/token");
    builder.allow_insecure_http(true).build().unwrap();
}
