//! Token providers.

use std::error::Error as StdError;
use std::io::Cursor;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

#[cfg(feature = "blocking")]
use crate::runtime::blocking::token_provider::TokenProvider as BlockingTokenProvider;
use crate::runtime::{Client, ClientBuilder, Error, TokenProvider, Upload};
use crate::support::api::SETTINGS;
use crate::support::server::{Server, error, response, result};
use crate::support::{Run, both};

type BoxError = Box<dyn StdError + Send + Sync>;

/// Lines of all providers, with the server of their client.
static LINES: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Returns `t1` until it is rejected, then `t2`, and so on.
struct Tokens {
    server: String,
    number: AtomicU32,
}

impl Tokens {
    fn new(server: &Server) -> Self {
        Self {
            server: server.url.clone(),
            number: AtomicU32::new(1),
        }
    }

    fn record(&self, line: String) {
        LINES.lock().unwrap().push((self.server.clone(), line));
    }

    fn lines(server: &Server) -> Vec<String> {
        let mut all = LINES.lock().unwrap();
        let lines = all.extract_if(.., |(other, _)| *other == server.url);
        lines.map(|(_, line)| line).collect()
    }

    fn get(&self) -> String {
        let token = format!("t{}", self.number.load(Ordering::Relaxed));
        self.record(token.clone());
        token
    }

    fn reject(&self, token: &str) {
        self.record(format!("{token} rejected"));
        self.number.fetch_add(1, Ordering::Relaxed);
    }
}

impl TokenProvider for Tokens {
    async fn token(&self) -> Result<String, BoxError> {
        Ok(self.get())
    }

    fn rejected(&self, token: &str) {
        self.reject(token);
    }
}

#[cfg(feature = "blocking")]
impl BlockingTokenProvider for Tokens {
    fn token(&self) -> Result<String, BoxError> {
        Ok(self.get())
    }

    fn rejected(&self, token: &str) {
        self.reject(token);
    }
}

/// Returns a builder of the same client without credentials.
fn plain<C>(_: ClientBuilder<C>, server: &Server) -> ClientBuilder<C> {
    ClientBuilder::new(&SETTINGS).base_url(&server.url)
}

fn sent(server: &Server) -> Vec<String> {
    let received = server.received();
    let tokens = received
        .iter()
        .map(|it| it.header("authorization").unwrap().to_owned());
    tokens.collect()
}

both! {
    fn providers_are_asked_before_each_attempt([
        error("503 Service Unavailable", 1), response("200 OK", &[], "v"), response("200 OK", &[], "v"),
    ], server, client, clock, |builder| plain(builder, &server).clock(clock.clone()).token_provider(Tokens::new(&server))) {
        for _ in 0..2 {
            client.shelf("s").value("k").run().unwrap();
        }
        assert_eq!(sent(&server), ["Bearer t1"; 3]);
        assert_eq!(Tokens::lines(&server), ["t1"; 3]);
    }
}

both! {
    fn rejected_tokens_are_replaced_once([
        error("401 Unauthorized", 1), result(r#"{"name":"n"}"#), error("401 Unauthorized", 1), error("401 Unauthorized", 1),
    ], server, client, |builder| plain(builder, &server).max_retries(0).token_provider(Tokens::new(&server))) {
        // A call that is not safe to repeat: the server has not processed it.
        client.shelf("s").create("n").run().unwrap();
        assert_eq!(Tokens::lines(&server), ["t1", "t1 rejected", "t2"]);
        let error = client.shelf("s").create("n").run().unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));
        assert_eq!(sent(&server), ["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"]);
        // The next call does not use the second rejected token.
        assert_eq!(Tokens::lines(&server), ["t2", "t2 rejected", "t3", "t3 rejected"]);
    }
}

both! {
    fn tokens_of_bodies_that_are_sent_once_are_reported([error("401 Unauthorized", 1)], server, client,
        |builder| plain(builder, &server).token_provider(Tokens::new(&server)))
    {
        let body = Upload::reader(Cursor::new("v"));
        let error = client.shelf("s").update("k", body).run().unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
        assert_eq!(Tokens::lines(&server), ["t1", "t1 rejected"]);
    }
}

both! {
    fn another_token_uses_up_no_retry([
        error("401 Unauthorized", 1), error("503 Service Unavailable", 1), response("200 OK", &[], "v"),
    ], server, client, clock, |builder| {
        plain(builder, &server).clock(clock.clone()).max_retries(1).token_provider(Tokens::new(&server))
    }) {
        client.shelf("s").value("k").run().unwrap();
        assert_eq!(sent(&server), ["Bearer t1", "Bearer t2", "Bearer t2"]);
        Tokens::lines(&server);
    }
}

/// For example, `reqwest::blocking` drops a runtime.
#[cfg(feature = "blocking")]
#[test]
fn blocking_providers_can_use_a_runtime() {
    use crate::runtime::blocking;

    let server = Server::start([response("200 OK", &[], "v")]);
    let provider = || -> Result<String, BoxError> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        Ok(runtime.block_on(async { "t1".to_owned() }))
    };
    let builder = plain(blocking::Client::builder(), &server).token_provider(provider);
    builder
        .build()
        .unwrap()
        .shelf("s")
        .value("k")
        .send()
        .unwrap();
    assert_eq!(sent(&server), ["Bearer t1"]);
}

both! {
    fn headers_of_a_call_replace_the_token([response("200 OK", &[], "v")], server, client,
        |builder| plain(builder, &server).token_provider(Tokens::new(&server)))
    {
        client.shelf("s").value("k").header("authorization", "Other x").run().unwrap();
        assert_eq!(sent(&server), ["Other x"]);
    }
}

both! {
    fn providers_exclude_other_credentials([], _server, _client, |builder| {
        let _ = &builder;
        builder
    }) {
        for (builder, method) in [
            (Client::builder().api_token("s3cret"), "api_token"), (Client::builder().api_key("s3cret", "s3cret@m"), "api_key"),
        ] {
            let error = builder.token_provider(|| async { Ok::<_, BoxError>("s3cret".to_owned()) }).build().unwrap_err();
            let text = error.to_string();
            assert!(text.contains(&format!("`{method}`")) && text.contains("`token_provider`"), "{text}");
        }
        // A provider takes precedence over the environment.
        let variables = |name: &str| Some(format!("value of {name}"));
        let builder = Client::builder().variables(variables).base_url("http://localhost");
        builder.token_provider(|| async { Ok::<_, BoxError>(String::new()) }).build().unwrap();
    }
}

/// Checks an error of a provider.
#[track_caller]
fn is_provider_error(error: &Error) {
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    assert_eq!(error.attempts(), 0);
    assert!(
        error.to_string().ends_with("the token provider failed"),
        "{error}"
    );
    assert!(error.source().is_some());
    assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
}

#[test]
fn closures_are_providers() {
    let server = Server::start([error("401 Unauthorized", 1)]);
    let builder = || ClientBuilder::<Client>::new(&SETTINGS).base_url(&server.url);
    let client = builder()
        .token_provider(|| async { Ok::<_, BoxError>("same".to_owned()) })
        .build()
        .unwrap();
    // The same token would be rejected again.
    let error = client.shelf("s").value("k").run().unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (401, 1)
    );
    let client = builder()
        .token_provider(|| async { Err::<String, _>("no token") })
        .build()
        .unwrap();
    is_provider_error(&client.shelf("s").value("k").run().unwrap_err());
    assert_eq!(server.received().len(), 1);
}

/// Returns the given tokens, one per call.
struct TokenList(Mutex<std::vec::IntoIter<&'static str>>);

impl TokenList {
    fn new(tokens: &[(&'static str, &str)]) -> Self {
        let tokens: Vec<_> = tokens.iter().map(|(token, _)| *token).collect();
        Self(Mutex::new(tokens.into_iter()))
    }

    fn next(&self) -> String {
        self.0.lock().unwrap().next().unwrap().to_owned()
    }
}

impl TokenProvider for TokenList {
    async fn token(&self) -> Result<String, BoxError> {
        Ok(self.next())
    }
}

#[cfg(feature = "blocking")]
impl BlockingTokenProvider for TokenList {
    fn token(&self) -> Result<String, BoxError> {
        Ok(self.next())
    }
}

/// Tokens that cannot be valid, and the reasons.
const INVALID: &[(&str, &str)] = &[
    ("", "is empty"),
    (" ", "contains only whitespace"),
    ("s3cret\n", "contains whitespace"),
    ("s3 cret", "contains whitespace"),
    ("s3cret\u{7}", "contains a control character"),
    ("\"s3cret\"", "contains a quotation mark"),
    (
        "Bearer s3cret",
        "begins with `Bearer `, which is not part of it",
    ),
    ("s3cret...", "contains an ellipsis, so it is not complete"),
    ("s3cret\u{e9}", "contains a character that is not ASCII"),
];

both! {
    fn invalid_tokens_are_not_sent([], server, client,
        |builder| plain(builder, &server).max_retries(3).token_provider(TokenList::new(INVALID)))
    {
        for (_, reason) in INVALID {
            let error = client.shelf("s").value("k").run().unwrap_err();
            assert!(matches!(error, Error::Config(_)), "{error:?}");
            let text = format!("`token_provider`: the token {reason}");
            assert!(error.to_string().ends_with(&text), "{error}");
            assert!(!format!("{error:?}").contains("s3"), "{error:?}");
            assert_eq!((error.attempts(), error.is_retryable()), (0, false));
        }
        assert_eq!(server.received().len(), 0);
    }
}

both! {
    fn an_invalid_token_does_not_replace_a_rejected_one([error("401 Unauthorized", 1)], server, client,
        |builder| plain(builder, &server).token_provider(TokenList::new(&[("t1", ""), ("s3 cret", "")])))
    {
        let error = client.shelf("s").value("k").run().unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
        assert_eq!(sent(&server), ["Bearer t1"]);
    }
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_closures_are_providers() {
    use crate::runtime::blocking;
    let server = Server::start([response("200 OK", &[], "v")]);
    let builder = || ClientBuilder::<blocking::Client>::new(&SETTINGS).base_url(&server.url);
    let client = builder()
        .token_provider(|| Ok::<_, BoxError>("tok".to_owned()))
        .build()
        .unwrap();
    client.shelf("s").value("k").run().unwrap();
    assert_eq!(sent(&server), ["Bearer tok"]);
    let client = builder()
        .token_provider(|| Err::<String, _>("no token"))
        .build()
        .unwrap();
    is_provider_error(&client.shelf("s").value("k").run().unwrap_err());
}
