//! Arguments in the path, the query, headers and cookies.

use serde_json::json;

use super::{JSON, raw, sent};
use crate::runtime::{
    BodyFormat, Call, Client, DecodeError, Json, Meta, Operation, ParamLocation, RawResponse,
    Request, Style, minimum,
};
use crate::support::server::Server;
use crate::support::{Run, configured};

empty_operation!(Flat, Meta::new("shelf.flat").route("GET", "/"));
empty_operation!(Twice, Meta::new("shelf.list").route("GET", "/{p}/{p}"));

/// Returns the query of an argument.
fn query(value: impl serde::Serialize, style: Style) -> String {
    let request = Request::new()
        .json(ParamLocation::Query("q"), value)
        .style(style);
    let sent = sent!(JSON, request);
    let (_, query) = sent.target.split_once("?fixed=1%23no").unwrap();
    query.strip_suffix("&own=1").unwrap().to_owned()
}

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
        .limit(|value| minimum(value, 60))
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
fn path_styles_encode_lists_and_objects() {
    let list = raw(r#"["a","b/c"]"#);
    let object = raw(r#"{"r":1,"g":2}"#);
    let signs = Json::new(["a,b;c=d.e", "f"]);
    for (value, style, expected) in [
        (&list, Style::Default, "a,b%2Fc"),
        (&list, Style::Label(false), ".a,b%2Fc"),
        (&list, Style::Label(true), ".a.b%2Fc"),
        (&list, Style::DottedLabel, ".a.b%2Fc"),
        (&list, Style::Matrix(false), ";p=a,b%2Fc"),
        (&list, Style::Matrix(true), ";p=a;p=b%2Fc"),
        (&object, Style::Default, "r,1,g,2"),
        (&object, Style::ExplodedSimple, "r=1,g=2"),
        (&object, Style::Label(false), ".r,1,g,2"),
        (&object, Style::Label(true), ".r=1.g=2"),
        (&object, Style::DottedLabel, ".r.1.g.2"),
        (&object, Style::Matrix(true), ";r=1;g=2"),
        (&Json::new("x"), Style::Matrix(true), ";p=x"),
        (&Json::new("x"), Style::Label(false), ".x"),
        (&Json::new("a,b;c"), Style::Default, "a,b;c"),
        (&Json::new("a,b;c"), Style::Matrix(false), ";p=a%2Cb%3Bc"),
        (&signs, Style::Default, "a%2Cb;c=d.e,f"),
        (&signs, Style::Label(true), ".a,b;c%3Dd%2Ee.f"),
        (&signs, Style::Matrix(true), ";p=a,b%3Bc%3Dd.e;p=f"),
        (
            &raw(r#"{"a=b":"c,d"}"#),
            Style::ExplodedSimple,
            "a%3Db=c%2Cd",
        ),
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
        for style in [Style::Label(false), Style::Label(true), Style::DottedLabel] {
            let request = Request::new()
                .json(ParamLocation::Path("p"), raw(value))
                .style(style);
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
        .style(Style::ExplodedSimple)
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
