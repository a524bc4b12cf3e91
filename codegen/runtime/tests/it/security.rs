//! Selection of credentials.

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{
    Call, Client, ClientBuilder, Credential, CredentialLocation, DecodeError, Error, Meta,
    Operation, RawResponse, Request, Result, Secret, SecurityRequirements, Settings,
};
use crate::support::Run;
use crate::support::server::{Received, Server, response};

const fn secret(location: CredentialLocation, variable: &'static str) -> Secret {
    Secret {
        location,
        variable: Some(variable),
    }
}

static TOKEN: Credential = Credential {
    method: "token",
    single_word: false,
    secrets: &[secret(CredentialLocation::Bearer, "DOOR_TOKEN")],
};

static LOGIN: Credential = Credential {
    method: "login",
    single_word: false,
    secrets: &[
        secret(CredentialLocation::BasicUser, "DOOR_USERNAME"),
        secret(CredentialLocation::BasicPassword, "DOOR_PASSWORD"),
    ],
};

static HEADER: Credential = Credential {
    method: "header",
    single_word: false,
    secrets: &[secret(CredentialLocation::Header("X-Key"), "DOOR_HEADER")],
};

static QUERY: Credential = Credential {
    method: "query",
    single_word: false,
    secrets: &[secret(CredentialLocation::Query("key"), "DOOR_QUERY")],
};

static COOKIE: Credential = Credential {
    method: "cookie",
    single_word: false,
    secrets: &[secret(CredentialLocation::Cookie("key"), "DOOR_COOKIE")],
};

static SECOND: Credential = Credential {
    method: "second",
    single_word: false,
    secrets: &[secret(CredentialLocation::Cookie("second"), "DOOR_SECOND")],
};

const DEFAULT: SecurityRequirements = &[&[&TOKEN], &[&LOGIN]];
const NO_CREDENTIALS: SecurityRequirements = &[&[]];
const BY_HEADER: SecurityRequirements = &[&[&HEADER]];
const ALL: SecurityRequirements = &[&[&HEADER, &QUERY, &COOKIE, &SECOND]];
const OPTIONAL: SecurityRequirements = &[&[&QUERY], &[]];
const BOTH_OR_ONE: SecurityRequirements = &[&[&QUERY, &COOKIE], &[&TOKEN]];

static SETTINGS: Settings = Settings {
    base_url: None,
    base_url_variable: None,
    user_agent: "door/1",
    security: &[
        DEFAULT,
        NO_CREDENTIALS,
        BY_HEADER,
        ALL,
        OPTIONAL,
        BOTH_OR_ONE,
    ],
    envelope: None,
    status_names: &[],
    request_id_header: None,
};

/// The operations that require credentials.
static STRICT: Settings = Settings {
    security: &[DEFAULT, BY_HEADER],
    ..SETTINGS
};

/// An operation with the security requirements of this number.
macro_rules! operation {
    ($name:ident, $path:literal, $security:literal) => {
        enum $name {}

        impl Operation for $name {
            type Output = ();
            const META: &'static Meta = &Meta {
                security: $security,
                ..Meta::new(concat!("door.", $path)).route("GET", $path)
            };

            fn decode(_: &Request, response: &RawResponse) -> std::result::Result<(), DecodeError> {
                response.empty()
            }
        }
    };
}

operation!(Default, "/default", 0);
operation!(Open, "/open", 1);
operation!(ByHeader, "/header", 2);
operation!(All, "/all", 3);
operation!(Maybe, "/maybe", 4);
operation!(BothOrOne, "/both", 5);

/// Operations with an alternative that contains another one.
static MORE: Settings = Settings {
    security: &[&[&[&HEADER], &[&HEADER, &QUERY]]],
    ..SETTINGS
};

/// Explicit credentials with their secrets.
type Explicit<'a> = &'a [(&'static Credential, &'a [&'a str])];

/// Builds either client.
trait Make: Clone + Sized {
    fn make(builder: ClientBuilder<Self>) -> Result<Self>;
    fn run<O: Operation>(&self) -> Result<O::Output>;
}

impl Make for Client {
    fn make(builder: ClientBuilder<Self>) -> Result<Self> {
        builder.build()
    }

    fn run<O: Operation>(&self) -> Result<O::Output> {
        Call::<_, O>::new(self, Request::new()).run()
    }
}

#[cfg(feature = "blocking")]
impl Make for blocking::Client {
    fn make(builder: ClientBuilder<Self>) -> Result<Self> {
        builder.build()
    }

    fn run<O: Operation>(&self) -> Result<O::Output> {
        Call::<_, O>::new(self, Request::new()).run()
    }
}

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

fn client<C: Make>(
    settings: &'static Settings,
    explicit: Explicit,
    environment: &[(&str, &str)],
    url: &str,
) -> Result<C> {
    let variables = |name: &str| {
        let mut pairs = environment.iter();
        let found = pairs.find(|pair| pair.0 == name);
        found.map(|pair| pair.1.to_owned())
    };
    let mut builder = ClientBuilder::new(settings)
        .base_url(url)
        .variables(variables);
    for (credential, secrets) in explicit {
        builder = builder.credential(credential, secrets.iter().map(|text| (*text).to_owned()));
    }
    C::make(builder)
}

/// Returns the headers with secrets and the query of a request.
fn secrets(request: &Received) -> String {
    let headers = ["authorization", "x-key", "cookie"];
    let headers = headers.iter().filter_map(|name| request.header(name));
    let query = request.target.split_once('?').map(|(_, query)| query);
    headers.chain(query).collect::<Vec<_>>().join(" | ")
}

/// Checks the credentials of each operation, or the error.
#[track_caller]
fn sends<C: Make>(explicit: Explicit, environment: &[(&str, &str)], expected: [&str; 6]) {
    let server = Server::start(vec![response("204 No Content", &[], ""); 6]);
    let client: C = client(&SETTINGS, explicit, environment, &server.url).unwrap();
    let results = [
        client.run::<Default>(),
        client.run::<Open>(),
        client.run::<ByHeader>(),
        client.run::<All>(),
        client.run::<Maybe>(),
        client.run::<BothOrOne>(),
    ];
    let mut received = server.received().into_iter();
    let sent = results.map(|result| match result {
        Ok(()) => secrets(&received.next().unwrap()),
        Err(error) => {
            assert!(matches!(error, Error::Config(_)), "{error:?}");
            assert_eq!((error.attempts(), error.is_retryable()), (0, false));
            assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
            error.to_string()
        }
    });
    assert_eq!(sent, expected);
    assert!(received.next().is_none(), "what is refused is not sent");
}

/// Checks the credentials of an operation with nested alternatives.
#[track_caller]
fn check_redundant<C: Make>(environment: [(&str, &str); 1], explicit: Explicit, expected: &str) {
    let server = Server::start(vec![response("204 No Content", &[], "")]);
    let client: C = client(&MORE, explicit, &environment, &server.url).unwrap();
    client.run::<Default>().unwrap();
    assert_eq!(secrets(&server.received().remove(0)), expected);
}

/// Checks the error of the builder.
#[track_caller]
fn fails<C: Make>(
    settings: &'static Settings,
    explicit: Explicit,
    environment: &[(&str, &str)],
    expected: &str,
) {
    let made = client::<C>(settings, explicit, environment, "http://localhost");
    let Err(error) = made else {
        panic!("it is made")
    };
    assert_eq!(error.to_string(), expected);
}

const ONLY_TOKEN: &str =
    "GET /header: the client has no credentials for this call: use `header` (DOOR_HEADER)";
const ALL_FOUR: &str = "GET /all: the client has no credentials for this call: use `header` (DOOR_HEADER) and `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE) and `second` (DOOR_SECOND)";
const NO_DEFAULT: &str = "GET /default: the client has no credentials for this call: use `token` (DOOR_TOKEN) or `login` (DOOR_USERNAME, DOOR_PASSWORD)";
const NO_BOTH: &str = "GET /both: the client has no credentials for this call: use `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE), or `token` (DOOR_TOKEN)";

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
