//! Results in an envelope.

use crate::responses::error;
use crate::runtime::{Error, Json};
use crate::support::Run;
use crate::support::api::Outcome;
use crate::support::both;
use crate::support::server::{json, response, result};

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
