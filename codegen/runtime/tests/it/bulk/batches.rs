//! Division of items into batches.

use crate::bulk::{body, confirmed, counts, found, keys, names, outcome, pair, sum};
use crate::runtime::Error;
use crate::support::api::Found;
use crate::support::server::{by, error};
use crate::support::{Run, both};

both! {
    fn items_are_split_by_count([by(found)], server, client) {
        for (count, batches) in [(99, vec![99]), (100, vec![100]), (101, vec![100, 1]), (250, vec![100, 100, 50])] {
            let before = server.received().len();
            let Found::Values(values) = client.shelf("s").bulk_get(names(count)).run_all().unwrap() else {
                panic!("no metadata was asked for");
            };
            assert_eq!(values.len(), count);
            let mut sizes: Vec<_> = server.received().iter().skip(before).map(|request| keys(request).len()).collect();
            sizes.sort_unstable_by(|one, other| other.cmp(one));
            assert_eq!(sizes, batches);
        }
    }
}

both! {
    fn batches_keep_the_order_of_items([by(|request| outcome(request, &[]))], server, client) {
        let all = names(25_000);
        let outcome = client.shelf("s").bulk_delete(&all).concurrency(1).run_all().unwrap();
        assert_eq!(outcome, sum(25_000, &[]));
        let requests = server.received();
        let sent: Vec<_> = requests.iter().map(keys).collect();
        assert_eq!(sent, [&all[..10_000], &all[10_000..20_000], &all[20_000..]]);
        assert!(requests.iter().all(|request| request.header("content-type") == Some("application/json")));
    }
}

both! {
    fn items_are_split_by_size([by(|request| outcome(request, &[]))], server, client) {
        // The body has two brackets and a comma in addition to the pairs.
        for (second, batches) in [(599_996, 1), (599_997, 1), (599_998, 2)] {
            let before = server.received().len();
            let pairs = [pair("a", 400_000), pair("b", second)];
            assert_eq!(client.shelf("s").bulk_update(pairs).run_all().unwrap(), sum(2, &[]));
            let sizes: Vec<_> = server.received().iter().skip(before).map(|request| request.body.len()).collect();
            assert_eq!(sizes.len(), batches, "{sizes:?}");
            assert!(sizes.iter().all(|size| *size <= 1_000_000), "{sizes:?}");
        }
    }
}

both! {
    fn oversized_items_are_rejected([by(|request| outcome(request, &[]))], server, client) {
        let pairs = |bytes| [pair("a", 100), pair("b", bytes), pair("c", 100)];
        client.shelf("s").bulk_update(pairs(999_998)).run_all().unwrap();
        assert_eq!(counts(&server), [1, 1, 1]);
        let error = client.shelf("s").bulk_update(pairs(999_999)).run_all().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)));
        assert_eq!(error.parameter(), Some("pairs[1]"));
        assert!(error.to_string().ends_with("`pairs[1]` results in a body of 1000001 bytes; the maximum is 1000000"), "{error}");
        assert!(error.progress().is_none());
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn batches_are_limited_by_items([by(confirmed)], server, client) {
        let shelf = client.shelf("s");
        shelf.bulk_delete(names(7)).batch_items(3).run_all().unwrap();
        assert_eq!(counts(&server), [3, 3, 1]);
        // The limit of the API applies as well.
        shelf.bulk_get(names(101)).batch_items(1_000).run_all().unwrap_err();
        assert!(counts(&server).contains(&100));
    }
}

both! {
    fn batches_are_limited_by_bytes([by(confirmed)], server, client) {
        let shelf = client.shelf("s");
        // The body `["k0","k1","k2"]` has 16 bytes.
        shelf.bulk_delete(names(6)).batch_bytes(16).run_all().unwrap();
        assert_eq!(counts(&server), [3, 3]);
        shelf.bulk_delete(names(3)).batch_bytes(15).run_all().unwrap();
        assert_eq!(counts(&server), [3, 3, 2, 1]);
        // A larger item is sent alone.
        shelf.bulk_delete(names(2)).batch_bytes(1).run_all().unwrap();
        assert_eq!(counts(&server), [3, 3, 2, 1, 1, 1]);
    }
}

both! {
    fn batch_limits_of_zero_are_invalid([], server, client) {
        let error = client.shelf("s").bulk_get(["a"]).batch_items(0).run_all().unwrap_err();
        assert_eq!(error.parameter(), Some("batch_items"));
        let error = client.shelf("s").bulk_get(["a"]).batch_bytes(0).run_all().unwrap_err();
        assert_eq!(error.parameter(), Some("batch_bytes"));
        assert_eq!(server.received().len(), 0);
    }
}

both! {
    fn the_last_value_of_a_setting_applies([by(found)], server, client) {
        let call = client.shelf("s").bulk_get(names(4));
        let call = call.concurrency(0).batch_items(0).batch_bytes(0).concurrency(1).batch_items(2).batch_bytes(1_000);
        call.clone().run_all().unwrap();
        assert_eq!(counts(&server), [2, 2]);
        let error = call.concurrency(0).run_all().unwrap_err();
        assert_eq!(error.parameter(), Some("concurrency"));
    }
}

both! {
    fn an_empty_list_is_one_request([by(|request| outcome(request, &[]))], server, client) {
        assert_eq!(client.shelf("s").bulk_delete([""; 0]).run_all().unwrap(), sum(0, &[]));
        assert_eq!(server.only().text(), "[]");
    }
}

both! {
    fn results_of_both_variants_are_merged([by(found)], server, client) {
        let keys = [names(150), vec!["none".to_owned()]].concat();
        let Found::Values(values) = client.shelf("s").bulk_get(&keys).run_all().unwrap() else {
            panic!("no metadata was asked for");
        };
        assert_eq!(values.len(), 151);
        assert_eq!(values["k149"].as_ref().unwrap().as_str(), "\"k149\"");
        assert!(values["none"].is_none());
        let Found::WithMetadata(entries) = client.shelf("s").bulk_get(&keys).with_metadata(true).run_all().unwrap() else {
            panic!("metadata was asked for");
        };
        assert_eq!(entries.len(), 151);
        assert_eq!(entries["k149"].as_ref().unwrap().value.as_ref().unwrap().as_str(), "\"k149\"");
        assert!(entries["none"].is_none());
        assert!(server.received().iter().skip(2).all(|request| body(request)["withMetadata"] == true));
    }
}

both! {
    fn call_options_apply_to_each_request([
        error("503 S", 1), by(found),
    ], server, client) {
        client.shelf("s").bulk_get(names(150)).header("x-a", "1").query("b", 2).concurrency(1).run_all().unwrap();
        let requests = server.received();
        assert_eq!(requests.len(), 3);
        assert!(requests.iter().all(|request| request.header("x-a") == Some("1") && request.target.ends_with("?b=2")));
        assert_eq!(requests[0].body, requests[1].body);
    }
}

both! {
    fn each_batch_has_the_minimum_number_of_items([by(confirmed)], server, client) {
        // The maximum is 10, and the minimum is 3.
        for (count, batches) in [(3, vec![3]), (10, vec![10]), (11, vec![8, 3]), (22, vec![10, 9, 3]), (23, vec![10, 10, 3])] {
            let before = server.received().len();
            let call = client.shelf("s").bulk_touch(names(count)).concurrency(1);
            assert_eq!(call.run_all().unwrap().successful_key_count, i64::try_from(count).ok());
            let sizes: Vec<_> = server.received().iter().skip(before).map(|request| keys(request).len()).collect();
            assert_eq!(sizes, batches);
        }
        let before = server.received().len();
        client.shelf("s").bulk_touch(names(6)).batch_items(1).batch_bytes(1).run_all().unwrap();
        let sizes: Vec<_> = server.received().iter().skip(before).map(|request| keys(request).len()).collect();
        assert_eq!(sizes, [3, 3]);
        let error = client.shelf("s").bulk_touch(names(2)).run_all().unwrap_err();
        assert_eq!(error.parameter(), Some("keys"));
        assert!(error.progress().is_none());
    }
}
