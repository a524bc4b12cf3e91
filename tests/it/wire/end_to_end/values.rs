//! Values: content and metadata of all kinds, and expiration.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use workers_kv::{Error, Json};

use crate::support::test_namespace::{TestNamespace, now};
use crate::support::{Run as _, Walk as _, both, kind};

both! {
    fn values_store_every_type_of_content(kv: TestNamespace) {
        let values = kv.values();
        let text = "text with é and 🦀\r\n";
        let bytes: Vec<u8> = (0..=255).collect();
        let back = |key: &str| values.get(key).run().unwrap();

        values.update("&str", text).run().unwrap();
        assert_eq!(back("&str").text().unwrap(), text);
        values.update("String", text.to_owned()).run().unwrap();
        assert_eq!(back("String").text().unwrap(), text);
        values.update("&[u8]", bytes.as_slice()).run().unwrap();
        assert_eq!(*back("&[u8]").bytes(), bytes);
        values.update("Bytes", bytes::Bytes::from(bytes.clone())).run().unwrap();
        assert_eq!(back("Bytes").into_bytes(), bytes);
        values.update("Vec<u8>", bytes.clone()).run().unwrap();
        assert_eq!(*back("Vec<u8>").bytes(), bytes);
        assert_eq!(kind(&back("Vec<u8>").text().unwrap_err()), "Decode");
        assert_eq!(back("String").into_text().unwrap(), text);
        assert_eq!(kind(&back("Vec<u8>").into_text().unwrap_err()), "Decode");

        values.update("JSON", r#"{"list": [1, 2.5, null]}"#).run().unwrap();
        assert_eq!(back("JSON").json::<Value>().unwrap(), json!({"list": [1, 2.5, null]}));
        assert_eq!(kind(&back("JSON").json::<Vec<u8>>().unwrap_err()), "Decode");
        assert_eq!(back("JSON").into_json::<Value>().unwrap(), json!({"list": [1, 2.5, null]}));
        assert_eq!(kind(&back("JSON").into_json::<Vec<u8>>().unwrap_err()), "Decode");
    }

    fn handles_enter_all_groups_of_a_namespace(kv: TestNamespace) {
        let namespace = kv.client.namespace(kv.account(), kv.id());
        assert_eq!((namespace.account_id(), namespace.namespace_id()), (kv.account(), kv.id()));
        namespace.values().update("k", "v").metadata("m").run().unwrap();
        assert_eq!(namespace.values().get("k").run().unwrap().text().unwrap(), "v");
        assert_eq!(namespace.metadata().get("k").run().unwrap(), Some(Json::new("m")));
        assert_eq!(namespace.keys().list().walk().unwrap()[0].name, "k");
    }

    fn existence_is_checked_by_metadata(kv: TestNamespace) {
        kv.values().update("with", "v").metadata("m").run().unwrap();
        kv.values().update("without", "").run().unwrap();
        let exists = |key: &str| kv.metadata().get(key).run_exists().unwrap();
        assert!(exists("with") && exists("without") && !exists("missing"));
        assert!(!kv.values().get("missing").run_exists().unwrap());
        // A missing namespace is an error.
        let other = kv.client.metadata(kv.account(), "0".repeat(32));
        let error = other.get("with").run_exists().unwrap_err();
        assert_eq!(error.code(), Some(10_013), "{error}");
    }

    fn values_store_json(kv: TestNamespace) {
        let values = kv.values();
        let value = json!({"list": [1, 2.5, null]});
        // Digits that a double cannot represent.
        let exact: Json = "[1e400, 9007199254740993]".parse().unwrap();
        values.update("Value", value.clone()).run().unwrap();
        assert_eq!(values.get("Value").run().unwrap().json::<Value>().unwrap(), value);
        values.update("&Value", &value).metadata("m").run().unwrap();
        assert_eq!(values.get("&Value").run().unwrap().json::<Value>().unwrap(), value);
        values.update("Json", &exact).run().unwrap();
        assert_eq!(values.get("Json").run().unwrap().text().unwrap(), exact.as_str());
        values.update("Json", exact.clone()).metadata("m").run().unwrap();
        assert_eq!(values.get("Json").run().unwrap().text().unwrap(), exact.as_str());

        // A key of a JSON object is a string.
        let invalid = Json::new([((1, 2), 3)].into_iter().collect::<BTreeMap<_, _>>());
        let error = values.update("Json", invalid).run().unwrap_err();
        assert_eq!((kind(&error), error.parameter()), ("InvalidRequest", Some("value")));
        assert!(error.to_string().contains("key must be a string"), "{error}");
    }

    fn values_store_every_size_of_content(kv: TestNamespace) {
        let values = kv.values();
        // Also in a form, where content must not be confused with the boundary.
        let lines = b"\r\n--form-\r\n\r\n--\r\n".repeat(3);
        for value in [vec![], vec![0], b"\r\n".to_vec(), lines, vec![b'-'; 1_000_000]] {
            values.update("plain", value.clone()).run().unwrap();
            assert_eq!(*values.get("plain").run().unwrap().bytes(), value);
            values.update("with metadata", value.clone()).metadata("m").run().unwrap();
            assert_eq!(*values.get("with metadata").run().unwrap().bytes(), value);
        }
        let largest = vec![0xff; 26_214_400];
        values.update("largest", largest.clone()).run().unwrap();
        assert!(*values.get("largest").run().unwrap().bytes() == largest);
    }

    fn values_store_every_kind_of_metadata(kv: TestNamespace) {
        let kinds = [
            json!("text"),
            json!(""),
            json!("é 🦀 \" \\ \u{1} \n"),
            json!(0),
            json!(-1.5),
            json!(9_007_199_254_740_991_i64),
            json!(true),
            json!(false),
            json!([]),
            json!({}),
            json!([1, "two", [null]]),
            json!({"value": 1, "metadata": 2}),
            json!({"a": {"b": [{"c": null}]}, "": 0}),
            json!("x".repeat(1_022)),
        ];
        for metadata in &kinds {
            kv.values().update("key", "value").metadata(metadata).run().unwrap();
            let expected = Some(Json::new(metadata));
            assert_eq!(kv.metadata().get("key").run().unwrap(), expected);
            assert_eq!(kv.keys().list().run().unwrap().result[0].metadata, expected);
            assert_eq!(kv.values().get("key").run().unwrap().text().unwrap(), "value");
        }

        // Metadata `null` is the same as no metadata.
        kv.values().update("key", "value").metadata(json!(null)).run().unwrap();
        assert_eq!(kv.metadata().get("key").run().unwrap(), None);
        kv.values().update("key", "value").metadata("m").run().unwrap();
        kv.values().update("key", "value").run().unwrap();
        assert_eq!(kv.metadata().get("key").run().unwrap(), None);
        assert_eq!(kv.keys().list().run().unwrap().result[0].metadata, None);
    }

    fn values_store_their_expiration(kv: TestNamespace) {
        let (values, at) = (kv.values(), now() + 86_400);
        values.update("at", "v").expiration(at).run().unwrap();
        assert_eq!(values.get("at").run().unwrap().expiration(), Some(at));

        let around = |expiration: Option<i64>, seconds: i64| {
            let left = expiration.expect("an expiration") - now();
            assert!((left - seconds).abs() <= 60, "{left} s are left");
        };
        values.update("after", "v").expiration_ttl(3_600).metadata("m").run().unwrap();
        around(values.get("after").run().unwrap().expiration(), 3_600);
        // The TTL overrides the expiration.
        values.update("both", "v").expiration(at).expiration_ttl(7_200).run().unwrap();
        around(values.get("both").run().unwrap().expiration(), 7_200);
        values.update("soonest", "v").expiration_ttl(60).run().unwrap();

        let listed = kv.keys().list().walk().unwrap();
        let expirations: Vec<_> = listed.iter().map(|key| (key.name.as_str(), key.expiration)).collect();
        assert_eq!(expirations[1], ("at", Some(at)));
        around(expirations[0].1, 3_600);

        // Writing without an expiration removes the old one.
        values.update("at", "v").run().unwrap();
        assert_eq!(values.get("at").run().unwrap().expiration(), None);

        let late = values.update("late", "v").expiration(now() - 1).run().unwrap_err();
        assert_eq!((kind(&late), late.code()), ("Api", Some(10_033)), "{late}");
    }

    fn missing_values_are_not_found(kv: TestNamespace) {
        let missing = kv.values().get("nope").run().unwrap_err();
        assert!(missing.is_not_found(), "{missing}");
        assert_eq!(missing.code(), Some(10_009));
        assert!(matches!(&missing, Error::Api(error) if !error.errors()[0].message.is_empty()));
        assert_eq!(kv.values().get("nope").run_optional().unwrap(), None);
        assert_eq!(kv.metadata().get("nope").run().unwrap_err().code(), Some(10_009));
        assert_eq!(kv.metadata().get("nope").run_optional().unwrap(), None);
        // Deleting a missing key succeeds.
        kv.values().delete("nope").run().unwrap();

        // An empty value exists.
        kv.values().update("empty", "").run().unwrap();
        assert_eq!(kv.values().get("empty").run_optional().unwrap().unwrap().bytes().len(), 0);
        assert_eq!(kv.metadata().get("empty").run_optional().unwrap(), Some(None));

        // A missing namespace is an error.
        kv.namespaces().delete(kv.id()).run().unwrap();
        for error in [
            kv.values().get("nope").run_optional().unwrap_err(),
            kv.metadata().get("nope").run_optional().unwrap_err(),
            kv.values().update("nope", "v").run().unwrap_err(),
            kv.values().delete("nope").run().unwrap_err(),
            kv.keys().list().walk().unwrap_err(),
            kv.keys().bulk_get(["nope"]).run().unwrap_err(),
        ] {
            assert_eq!(error.code(), Some(10_013), "{error}");
            assert!(error.is_not_found(), "{error}");
        }
    }

    fn responses_have_status_and_headers(kv: TestNamespace) {
        let values = kv.values();
        values.update("key", "value").expiration_ttl(3_600).run().unwrap();
        let response = values.get("key").run_with_response().unwrap();
        assert_eq!(response.status().as_u16(), 200);
        let header = response.headers().get("expiration").expect("the header").to_str().unwrap().to_owned();
        let value = response.into_inner();
        assert_eq!(value.expiration().map(|at| at.to_string()), Some(header));
        assert_eq!(value.text().unwrap(), "value");

        let response = kv.keys().list().run_with_response().unwrap();
        assert!(response.headers().contains_key("content-type"));
        assert_eq!(response.get().result.len(), 1);
    }

    fn options_apply_to_one_call(kv: TestNamespace) {
        let minute = std::time::Duration::from_secs(60);
        let call = kv.values().update("key", "value").max_retries(5).timeout(minute);
        call.header("x-own", "1").query("own", "a b").expiration_ttl(60).run().unwrap();
        let value = kv.values().get("key").header("x-own", "1").query("own", 1).run().unwrap();
        assert_eq!(value.text().unwrap(), "value");
    }
}
