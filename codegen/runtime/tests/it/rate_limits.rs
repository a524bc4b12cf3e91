//! What headers say of rate limits.

use std::time::Duration;

use crate::runtime::{Error, RateLimit, Response};
use crate::support::server::{Step, answer};
use crate::support::{Run, both};

/// Policy, remaining, reset, limit, window.
type Fields = (
    Option<&'static str>,
    Option<u64>,
    Option<u64>,
    Option<u64>,
    Option<u64>,
);

const CASES: &[(&[(&str, &str)], Option<Fields>)] = &[
    (&[], None),
    (
        &[
            ("Ratelimit", r#""default";r=50;t=30"#),
            ("Ratelimit-Policy", r#""default";q=100;w=60"#),
        ],
        Some((Some("default"), Some(50), Some(30), Some(100), Some(60))),
    ),
    // Any order, spaces, more parameters, a token for a name.
    (
        &[
            ("ratelimit", "default ; t=30;pk=:dA==: ; r=50 "),
            ("ratelimit-policy", r#"default;w=60; qu="bytes";q=100"#),
        ],
        Some((Some("default"), Some(50), Some(30), Some(100), Some(60))),
    ),
    // The least that is left counts, and of two that are used up the later one.
    (
        &[
            ("ratelimit", r#""a";r=9;t=1, "b;,\"";r=3;t=2,"c";t=0"#),
            ("ratelimit-policy", r#""a";q=10;w=1,"b;,\"";q=20;w=2"#),
        ],
        Some((Some("b;,\""), Some(3), Some(2), Some(20), Some(2))),
    ),
    (
        &[("ratelimit", r#""a";r=0;t=1,"b";r=0;t=5,"c";r=0"#)],
        Some((Some("b"), Some(0), Some(5), None, None)),
    ),
    // A list in several lines.
    (
        &[("ratelimit", r#""a";r=9;t=1"#), ("ratelimit", r#""b";r=8"#)],
        Some((Some("b"), Some(8), None, None, None)),
    ),
    (
        &[("ratelimit-policy", r#""a";q=10;w=1,"b";q=20"#)],
        Some((Some("a"), None, None, Some(10), Some(1))),
    ),
    // The policy is another one.
    (
        &[
            ("ratelimit", r#""a";r=9"#),
            ("ratelimit-policy", r#""b";q=20"#),
        ],
        Some((Some("a"), Some(9), None, None, None)),
    ),
    // Earlier drafts.
    (
        &[
            ("ratelimit", "limit=100, remaining=50, reset=30"),
            ("ratelimit-policy", "100;w=60"),
        ],
        Some((None, Some(50), Some(30), Some(100), Some(60))),
    ),
    (
        &[
            ("ratelimit-limit", "100, 100;w=60"),
            ("ratelimit-remaining", "50"),
            ("ratelimit-reset", "30"),
        ],
        Some((None, Some(50), Some(30), Some(100), None)),
    ),
    // What is malformed is not there.
    (
        &[("ratelimit", r#""a";r=x;t=5"#)],
        Some((Some("a"), None, Some(5), None, None)),
    ),
    (&[("ratelimit", r#""a";r=-1;t=18446744073709551616"#)], None),
    (&[("ratelimit", r#""a;r=1"#)], None),
    (&[("ratelimit", r#"";r=1"#)], None),
    (&[("ratelimit", r#""a\";r=1"#)], None),
    (&[("ratelimit", ",;=,;r=1,\"")], None),
    (&[("ratelimit", "")], None),
    (&[("ratelimit-policy", "\"a\";w=60, x, 5.5;w=1")], None),
    (
        &[("ratelimit-remaining", "many"), ("ratelimit-reset", "")],
        None,
    ),
];

fn check(found: Option<RateLimit>, expected: Option<Fields>, headers: &[(&str, &str)]) {
    let expected_some = expected.is_some();
    assert_eq!(found.is_some(), expected_some, "{headers:?}: {found:?}");
    if let (Some(found), Some((policy, remaining, reset, limit, window))) = (found, expected) {
        assert_eq!(found.policy.as_deref(), policy, "{headers:?}");
        assert_eq!(
            (found.remaining, found.limit),
            (remaining, limit),
            "{headers:?}"
        );
        let times = (
            reset.map(Duration::from_secs),
            window.map(Duration::from_secs),
        );
        assert_eq!((found.reset, found.window), times, "{headers:?}");
    }
}

#[test]
fn every_way_to_say_it() {
    use crate::support::{configured, server::Server};

    let steps: Vec<Step> = CASES
        .iter()
        .map(|(headers, _)| answer("200 OK", headers, "v"))
        .collect();
    let server = Server::start(steps);
    let client = configured(crate::runtime::Client::builder(), &server.url)
        .build()
        .unwrap();
    for (headers, expected) in CASES {
        let response = client.shelf("s").value("k").run_with_response().unwrap();
        check(response.rate_limit(), *expected, headers);
    }
}

both! {
    fn successes_and_failures_tell_of_it([
        answer("200 OK", &[("ratelimit", r#""default";r=50;t=30"#), ("retry-after", "7")], "v"),
        answer("429 Too Many Requests", &[("ratelimit", r#""default";r=0;t=30"#), ("retry-after", "7")], ""),
        answer("200 OK", &[("ratelimit", "\u{e9}"), ("ratelimit-policy", "\u{e9}")], "v"),
    ], _server, client, |builder| builder.max_retries(0)) {
        let value = client.shelf("s").value("k");
        let response: Response<_> = value.clone().run_with_response().unwrap();
        assert_eq!(response.rate_limit().unwrap().remaining, Some(50));
        assert_eq!(response.retry_after(), Some(Duration::from_secs(7)));
        let Err(Error::Api(error)) = value.clone().run() else {
            panic!("it fails")
        };
        assert_eq!(error.rate_limit().unwrap().remaining, Some(0));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        // Neither is ASCII.
        assert_eq!(value.run_with_response().unwrap().rate_limit(), None);
    }
}
