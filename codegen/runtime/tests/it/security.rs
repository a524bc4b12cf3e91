//! Which credentials go out with which operation.

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
    secrets: &[secret(CredentialLocation::Bearer, "DOOR_TOKEN")],
};

static LOGIN: Credential = Credential {
    method: "login",
    secrets: &[
        secret(CredentialLocation::BasicUser, "DOOR_USERNAME"),
        secret(CredentialLocation::BasicPassword, "DOOR_PASSWORD"),
    ],
};

static HEADER: Credential = Credential {
    method: "header",
    secrets: &[secret(CredentialLocation::Header("X-Key"), "DOOR_HEADER")],
};

static QUERY: Credential = Credential {
    method: "query",
    secrets: &[secret(CredentialLocation::Query("key"), "DOOR_QUERY")],
};

static COOKIE: Credential = Credential {
    method: "cookie",
    secrets: &[secret(CredentialLocation::Cookie("key"), "DOOR_COOKIE")],
};

static SECOND: Credential = Credential {
    method: "second",
    secrets: &[secret(CredentialLocation::Cookie("second"), "DOOR_SECOND")],
};

const USUAL: SecurityRequirements = &[&[&TOKEN], &[&LOGIN]];
const NONE: SecurityRequirements = &[&[]];
const BY_HEADER: SecurityRequirements = &[&[&HEADER]];
const ALL: SecurityRequirements = &[&[&HEADER, &QUERY, &COOKIE, &SECOND]];
const MAYBE: SecurityRequirements = &[&[&QUERY], &[]];
const BOTH_OR_ONE: SecurityRequirements = &[&[&QUERY, &COOKIE], &[&TOKEN]];

static SETTINGS: Settings = Settings {
    base_url: None,
    base_url_variable: None,
    user_agent: "door/1",
    security: &[USUAL, NONE, BY_HEADER, ALL, MAYBE, BOTH_OR_ONE],
    envelope: None,
    request_id_header: None,
};

/// The same without the operations that take none.
static STRICT: Settings = Settings {
    security: &[USUAL, BY_HEADER],
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

operation!(Usual, "/usual", 0);
operation!(Open, "/open", 1);
operation!(ByHeader, "/header", 2);
operation!(All, "/all", 3);
operation!(Maybe, "/maybe", 4);
operation!(BothOrOne, "/both", 5);

/// Where one of two ways is more of the other.
static MORE: Settings = Settings {
    security: &[&[&[&HEADER], &[&HEADER, &QUERY]]],
    ..SETTINGS
};

/// What code gives: a credential, and its secrets.
type Given<'a> = &'a [(&'static Credential, &'a [&'a str])];

/// Either client, and its builder.
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

/// A case as two tests, one with each client.
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
    given: Given,
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
    for (credential, secrets) in given {
        builder = builder.credential(credential, secrets.iter().map(|text| (*text).to_owned()));
    }
    C::make(builder)
}

/// What goes out with a call: the headers that hold secrets, and the query.
fn secrets(request: &Received) -> String {
    let headers = ["authorization", "x-key", "cookie"];
    let headers = headers.iter().filter_map(|name| request.header(name));
    let query = request.target.split_once('?').map(|(_, query)| query);
    headers.chain(query).collect::<Vec<_>>().join(" | ")
}

/// What each operation sends, in their order, or why it is not sent.
#[track_caller]
fn sends<C: Make>(given: Given, environment: &[(&str, &str)], expected: [&str; 6]) {
    let server = Server::start(vec![response("204 No Content", &[], ""); 6]);
    let client: C = client(&SETTINGS, given, environment, &server.url).unwrap();
    let results = [
        client.run::<Usual>(),
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

/// What goes out where more than one credential may, but need not.
#[track_caller]
fn more<C: Make>(environment: [(&str, &str); 1], given: Given, expected: &str) {
    let server = Server::start(vec![response("204 No Content", &[], "")]);
    let client: C = client(&MORE, given, &environment, &server.url).unwrap();
    client.run::<Usual>().unwrap();
    assert_eq!(secrets(&server.received().remove(0)), expected);
}

/// Why there is no client.
#[track_caller]
fn fails<C: Make>(
    settings: &'static Settings,
    given: Given,
    environment: &[(&str, &str)],
    expected: &str,
) {
    let made = client::<C>(settings, given, environment, "http://localhost");
    let Err(error) = made else {
        panic!("it is made")
    };
    assert_eq!(error.to_string(), expected);
}

const ONLY_TOKEN: &str =
    "GET /header: the client has no credentials for it: use `header` (DOOR_HEADER)";
const ALL_FOUR: &str = "GET /all: the client has no credentials for it: use `header` (DOOR_HEADER) and `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE) and `second` (DOOR_SECOND)";
const NO_USUAL: &str = "GET /usual: the client has no credentials for it: use `token` (DOOR_TOKEN) or `login` (DOOR_USERNAME, DOOR_PASSWORD)";
const NO_BOTH: &str = "GET /both: the client has no credentials for it: use `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE), or `token` (DOOR_TOKEN)";

both! {
    fn one_goes_only_where_it_is_taken() {
        sends(
            &[(&TOKEN, &["s3cret"])],
            &[],
            ["Bearer s3cret", "", ONLY_TOKEN, ALL_FOUR, "", "Bearer s3cret"],
        )
    }

    fn several_go_each_where_it_is_taken() {
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

    fn the_more_is_given_the_more_is_sent() {
        more([("DOOR_HEADER", "h")], &[(&QUERY, &["q"])], "h | key=q")
    }

    fn what_the_environment_has_besides_is_not_sent() {
        more([("DOOR_QUERY", "q")], &[(&HEADER, &["h"])], "h")
    }

    fn without_any() {
        sends(&[], &[], [NO_USUAL, "", ONLY_TOKEN, ALL_FOUR, "", NO_BOTH])
    }

    /// Unlike two in code, two in the environment are none too many.
    fn the_environment_is_searched_for_each_operation() {
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

    fn code_goes_before_the_environment() {
        sends(
            &[(&LOGIN, &["a", "b"]), (&COOKIE, &["c"])],
            &[("DOOR_TOKEN", "t"), ("DOOR_QUERY", "q"), ("DOOR_COOKIE", "no")],
            ["Basic YTpi", "", ONLY_TOKEN, ALL_FOUR, "key=q", "key=c | key=q"],
        )
    }

    /// What no call needs may be as it likes.
    fn what_the_environment_holds_is_looked_at_where_it_is_sent() {
        sends(
            &[(&LOGIN, &["a", "b"]), (&QUERY, &["q"]), (&COOKIE, &["c"])],
            &[("DOOR_TOKEN", "s3cret\n")],
            ["Basic YTpi", "", ONLY_TOKEN, ALL_FOUR, "key=q", "key=c | key=q"],
        )
    }

    fn what_no_header_can_hold() {
        fails(&SETTINGS, &[], &[("DOOR_TOKEN", "s3cret\n")], "DOOR_TOKEN holds what no header can hold")
    }

    fn a_client_that_can_call_nothing() {
        fails(
            &STRICT,
            &[],
            &[("DOOR_USERNAME", "a")],
            "there are no credentials: use `token` (DOOR_TOKEN) or `login` (DOOR_USERNAME, DOOR_PASSWORD) or `header` (DOOR_HEADER)",
        )
    }

    fn one_that_no_call_takes() {
        fails(
            &STRICT,
            &[(&QUERY, &["q"])],
            &[],
            "the credentials are not enough: use `token` (DOOR_TOKEN) or `login` (DOOR_USERNAME, DOOR_PASSWORD) or `header` (DOOR_HEADER)",
        )
    }

    fn one_too_many() {
        fails(
            &STRICT,
            &[(&LOGIN, &["a", "b"]), (&HEADER, &["h"]), (&TOKEN, &["t"])],
            &[],
            "both `login` and `token` are given: one is enough",
        )
    }

    fn half_of_a_pair() {
        fails(
            &SETTINGS,
            &[(&COOKIE, &["c"]), (&TOKEN, &["t"])],
            &[],
            "`cookie` is given, but no call sends it by itself: use `header` (DOOR_HEADER) and `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE) and `second` (DOOR_SECOND), or `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE)",
        )
    }

    fn cookies_go_together() {
        cookies()
    }
}

/// Those of the client's own and of its credentials.
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
