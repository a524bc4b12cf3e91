//! Retry policies and hooks.

use std::sync::Mutex;
use std::time::Duration;

use crate::runtime::{AttemptOutcome, AttemptRequest, FailedAttempt, Hook};
use crate::support::server::{error, hang_up, result};
use crate::support::{Run, both};

/// Retries calls that are not safe to repeat as well, twice.
fn eager(failure: &FailedAttempt<'_>) -> Option<Duration> {
    let attempts = failure.error.attempts();
    assert_eq!(failure.error.method(), Some("POST"));
    assert!(failure.default_delay.is_none());
    (attempts < 3).then(|| Duration::from_millis(attempts.into()))
}

both! {
    fn retry_policies_decide_about_every_failure([
        error("500 Internal Server Error", 1), hang_up(), error("400 Bad Request", 7),
    ], server, client, clock, |builder| builder.retry_policy(eager)) {
        let error = client.shelf("s").create("n").run().unwrap_err();
        assert_eq!((error.code(), error.attempts(), server.received().len()), (Some(7), 3, 3));
        assert_eq!(clock.slept(), [1, 2].map(Duration::from_millis));
    }
}

both! {
    fn retry_policies_can_wrap_the_default([
        error("503 Service Unavailable", 1), error("503 Service Unavailable", 1), error("400 Bad Request", 7),
        error("503 Service Unavailable", 8),
    ], server, client, clock, |builder| {
        builder.retry_policy(|failure: &FailedAttempt<'_>| failure.default_delay.map(|delay| delay * 5))
    }) {
        let error = client.shelf("s").value("k").run().unwrap_err();
        assert_eq!((error.code(), server.received().len()), (Some(7), 3));
        assert_eq!(clock.slept(), [5, 5].map(Duration::from_millis));
        assert_eq!(client.shelf("s").value("k").max_retries(0).run().unwrap_err().code(), Some(8));
    }
}

/// Lines of all hooks, with the server of their client.
static LINES: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Records attempts and adds a header.
struct Recorder {
    name: &'static str,
    server: String,
}

impl Recorder {
    fn new(name: &'static str, server: &str) -> Self {
        let server = server.to_owned();
        Self { name, server }
    }

    fn record(&self, line: String) {
        LINES.lock().unwrap().push((self.server.clone(), line));
    }

    fn lines(server: &str) -> Vec<String> {
        let mut all = LINES.lock().unwrap();
        let lines = all.extract_if(.., |(other, _)| other == server);
        lines.map(|(_, line)| line).collect()
    }
}

impl Hook for Recorder {
    fn before_attempt(&self, request: &mut AttemptRequest<'_>) {
        assert_eq!(request.headers["authorization"], "Bearer tok");
        let debug = format!("{request:?}");
        assert!(
            !debug.contains("tok") && !debug.contains("s3cret"),
            "{debug}"
        );
        assert!(request.url.as_str().starts_with(&self.server));
        let line = format!(
            "{} before {} {} {} {:?}",
            self.name,
            request.attempt,
            request.method,
            request.operation,
            request.body.map(<[u8]>::len)
        );
        self.record(line);
        request.headers.insert("x-attempt", request.attempt.into());
        request.headers.append("x-hook", self.name.parse().unwrap());
    }

    fn after_attempt(&self, outcome: &AttemptOutcome<'_>) {
        let debug = format!("{outcome:?}");
        assert!(!debug.contains("s3cret"), "{debug}");
        assert_eq!(outcome.status.is_some(), outcome.headers.is_some());
        assert_eq!(outcome.duration, Duration::ZERO, "time of the test clock");
        let line = format!(
            "{} after {} {:?} {}",
            self.name,
            outcome.attempt,
            outcome.status.map(|status| status.as_u16()),
            outcome.error.is_some()
        );
        self.record(line);
    }
}

both! {
    fn hooks_see_and_change_each_attempt([error("503 Service Unavailable", 1), hang_up(), result("{}")],
        server, client, |builder| builder.hook(Recorder::new("a", &server.url)).hook(Recorder::new("b", &server.url)))
    {
        let value = client.shelf("s").update("s3cret", "s3cret").run();
        assert!(value.is_ok(), "{value:?}");
        assert_eq!(Recorder::lines(&server.url), [
            "a before 1 PUT shelf.update Some(6)", "b before 1 PUT shelf.update Some(6)", "a after 1 Some(503) true", "b after 1 Some(503) true",
            "a before 2 PUT shelf.update Some(6)", "b before 2 PUT shelf.update Some(6)", "a after 2 None true", "b after 2 None true",
            "a before 3 PUT shelf.update Some(6)", "b before 3 PUT shelf.update Some(6)", "a after 3 Some(200) false", "b after 3 Some(200) false",
        ]);
        let attempts: Vec<_> = server.received().iter().map(|it| it.header("x-attempt").unwrap().to_owned()).collect();
        assert_eq!(attempts, ["1", "2", "3"]);
    }
}

both! {
    fn hooks_see_failed_calls([result("{}")], server, client, |builder| builder.hook(Recorder::new("a", &server.url))) {
        // The call is refused before an attempt.
        client.shelf("").value("k").run().unwrap_err();
        assert!(Recorder::lines(&server.url).is_empty());
    }
}
