//! Requests: method, path, query, headers and body.

use serde_json::json;

use crate::runtime::{
    BodyFormat, Call, Client, DecodeError, Json, Meta, Operation, ParamLocation, RawResponse,
    Request, Style, minimum,
};
use crate::support::Run;
use crate::support::api::Pair;
use crate::support::server::{Received, Server, response, result};
use crate::support::{both, configured};

/// An empty list.
fn empty_page() -> crate::support::server::Step {
    result("[]")
}

both! {
    fn list_arguments_are_sent_as_query([empty_page()], server, client) {
        client.shelf("a b").list().limit(10).prefix("x&y=z é").run().unwrap();
        let request = server.only();
        assert_eq!(request.method, "GET");
        assert_eq!(request.target, "/client/v4/shelves/a%20b/things?limit=10&prefix=x%26y%3Dz+%C3%A9");
        assert_eq!(request.header("authorization"), Some("Bearer tok"));
        assert_eq!(request.header("user-agent"), Some("shelf/0.1.0"));
        assert_eq!(request.header("content-type"), None);
        assert!(request.body.is_empty());
    }
}

both! {
    fn unset_arguments_are_not_sent([empty_page()], server, client) {
        client.shelf("s").list().run().unwrap();
        assert_eq!(server.only().target, "/client/v4/shelves/s/things");
    }
}

both! {
    fn path_arguments_are_percent_encoded([response("200 OK", &[], "v")], server, client) {
        let key = "A-Za-z0-9-._~!$&'()*+,;=:@/%\\?#[]{}|^`\"<> \t\n\u{0}é漢";
        client.shelf("s").value(key).run().unwrap();
        let expected = "/client/v4/shelves/s/values/A-Za-z0-9-._~!$&'()*+,;=:@\
            %2F%25%5C%3F%23%5B%5D%7B%7D%7C%5E%60%22%3C%3E%20%09%0A%00%C3%A9%E6%BC%A2";
        assert_eq!(server.only().target, expected);
    }
}

both! {
    fn dots_inside_path_segments_are_kept([response("200 OK", &[], "v"), response("200 OK", &[], "v"), response("200 OK", &[], "v")], server, client) {
        for key in ["../x", "%2e%2e", "..."] {
            client.shelf("s").value(key).run().unwrap();
        }
        let targets: Vec<_> = server.received().into_iter().map(|request| request.target).collect();
        assert_eq!(targets, [
            "/client/v4/shelves/s/values/..%2Fx",
            "/client/v4/shelves/s/values/%252e%252e",
            "/client/v4/shelves/s/values/...",
        ]);
    }
}

both! {
    fn object_bodies_contain_set_properties([result(r#"{"name":"n"}"#), result(r#"{"name":"n"}"#)], server, client) {
        client.shelf("s").create("n").run().unwrap();
        client.shelf("s").create("n").note("\u{e9}\n").run().unwrap();
        let requests = server.received();
        assert_eq!(requests[0].method, "POST");
        assert_eq!(requests[0].header("content-type"), Some("application/json"));
        assert_eq!(requests[0].text(), r#"{"name":"n"}"#);
        assert_eq!(requests[1].text(), "{\"name\":\"n\",\"note\":\"é\\n\"}");
    }
}

both! {
    fn item_lists_are_json_arrays([result("{}"), result("{}"), result("{}")], server, client) {
        let pairs = [Pair::new("a", "1"), Pair::new("b", "2").base64(true).metadata([1])];
        client.shelf("s").bulk_update(pairs).run().unwrap();
        client.shelf("s").bulk_delete(["a", "b\""]).run().unwrap();
        client.shelf("s").bulk_delete(Vec::<String>::new()).run().unwrap();
        let requests = server.received();
        let expected = r#"[{"key":"a","value":"1"},{"key":"b","value":"2","base64":true,"metadata":[1]}]"#;
        assert_eq!(requests[0].text(), expected);
        assert_eq!(requests[0].header("content-type"), Some("application/json"));
        assert_eq!(requests[1].text(), r#"["a","b\""]"#);
        assert_eq!(requests[2].text(), "[]");
    }
}

both! {
    fn a_single_file_is_sent_raw([result("{}"), result("null")], server, client) {
        client.shelf("s").update("k", b"\x00\xff\r\n").expiration_ttl(60).run().unwrap();
        client.shelf("s").update("k", "").run().unwrap();
        let requests = server.received();
        assert_eq!(requests[0].method, "PUT");
        assert_eq!(requests[0].target, "/client/v4/shelves/s/values/k?expiration_ttl=60");
        assert_eq!(requests[0].header("content-type"), Some("application/octet-stream"));
        assert_eq!(requests[0].body, b"\x00\xff\r\n");
        assert_eq!(requests[1].header("content-type"), Some("application/octet-stream"));
        assert_eq!(requests[1].header("content-length"), Some("0"));
    }
}

both! {
    fn a_file_with_fields_is_sent_as_multipart([result("{}"), result("{}"), result("{}"), result("{}")], server, client) {
        for metadata in [serde_json::json!({"a": [1]}), "text".into(), false.into(), serde_json::Value::Null] {
            client.shelf("s").update("k", b"\x00\xff").metadata(&metadata).run().unwrap();
            let request = server.received().pop().unwrap();
            let kind = request.header("content-type").unwrap();
            let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
            let expected = [
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"value\"; filename=\"value\"\r\n\
                    Content-Type: application/octet-stream\r\n\r\n").as_bytes(),
                b"\x00\xff",
                format!("\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\
                    Content-Type: application/json\r\n\r\n{metadata}\r\n--{boundary}--\r\n").as_bytes(),
            ].concat();
            assert_eq!(request.body, expected);
        }
        let boundaries: std::collections::BTreeSet<_> =
            server.received().iter().map(|request| request.header("content-type").unwrap().to_owned()).collect();
        assert_eq!(boundaries.len(), 4);
    }
}

both! {
    fn call_headers_and_query_are_added([empty_page(), empty_page()], server, client,
        |builder| builder.default_header("x-name", "default").default_header("x-other", "other").user_agent("mine/2"))
    {
        client.shelf("s").list().limit(5).header("X-Name", "own").header("x-new", "né").query("a b", 1).query("c", "&").run().unwrap();
        client.shelf("s").list().run().unwrap();
        let requests = server.received();
        assert_eq!(requests[0].target, "/client/v4/shelves/s/things?limit=5&a+b=1&c=%26");
        assert_eq!(requests[0].header("x-name"), Some("own"));
        assert_eq!(requests[0].header("x-other"), Some("other"));
        assert_eq!(requests[0].header("x-new"), Some("né"));
        assert_eq!(requests[0].header("user-agent"), Some("mine/2"));
        assert_eq!(requests[1].header("x-name"), Some("default"));
        assert_eq!(requests[1].header("x-new"), None);
    }
}

/// Returns the encoded request of an operation with this body format.
macro_rules! sent {
    ($media:expr, $request:expr) => {{
        enum Only {}

        impl Operation for Only {
            type Output = ();
            const META: &'static Meta = &Meta {
                method: "PATCH",
                path: "/a b/{x}.{y}/end?fixed=1#no",
                body_format: $media,
                ..Meta::DEFAULT
            };

            fn decode(_: &Request, _: &RawResponse) -> Result<(), DecodeError> {
                Ok(())
            }
        }
        let request = $request
            .json(ParamLocation::Path("x"), 5)
            .text(ParamLocation::Path("y"), "é");
        sent::<Only>(request)
    }};
}

fn sent<O: Operation>(request: Request) -> Received {
    let server = Server::start([response("200 OK", &[], "")]);
    let client = configured(Client::builder(), &server.url).build().unwrap();
    let call = Call::<_, O>::new(&client, request).query("own", 1);
    assert!(call.run().is_ok());
    server.only()
}

/// Returns the query of an argument.
fn query(value: impl serde::Serialize, style: Style) -> String {
    let request = Request::new()
        .json(ParamLocation::Query("q"), value)
        .style(style);
    let sent = sent!(JSON, request);
    let (_, query) = sent.target.split_once("?fixed=1%23no").unwrap();
    query.strip_suffix("&own=1").unwrap().to_owned()
}

/// JSON whose properties keep their order.
fn raw(text: &str) -> Json {
    text.parse().unwrap()
}

const JSON: BodyFormat = BodyFormat::Json("application/json");

#[test]
fn path_templates_are_filled_in() {
    let request = sent!(
        JSON,
        Request::new().texts(ParamLocation::Query("list"), ["a", "b"])
    );
    assert_eq!(request.method, "PATCH");
    assert_eq!(
        request.target,
        "/client/v4/a%20b/5.%C3%A9/end?fixed=1%23no&list=a&list=b&own=1"
    );
}

#[test]
fn later_arguments_replace_earlier_ones() {
    let location = ParamLocation::Query("q");
    let request = Request::new()
        .json(location, 1)
        .limit(|it| minimum(it, 60))
        .json(location, [2, 3]);
    let request = sent!(
        JSON,
        request
            .json(ParamLocation::Query("r"), true)
            .json(location, 60)
    );
    assert!(
        request.target.ends_with("&r=true&q=60&own=1"),
        "{}",
        request.target
    );
}

#[test]
fn query_styles_encode_lists_and_objects() {
    let list = || ["a b", "c,d"];
    let object = || raw(r#"{"r":1,"g":{"h":[true,null]}}"#);
    for (value, style, expected) in [
        (Json::new(1.0), Style::Default, "&q=1"),
        (Json::new(()), Style::Default, ""),
        (Json::new(list()), Style::Default, "&q=a+b&q=c%2Cd"),
        (Json::new(list()), Style::Delimited(","), "&q=a+b,c%2Cd"),
        (Json::new(list()), Style::Delimited(" "), "&q=a%20b+c%2Cd"),
        (Json::new(list()), Style::Delimited("|"), "&q=a+b%7Cc%2Cd"),
        (Json::new(["a|b", "c"]), Style::Delimited("|"), "&q=a%7Cb|c"),
        (
            Json::new(list()),
            Style::DeepObject,
            "&q%5B0%5D=a+b&q%5B1%5D=c%2Cd",
        ),
        (
            Json::new(list()),
            Style::Json,
            "&q=%5B%22a+b%22%2C%22c%2Cd%22%5D",
        ),
        (Json::new([(); 0]), Style::Delimited(","), ""),
        (
            object(),
            Style::Default,
            "&r=1&g=%7B%22h%22%3A%5Btrue%2Cnull%5D%7D",
        ),
        (
            object(),
            Style::DeepObject,
            "&q%5Br%5D=1&q%5Bg%5D%5Bh%5D%5B0%5D=true",
        ),
        (
            raw(r#"{"r":1,"g":"x"}"#),
            Style::Delimited(","),
            "&q=r,1,g,x",
        ),
    ] {
        assert_eq!(query(&value, style), expected, "{value} {style:?}");
    }
}

#[test]
fn reserved_characters_are_kept_if_allowed() {
    let value = ":/?#[]@!$&'()*+,;= %41é";
    let request = Request::new()
        .text(ParamLocation::Query("q"), value)
        .allow_reserved();
    let target = sent!(JSON, request).target;
    let expected = "&q=:/?%23%5B%5D@!$%26'()*%2B,;=%20%2541%C3%A9&own=1";
    assert!(target.replace("%27", "'").ends_with(expected), "{target}");

    let request = Request::new()
        .texts(ParamLocation::Field("q"), ["a/b,c", "d"])
        .style(Style::Delimited(","))
        .allow_reserved();
    assert_eq!(sent!(BodyFormat::UrlEncoded, request).text(), "q=a/b%2Cc,d");
}

#[test]
fn deeply_nested_arguments_are_rejected() {
    let nested = |depth| raw(&format!("{}1{}", "[".repeat(depth), "]".repeat(depth)));
    let name = "%5B0%5D".repeat(100);
    assert_eq!(query(nested(100), Style::DeepObject), format!("&q{name}=1"));

    let request = Request::new().json(ParamLocation::Query("q"), nested(10_000));
    let client = configured(Client::builder(), "http://localhost");
    let call = Call::<_, Flat>::new(&client.build().unwrap(), request.style(Style::DeepObject));
    assert_eq!(call.run().unwrap_err().parameter(), Some("q"));
}

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

/// An operation with an empty result.
macro_rules! empty_operation {
    ($name:ident, $meta:expr) => {
        enum $name {}

        impl Operation for $name {
            type Output = ();
            const META: &'static Meta = &$meta;

            fn decode(_: &Request, _: &RawResponse) -> Result<(), DecodeError> {
                Ok(())
            }
        }
    };
}

empty_operation!(
    Needy,
    Meta {
        required_if_body: &["name"],
        ..Meta::new("shelf.needy").route("POST", "/")
    }
);
empty_operation!(Flat, Meta::new("shelf.flat").route("GET", "/"));
empty_operation!(Twice, Meta::new("shelf.list").route("GET", "/{p}/{p}"));

#[test]
fn path_styles_encode_lists_and_objects() {
    let list = raw(r#"["a","b/c"]"#);
    let object = raw(r#"{"r":1,"g":2}"#);
    let signs = Json::new(["a,b;c=d.e", "f"]);
    for (value, style, expected) in [
        (&list, Style::Default, "a,b%2Fc"),
        (&list, Style::Label(false), ".a,b%2Fc"),
        (&list, Style::Label(true), ".a.b%2Fc"),
        (&list, Style::Matrix(false), ";p=a,b%2Fc"),
        (&list, Style::Matrix(true), ";p=a;p=b%2Fc"),
        (&object, Style::Default, "r,1,g,2"),
        (&object, Style::Pairs, "r=1,g=2"),
        (&object, Style::Label(true), ".r=1.g=2"),
        (&object, Style::Matrix(true), ";r=1;g=2"),
        (&Json::new("x"), Style::Matrix(true), ";p=x"),
        (&Json::new("x"), Style::Label(false), ".x"),
        (&Json::new("a,b;c"), Style::Default, "a,b;c"),
        (&Json::new("a,b;c"), Style::Matrix(false), ";p=a%2Cb%3Bc"),
        (&signs, Style::Default, "a%2Cb;c=d.e,f"),
        (&signs, Style::Label(true), ".a,b;c%3Dd%2Ee.f"),
        (&signs, Style::Matrix(true), ";p=a,b%3Bc%3Dd.e;p=f"),
        (&raw(r#"{"a=b":"c,d"}"#), Style::Pairs, "a%3Db=c%2Cd"),
    ] {
        let request = Request::new()
            .json(ParamLocation::Path("p"), value)
            .style(style);
        let target = sent::<Twice>(request).target;
        let written = format!("/client/v4/{expected}/{expected}?own=1");
        assert_eq!(target, written, "{value} {style:?}");
    }
}

#[test]
fn empty_labels_are_rejected() {
    let server = Server::start([]);
    let client = configured(Client::builder(), &server.url).build().unwrap();
    for value in ["{}", "[]", r#""""#, "null"] {
        for explode in [false, true] {
            let request = Request::new()
                .json(ParamLocation::Path("p"), raw(value))
                .style(Style::Label(explode));
            let error = Call::<_, Twice>::new(&client, request).run().unwrap_err();
            assert!(error.to_string().ends_with("`p` is empty"), "{error}");
        }
    }
    assert!(server.received().is_empty());
}

#[test]
fn headers_and_cookies_are_encoded() {
    let request = Request::new()
        .texts(ParamLocation::Header("x-list"), ["a", "b"])
        .json(ParamLocation::Header("x-pairs"), json!({"a": 1.0}))
        .style(Style::Pairs)
        .text(ParamLocation::Cookie("one"), "a;b")
        .json(ParamLocation::Cookie("two"), [1, 2])
        .json(ParamLocation::Cookie("three"), ["a,b", "c"])
        .style(Style::Delimited(","))
        .json(ParamLocation::Cookie("four"), json!({"x=1; y": 2}));
    let request = sent!(JSON, request);
    assert_eq!(request.header("x-list"), Some("a,b"));
    assert_eq!(request.header("x-pairs"), Some("a=1"));
    let cookies = "one=a%3Bb; two=1; two=2; three=a%2Cb,c; x%3D1%3B%20y=2";
    assert_eq!(request.header("cookie"), Some(cookies));
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
