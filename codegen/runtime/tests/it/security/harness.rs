//! Checks the credentials that a client sends.

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{
    Call, Client, ClientBuilder, Credential, Error, Operation, Request, Result, Settings,
};
use crate::security::api::*;
use crate::support::Run;
use crate::support::server::{Received, Server, response};

/// Explicit credentials with their secrets.
pub type Explicit<'a> = &'a [(&'static Credential, &'a [&'a str])];

/// Builds either client.
pub trait Make: Clone + Sized {
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

pub fn client<C: Make>(
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
pub fn secrets(request: &Received) -> String {
    let headers = ["authorization", "x-key", "cookie"];
    let headers = headers.iter().filter_map(|name| request.header(name));
    let query = request.target.split_once('?').map(|(_, query)| query);
    headers.chain(query).collect::<Vec<_>>().join(" | ")
}

/// Checks the credentials of each operation, or the error.
#[track_caller]
pub fn sends<C: Make>(explicit: Explicit, environment: &[(&str, &str)], expected: [&str; 6]) {
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
pub fn check_redundant<C: Make>(
    environment: [(&str, &str); 1],
    explicit: Explicit,
    expected: &str,
) {
    let server = Server::start(vec![response("204 No Content", &[], "")]);
    let client: C = client(&MORE, explicit, &environment, &server.url).unwrap();
    client.run::<Default>().unwrap();
    assert_eq!(secrets(&server.received().remove(0)), expected);
}

/// Checks the error of the builder.
#[track_caller]
pub fn fails<C: Make>(
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

pub const ONLY_TOKEN: &str =
    "GET /header: the client has no credentials for this call: use `header` (DOOR_HEADER)";
pub const ALL_FOUR: &str = "GET /all: the client has no credentials for this call: use `header` (DOOR_HEADER) and `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE) and `second` (DOOR_SECOND)";

pub const NO_DEFAULT: &str = "GET /default: the client has no credentials for this call: use `token` (DOOR_TOKEN) or `login` (DOOR_USERNAME, DOOR_PASSWORD)";

pub const NO_BOTH: &str = "GET /both: the client has no credentials for this call: use `query` (DOOR_QUERY) and `cookie` (DOOR_COOKIE), or `token` (DOOR_TOKEN)";
