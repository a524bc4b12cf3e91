//! Reads the rate limit from response headers.

use std::cmp::Reverse;
use std::time::Duration;

use reqwest::header::HeaderMap;

/// Rate limit that the server reported. If the server reports several limits, this is the one with the
/// fewest remaining requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Name of the limit.
    pub policy: Option<String>,
    /// Number of requests that remain in the window.
    pub remaining: Option<u64>,
    /// Time until the limit resets.
    pub reset: Option<Duration>,
    /// Number of requests per window.
    pub limit: Option<u64>,
    /// Length of the window.
    pub window: Option<Duration>,
}

impl RateLimit {
    /// Reads `RateLimit` and `RateLimit-Policy`, also in the syntax of earlier drafts. Malformed values are ignored.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let (states, policies) = (
            text(headers, "ratelimit"),
            text(headers, "ratelimit-policy"),
        );
        let policies: Vec<_> = split(&policies, ',').filter_map(policy_member).collect();
        let mut found = split(&states, ',')
            .filter_map(state_member)
            .min_by_key(|it| (it.remaining.is_none(), it.remaining, Reverse(it.reset)))
            .or_else(|| legacy_headers(headers, &states))
            .or_else(|| policies.first().cloned())?;
        if let Some(policy) = policies.into_iter().find(|it| it.policy == found.policy) {
            found.limit = found.limit.or(policy.limit);
            found.window = policy.window;
        }
        Some(found)
    }
}

/// `"default";r=50;t=30`
fn state_member(member: &str) -> Option<RateLimit> {
    let found = RateLimit {
        policy: Some(name(member)?),
        remaining: parameter(member, "r"),
        reset: parameter(member, "t").map(Duration::from_secs),
        ..RateLimit::default()
    };
    (found.remaining.is_some() || found.reset.is_some()).then_some(found)
}

/// `"default";q=100;w=60`, earlier `100;w=60`
fn policy_member(member: &str) -> Option<RateLimit> {
    let policy = name(member);
    let limit = match policy {
        Some(_) => parameter(member, "q"),
        None => split(member, ';').next()?.parse().ok(),
    };
    let found = RateLimit {
        policy,
        limit: Some(limit?),
        window: parameter(member, "w").map(Duration::from_secs),
        ..RateLimit::default()
    };
    Some(found)
}

/// `limit=100, remaining=50, reset=30`, or one header for each value.
fn legacy_headers(headers: &HeaderMap, states: &str) -> Option<RateLimit> {
    let number = |key: &str| {
        let own = text(headers, &format!("ratelimit-{key}"));
        let own = split(&own, ',').next().and_then(|text| text.parse().ok());
        own.or_else(|| split(states, ',').find_map(|member| value(member, key)))
    };
    let found = RateLimit {
        limit: number("limit"),
        remaining: number("remaining"),
        reset: number("reset").map(Duration::from_secs),
        ..RateLimit::default()
    };
    (found != RateLimit::default()).then_some(found)
}

/// Joins the values of a repeated header.
fn text(headers: &HeaderMap, name: &str) -> String {
    let lines = headers.get_all(name).iter();
    let lines: Vec<_> = lines.filter_map(|line| line.to_str().ok()).collect();
    lines.join(",")
}

/// Returns the name at the start of a list member.
fn name(member: &str) -> Option<String> {
    let name = split(member, ';').next()?;
    if let Some(quoted) = name.strip_prefix('"') {
        let mut escaped = false;
        let plain = quoted.strip_suffix('"')?.chars().filter(|c| {
            escaped = *c == '\\' && !escaped;
            !escaped
        });
        return Some(plain.collect());
    }
    let is_token = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains('=');
    is_token.then(|| name.to_owned())
}

/// Returns a parameter of a list member.
fn parameter(member: &str, key: &str) -> Option<u64> {
    split(member, ';').skip(1).find_map(|part| value(part, key))
}

/// Parses `key=number`.
fn value(part: &str, key: &str) -> Option<u64> {
    part.strip_prefix(key)?.strip_prefix('=')?.parse().ok()
}

/// Splits a text at separators outside of quotes.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = text.split(move |c| {
        let ends = c == separator && !quoted;
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && quoted && !escaped;
        ends
    });
    parts.map(str::trim)
}
