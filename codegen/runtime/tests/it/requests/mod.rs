//! Requests: method, path, query, headers and body.

use crate::runtime::{BodyFormat, Call, Client, Json, Operation, Request};
use crate::support::Run;
use crate::support::api::Pair;
use crate::support::server::{Received, Server, Step, response, result};
use crate::support::{both, configured};

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

/// Returns the encoded request of an operation with this body format.
macro_rules! sent {
    ($media:expr, $request:expr) => {{
        empty_operation!(
            Only,
            Meta {
                method: "PATCH",
                path: "/a b/{x}.{y}/end?fixed=1#no",
                body_format: $media,
                ..Meta::DEFAULT
            }
        );
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

/// JSON whose properties keep their order.
fn raw(text: &str) -> Json {
    text.parse().unwrap()
}

const JSON: BodyFormat = BodyFormat::Json("application/json");

mod arguments;
mod bodies;

/// An empty list.
fn empty_page() -> Step {
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
