//! Request bodies.

use super::{JSON, sent};
use crate::runtime::{
    BodyFormat, Call, Client, DecodeError, Meta, Operation, ParamLocation, RawResponse, Request,
};
use crate::support::server::{Server, response};
use crate::support::{Run, configured};

empty_operation!(
    Needy,
    Meta {
        required_if_body: &["name"],
        ..Meta::new("shelf.needy").route("POST", "/")
    }
);

#[test]
fn incomplete_bodies_are_rejected() {
    let run = |request: Request| {
        let server = Server::start([response("200 OK", &[], "")]);
        let client = configured(Client::builder(), &server.url).build().unwrap();
        let outcome = Call::<_, Needy>::new(&client, request).run();
        (outcome, server.received())
    };
    let (outcome, received) = run(Request::new().text(ParamLocation::Property("note"), "secret"));
    let error = outcome.unwrap_err();
    assert_eq!(error.parameter(), Some("name"));
    assert!(error.to_string().contains("is missing"), "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
    assert!(received.is_empty());

    let (outcome, received) = run(Request::new().text(ParamLocation::Property("name"), "n"));
    assert!(outcome.is_ok());
    assert_eq!(received[0].text(), r#"{"name":"n"}"#);

    let (outcome, received) = run(Request::new());
    assert!(outcome.is_ok());
    assert!(received[0].body.is_empty());
}

#[test]
fn unset_bodies_are_not_sent() {
    for request in [
        sent!(JSON, Request::new()),
        sent!(BodyFormat::Raw("text/plain"), Request::new()),
        sent!(BodyFormat::Form(Some("text/plain")), Request::new()),
        sent!(BodyFormat::Form(None), Request::new()),
        sent!(BodyFormat::UrlEncoded, Request::new()),
    ] {
        assert!(request.body.is_empty());
        assert_eq!(request.header("content-type"), None);
    }
}

#[test]
fn required_forms_are_sent_without_parts() {
    empty_operation!(
        Encoded,
        Meta {
            method: "POST",
            body_format: BodyFormat::UrlEncoded,
            sends_empty_form: true,
            ..Meta::DEFAULT
        }
    );
    empty_operation!(
        Parts,
        Meta {
            method: "POST",
            body_format: BodyFormat::Form(None),
            sends_empty_form: true,
            ..Meta::DEFAULT
        }
    );
    empty_operation!(
        Related,
        Meta {
            method: "POST",
            body_format: BodyFormat::Multipart("multipart/related"),
            sends_empty_form: true,
            ..Meta::DEFAULT
        }
    );
    let request = sent::<Encoded>(Request::new());
    let media_type = request.header("content-type");
    assert_eq!(media_type, Some("application/x-www-form-urlencoded"));
    assert_eq!(request.header("content-length"), Some("0"));

    for (request, essence) in [
        (sent::<Parts>(Request::new()), "multipart/form-data"),
        (sent::<Related>(Request::new()), "multipart/related"),
    ] {
        let media_type = request.header("content-type").unwrap();
        let boundary = media_type.strip_prefix(essence).unwrap();
        let boundary = boundary.strip_prefix("; boundary=").unwrap();
        assert_eq!(request.text(), format!("--{boundary}--\r\n"));
    }
}

#[test]
fn bodies_are_encoded_by_format() {
    let whole = |text: &str| Request::new().text(ParamLocation::Body("body"), text);
    let fields = || {
        Request::new()
            .text(ParamLocation::Field("a b"), "1&2")
            .json(ParamLocation::Field("c"), [1, 2])
    };
    for (request, kind, body) in [
        (
            sent!(BodyFormat::Raw("text/plain"), whole("v")),
            "text/plain",
            "v",
        ),
        (
            sent!(BodyFormat::Json("a/b+json"), whole("v")),
            "a/b+json",
            r#""v""#,
        ),
        (
            sent!(BodyFormat::Object("a/b"), Request::new()),
            "a/b",
            "{}",
        ),
        (
            sent!(
                JSON,
                Request::new()
                    .text(ParamLocation::Property("p"), "v")
                    .json(ParamLocation::Property("q"), 1)
            ),
            "application/json",
            r#"{"p":"v","q":1}"#,
        ),
        (
            sent!(BodyFormat::UrlEncoded, fields()),
            "application/x-www-form-urlencoded",
            "a+b=1%262&c=1&c=2",
        ),
    ] {
        assert_eq!(
            (request.header("content-type"), request.text()),
            (Some(kind), body)
        );
    }
}

#[test]
fn multipart_bodies_contain_all_kinds_of_parts() {
    let request = Request::new()
        .texts(ParamLocation::Field("t\"\n"), ["1", "2"])
        .json(ParamLocation::Part("j", "application/json"), [1])
        .contents(ParamLocation::Part("f", "image/png"), ["x", "y"]);
    let request = sent!(BodyFormat::Form(Some("text/plain")), request);
    let kind = request.header("content-type").unwrap();
    let (_, boundary) = kind.split_once("boundary=").unwrap();
    let body = request.text().replace(boundary, "B").replace("\r\n", "|");
    let file =
        "--B|Content-Disposition: form-data; name=\"f\"; filename=\"f\"|Content-Type: image/png||";
    let expected = format!(
        "--B|Content-Disposition: form-data; name=\"t%22%0A\"||1\
        |--B|Content-Disposition: form-data; name=\"t%22%0A\"||2\
        |--B|Content-Disposition: form-data; name=\"j\"|Content-Type: application/json||[1]|{file}x|{file}y|--B--|"
    );
    assert_eq!(body, expected);
}

#[test]
fn parts_are_encoded_by_media_type() {
    let request = Request::new()
        .text(ParamLocation::Part("csv", "text/csv"), "a,b")
        .texts(ParamLocation::Part("many", "text/csv"), ["1", "2"])
        .json(ParamLocation::Part("word", "text/plain"), "w")
        .text(ParamLocation::Part("text", "application/json"), "{}")
        .json(
            ParamLocation::Part("list", "application/json; charset=utf-8"),
            ["1"],
        )
        .json(ParamLocation::Part("none", "text/plain"), ());
    let request = sent!(BodyFormat::Form(None), request);
    let text = request.text();
    let parts: Vec<(&str, &str)> = text
        .split("Content-Disposition: form-data; name=")
        .skip(1)
        .filter_map(|part| part.split_once("\r\n--")?.0.split_once("\r\n\r\n"))
        .collect();
    assert_eq!(
        parts,
        [
            ("\"csv\"\r\nContent-Type: text/csv", "a,b"),
            ("\"many\"\r\nContent-Type: text/csv", "1"),
            ("\"many\"\r\nContent-Type: text/csv", "2"),
            ("\"word\"\r\nContent-Type: text/plain", "w"),
            ("\"text\"\r\nContent-Type: application/json", "{}"),
            (
                "\"list\"\r\nContent-Type: application/json; charset=utf-8",
                "[\"1\"]"
            ),
        ]
    );
}

#[test]
fn multipart_media_types_are_sent() {
    let request = || {
        Request::new()
            .json(ParamLocation::Part("about", "application/json"), [1])
            .content(ParamLocation::Part("photo", "image/png"), "x")
    };
    let mixed = sent!(BodyFormat::Multipart("multipart/mixed"), request());
    let kind = mixed.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/mixed; boundary=").unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"about\"\r\n\
        Content-Type: application/json\r\n\r\n[1]\r\n--{boundary}\r\n\
        Content-Disposition: form-data; name=\"photo\"; filename=\"photo\"\r\n\
        Content-Type: image/png\r\n\r\nx\r\n--{boundary}--\r\n"
    );
    assert_eq!(mixed.text(), expected);

    let related = sent!(BodyFormat::Multipart("multipart/related"), request());
    let kind = related.header("content-type").unwrap();
    let start = "multipart/related; type=\"application/json\"; boundary=";
    assert!(kind.starts_with(start), "{kind}");

    let none = sent!(BodyFormat::Multipart("multipart/mixed"), Request::new());
    assert_eq!((none.header("content-type"), none.body.len()), (None, 0));
}
