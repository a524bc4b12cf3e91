//! Results of different types.

use std::collections::BTreeMap;

use crate::responses::error;
use crate::runtime::{Error, Json};
use crate::support::Run;
use crate::support::api::Found;
use crate::support::both;
use crate::support::server::{Step, json, response, result};

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
