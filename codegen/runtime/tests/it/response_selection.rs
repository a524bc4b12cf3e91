//! Selection of responses, servers and `Accept`.

use std::collections::BTreeMap;

use crate::runtime::{
    Call, Client, ClientBuilder, DecodeError, Error, Meta, Operation, RawResponse, Request,
    ResponseCase, Settings,
};
use crate::support::Run;
use crate::support::both;
use crate::support::server::{Server, Step, json, response};

/// Calls an operation with its own server and `Accept` header.
macro_rules! odd {
    ($client:expr, $read:expr) => {{
        enum Odd {}

        impl Operation for Odd {
            type Output = String;
            const META: &'static Meta = &Meta {
                path: "/odd",
                base_url: Some("http://files.example/own/"),
                accept: Some("application/json, text/csv"),
                ..Meta::DEFAULT
            };

            fn decode(_: &Request, response: &RawResponse) -> Result<String, DecodeError> {
                let read: fn(&RawResponse) -> Result<String, DecodeError> = $read;
                read(response)
            }
        }
        Call::<_, Odd>::new($client, Request::new())
    }};
}

fn of(step: &str, media_type: &str, body: &str) -> Step {
    response(step, &[("content-type", media_type)], body)
}

fn each(response: &RawResponse) -> Result<String, DecodeError> {
    response.select(&[
        ("200", "application/json", |response| {
            response.json().map(|n: i64| format!("ok {n}"))
        }),
        ("200", "text/csv", |response| {
            response.text().map(|text| format!("csv {text}"))
        }),
        ("201", "application/json", |response| {
            response.json().map(|n: i64| format!("created {n}"))
        }),
        ("204", "", |_| Ok("nothing".to_owned())),
        ("2XX", "text/plain", |response| {
            response.text().map(|text| format!("else {text}"))
        }),
    ])
}

both! {
    fn responses_are_selected_by_status_and_media_type([
        of("200 OK", "application/json; charset=utf-8", "1"),
        of("200 OK", "application/problem+json", "2"),
        of("200 OK", "Text/CSV;header=present", "3"),
        response("200 OK", &[], "4"),
        json("201 Created", "5"),
        response("204 No Content", &[], ""),
        of("206 Partial Content", "text/plain", "6"),
        json("206 Partial Content", "7"),
    ], server, client) {
        for expected in ["ok 1", "ok 2", "csv 3", "ok 4", "created 5", "nothing", "else 6", "else 7"] {
            assert_eq!(odd!(&client, each).run().unwrap(), expected);
        }
        assert!(server.received().iter().all(|request| request.target.ends_with("/v4/odd")));
    }
}

/// Returns the text of a decode error.
#[track_caller]
fn error(result: Result<String, Error>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    error.to_string()
}

both! {
    fn undocumented_responses_are_decode_errors([
        of("200 OK", "image/png", "1"),
        of("201 Created", "text/html", "<html>no</html>"),
    ], _server, client) {
        let text = error(odd!(&client, each).run());
        let known = "200 application/json, 200 text/csv, 201 application/json, 204, 2XX text/plain";
        assert!(text.ends_with(&format!("status 200 and `image/png` match no documented response; documented are {known}")), "{text}");
        let text = error(odd!(&client, each).run());
        assert!(text.ends_with("the body is not JSON but `<html>no</html>`"), "{text}");
    }
}

const JSON: ResponseCase<String> = ("200", "application/json", |response| {
    response.json().map(|n: i64| n.to_string())
});
const ACCEPTED: ResponseCase<String> = ("202", "application/json", |_| Ok("later".to_owned()));
const NOTHING: ResponseCase<String> = ("204", "", |_| Ok("nothing".to_owned()));
const DEFAULT: ResponseCase<String> = ("default", "*/*", |_| Ok("rest".to_owned()));

fn perhaps(response: &RawResponse) -> Result<String, DecodeError> {
    response.select(&[JSON, NOTHING])
}

fn either(response: &RawResponse) -> Result<String, DecodeError> {
    response.select(&[JSON, ACCEPTED])
}

fn or_else(response: &RawResponse) -> Result<String, DecodeError> {
    response.select(&[DEFAULT, JSON])
}

both! {
    fn undocumented_statuses_are_selected_by_media_type([
        json("201 Created", "1"), response("202 Accepted", &[], ""), of("202 Accepted", "text/html", "<"),
        json("201 Created", "1"), json("203 Else", "1"), json("200 OK", "1"), of("203 Else", "a/b", ""),
    ], _server, client) {
        assert_eq!(odd!(&client, perhaps).run().unwrap(), "1");
        assert_eq!(odd!(&client, perhaps).run().unwrap(), "nothing");
        let text = error(odd!(&client, perhaps).run());
        assert!(text.ends_with("status 202 and `text/html` match no documented response; documented are 200 application/json, 204"), "{text}");
        error(odd!(&client, either).run());
        assert_eq!(odd!(&client, or_else).run().unwrap(), "rest");
        assert_eq!(odd!(&client, or_else).run().unwrap(), "1");
        assert_eq!(odd!(&client, or_else).run().unwrap(), "rest");
    }
}

both! {
    fn media_type_ranges_match([of("200 OK", "image/png", "p"), of("200 OK", "text/plain", "t")], _server, client) {
        fn read(response: &RawResponse) -> Result<String, DecodeError> {
            response.select(&[
            ("200", "*/*", |_| Ok("any".to_owned())),
            ("200", "image/*", |_| Ok("image".to_owned())),
        ])
        }
        assert_eq!(odd!(&client, read).run().unwrap(), "image");
        assert_eq!(odd!(&client, read).run().unwrap(), "any");
    }
}

both! {
    fn accept_header_lists_the_media_types([json("200 OK", "1"), json("200 OK", "1")], server, client) {
        odd!(&client, each).run().unwrap();
        odd!(&client, each).header("accept", "text/csv").run().unwrap();
        let received = server.received();
        assert_eq!(received[0].header("accept"), Some("application/json, text/csv"));
        assert_eq!(received[1].header("accept"), Some("text/csv"));
        assert_eq!(Meta::DEFAULT.accept, Some("application/json"));
    }
}

both! {
    fn response_headers_are_parsed([response("200 OK", &[("content-type", "application/json"), ("x-left", "7")], "1")], _server, client) {
        let response = odd!(&client, each).run_with_response().unwrap();
        assert_eq!(response.header::<i64>("X-Left"), Some(7));
        assert_eq!(response.header::<&str>("x-left"), Some("7"));
        assert_eq!(response.header::<bool>("x-left"), None);
        assert_eq!(response.header::<String>("x-right"), None);
    }
}

both! {
    fn error_bodies_are_parsed([json("404 Not Found", r#"{"id":"a","n":[1]}"#), json("404 Not Found", "{")], _server, client) {
        let error = odd!(&client, each).run().unwrap_err();
        let Error::Api(error) = error else { panic!("{error:?}") };
        let body: BTreeMap<String, crate::runtime::Json> = error.parse().unwrap();
        assert_eq!(body["id"].as_str(), "\"a\"");
        let mismatch = error.parse::<BTreeMap<String, String>>().unwrap_err();
        assert!(matches!(mismatch, Error::Decode(_)), "{mismatch:?}");
        assert_eq!((mismatch.json_path(), mismatch.path()), (Some("*"), Some("/odd")));
        assert_eq!((error.status().as_u16(), error.body_text()), (404, r#"{"id":"a","n":[1]}"#.to_owned()));
        let error = odd!(&client, each).run().unwrap_err();
        let Error::Api(error) = error else { panic!("{error:?}") };
        error.parse::<BTreeMap<String, String>>().unwrap_err();
    }
}

static SETTINGS: Settings = Settings {
    base_url: Some("http://default.example"),
    base_url_variable: Some("ODD_BASE_URL"),
    user_agent: "odd/1",
    security: &[],
    envelope: None,
    status_names: &[],
    request_id_header: None,
};

/// Returns a client that resolves every host to this server.
fn everywhere(server: &Server) -> ClientBuilder<Client> {
    let address = server.url.split('/').nth(2).unwrap().parse().unwrap();
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .resolve("files.example", address)
        .build()
        .unwrap();
    ClientBuilder::new(&SETTINGS).http_client(http)
}

#[test]
fn operation_servers_apply_unless_the_base_url_is_set() {
    let server = Server::start([
        json("200 OK", "1"),
        json("200 OK", "1"),
        json("200 OK", "1"),
    ]);
    let variable = server.url.clone();
    let variables = move |name: &str| (name == "ODD_BASE_URL").then(|| variable.clone());
    for builder in [
        everywhere(&server),
        everywhere(&server).base_url(&server.url),
        everywhere(&server).variables(variables),
    ] {
        let client = builder.build().unwrap();
        odd!(&client, each).run().unwrap();
    }
    let received = server.received();
    let hosts: Vec<_> = received
        .iter()
        .map(|request| request.header("host").unwrap())
        .collect();
    assert_eq!(hosts[0], "files.example");
    assert!(hosts[1] == hosts[2] && hosts[1].starts_with("127.0.0.1:"));
    let paths: Vec<_> = received
        .iter()
        .map(|request| request.target.as_str())
        .collect();
    assert_eq!(paths, ["/own/odd", "/client/v4/odd", "/client/v4/odd"]);
}
