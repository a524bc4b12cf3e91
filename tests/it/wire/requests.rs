//! The exact requests of the sixteen methods, as `snapshots/requests@*.snap`, and the results of the documented
//! responses.

use serde_json::{Value, json};
use workers_kv::{BulkGetResult, BulkWrite, Direction, Json, Jurisdiction, Order, ValueType};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::{Run as _, both};

fn namespace() -> Value {
    json!({"id": "0f2ac74b498b48028cb6", "title": "My Own Namespace", "supports_url_encoding": true})
}

fn done() -> Value {
    json!({"successful_key_count": 2, "unsuccessful_keys": ["lost"]})
}

/// Pairs without and with all properties.
fn pairs() -> [BulkWrite; 2] {
    let full = BulkWrite::new("a/b ü", "aGk=")
        .base64(true)
        .expiration(1_893_456_000);
    let full = full
        .expiration_ttl(3_600)
        .metadata(json!({"a": [1, null, "ü"]}));
    [BulkWrite::new("plain", "line\n\"quoted\""), full]
}

both! {
    fn namespace_requests_match_snapshots(api: MockApi) {
        let namespaces = api.client().namespaces(ACCOUNT);

        let info = json!({"count": 1, "page": 2, "per_page": 100, "total_count": 101});
        let page = || MockResponse::page(json!([namespace()]), info.clone());
        api.respond_with([page(), page()]);
        namespaces.list().run().unwrap();
        let list = namespaces.list().page(2).per_page(100).order(Order::Title).direction(Direction::Desc);
        let list = list.run().unwrap();
        assert_eq!(json!(list.result), json!([namespace()]));
        assert_eq!(json!(list.result_info), info);
        assert!(!list.has_next_page());
        api.matches_snapshot("namespaces.list");

        api.respond_with([
            MockResponse::result(namespace()),
            MockResponse::result(json!({"id": "1", "title": "t", "jurisdiction": "eu"})),
        ]);
        assert_eq!(json!(namespaces.create("My Own Namespace").run().unwrap()), namespace());
        let created = namespaces.create("\"ü\"").jurisdiction(Jurisdiction::Eu).run().unwrap();
        assert_eq!((created.supports_url_encoding, created.jurisdiction), (None, Some(Jurisdiction::Eu)));
        api.matches_snapshot("namespaces.create");

        api.respond_with([MockResponse::result(namespace())]);
        assert_eq!(json!(namespaces.get(NAMESPACE).run().unwrap()), namespace());
        api.matches_snapshot("namespaces.get");

        api.respond_with([MockResponse::result(namespace())]);
        assert_eq!(json!(namespaces.update(NAMESPACE, "My Own Namespace").run().unwrap()), namespace());
        api.matches_snapshot("namespaces.update");

        api.respond_with([MockResponse::result(json!({}))]);
        namespaces.delete(NAMESPACE).run().unwrap();
        api.matches_snapshot("namespaces.delete");
    }

    /// The same three operations in two groups.
    fn bulk_requests_match_snapshots(api: MockApi) {
        let client = api.client();
        let (namespaces, keys) = (client.namespaces(ACCOUNT), client.keys(ACCOUNT, NAMESPACE));

        api.respond_with([MockResponse::result(done()), MockResponse::result(done())]);
        assert_eq!(json!(namespaces.bulk_update(NAMESPACE, pairs()).run().unwrap()), done());
        api.matches_snapshot("namespaces.bulk_update");
        let result = keys.bulk_update(pairs().to_vec()).run().unwrap();
        assert_eq!(result.successful_key_count, Some(2));
        assert_eq!(result.unsuccessful_keys.as_deref(), Some(&["lost".to_owned()][..]));
        api.matches_snapshot("keys.bulk_update");

        api.respond_with([MockResponse::result(done()), MockResponse::result(done())]);
        assert_eq!(json!(namespaces.bulk_delete(NAMESPACE, ["a/b", "ü \"c\""]).run().unwrap()), done());
        api.matches_snapshot("namespaces.bulk_delete");
        assert_eq!(json!(keys.bulk_delete(vec!["a/b".to_owned()]).run().unwrap()), done());
        api.matches_snapshot("keys.bulk_delete");

        let values = json!({"values": {"key1": "value1", "key2": null}});
        let entry = json!({"value": [1], "metadata": {"m": 1}, "expiration": 1_577_836_800});
        let entries = json!({"values": {"key1": entry, "key2": null}});
        api.respond_with([MockResponse::result(values.clone()), MockResponse::result(entries.clone())]);
        let call = namespaces.bulk_get(NAMESPACE, ["key1", "key2"]);
        assert_eq!(json!(call.run().unwrap()), values);
        let call =
            namespaces.bulk_get(NAMESPACE, ["key1", "key2"]).type_(ValueType::Json).with_metadata(true);
        assert_eq!(json!(call.run().unwrap()), entries);
        api.matches_snapshot("namespaces.bulk_get");
        api.respond_with([MockResponse::result(values.clone()), MockResponse::result(entries.clone())]);
        let found =
            keys.bulk_get(vec!["key1", "key2"]).type_(ValueType::Text).with_metadata(false).run().unwrap();
        assert_eq!(json!(found), values);
        let found = keys.bulk_get(["key1", "key2"]).with_metadata(true).run().unwrap();
        let BulkGetResult::WithMetadata(mut found) = found else { panic!("metadata was asked for") };
        let entry = found.remove("key1").flatten().unwrap();
        assert_eq!(entry.value, Json::new([1]));
        assert_eq!(entry.metadata, Some(Json::new(json!({"m": 1}))));
        assert_eq!(entry.expiration, Some(1_577_836_800));
        assert_eq!(found["key2"], None);
        api.matches_snapshot("keys.bulk_get");
    }

    fn key_requests_match_snapshots(api: MockApi) {
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        let listed = json!([{"name": "My-Key", "expiration": 1_577_836_800, "metadata": {}}, {"name": "b"}]);
        let page = || MockResponse::page(listed.clone(), json!({"count": 2, "cursor": "6Ck1la0VxJ0d"}));
        api.respond_with([page(), page()]);
        keys.list().run().unwrap();
        let page = keys.list().limit(100).prefix("a/b c&d=é%2F+").cursor("6Ck1+/==").run().unwrap();
        assert_eq!(json!(page.result), listed);
        assert_eq!((page.result[0].expiration, &page.result[1].metadata), (Some(1_577_836_800), &None));
        assert_eq!(page.next_cursor(), Some("6Ck1la0VxJ0d"));
        api.matches_snapshot("keys.list");
    }

    fn metadata_requests_match_snapshots(api: MockApi) {
        let metadata = api.client().metadata(ACCOUNT, NAMESPACE);
        api.respond_with([MockResponse::result(json!({"a": 1}))]);
        assert_eq!(json!(metadata.get("a/b c").run().unwrap()), json!({"a": 1}));
        api.matches_snapshot("metadata.get");
    }

    fn value_requests_match_snapshots(api: MockApi) {
        let values = api.client().values(ACCOUNT, NAMESPACE);

        api.respond_with([MockResponse::bytes([0, 255]).header("expiration", "1577836800")]);
        let value = values.get("a/b c").run().unwrap();
        assert_eq!((value.bytes().as_ref(), value.expiration()), (&[0, 255][..], Some(1_577_836_800)));
        api.matches_snapshot("values.get");

        api.respond_with([(); 4].map(|()| MockResponse::result(json!({}))));
        values.update("key", "value\nof two lines").run().unwrap();
        values.update("key", "").expiration(1_893_456_000).expiration_ttl(60).run().unwrap();
        values.update("key", "value").metadata(json!({"a": [1, "ü"]})).run().unwrap();
        values.update("key", "").expiration_ttl(60).metadata("m").run().unwrap();
        api.matches_snapshot("values.update");

        api.respond_with([MockResponse::result(json!({}))]);
        values.delete("a/b c").run().unwrap();
        api.matches_snapshot("values.delete");
    }

    /// Percent-encoding of path segments.
    fn key_names_are_one_path_segment(api: MockApi) {
        let client = api.client();
        for (key, segment) in [
            ("AZaz09-._~!$&'()*+,;=:@", "AZaz09-._~!$&'()*+,;=:@"),
            ("/ % ? #", "%2F%20%25%20%3F%20%23"),
            ("a/../b", "a%2F..%2Fb"),
            ("../..", "..%2F.."),
            ("...", "..."),
            ("%2F%2e%2E", "%252F%252e%252E"),
            ("\0\u{1}\t\r\n\u{7f}", "%00%01%09%0D%0A%7F"),
            ("\"<>[\\]^`{|}", "%22%3C%3E%5B%5C%5D%5E%60%7B%7C%7D"),
            ("é€🦀\u{85}", "%C3%A9%E2%82%AC%F0%9F%A6%80%C2%85"),
        ] {
            let path = format!("/client/v4/accounts/acc/storage/kv/namespaces/ns/values/{segment}");
            api.respond_with([
                MockResponse::bytes("v"),
                MockResponse::result(json!({})),
                MockResponse::result(json!({})),
                MockResponse::result(json!(null)),
            ]);
            let values = client.values(ACCOUNT, NAMESPACE);
            values.get(key).run().unwrap();
            values.update(key, "v").run().unwrap();
            values.delete(key).run().unwrap();
            client.metadata(ACCOUNT, NAMESPACE).get(key).run().unwrap();
            let received = api.received();
            for request in &received[..3] {
                assert_eq!(request.target, path);
            }
            assert_eq!(received[3].target, path.replace("/values/", "/metadata/"));
        }

        // All path segments are encoded in the same way.
        api.respond_with([MockResponse::bytes("v")]);
        client.values("a/c", "n?s#%").get("k").run().unwrap();
        assert_eq!(api.only().target, "/client/v4/accounts/a%2Fc/storage/kv/namespaces/n%3Fs%23%25/values/k");
    }

    /// Metadata of any kind is a JSON part.
    fn metadata_is_a_json_part(api: MockApi) {
        let values = api.client().values(ACCOUNT, NAMESPACE);
        let bytes: Vec<u8> = (0..=255).collect();
        for metadata in [
            "\"text\"",
            "7",
            "-0.5",
            "true",
            "false",
            "null",
            "[]",
            "{}",
            "[1,{\"a\":null}]",
            "{\"n\":9007199254740993.000000001}",
        ] {
            api.respond_with([MockResponse::result(json!({}))]);
            let json: Json = metadata.parse().unwrap();
            values.update("k", bytes.clone()).metadata(json).run().unwrap();

            let request = api.only();
            let boundary = request.boundary().expect("a multipart body");
            let part = |name, kind| {
                format!(
                    "--{boundary}\r\nContent-Disposition: form-data; name={name}\r\nContent-Type: {kind}\r\n\r\n"
                )
            };
            let head = part("\"value\"; filename=\"value\"", "application/octet-stream");
            let next = part("\"metadata\"", "application/json");
            let rest = format!("\r\n{next}{metadata}\r\n--{boundary}--\r\n");
            let expected = [head.as_bytes(), &bytes, rest.as_bytes()].concat();
            assert!(request.body == expected, "{}", String::from_utf8_lossy(&request.body));
        }
    }

    /// A bulk write contains exactly the given properties.
    fn metadata_in_bulk_writes_is_json(api: MockApi) {
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        for metadata in ["\"text\"", "7", "false", "null", "[]", "{\"n\":9007199254740993}"] {
            api.respond_with([MockResponse::result(done())]);
            let json: Json = metadata.parse().unwrap();
            keys.bulk_update([BulkWrite::new("k", "v").metadata(json).base64(false)]).run().map(drop).unwrap();
            let text = String::from_utf8(api.only().body).unwrap();
            assert_eq!(text, format!(r#"[{{"key":"k","value":"v","base64":false,"metadata":{metadata}}}]"#));
        }
    }
}
