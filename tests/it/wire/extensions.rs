//! Deadlines, retry policies, hooks and token providers.

use std::io;
use std::time::{Duration, Instant};

use serde_json::json;
use workers_kv::{AttemptOutcome, AttemptRequest, Client, Error, FailedAttempt, Hook, blocking};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::{MockResponse, MockServer};
use crate::support::{Run as _, both, drive, kind};

fn unavailable() -> MockResponse {
    MockResponse::new("503 Service Unavailable", "")
}

fn empty() -> MockResponse {
    MockResponse::page(json!([]), json!({"count": 0, "cursor": ""}))
}

/// Numbers the attempts, and checks that they are not displayed with credentials.
struct Number;

impl Hook for Number {
    fn before_attempt(&self, request: &mut AttemptRequest<'_>) {
        assert_eq!(request.operation, "keys.list");
        request.headers.insert("x-attempt", request.attempt.into());
        assert!(!format!("{request:?}").contains("s3cret"));
    }

    fn after_attempt(&self, outcome: &AttemptOutcome<'_>) {
        let status = if outcome.attempt == 1 { 503 } else { 200 };
        assert_eq!(outcome.status.unwrap().as_u16(), status);
        assert_eq!(outcome.error.is_some(), status == 503);
        assert!(!format!("{outcome:?}").contains("s3cret"));
    }
}

both! {
    fn deadlines_limit_attempts_and_delays(api: MockApi) {
        let first = unavailable().header("retry-after", "0");
        api.respond_with([first, unavailable().header("retry-after", "50")]);
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        let deadline = Duration::from_secs(40);
        let started = Instant::now();
        let error = keys.list().max_retries(9).deadline(deadline).run().unwrap_err();
        assert_eq!((kind(&error), error.attempts()), ("Timeout", 2), "{error}");
        assert!(started.elapsed() < deadline, "the next delay would end too late");
        let source = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<Error>());
        assert_eq!(source.map(kind), Some("Api"));

        api.respond_with([empty().after(Duration::from_secs(5))]);
        let started = Instant::now();
        let error = keys.list().deadline(Duration::from_millis(100)).run().unwrap_err();
        assert_eq!(kind(&error), "Timeout", "{error}");
        assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
    }

    fn hooks_change_each_attempt(api: MockApi) {
        api.respond_with([unavailable(), empty()]);
        let client = api.client_with(|builder| builder.api_token("s3cret").hook(Number));
        client.keys(ACCOUNT, NAMESPACE).list().run().unwrap();
        let received = api.received();
        let attempts: Vec<_> = received.iter().map(|request| request.header("x-attempt")).collect();
        assert_eq!(attempts, [Some("1"), Some("2")]);
    }

    fn retry_policies_replace_the_default(api: MockApi) {
        let client = api.client_with(|builder| {
            let policy = |failure: &FailedAttempt<'_>| (failure.error.attempts() < 4).then_some(Duration::ZERO);
            builder.api_token("tok").retry_policy(policy)
        });
        api.respond_with(vec![unavailable(); 4]);
        let error = client.namespaces(ACCOUNT).create("title").run().unwrap_err();
        assert_eq!((kind(&error), error.attempts(), api.received().len()), ("Api", 4, 4));
    }
}

/// Returns the headers with which two calls were sent: the first token is rejected.
fn tokens(server: &MockServer, call: impl Fn()) -> Vec<String> {
    let rejected = MockResponse::new("401 Unauthorized", "");
    server.respond_with([rejected, empty(), empty()]);
    call();
    call();
    let received = server.received();
    let headers = received
        .iter()
        .filter_map(|request| request.header("authorization"));
    headers.map(str::to_owned).collect()
}

/// Returns `t0`, `t1` and so on.
fn counter() -> impl Fn() -> io::Result<String> + Send + Sync {
    let count = std::sync::atomic::AtomicU32::new(0);
    move || {
        Ok(format!(
            "t{}",
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
        ))
    }
}

const SENT: [&str; 3] = ["Bearer t0", "Bearer t1", "Bearer t2"];

#[test]
fn async_providers_return_the_token_of_each_attempt() {
    let server = MockServer::start();
    let next = counter();
    let provider = move || std::future::ready(next());
    let client = Client::builder()
        .base_url(server.base_url())
        .token_provider(provider)
        .build()
        .unwrap();
    let keys = client.keys(ACCOUNT, NAMESPACE);
    assert_eq!(
        tokens(&server, || drop(drive(keys.list().into_future()).unwrap())),
        SENT
    );
}

#[test]
fn blocking_providers_return_the_token_of_each_attempt() {
    let server = MockServer::start();
    let builder = blocking::Client::builder().base_url(server.base_url());
    let client = builder.token_provider(counter()).build().unwrap();
    let keys = client.keys(ACCOUNT, NAMESPACE);
    assert_eq!(tokens(&server, || drop(keys.list().send().unwrap())), SENT);
}
