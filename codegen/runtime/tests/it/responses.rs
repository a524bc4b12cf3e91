//! Decoding of responses.

use std::collections::BTreeMap;

use crate::runtime::integer::Integer;
use crate::runtime::{
    Call, Client, ClientBuilder, DecodeError, Error, Json, Meta, Operation, RawResponse, Request,
    Settings,
};
use crate::support::Run;
use crate::support::api::{Found, Outcome};
use crate::support::both;
use crate::support::server::{Server, Step, json, response, result};

/// Returns the JSON path and the text of a decode error.
#[track_caller]
fn error<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    assert!(!error.is_retryable());
    assert_eq!(error.attempts(), 1);
    (error.json_path().unwrap().to_owned(), error.to_string())
}

both! {
    fn enveloped_results_are_decoded([result(r#"{"name":"n","expiration":1577836800.0,"new":1}"#)], server, client) {
        let thing = client.shelf("s").create("n").run().unwrap();
        assert_eq!(thing.name, "n");
        assert_eq!(thing.expiration, Some(1_577_836_800));
        server.only();
    }
}

both! {
    fn envelope_properties_have_any_order([
        json("200 OK", r#" {"unknown":{"result":1},"result_info":7,"result":{"name":"n"},"errors":null,"success":true} "#),
        json("201 Created", r#"{"result":{"name":"n"}}"#),
    ], _server, client) {
        assert_eq!(client.shelf("s").create("n").run().unwrap().name, "n");
        assert_eq!(client.shelf("s").create("n").run().unwrap().name, "n");
    }
}

both! {
    fn null_and_absent_results_are_accepted_where_allowed([
        result("{}"), result("null"), json("200 OK", r#"{"success":true}"#), response("204 No Content", &[], ""),
        result("null"), json("200 OK", r#"{"success":true}"#), result(r#"{"successful_key_count":1000.0}"#),
        result("null"), result("{}"), result(r#"{"name":"other"}"#), result(r#"{"nom":"other"}"#),
        result("null"), json("200 OK", r#"{"success":true}"#), result("[null]"),
    ], _server, client) {
        let shelf = client.shelf("s");
        for _ in 0..4 {
            shelf.delete("x").run().unwrap();
        }
        assert_eq!(shelf.bulk_delete(["a"]).run().unwrap(), Outcome::default());
        assert_eq!(shelf.bulk_delete(["a"]).run().unwrap(), Outcome::default());
        assert_eq!(shelf.bulk_delete(["a"]).run().unwrap().successful_key_count, Some(1_000));
        assert_eq!(shelf.rename("x", "given").run().unwrap().name, "given");
        assert_eq!(shelf.rename("x", "given").run().unwrap().name, "given");
        assert_eq!(shelf.rename("x", "given").run().unwrap().name, "other");
        assert_eq!(error(shelf.rename("x", "given").run()).0, "result");
        assert_eq!(shelf.metadata("k").run().unwrap(), None);
        assert_eq!(shelf.metadata("k").run().unwrap(), None);
        assert_eq!(shelf.metadata("k").run().unwrap(), Some(Json::new([()])));
    }
}

both! {
    fn missing_required_results_are_decode_errors([result("null"), json("200 OK", r#"{"success":true}"#)], _server, client) {
        let (path, text) = error(client.shelf("s").create("n").run());
        assert_eq!(path, "result");
        assert!(text.contains("invalid type: null, expected struct Thing, at line 1 column"), "{text}");
        let (path, text) = error(client.shelf("s").create("n").run());
        assert_eq!(path, "result");
        assert!(text.ends_with("at result: it is missing"), "{text}");
    }
}

both! {
    fn failures_with_a_success_status_are_api_errors([
        json("200 OK", r#"{"success":false,"errors":[{"code":7,"message":"no"}],"result":null}"#),
        json("200 OK", r#"{"result":{"odd":[1]},"errors":[{"code":7,"message":"no"}],"success":false}"#),
        json("200 OK", r#"{"success":false,"errors":[{"code":7,"message":"no"}],"result":{"odd":[1]}}"#),
        json("200 OK", r#"{"success":false,"errors":[{"code":7,"message":"no"}]}"#),
        json("200 OK", r#"{"success":false,"errors":[{"code":7,"message":"no"}],"result":null}"#),
    ], server, client) {
        let shelf = client.shelf("s");
        for error in [
            shelf.create("n").run().unwrap_err(),
            shelf.create("n").run().unwrap_err(),
            shelf.delete("n").run().unwrap_err(),
            shelf.list().run().unwrap_err(),
            shelf.metadata("n").run().unwrap_err(),
        ] {
            assert!(matches!(error, Error::Api(_)), "{error:?}");
            assert_eq!(error.status().unwrap(), 200);
            assert_eq!(error.code(), Some(7));
            assert!(error.to_string().ends_with("the server responded with 200 OK, but reported a failure: no (code 7)"), "{error}");
            assert!(!error.is_retryable());
        }
        assert_eq!(server.received().len(), 5);
    }
}

both! {
    fn pages_of_another_type_are_decode_errors([
        response("200 OK", &[("content-type", "text/html")], "<!DOCTYPE html>\n <html>maintenance</html>"),
        response("200 OK", &[], ""),
        response("200 OK", &[], "{}"),
        response("200 OK", &[], "[]"),
    ], server, client) {
        let shelf = client.shelf("s");
        let (path, text) = error(shelf.delete("x").run());
        assert_eq!(path, "");
        assert!(text.ends_with("the response does not match the expected type: the body is not JSON but `<!DOCTYPE html> <html>maintenance</html>`"), "{text}");
        assert!(text.starts_with("DELETE /shelves/{shelf_id}/things/{thing_id}: "), "{text}");
        assert!(error(shelf.delete("x").run()).1.ends_with("it is empty"));
        assert!(error(shelf.delete("x").run()).1.ends_with("missing field `success`, at line 1 column 2"));
        let (_, text) = error(shelf.list().run());
        assert!(text.contains("invalid type: sequence, expected an object with `success` and `result`"), "{text}");
        assert_eq!(server.received().len(), 4);
    }
}

both! {
    fn decode_errors_contain_the_json_path([
        result(r#"[{"name":"a"},{"name":"b","expiration":"secret value"}]"#),
        result(r#"[{"name":"a"},{"nome":"b"}]"#),
        result("[{\"name\":\n5}]"),
        result(r#"[{"name":"a","expiration":1e300}]"#),
        result(r#"[{"name":"a"},"#),
        result(r#"{"values":{"secret key":{"value":1,"expiration":"secret"}}}"#),
        result(r#"[{"name":"a","metadata":{"x":[1]},"expiration":null,"more":{"y":[]}},{"name":"b","metadata":2,"expiration":[3]}]"#),
    ], _server, client) {
        let shelf = client.shelf("s");
        let (path, text) = error(shelf.list().run());
        assert_eq!(path, "result[1].expiration");
        assert!(text.ends_with("the response does not match the expected type at result[1].expiration: \
            invalid type: string, expected a 64-bit integer, at line 1 column 104"), "{text}");
        let (path, text) = error(shelf.list().run());
        assert_eq!((path.as_str(), text.contains("missing field `name`")), ("result[1]", true));
        let (path, text) = error(shelf.list().run());
        assert_eq!(path, "result[0].name");
        assert!(text.ends_with("invalid type: integer, expected a string, at line 2 column 1"), "{text}");
        let (path, text) = error(shelf.list().run());
        assert_eq!(path, "result[0].expiration");
        assert!(text.contains("invalid value: floating point, expected a 64-bit integer"), "{text}");
        let (path, text) = error(shelf.list().run());
        assert_eq!(path, "result[1]");
        assert!(text.contains("expected value, at line 1 column"), "{text}");
        let (path, _) = error(shelf.bulk_get(["secret key"]).with_metadata(true).run());
        assert_eq!(path, "result.values.*.expiration");
        let (path, text) = error(shelf.list().run());
        assert_eq!(path, "result[1].expiration");
        assert!(text.contains("invalid type: sequence, expected a 64-bit integer"), "{text}");
    }
}

both! {
    fn list_items_keep_their_metadata([
        result(r#"[{"name":"a","metadata":null},{"name":"b"},{"name":"c","metadata":12345678901234567890.0}]"#),
    ], _server, client) {
        let page = client.shelf("s").list().run().unwrap();
        let metadata: Vec<_> = page.result.iter().map(|thing| thing.metadata.as_ref().map(Json::as_str)).collect();
        assert_eq!(metadata, [Some("null"), None, Some("12345678901234567890.0")]);
        assert!(page.result_info.is_none() && !page.has_next_page());
        let again = serde_json::to_string(&page.result).unwrap();
        assert_eq!(again, r#"[{"name":"a","metadata":null},{"name":"b"},{"name":"c","metadata":12345678901234567890.0}]"#);
    }
}

both! {
    fn arguments_select_the_result_variant([
        result(r#"{"values":{"a":{"value":1,"metadata":2},"b":null}}"#),
        result(r#"{"values":{"a":{"value":1,"expiration":2},"b":null}}"#),
        result(r#"{"values":{"a":{"value":null}}}"#),
    ], server, client) {
        let shelf = client.shelf("s");
        let Found::Values(values) = shelf.bulk_get(["a", "b"]).run().unwrap() else { panic!() };
        assert_eq!(values["a"].as_ref().unwrap().as_str(), r#"{"value":1,"metadata":2}"#);
        assert_eq!(values["b"], None);
        let Found::WithMetadata(values) = shelf.bulk_get(["a", "b"]).with_metadata(true).run().unwrap() else { panic!() };
        assert_eq!(values["a"].as_ref().unwrap().expiration, Some(2));
        assert_eq!(values["b"], None);
        let Found::Values(_) = shelf.bulk_get(["a"]).with_metadata(false).run().unwrap() else { panic!() };
        assert_eq!(server.received()[1].text(), r#"{"keys":["a","b"],"withMetadata":true}"#);
    }
}

both! {
    fn binary_results_contain_headers([
        response("200 OK", &[("expiration", "1700000000")], b"\x00\xff"),
        response("200 OK", &[("expiration", "soon")], r#"{"success":false}"#),
        response("200 OK", &[("expiration", "1700000000.0")], ""),
    ], _server, client) {
        let shelf = client.shelf("s");
        let value = shelf.value("k").run().unwrap();
        assert_eq!(&value.bytes()[..], b"\x00\xff");
        assert_eq!(value.expiration(), Some(1_700_000_000));
        for error in [value.text().unwrap_err(), value.clone().into_text().unwrap_err()] {
            assert!(matches!(error, Error::Decode { .. }));
            assert_eq!(error.method(), Some("GET"));
        }

        let value = shelf.value("k").run().unwrap();
        assert_eq!(value.text().unwrap(), r#"{"success":false}"#);
        assert_eq!(value.clone().into_text().unwrap(), r#"{"success":false}"#);
        assert_eq!(value.expiration(), None);
        assert!(!value.json::<BTreeMap<String, bool>>().unwrap()["success"]);
        let error = value.json::<BTreeMap<String, i64>>().unwrap_err();
        assert_eq!(error.json_path(), Some("*"));
        assert!(!value.clone().into_json::<BTreeMap<String, bool>>().unwrap()["success"]);
        let error = value.into_json::<BTreeMap<String, i64>>().unwrap_err();
        assert_eq!(error.json_path(), Some("*"));
        assert!(error.to_string().contains("invalid type: boolean, expected i64"), "{error}");

        let value = shelf.value("k").run().unwrap();
        assert!(value.bytes().is_empty());
        assert_eq!(value.expiration(), Some(1_700_000_000));
    }
}

fn not_found(code: i64) -> Step {
    json(
        "404 Not Found",
        format!(r#"{{"success":false,"errors":[{{"code":{code},"message":"gone"}}]}}"#),
    )
}

both! {
    fn missing_resources_are_none([
        not_found(10009), not_found(10013), not_found(10009), response("200 OK", &[], "v"),
        json("400 Bad Request", r#"{"success":false,"errors":[{"code":10009,"message":"gone"}]}"#),
        response("404 Not Found", &[], ""),
    ], _server, client) {
        let shelf = client.shelf("s");
        assert!(shelf.value("k").run_optional().unwrap().is_none());
        assert!(shelf.value("k").run_optional().unwrap_err().is_not_found());
        assert!(shelf.value("k").run().unwrap_err().is_not_found());
        assert_eq!(shelf.value("k").run_optional().unwrap().unwrap().text().unwrap(), "v");
        assert!(!shelf.value("k").run_optional().unwrap_err().is_not_found());
        assert!(shelf.value("k").run_optional().unwrap_err().is_not_found());
    }
}

both! {
    fn send_with_response_returns_status_and_headers([response("203 Odd", &[("x-seen", "yes")], "v")], _server, client) {
        let response = client.shelf("s").value("k").run_with_response().unwrap();
        assert_eq!(response.status(), 203);
        assert_eq!(response.headers()["x-seen"], "yes");
        assert_eq!(response.into_inner().text().unwrap(), "v");
    }
}

/// Calls an operation of an API without credentials and without an envelope.
macro_rules! plain {
    ($step:expr, $type:ty, $read:expr) => {{
        enum Plain {}

        impl Operation for Plain {
            type Output = $type;
            const META: &'static Meta = &Meta::DEFAULT;

            fn decode(_: &Request, response: &RawResponse) -> Result<$type, DecodeError> {
                let read: fn(&RawResponse) -> Result<$type, DecodeError> = $read;
                read(response)
            }
        }
        plain::<Plain>($step)
    }};
}

fn plain<O: Operation>(step: Step) -> Result<O::Output, Error> {
    static SETTINGS: Settings = Settings {
        base_url: None,
        base_url_variable: None,
        user_agent: "plain/1",
        security: &[],
        envelope: None,
        status_names: &[],
        request_id_header: None,
    };
    let server = Server::start([step]);
    let builder = ClientBuilder::<Client>::new(&SETTINGS);
    let client = builder.base_url(&server.url).build()?;
    let result = Call::<_, O>::new(&client, Request::new()).run();
    assert_eq!(server.only().header("authorization"), None);
    result
}

#[test]
fn results_without_an_envelope_are_decoded() {
    let step = || json("200 OK", r#"{"success":false,"a":1}"#);
    let map = plain!(step(), BTreeMap<String, Json>, RawResponse::result).unwrap();
    assert_eq!(map["a"], Json::new(1));
    let map = plain!(step(), BTreeMap<String, Json>, RawResponse::json).unwrap();
    assert_eq!(map.len(), 2);
    assert_eq!(
        plain!(step(), String, RawResponse::text).unwrap(),
        r#"{"success":false,"a":1}"#
    );
    plain!(
        response("202 Accepted", &[], "<html>"),
        (),
        RawResponse::empty
    )
    .unwrap();
    assert_eq!(
        plain!(json("200 OK", "null"), i32, |response| response
            .result_or_else(|| 5))
        .unwrap(),
        5
    );
    assert_eq!(
        plain!(json("200 OK", "7.0"), Integer<i64>, RawResponse::result)
            .unwrap()
            .0,
        7
    );
    assert_eq!(
        error(plain!(
            json("200 OK", "[1,true]"),
            Vec<i64>,
            RawResponse::json
        ))
        .0,
        "[1]"
    );
    assert_eq!(
        error(plain!(json("200 OK", "[1] 2"), Vec<i64>, RawResponse::json)).0,
        ""
    );
    error(plain!(
        response("200 OK", &[], b"\xff"),
        String,
        RawResponse::text
    ));
    let error = plain!(
        json("404 Not Found", r#"{"errors":[{"code":1}]}"#),
        String,
        RawResponse::text
    )
    .unwrap_err();
    assert_eq!((error.code(), error.is_not_found()), (None, true));
    assert!(
        error.to_string().contains(r#"{"errors":[{"code":1}]}"#),
        "{error}"
    );
}

#[test]
fn headers_are_parsed_by_type() {
    let headers = [
        ("a", "text"),
        ("b", "1.5"),
        ("c", "true"),
        ("d", " 7 "),
        ("e", "1e2"),
        ("f", "1.5"),
    ];
    let read = plain!(response("200 OK", &headers, ""), (), |response| {
        assert_eq!(response.header::<String>("a").as_deref(), Some("text"));
        assert_eq!(response.header::<f64>("B"), Some(1.5));
        assert_eq!(response.header::<bool>("c"), Some(true));
        assert_eq!(response.header::<i64>("d"), Some(7));
        assert_eq!(response.header::<i64>("e"), Some(100));
        assert_eq!(
            response.header::<i64>("f"),
            cfg!(feature = "part-round-down").then_some(1)
        );
        assert_eq!(response.header::<String>("g"), None);
        Ok(())
    });
    read.unwrap();
}
