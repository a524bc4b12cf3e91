//! Credentials of a client.

use crate::runtime::Error;
use crate::setup::{builder, sent, variables, wrong};

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
    let request = sent(|builder| builder.session("a;b c=%\u{e9}/", "s"));
    let cookie = request.header("cookie");
    assert_eq!(cookie, Some("session=a%3Bb%20c=%25%C3%A9/"));
    let request = sent(|builder| builder.login("Aladdin", "open sesame"));
    assert_eq!(
        request.header("authorization"),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
    let request = sent(|builder| builder.login("ab", "c\u{e9}"));
    assert_eq!(request.header("authorization"), Some("Basic YWI6Y8Op"));
    let request = sent(|builder| builder.login("a", ""));
    assert_eq!(request.header("authorization"), Some("Basic YTo="));
    let request = sent(|builder| builder.login("a", "bc"));
    assert_eq!(request.header("authorization"), Some("Basic YTpiYw=="));
}

/// Returns the reason in the error of an invalid token, which is the same for code and environment.
fn token_fault(token: &str) -> String {
    let error = builder().api_token(token).build().unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    let text = error.to_string();
    let reason = text.strip_prefix("`api_token`: the token ").unwrap();
    if !token.trim().is_empty() {
        wrong(
            builder().variables(variables(&[("SHELF_TOKEN", token)])),
            &format!("SHELF_TOKEN: the token {reason}"),
        );
    }
    reason.to_owned()
}

#[test]
fn mistakes_in_tokens_are_config_errors() {
    for (tokens, reason) in [
        (
            ["two words", " t", "t\n", "t\r\n", "a\tb"],
            "contains whitespace",
        ),
        (
            ["Bearer t", "bearer t", " Bearer t", "BEARER t", "Bearer  t"],
            "begins with `Bearer `, which is not part of it",
        ),
        (
            ["\"t\"", "'t'", "t'", "`t`", "\u{201c}t\u{201d}"],
            "contains a quotation mark",
        ),
        (
            ["abc...", "...", "a...z", "\u{2026}", "a\u{2026}z"],
            "contains an ellipsis, so it is not complete",
        ),
        (
            ["t\u{200b}", "\u{feff}t", "\u{e9}", "\u{fffd}", "\u{2013}t"],
            "contains a character that is not ASCII",
        ),
        (
            ["\u{0}", "\u{1}t", "t\u{7f}", "\u{8}", "\u{1b}[0m"],
            "contains a control character",
        ),
        (["", "", "", "", ""], "is empty"),
        (
            [" ", "\n", "\t", "\u{a0}", " \r\n"],
            "contains only whitespace",
        ),
    ] {
        for token in tokens {
            assert_eq!(token_fault(token), reason, "{token:?}");
        }
    }
    for token in ["A9-._~+/==", "12|abc", "id:secret", "a..b", "bearer"] {
        let request = sent(|builder| builder.api_token(token));
        let expected = format!("Bearer {token}");
        assert_eq!(request.header("authorization"), Some(expected.as_str()));
    }
}

#[test]
fn mistakes_in_other_credentials_are_config_errors() {
    wrong(
        builder().api_key("k", ""),
        "`api_key`: the value of header X-Auth-Email is empty",
    );
    wrong(
        builder().api_key(" ", "e"),
        "`api_key`: the value of header X-Auth-Key contains only whitespace",
    );
    wrong(builder().login("", "b"), "`login`: the user name is empty");
    wrong(
        builder().api_key("k k", "e"),
        "`api_key`: the value of header X-Auth-Key contains whitespace",
    );
    wrong(
        builder().session("", "x"),
        "`session`: the value of cookie session is empty",
    );
    wrong(
        builder().session("a", "x "),
        "`session`: the value of parameter signature begins or ends with whitespace",
    );
    wrong(
        builder().login("a", "b\n"),
        "`login`: the password contains a control character",
    );
    // These values can be valid.
    sent(|builder| builder.session("a b", "\"x\"..."));
    sent(|builder| builder.login("Bearer a", " \"...\u{e9} "));
}
