//! End-to-end tests that need features of the embedded server: a movable clock, pages with one item, a separate
//! account, and numbers of any length.

use std::time::Duration;

use kv_server::KvServer;
use serde_json::json;
use workers_kv::api::keys::Keys;
use workers_kv::api::namespaces::Namespaces;
use workers_kv::api::values::Values;
use workers_kv::{BulkGetResult, BulkWrite, Json, Jurisdiction, ValueType};

use crate::support::test_namespace::now;
use crate::support::{Kv, Run as _, RunAll as _, Walk as _, both};

/// A server with one item per page, and one namespace.
struct Embedded<C> {
    server: KvServer,
    client: C,
    id: String,
}

impl<C: Kv> Embedded<C> {
    fn open() -> Self {
        let server = KvServer::builder()
            .page_size_cap(1)
            .start()
            .expect("a running server");
        let client = C::start(|builder| {
            builder
                .base_url(server.base_url())
                .api_key(server.api_key(), server.api_email())
        });
        let admin = workers_kv::Client::start(|builder| {
            builder
                .base_url(server.base_url())
                .api_token(server.token())
        });
        let namespaces = admin.expect("a client").namespaces(server.account_id());
        let id = namespaces.create("first").run().expect("a namespace").id;
        Self {
            client: client.expect("a client"),
            server,
            id,
        }
    }

    fn namespaces(&self) -> Namespaces<C> {
        self.client.namespaces(self.server.account_id())
    }

    fn keys(&self) -> Keys<C> {
        self.client.keys(self.server.account_id(), &self.id)
    }

    fn values(&self) -> Values<C> {
        self.client.values(self.server.account_id(), &self.id)
    }
}

/// Numbers that a double cannot represent.
const DIGITS: &str = concat!(
    r#"{"id":9007199254740993,"max":18446744073709551615,"huge":1e400,"#,
    r#""pi":3.14159265358979323846264338327950288,"list":[-9223372036854775809]}"#
);

both! {
    fn pairs_expire(kv: Embedded) {
        kv.values().update("ttl", "v").expiration_ttl(60).run().unwrap();
        kv.values().update("at", "v").expiration(now() + 1_000).run().unwrap();
        kv.keys()
            .bulk_update([BulkWrite::new("bulk", "v").expiration_ttl(100), BulkWrite::new("stays", "v")])
            .run()
            .unwrap()
            .complete()
            .unwrap();
        let names =
            || -> Vec<_> { kv.keys().list().walk().unwrap().into_iter().map(|key| key.name).collect() };
        assert_eq!(names(), ["at", "bulk", "stays", "ttl"]);

        kv.server.advance(Duration::from_secs(60));
        assert!(kv.values().get("ttl").run_optional().unwrap().is_none());
        assert_eq!(names(), ["at", "bulk", "stays"]);
        kv.server.advance(Duration::from_secs(40));
        assert_eq!(names(), ["at", "stays"]);
        kv.server.advance(Duration::from_secs(1_000));
        assert_eq!(names(), ["stays"]);
        let found = kv.keys().bulk_get(["ttl", "at", "bulk", "stays"]).run().unwrap();
        assert_eq!(json!(found), json!({"values": {"at": null, "bulk": null, "stays": "v", "ttl": null}}));
    }

    fn numbers_keep_every_digit(kv: Embedded) {
        let digits: Json = DIGITS.parse().unwrap();
        kv.values().update("one", DIGITS).metadata(&digits).run().unwrap();
        kv.keys().bulk_update([BulkWrite::new("two", DIGITS).metadata(&digits)]).run().unwrap().complete().unwrap();
        let account = kv.server.account_id();
        for key in ["one", "two"] {
            let metadata = kv.client.metadata(account, &kv.id).get(key).run().unwrap().unwrap();
            assert_eq!(metadata.as_str(), DIGITS);
        }
        for key in kv.keys().list().walk().unwrap() {
            assert_eq!(key.metadata.unwrap().as_str(), DIGITS);
        }
        let call = || kv.keys().bulk_get(["one", "two"]).type_(ValueType::Json);
        let BulkGetResult::Values(values) = call().run().unwrap() else { panic!("plain values") };
        assert_eq!(values["one"].as_ref().unwrap().as_str(), DIGITS);
        let BulkGetResult::WithMetadata(entries) = call().with_metadata(true).run().unwrap() else {
            panic!("entries")
        };
        let entry = entries["two"].as_ref().unwrap();
        assert_eq!(entry.value.as_str(), DIGITS);
        assert_eq!(entry.metadata.as_ref().unwrap().as_str(), DIGITS);
        let id: std::collections::BTreeMap<String, Json> = entry.value.parse().unwrap();
        assert_eq!(id["id"].parse::<u64>().unwrap(), 9_007_199_254_740_993);
    }

    fn jurisdictions_are_stored(kv: Embedded) {
        let namespaces = kv.namespaces();
        for jurisdiction in [Jurisdiction::Eu, Jurisdiction::Fedramp, Jurisdiction::Us] {
            let created =
                namespaces.create(jurisdiction.as_str()).jurisdiction(jurisdiction.clone()).run().unwrap();
            assert_eq!(created.jurisdiction, Some(jurisdiction));
            assert_eq!(namespaces.get(&created.id).run().unwrap(), created);
        }
        let all = namespaces.list().order(workers_kv::Order::Title).walk().unwrap();
        let titles: Vec<_> = all.iter().map(|namespace| namespace.title.as_str()).collect();
        assert_eq!(titles, ["eu", "fedramp", "first", "us"]);
        let unknown =
            namespaces.create("mars").jurisdiction(Jurisdiction::Unknown("mars".into())).run().unwrap_err();
        assert_eq!(unknown.status().map(|status| status.as_u16()), Some(400));
    }

    /// Takes a minute on other servers.
    fn bulk_calls_accept_the_maximum_number_of_items(kv: Embedded) {
        let names = (0..10_000).map(|n| n.to_string());
        let pairs = names.clone().map(|name| BulkWrite::new(name, "v"));
        assert_eq!(kv.keys().bulk_update(pairs).run().unwrap().successful_key_count, Some(10_000));
        let deleted = kv.keys().bulk_delete(names).run().unwrap();
        assert_eq!(deleted.successful_key_count, Some(10_000));
        assert_eq!(kv.keys().list().walk().unwrap(), []);
    }

    /// Takes longer on other servers.
    fn large_bulk_calls_are_split(kv: Embedded) {
        let names: Vec<_> = (0..25_000).map(|n| n.to_string()).collect();
        let pairs = names.iter().map(|name| BulkWrite::new(name, format!("v{name}")).metadata(name));
        let written = kv.keys().bulk_update(pairs).run_all().unwrap();
        assert_eq!(written.successful_key_count, Some(25_000));

        let asked = names.iter().step_by(100).map(String::as_str).chain(["none"]);
        let found = kv.keys().bulk_get(asked).concurrency(2).run_all().unwrap();
        let BulkGetResult::Values(values) = found else { panic!("plain values") };
        assert_eq!(values.len(), 251);
        assert_eq!(values["none"], None);
        for (key, value) in values.into_iter().filter(|(key, _)| key != "none") {
            assert_eq!(value, Some(Json::new(format!("v{key}"))));
        }

        // The first key and the last key remain.
        let (_, rest) = names.split_first().unwrap();
        let (_, rest) = rest.split_last().unwrap();
        let deleted = kv.keys().bulk_delete(rest).run_all().unwrap();
        assert_eq!(deleted.successful_key_count, Some(24_998));
        let left: Vec<_> = kv.keys().list().walk().unwrap().into_iter().map(|key| key.name).collect();
        assert_eq!(left, ["0", "24999"]);
    }

    fn lists_follow_pages_with_one_item(kv: Embedded) {
        let names: Vec<_> = (0..12).map(|n| format!("{n:02}")).collect();
        kv.keys().bulk_update(names.iter().map(|name| BulkWrite::new(name, ""))).run().unwrap().complete().unwrap();
        let listed: Vec<_> =
            kv.keys().list().limit(10).walk().unwrap().into_iter().map(|key| key.name).collect();
        assert_eq!(listed, names);
        let listed = kv.keys().list().prefix("1").walk().unwrap();
        assert_eq!(json!(listed), json!([{"name": "10"}, {"name": "11"}]));
        let found = kv.keys().bulk_get(["11", "3"]).run().unwrap();
        assert_eq!(json!(found), json!({"values": {"11": "", "3": null}}));
    }
}
