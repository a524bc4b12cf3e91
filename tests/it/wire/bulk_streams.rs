//! Bulk calls with the items of a stream or an iterator.

use std::sync::{Arc, Mutex};

use futures_util::TryStreamExt as _;
use kv_server::{Fault, KvServer};
use serde_json::json;
use workers_kv::api::keys::Keys;
use workers_kv::{BulkResult, BulkWrite, Client, Error, Json, Progress, Result, blocking};

use crate::support::test_namespace::TestNamespace;
use crate::support::{Kv, Run as _, RunAll as _, Walk as _, both, drive};

/// Deletes keys while they are listed.
trait DeleteListed {
    fn delete_listed(&self, prefix: &str) -> Result<BulkResult>;
}

impl DeleteListed for Keys<Client> {
    fn delete_listed(&self, prefix: &str) -> Result<BulkResult> {
        let names = self.list().prefix(prefix).stream().map_ok(|key| key.name);
        drive(self.bulk_delete(None::<String>).send_stream(names))
    }
}

impl DeleteListed for Keys<blocking::Client> {
    fn delete_listed(&self, prefix: &str) -> Result<BulkResult> {
        let names = self.list().prefix(prefix).iter();
        let names = names.map(|key| key.map(|key| key.name));
        self.bulk_delete(None::<String>).send_iter(names)
    }
}

/// A server whose requests the test reads. Other tests do not use it.
struct OwnServer<C> {
    server: KvServer,
    keys: Keys<C>,
}

impl<C: Kv> OwnServer<C> {
    fn open() -> Self {
        let server = KvServer::start().unwrap();
        let configure = |builder: workers_kv::ClientBuilder<C>| {
            builder
                .base_url(server.base_url())
                .api_token(server.token())
        };
        let client = C::start(configure).unwrap();
        let namespace = server.namespace("n").id().to_owned();
        let keys = client.keys(server.account_id(), &namespace);
        Self { server, keys }
    }

    fn count(&self) -> usize {
        self.server.requests().len()
    }

    /// Returns the number of items of each bulk request.
    fn sizes(&self) -> Vec<usize> {
        let requests = self.server.requests().into_iter();
        let bulk = requests.filter(|request| request.path().contains("/bulk"));
        let size = |body: &[u8]| {
            let items: Vec<serde_json::Value> = serde_json::from_slice(body).unwrap();
            items.len()
        };
        let mut sizes: Vec<_> = bulk.map(|request| size(request.body())).collect();
        sizes.sort_unstable();
        sizes
    }
}

both! {
    fn keys_are_deleted_while_they_are_listed(kv: TestNamespace) {
        let pairs = (0..2_500).map(|n| (format!("cache:{n}"), "v"));
        kv.keys().bulk_update(pairs).run_all().unwrap().complete().unwrap();
        kv.values().update("settings", "v").run().unwrap();
        let result = kv.keys().delete_listed("cache:").unwrap().complete().unwrap();
        assert_eq!(result.successful_key_count, Some(2_500));
        let left: Vec<_> = kv.keys().list().walk().unwrap().into_iter().map(|key| key.name).collect();
        assert_eq!(left, ["settings"]);
    }

    fn an_error_of_the_list_is_the_error_of_the_call(kv: TestNamespace) {
        let missing = kv.client.keys(kv.account(), "0".repeat(32));
        let error = missing.delete_listed("").unwrap_err();
        assert_eq!((error.operation(), error.is_not_found()), (Some("keys.list"), true));
        assert_eq!(error.progress().map(Progress::items_done), Some(0));
    }

    fn items_are_taken_after_the_window_before_them(kv: OwnServer) {
        let mut requests = Vec::new();
        let pairs = (0..9).map(|n| (n.to_string(), "v")).inspect(|_| requests.push(kv.count()));
        let call = kv.keys.bulk_update(None::<BulkWrite>).batch_items(2).concurrency(2);
        assert_eq!(call.run_items(pairs).unwrap().successful_key_count, Some(9));
        assert_eq!(requests, [0, 0, 0, 0, 2, 2, 2, 2, 4]);
        assert_eq!(kv.sizes(), [1, 2, 2, 2, 2]);
    }

    fn values_of_all_windows_are_in_the_result(kv: TestNamespace) {
        let pairs = (0..250).map(|n| (n.to_string(), "v"));
        kv.keys().bulk_update(pairs).run_all().unwrap().complete().unwrap();
        let names = (0..251).map(|n| n.to_string());
        let call = kv.keys().bulk_get(None::<String>).concurrency(1).with_metadata(true);
        let entries = call.run_items(names).unwrap().into_entries().unwrap();
        assert_eq!(entries.len(), 251);
        assert_eq!(entries["249"].as_ref().unwrap().value, Json::new("v"));
        assert!(entries["250"].is_none());
    }

    fn a_failed_window_is_continued_with_the_rest(kv: OwnServer) {
        let totals = Arc::new(Mutex::new(Vec::new()));
        let record = totals.clone();
        let mut names = (0..10).map(|n| Ok::<_, Error>(n.to_string()));
        let call = kv.keys.bulk_delete(None::<String>).batch_items(2).concurrency(1).max_retries(0);
        let mut call = call.on_progress(move |progress| {
            record.lock().unwrap().push((progress.items_done(), progress.items_total()));
        });
        kv.server.fail_next(Fault::status(500).when(|request| request.body().starts_with(br#"["4""#)));
        let error = call.run_items(&mut names).unwrap_err();
        assert_eq!(error.progress().unwrap().items_done(), 4);
        assert_eq!(error.progress().unwrap().rest(), ["4", "5"]);
        call = error.resume().unwrap();
        assert_eq!(call.run_items(names).unwrap().successful_key_count, Some(10));
        assert_eq!(kv.sizes(), [2; 6]);
        let expected = [(0, 2), (2, 2), (2, 4), (4, 4), (4, 6), (6, 6), (6, 8), (8, 8), (8, 10), (10, 10)];
        let mut totals = totals.lock().unwrap().clone();
        totals.dedup();
        assert_eq!(totals, expected);
    }

    fn items_of_a_stream_are_checked(kv: OwnServer) {
        let names = ["a".to_owned(), "b".to_owned(), "k".repeat(513)];
        let call = kv.keys.bulk_delete(None::<String>).batch_items(2).concurrency(1);
        let error = call.run_items(names).unwrap_err();
        assert_eq!(error.parameter(), Some("keys[2]"));
        let pairs = [BulkWrite::new("k", "v").metadata(json!("m".repeat(1_025)))];
        let error = kv.keys.bulk_update(None::<BulkWrite>).run_items(pairs).unwrap_err();
        assert_eq!(error.parameter(), Some("pairs[0].metadata"));
        assert_eq!(kv.sizes(), [2]);
    }
}
