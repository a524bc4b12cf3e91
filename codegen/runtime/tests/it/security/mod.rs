//! Selection of credentials.

mod api;
mod harness;

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{Client, ClientBuilder};
use crate::security::api::*;
use crate::security::harness::*;
use crate::support::server::{Server, response};

/// Defines a test for each client.
macro_rules! both {
    ($($(#[$attribute:meta])* fn $name:ident() { $case:ident$arguments:tt })+) => {$(
        $(#[$attribute])*
        mod $name {
            use super::*;

            #[test]
            fn in_async() {
                $case::<Client>$arguments;
            }

            #[cfg(feature = "blocking")]
            #[test]
            fn in_blocking() {
                $case::<blocking::Client>$arguments;
            }
        }
    )+};
}

both! {
    fn a_credential_is_sent_only_where_required() {
        sends(
            &[(&TOKEN, &["s3cret"])],
            &[],
            ["Bearer s3cret", "", ONLY_TOKEN, ALL_FOUR, "", "Bearer s3cret"],
        )
    }

    fn each_credential_is_sent_only_where_required() {
        sends(
            &[
                (&LOGIN, &["a", "b"]),
                (&HEADER, &["h"]),
                (&QUERY, &["q&"]),
                (&COOKIE, &["c"]),
                (&SECOND, &["d"]),
            ],
            &[],
            [
                "Basic YTpi",
                "",
                "h",
                "h | key=c; second=d | key=q%26",
                "key=q%26",
                "key=c | key=q%26",
            ],
        )
    }

    fn larger_requirements_are_preferred_for_explicit_credentials() {
        check_redundant([("DOOR_HEADER", "h")], &[(&QUERY, &["q"])], "h | key=q")
    }

    fn unneeded_environment_credentials_are_not_sent() {
        check_redundant([("DOOR_QUERY", "q")], &[(&HEADER, &["h"])], "h")
    }

    fn calls_without_requirements_send_no_credentials() {
        sends(&[], &[], [NO_DEFAULT, "", ONLY_TOKEN, ALL_FOUR, "", NO_BOTH])
    }

    /// Several credentials in the environment are not redundant, unlike explicit ones.
    fn environment_credentials_are_loaded_for_each_operation() {
        sends(
            &[],
            &[
                ("DOOR_USERNAME", "a"),
                ("DOOR_PASSWORD", "b"),
                ("DOOR_TOKEN", "t"),
                ("DOOR_HEADER", "h"),
                ("DOOR_QUERY", "q"),
                ("DOOR_COOKIE", ""),
            ],
            ["Bearer t", "", "h", ALL_FOUR, "key=q", "Bearer t"],
        )
    }

    fn explicit_credentials_take_precedence() {
        sends(
            &[(&LOGIN, &["a", "b"]), (&COOKIE, &["c"])],
            &[("DOOR_TOKEN", "t"), ("DOOR_QUERY", "q"), ("DOOR_COOKIE", "no")],
            ["Basic YTpi", "", ONLY_TOKEN, ALL_FOUR, "key=q", "key=c | key=q"],
        )
    }

    /// Credentials that no call needs are not validated.
    fn environment_credentials_are_validated_only_if_sent() {
        sends(
            &[(&LOGIN, &["a", "b"]), (&QUERY, &["q"]), (&COOKIE, &["c"])],
            &[("DOOR_TOKEN", "s3cret\n")],
            ["Basic YTpi", "", ONLY_TOKEN, ALL_FOUR, "key=q", "key=c | key=q"],
        )
    }

    fn passwords_of_the_environment_can_be_empty() {
        sends(
            &[],
            &[("DOOR_USERNAME", "a"), ("DOOR_PASSWORD", ""), ("DOOR_QUERY", "q"), ("DOOR_COOKIE", "c")],
            ["Basic YTo=", "", ONLY_TOKEN, ALL_FOUR, "key=q", "key=c | key=q"],
        )
    }

    fn explicit_passwords_can_be_empty() {
        sends(
            &[(&LOGIN, &["a", ""]), (&QUERY, &["q"]), (&COOKIE, &["c"])],
            &[],
            ["Basic YTo=", "", ONLY_TOKEN, ALL_FOUR, "key=q", "key=c | key=q"],
        )
    }

    fn logins_with_only_whitespace_in_a_variable_are_config_errors() {
        fails(
            &SETTINGS,
            &[],
            &[("DOOR_USERNAME", "a"), ("DOOR_PASSWORD", " ")],
            "DOOR_PASSWORD: the password contains only whitespace",
        )
    }

    fn invalid_header_values_are_config_errors() {
        fails(&SETTINGS, &[], &[("DOOR_TOKEN", "s3cret\n")], "DOOR_TOKEN: the token contains whitespace")
    }

    fn clients_without_usable_credentials_are_config_errors() {
        fails(
            &STRICT,
            &[],
            &[("DOOR_USERNAME", "a")],
            "the client has no credentials: DOOR_USERNAME is set, but DOOR_PASSWORD is not; use `token` (DOOR_TOKEN) or `login` (DOOR_USERNAME, DOOR_PASSWORD) or `header` (DOOR_HEADER)",
        )
    }

    fn unused_explicit_credentials_are_config_errors() {
        fails(
            &STRICT,
            &[(&QUERY, &["q"])],
            &[],
            "the credentials are incomplete: use `token` (DOOR_TOKEN) or `login` (DOOR_USERNAME, DOOR_PASSWORD) or `header` (DOOR_HEADER)",
        )
    }

    fn redundant_explicit_credentials_are_config_errors() {
        fails(
            &STRICT,
            &[(&LOGIN, &["a", "b"]), (&HEADER, &["h"]), (&TOKEN, &["t"])],
            &[],
            "both `login` and `token` are set: use one of them",
        )
    }

    fn incomplete_credentials_are_config_errors() {
        fails(
            &SETTINGS,
            &[(&COOKIE, &["c"]), (&TOKEN, &["t"])],
            &[],
            "`cookie` is set, but no call uses it alone: use `header` (DOOR_HEADER) and `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE) and `second` (DOOR_SECOND), or `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE)",
        )
    }

    fn cookies_are_joined() {
        cookies()
    }
}

/// Cookies of the client and of its credentials.
fn cookies<C: Make>() {
    let server = Server::start([response("204 No Content", &[], "")]);
    let builder = ClientBuilder::<C>::new(&SETTINGS)
        .credential(&QUERY, ["q".to_owned()])
        .default_header("cookie", "own=1")
        .credential(&COOKIE, ["c".to_owned()])
        .base_url(&server.url);
    C::make(builder).unwrap().run::<BothOrOne>().unwrap();
    assert_eq!(server.only().header("cookie"), Some("own=1; key=c"));
}
