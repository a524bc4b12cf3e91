//! Responses with unusual content.

use std::collections::BTreeMap;

use serde_json::json;
use workers_kv::types::{BulkGetEntry, Jurisdiction, Key, Namespace};
use workers_kv::{BulkGetResult, BulkResult, BulkWrite, Direction, Error, Json, Order, ValueType};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::{Run as _, RunAll as _, both, kind};

/// Successful responses without a result: an empty object, `null`, and no property.
fn nothing() -> [MockResponse; 3] {
    [
        MockResponse::raw("{}"),
        MockResponse::raw("null"),
        MockResponse::json(r#"{"success":true,"errors":[],"messages":[]}"#),
    ]
}

both! {
    /// A stored value can look like the other variant. The request decides.
    fn bulk_get_variant_depends_on_the_request(api: MockApi) {
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        let stored = r#"{"values":{"k":{"value":1,"metadata":2}}}"#;
        api.respond_with([MockResponse::raw(stored), MockResponse::raw(stored), MockResponse::raw(stored)]);
        for call in [
            keys.bulk_get(["k"]).type_(ValueType::Json),
            keys.bulk_get(["k"]).type_(ValueType::Json).with_metadata(false),
        ] {
            let expected =
                BTreeMap::from([("k".to_owned(), Some(Json::new(json!({"value": 1, "metadata": 2}))))]);
            assert_eq!(call.run().unwrap(), BulkGetResult::Values(expected));
        }
        let BulkGetResult::WithMetadata(entries) = keys.bulk_get(["k"]).with_metadata(true).run().unwrap()
        else {
            panic!("entries")
        };
        let entry = entries["k"].as_ref().unwrap();
        assert_eq!(
            (entry.value.as_str(), entry.metadata.as_ref().map(Json::as_str), entry.expiration),
            ("1", Some("2"), None)
        );

        // A value is not an entry either.
        api.respond_with([MockResponse::raw(r#"{"values":{"k":"text"}}"#)]);
        let error = keys.bulk_get(["k"]).with_metadata(true).run().unwrap_err();
        assert_eq!((kind(&error), error.json_path()), ("Decode", Some("result.values.*")), "{error}");
    }

    fn bulk_get_returns_every_kind_of_value(api: MockApi) {
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        let values = concat!(
            r#"{"array":[1,{"a":null}],"false":false,"missing":null,"#,
            r#""number":9007199254740993.10,"text":"\u00e9"}"#
        );
        api.respond_with([MockResponse::raw(&format!(r#"{{"values":{values},"more":1}}"#))]);
        let BulkGetResult::Values(found) = keys.bulk_get(["k"]).type_(ValueType::Json).run().unwrap() else {
            panic!("values")
        };
        let texts: Vec<_> =
            found.iter().map(|(key, value)| (key.as_str(), value.as_ref().map(Json::as_str))).collect();
        assert_eq!(
            texts,
            [
                ("array", Some(r#"[1,{"a":null}]"#)),
                ("false", Some("false")),
                ("missing", None),
                ("number", Some("9007199254740993.10")),
                ("text", Some(r#""\u00e9""#)),
            ]
        );
        assert_eq!(found["text"].as_ref().unwrap().parse::<String>().unwrap(), "é");
    }

    fn empty_results_are_accepted_where_nothing_is_returned(api: MockApi) {
        let client = api.client();
        let (namespaces, keys, values) =
            (client.namespaces(ACCOUNT), client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        for response in nothing() {
            api.respond_with(vec![response; 5]);
            values.update("k", "v").run().unwrap();
            values.update("k", "v").metadata(1).run().unwrap();
            values.delete("k").run().unwrap();
            namespaces.delete(NAMESPACE).run().unwrap();
            assert_eq!(values.delete("k").run_optional().unwrap(), Some(()));
        }
        for response in nothing() {
            api.respond_with(vec![response; 2]);
            assert_eq!(keys.bulk_update([BulkWrite::new("k", "v")]).run().unwrap(), BulkResult::default());
            assert_eq!(keys.bulk_delete(["k"]).run().unwrap(), BulkResult::default());
        }
        // The request contains the result of a rename.
        let [_, null, absent] = nothing();
        for response in [null.clone(), absent.clone()] {
            api.respond_with([response]);
            let renamed = namespaces.update(NAMESPACE, "new").run().unwrap();
            assert_eq!(json!(renamed), json!({"id": NAMESPACE, "title": "new"}));
        }
        // A missing required result is a decode error.
        for response in nothing() {
            api.respond_with([response.clone(), response]);
            assert_eq!(kind(&namespaces.get(NAMESPACE).run().unwrap_err()), "Decode");
            assert_eq!(kind(&namespaces.create("t").run().unwrap_err()), "Decode");
        }
        for response in [null, absent] {
            api.respond_with([response]);
            assert_eq!(kind(&keys.bulk_get(["k"]).run().unwrap_err()), "Decode");
        }
    }

    fn bulk_gets_without_values_are_empty(api: MockApi) {
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        for result in [r#"{"values":null}"#, "{}", r#"{"values":{}}"#] {
            api.respond_with(vec![MockResponse::raw(result); 3]);
            let empty = BulkGetResult::Values(BTreeMap::new());
            assert_eq!(keys.bulk_get(["k"]).run().unwrap(), empty);
            assert_eq!(keys.bulk_get(["k"]).run_all().unwrap(), empty);
            let entries = keys.bulk_get(["k"]).with_metadata(true).run().unwrap();
            assert_eq!(entries, BulkGetResult::WithMetadata(BTreeMap::new()));
        }
        api.respond_with([MockResponse::raw(r#"{"values":[]}"#)]);
        let error = keys.bulk_get(["k"]).run().unwrap_err();
        assert_eq!((kind(&error), error.json_path()), ("Decode", Some("result.values")), "{error}");
    }

    fn whole_numbers_are_read_from_floats(api: MockApi) {
        let client = api.client();
        let keys = client.keys(ACCOUNT, NAMESPACE);
        for (count, expected) in [
            ("128", 128),
            ("10000", 10_000),
            ("300.0", 300),
            ("3e2", 300),
            ("9007199254740993", 9_007_199_254_740_993),
        ] {
            api.respond_with([MockResponse::raw(&format!(
                r#"{{"successful_key_count":{count},"unsuccessful_keys":[]}}"#
            ))]);
            assert_eq!(keys.bulk_update([("", ""); 0]).run().unwrap().successful_key_count, Some(expected));
        }
        api.respond_with([MockResponse::raw(
            r#"[{"name":"k","expiration":1577836800.0},{"name":"l","expiration":1577836800},{"name":"m"}]"#,
        )]);
        let listed = keys.list().run().unwrap().result;
        assert_eq!(
            [0, 1, 2].map(|at: usize| listed[at].expiration),
            [Some(1_577_836_800), Some(1_577_836_800), None]
        );
        assert_eq!(serde_json::to_string(&listed[0]).unwrap(), r#"{"name":"k","expiration":1577836800}"#);
        api.respond_with([
            MockResponse::bytes("v").header("expiration", "1577836800.0"),
            MockResponse::bytes("v").header("expiration", "soon"),
        ]);
        let values = client.values(ACCOUNT, NAMESPACE);
        assert_eq!(values.get("k").run().unwrap().expiration(), Some(1_577_836_800));
        // An invalid header does not discard the value.
        assert_eq!(values.get("k").run().unwrap().expiration(), None);
    }

    fn fractions_of_expirations_are_rounded_down(api: MockApi) {
        let client = api.client();
        let keys = client.keys(ACCOUNT, NAMESPACE);
        let whole = Some(1_577_836_800);
        api.respond_with([
            MockResponse::raw(r#"[{"name":"k","expiration":1577836800.5},{"name":"l","expiration":1577836800.999}]"#),
            MockResponse::raw(r#"{"values":{"k":{"value":"v","metadata":null,"expiration":1577836800.5}}}"#),
            MockResponse::bytes("v").header("expiration", "1577836800.5"),
        ]);
        let listed: Vec<Key> = keys.list().run().unwrap().result;
        assert_eq!([listed[0].expiration, listed[1].expiration], [whole, whole]);
        let BulkGetResult::WithMetadata(entries) = keys.bulk_get(["k"]).with_metadata(true).run().unwrap() else {
            panic!("entries")
        };
        assert_eq!(entries["k"].as_ref().unwrap().expiration, whole);
        assert_eq!(client.values(ACCOUNT, NAMESPACE).get("k").run().unwrap().expiration(), whole);

        api.respond_with([MockResponse::raw(r#"[{"name":"k","expiration":"1577836800.5"}]"#)]);
        let error = keys.list().run().unwrap_err();
        assert_eq!((kind(&error), error.json_path()), ("Decode", Some("result[0].expiration")), "{error}");
    }

    fn metadata_keeps_every_digit(api: MockApi) {
        let client = api.client();
        let metadata = client.metadata(ACCOUNT, NAMESPACE);
        for text in [
            "9007199254740993",
            "18446744073709551616",
            "-0.1234567890123456789012345678901234567890",
            "1E400",
            "[ 1 , {\"a\" : 1.0} ]",
            "\"text\"",
            "\"\"",
            "false",
            "true",
            "0",
            "{}",
        ] {
            api.respond_with([MockResponse::raw(text), MockResponse::raw(&format!(r#"[{{"name":"k","metadata":{text}}}]"#))]);
            assert_eq!(metadata.get("k").run().unwrap().as_ref().map(Json::as_str), Some(text));
            let keys = client.keys(ACCOUNT, NAMESPACE).list().run().unwrap().result;
            assert_eq!(keys[0].metadata.as_ref().map(Json::as_str), Some(text));
            assert_eq!(
                serde_json::to_string(&keys).unwrap(),
                format!(r#"[{{"name":"k","metadata":{text}}}]"#)
            );
        }
        // A missing property is `None`. A listed `null` is kept.
        api.respond_with([MockResponse::raw("null"), MockResponse::raw(r#"[{"name":"k","metadata":null}]"#)]);
        assert_eq!(metadata.get("k").run().unwrap(), None);
        assert!(
            client.keys(ACCOUNT, NAMESPACE).list().run().unwrap().result[0]
                .metadata
                .as_ref()
                .is_some_and(Json::is_null)
        );
    }

    fn unknown_fields_and_values_are_accepted(api: MockApi) {
        let client = api.client();
        let text =
            r#"{"id":"i","title":"t","supports_url_encoding":null,"jurisdiction":"mars","beta":{"a":[1]}}"#;
        api.respond_with([
            MockResponse::raw(text),
            MockResponse::raw(&format!("[{text}]")),
            MockResponse::raw(r#"[{"name":"k","size":3}]"#),
        ]);
        let namespace = client.namespaces(ACCOUNT).get(NAMESPACE).run().unwrap();
        assert_eq!(namespace.jurisdiction, Some(Jurisdiction::Unknown("mars".into())));
        assert_eq!(namespace.jurisdiction.as_ref().map(ToString::to_string), Some("mars".into()));
        assert_eq!(json!(namespace), json!({"id": "i", "title": "t", "jurisdiction": "mars"}));
        assert_eq!(client.namespaces(ACCOUNT).list().run().unwrap().result, [namespace]);
        assert_eq!(client.keys(ACCOUNT, NAMESPACE).list().run().unwrap().result[0].name, "k");
    }

    /// An invalid body is an error that shows the location. It is never a panic or a default value.
    fn invalid_results_are_decode_errors(api: MockApi) {
        let client = api.client();
        let keys = client.keys(ACCOUNT, NAMESPACE);
        for (body, path) in [
            (r#"{"success":true,"result":[{"name":"a"},{"name":5}]}"#, "result[1].name"),
            (r#"{"success":true,"result":[{}]}"#, "result[0]"),
            (r#"{"success":true,"result":{"name":"a"}}"#, "result"),
            (r#"{"success":"yes","result":[]}"#, "success"),
        ] {
            api.respond_with([MockResponse::json(body)]);
            let error = keys.list().run().unwrap_err();
            assert_eq!((kind(&error), error.json_path()), ("Decode", Some(path)), "{error}");
            assert_eq!((error.attempts(), error.is_retryable()), (1, false));
        }
        for body in [
            "",
            "<html>",
            "[]",
            "null",
            r#"{"success":true,"result":[{"na"#,
            "{\"success\":true,\"result\":[{\"name\":\"\u{fffd}",
        ] {
            api.respond_with([MockResponse::json(body), MockResponse::json(body)]);
            let error = keys.list().run().unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{body}: {error}");
            let error = client.values(ACCOUNT, NAMESPACE).update("k", "v").run().unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{body}: {error}");
        }
        api.respond_with([MockResponse::json(b"{\"success\":true,\"result\":[{\"name\":\"\xff\"}]}")]);
        assert_eq!(kind(&keys.list().run().unwrap_err()), "Decode");
    }
}

#[test]
fn models_serialize_to_the_json_of_the_api() {
    fn check_round_trip<T>(text: &str)
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Clone + PartialEq + std::fmt::Debug,
    {
        let model: T = serde_json::from_str(text).expect(text);
        assert_eq!(serde_json::to_string(&model).expect(text), text);
        assert_eq!(model.clone(), model);
    }
    check_round_trip::<Namespace>(r#"{"id":"i","title":"t"}"#);
    check_round_trip::<Namespace>(
        r#"{"id":"i","title":"t","supports_url_encoding":true,"jurisdiction":"eu"}"#,
    );
    check_round_trip::<Key>(r#"{"name":"k"}"#);
    check_round_trip::<Key>(r#"{"name":"k","expiration":1,"metadata":null}"#);
    check_round_trip::<BulkWrite>(r#"{"key":"k","value":"v"}"#);
    check_round_trip::<BulkWrite>(
        r#"{"key":"k","value":"v","base64":false,"expiration":1,"expiration_ttl":60,"metadata":[1.50]}"#,
    );
    check_round_trip::<BulkResult>(r#"{"successful_key_count":1,"unsuccessful_keys":["a"]}"#);
    check_round_trip::<BulkGetEntry>(r#"{"value":"v","metadata":null}"#);
    check_round_trip::<BulkGetEntry>(r#"{"value":[1],"metadata":{"a":1},"expiration":1}"#);
    check_round_trip::<Order>(r#""title""#);
    check_round_trip::<Direction>(r#""desc""#);
    check_round_trip::<ValueType>(r#""json""#);
    check_round_trip::<Jurisdiction>(r#""fedramp""#);
    check_round_trip::<Jurisdiction>(r#""mars""#);
}
