//! What goes out: method, path, query, headers, body.

use crate::runtime::{
    Answer, Call, Client, Failure, Form, Json, Meta, Operation, Refusal, Request, Upload,
};
use crate::support::Run;
use crate::support::api::Pair;
use crate::support::server::{Received, Server, answer, result};
use crate::support::{both, configured};

/// Answers a list.
fn empty_page() -> crate::support::server::Step {
    result("[]")
}

both! {
    fn a_list_goes_out_with_its_query([empty_page()], server, client) {
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
    fn nothing_optional_is_sent_unasked([empty_page()], server, client) {
        client.shelf("s").list().run().unwrap();
        assert_eq!(server.only().target, "/client/v4/shelves/s/things");
    }
}

both! {
    fn a_key_is_one_segment_whatever_it_holds([answer("200 OK", &[], "v")], server, client) {
        let key = "A-Za-z0-9-._~!$&'()*+,;=:@/%\\?#[]{}|^`\"<> \t\n\u{0}é漢";
        client.shelf("s").value(key).run().unwrap();
        let expected = "/client/v4/shelves/s/values/A-Za-z0-9-._~!$&'()*+,;=:@\
            %2F%25%5C%3F%23%5B%5D%7B%7D%7C%5E%60%22%3C%3E%20%09%0A%00%C3%A9%E6%BC%A2";
        assert_eq!(server.only().target, expected);
    }
}

both! {
    fn dots_among_other_things_are_kept([answer("200 OK", &[], "v"), answer("200 OK", &[], "v"), answer("200 OK", &[], "v")], server, client) {
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
    fn an_object_holds_what_is_given([result(r#"{"name":"n"}"#), result(r#"{"name":"n"}"#)], server, client) {
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
    fn a_list_of_pairs_is_an_array([result("{}"), result("{}"), result("{}")], server, client) {
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
    fn a_value_alone_goes_out_as_it_is([result("{}"), result("null")], server, client) {
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
    fn a_value_with_metadata_goes_out_as_a_form([result("{}"), result("{}"), result("{}"), result("{}")], server, client) {
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
    fn a_call_has_headers_and_a_query_of_its_own([empty_page(), empty_page()], server, client,
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

/// An operation that is only a request.
struct Only(fn(Request) -> Request);

impl Operation for Only {
    type Output = ();
    const META: &'static Meta = &Meta {
        method: "PATCH",
        path: "/a b/{x}.{y}/end?fixed=1#no",
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        self.0(Request::new(Self::META)).build()
    }

    fn decode(&self, _: &Answer) -> Result<(), Failure> {
        Ok(())
    }
}

fn sent(build: fn(Request) -> Request) -> Received {
    let server = Server::start([answer("200 OK", &[], "")]);
    let client = configured(Client::builder(), &server.url).build().unwrap();
    Call::new(&client, Only(build))
        .query("own", 1)
        .run()
        .unwrap();
    server.only()
}

#[test]
fn a_path_follows_its_template() {
    let request = sent(|request| {
        request
            .path("x", 5)
            .path("y", "é")
            .query("list", ["a", "b"])
            .query("none", None::<i64>)
    });
    assert_eq!(request.method, "PATCH");
    assert_eq!(
        request.target,
        "/client/v4/a%20b/5.%C3%A9/end?fixed=1%23no&list=a&list=b&own=1"
    );
    assert!(
        Request::new(Only::META)
            .path("y", "not the first")
            .build()
            .is_err()
    );
}

#[test]
fn values_are_written_as_they_print() {
    let request = sent(|request| {
        request
            .query("f", Some(1.0))
            .query("b", Some(true))
            .header("x-list", ["a", "b"])
            .header("x-none", None::<i64>)
    });
    assert!(
        request.target.contains("&f=1&b=true&"),
        "{}",
        request.target
    );
    assert_eq!(request.header("x-list"), Some("a,b"));
    assert_eq!(request.header("x-none"), None);
}

#[test]
fn a_body_that_is_not_given_is_none() {
    let raw = "text/plain";
    for request in [
        sent(|request| request.json(None::<&Json>)),
        sent(|request| request.items("x", None)),
        sent(|request| request.raw("text/plain", None)),
        sent(|request| request.form(Some("text/plain"), Form::new().file("f", None))),
    ] {
        assert!(request.body.is_empty());
        assert_eq!(request.header("content-type"), None);
    }
    let request = sent(|request| request.raw("text/plain", Some(&Upload::from("v"))));
    assert_eq!(
        (request.header("content-type"), request.text()),
        (Some(raw), "v")
    );
}

#[test]
fn a_form_has_parts_of_each_kind() {
    let request = sent(|request| {
        let form = Form::new()
            .text("t\"\n", ["1", "2"])
            .json("j", Some(&[1]))
            .json("n", None::<&Json>);
        request.form(Some("text/plain"), form)
    });
    let boundary = request
        .header("content-type")
        .unwrap()
        .split_once("boundary=")
        .unwrap()
        .1;
    let body = request.text().replace(boundary, "B").replace("\r\n", "|");
    let expected = "--B|Content-Disposition: form-data; name=\"t%22%0A\"||1\
        |--B|Content-Disposition: form-data; name=\"t%22%0A\"||2\
        |--B|Content-Disposition: form-data; name=\"j\"|Content-Type: application/json||[1]|--B--|";
    assert_eq!(body, expected);
}
