//! Rate limits in response headers.

use std::time::Duration;

use crate::runtime::{Client, Error, RateLimit};
use crate::support::server::{Server, response};
use crate::support::{Run, both, configured};

/// Policy, remaining, reset, limit and window. Times are in seconds.
type Fields<'a> = (
    Option<&'a str>,
    Option<u64>,
    Option<u64>,
    Option<u64>,
    Option<u64>,
);
type Headers = &'static [(&'static str, &'static str)];

const CASES: &[(Headers, Option<Fields<'static>>)] = &[
    (&[], None),
    (
        &[
            ("Ratelimit", r#""default";r=50;t=30"#),
            ("Ratelimit-Policy", r#""default";q=100;w=60"#),
        ],
        Some((Some("default"), Some(50), Some(30), Some(100), Some(60))),
    ),
    // Any order, white space, further parameters, and a token as name.
    (
        &[
            ("ratelimit", "default ; t=30;pk=:dA==: ; r=50 "),
            ("ratelimit-policy", r#"default;w=60; qu="bytes";q=100"#),
        ],
        Some((Some("default"), Some(50), Some(30), Some(100), Some(60))),
    ),
    // The fewest remaining requests win. Of two exhausted limits, the later one wins.
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
    // A repeated header.
    (
        &[("ratelimit", r#""a";r=9;t=1"#), ("ratelimit", r#""b";r=8"#)],
        Some((Some("b"), Some(8), None, None, None)),
    ),
    (
        &[("ratelimit-policy", r#""a";q=10;w=1,"b";q=20"#)],
        Some((Some("a"), None, None, Some(10), Some(1))),
    ),
    // The policy has another name.
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
    // Malformed values are ignored.
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

fn fields(limit: &RateLimit) -> Fields<'_> {
    let seconds = |time: &Duration| time.as_secs();
    (
        limit.policy.as_deref(),
        limit.remaining,
        limit.reset.as_ref().map(seconds),
        limit.limit,
        limit.window.as_ref().map(seconds),
    )
}

#[test]
fn all_header_syntaxes_are_parsed() {
    let steps = CASES
        .iter()
        .map(|(headers, _)| response("200 OK", headers, "v"));
    let server = Server::start(steps);
    let client = configured(Client::builder(), &server.url).build().unwrap();
    for (headers, expected) in CASES {
        let response = client.shelf("s").value("k").run_with_response().unwrap();
        let found = response.rate_limit();
        assert_eq!(found.as_ref().map(fields), *expected, "{headers:?}");
    }
}

both! {
    fn responses_and_errors_expose_the_rate_limit([
        response("200 OK", &[("ratelimit", r#""default";r=50;t=30"#), ("retry-after", "7")], "v"),
        response("429 Too Many Requests", &[("ratelimit", r#""default";r=0;t=30"#), ("retry-after", "7")], ""),
        response("200 OK", &[("ratelimit", "\u{e9}"), ("ratelimit-policy", "\u{e9}")], "v"),
    ], _server, client, |builder| builder.max_retries(0)) {
        let value = client.shelf("s").value("k");
        let response = value.clone().run_with_response().unwrap();
        assert_eq!(response.rate_limit().unwrap().remaining, Some(50));
        assert_eq!(response.retry_after(), Some(Duration::from_secs(7)));
        let Err(Error::Api(error)) = value.clone().run() else {
            panic!("it fails")
        };
        assert_eq!(error.rate_limit().unwrap().remaining, Some(0));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        // The values are not ASCII.
        assert_eq!(value.run_with_response().unwrap().rate_limit(), None);
    }
}
