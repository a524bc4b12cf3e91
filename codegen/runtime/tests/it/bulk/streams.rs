//! Bulk calls with the items of a stream or an iterator.

use std::error::Error as StdError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use futures_util::stream;

use crate::bulk::progress::Record;
use crate::bulk::{
    confirmed, counts, found, keys, keys_of_same_length, limited, names, outcome, progress, sum,
    too_large,
};
use crate::runtime::http::clock::PlatformClock;
use crate::runtime::{BulkProgress, Client, Error};
use crate::support::api::{Found, Pair};
use crate::support::server::{Step, by, error};
use crate::support::{Run, both};

const NONE: Option<String> = None;

/// Confirms all requests, except the first one with a key.
fn rejecting_once(key: &'static str) -> Step {
    let is_first = AtomicBool::new(true);
    by(move |request| {
        if keys(request).iter().any(|sent| sent == key) && is_first.swap(false, Ordering::SeqCst) {
            error("400 Bad Request", 10)
        } else {
            confirmed(request)
        }
    })
}

both! {
    fn items_are_taken_after_the_items_before_them_were_sent([by(confirmed)], server, client) {
        let mut requests = Vec::new();
        let items = names(10).into_iter().inspect(|_| requests.push(server.received().len()));
        let call = client.shelf("s").bulk_delete(NONE).batch_items(2).concurrency(2);
        assert_eq!(call.run_items(items).unwrap(), sum(10, &[]));
        // A window has the items of all concurrent requests.
        assert_eq!(requests, [0, 0, 0, 0, 2, 2, 2, 2, 4, 4]);
        assert_eq!(counts(&server), [2; 5]);
    }
}

both! {
    fn a_window_has_the_bytes_of_all_concurrent_requests([by(confirmed)], server, client) {
        let mut requests = Vec::new();
        let items = names(6).into_iter().inspect(|_| requests.push(server.received().len()));
        // The array of two keys has 11 bytes.
        let call = client.shelf("s").bulk_delete(NONE).batch_bytes(11).concurrency(1);
        assert_eq!(call.run_items(items).unwrap(), sum(6, &[]));
        assert_eq!(requests, [0, 0, 0, 2, 2, 2]);
        assert!(server.received().iter().all(|request| request.body.len() <= 11));
    }
}

both! {
    fn results_of_all_windows_are_merged([by(found)], server, client) {
        let call = client.shelf("s").bulk_get(NONE).with_metadata(true).batch_items(2).concurrency(2);
        let Found::WithMetadata(entries) = call.run_items(names(7)).unwrap() else {
            panic!("metadata was asked for");
        };
        assert_eq!(entries.keys().collect::<Vec<_>>(), names(7).iter().collect::<Vec<_>>());
        assert_eq!(counts(&server), [2, 2, 2, 1]);
    }
}

both! {
    fn items_that_fail_are_sent_again_in_their_window([by(|request| outcome(request, &["k0", "k5"]))], server, client) {
        let call = client.shelf("s").bulk_delete(NONE).batch_items(4).concurrency(1).max_retries(1);
        assert_eq!(call.run_items(names(8)).unwrap(), sum(6, &["k0", "k5"]));
        assert_eq!(counts(&server), [4, 4, 1, 1]);
    }
}

both! {
    fn an_error_of_the_stream_ends_the_call([by(confirmed)], server, client) {
        let items = || names(6).into_iter().map(Ok).chain([Err("no more"), Ok("never".to_owned())]);
        let mut call = client.shelf("s").bulk_delete(NONE).batch_items(2).concurrency(2);
        let error = call.run_items(items()).unwrap_err();
        assert!(matches!(error, Error::Body(_)), "{error:?}");
        assert_eq!(error.source().unwrap().to_string(), "no more");
        let text = "POST /shelves/{shelf_id}/bulk/delete: the next item could not be read; 4 of 6 items were done";
        assert_eq!(error.to_string(), text);
        assert_eq!(error.progress().unwrap().items_done(), 4);
        // The window with the error is not sent.
        assert_eq!(progress(&error), (vec![], vec!["k4", "k5"]));
        assert_eq!(counts(&server), [2, 2]);
        call = client.shelf("s").bulk_delete(NONE);
        call = error.resume().map(|resumed| call = resumed).map(|()| call).unwrap();
        assert_eq!(call.run_all().unwrap(), sum(6, &[]));
    }
}

both! {
    fn errors_of_this_crate_are_returned_unchanged([error("404 Not Found", 7), by(confirmed)], server, client) {
        let failed = client.shelf("s").value("k").run().unwrap_err();
        let items = [Ok("a".to_owned()), Err(failed)];
        let error = client.shelf("s").bulk_delete(NONE).run_items(items).unwrap_err();
        assert_eq!((error.code(), error.operation()), (Some(7), Some("shelf.value")));
        assert_eq!(progress(&error).1, ["a"]);
        assert_eq!(server.received().len(), 1);
    }
}

both! {
    fn a_failed_window_is_resumed_with_the_rest_of_the_stream([rejecting_once("k5")], server, client) {
        let record = Record::default();
        let mut items = names(10).into_iter();
        let call = client.shelf("s").bulk_delete(NONE).batch_items(2).concurrency(1);
        let mut call = call.on_progress(record.listener());
        let result = loop {
            match call.run_items(&mut items) {
                Ok(result) => break result,
                Err(error) => {
                    assert_eq!(progress(&error), (vec![], vec!["k4", "k5"]));
                    assert_eq!(error.progress().unwrap().items_done(), 4);
                    assert!(error.to_string().ends_with("; 4 of 6 items were done"), "{error}");
                    call = error.resume().unwrap();
                }
            }
        };
        assert_eq!(result, sum(10, &[]));
        assert_eq!(counts(&server), [2; 6]);
        assert_eq!((record.last().items_done(), record.last().items_total()), (10, 10));
        assert!(record.all().is_sorted_by_key(BulkProgress::items_done));
    }
}

both! {
    fn done_keys_of_a_window_are_listed([rejecting_once("k7")], server, client) {
        let call = client.shelf("s").bulk_delete(NONE).batch_items(1).concurrency(4);
        let error = call.run_items(names(9)).unwrap_err();
        let (done, rest) = progress(&error);
        assert_eq!((done.first(), rest.last()), (Some(&"k4"), Some(&"k7")));
        assert_eq!(error.progress().unwrap().items_done(), 4 + done.len());
        assert_eq!(server.received().len(), 8);
    }
}

both! {
    fn an_invalid_item_of_a_stream_ends_the_call([by(confirmed)], server, client) {
        let mut pairs: Vec<_> = names(6).iter().map(|key| Pair::new(key, "v")).collect();
        pairs[4].key = "k".repeat(513);
        let mut pairs = pairs.into_iter();
        let mut call = client.shelf("s").bulk_update(None).batch_items(3).concurrency(1);
        let error = call.run_items(&mut pairs).unwrap_err();
        assert_eq!(error.parameter(), Some("pairs[4].key"));
        assert_eq!(progress(&error), (vec![], vec!["k3"]));
        assert_eq!(counts(&server), [3]);
        // The invalid item is not part of the resumed call.
        call = client.shelf("s").bulk_update(None);
        call = error.resume().map(|resumed| call = resumed).map(|()| call).unwrap();
        assert_eq!(call.run_items(pairs).unwrap(), sum(5, &[]));
    }
}

both! {
    fn an_item_over_the_limit_of_the_body_is_named_by_its_position([by(confirmed)], server, client) {
        let pairs = names(3).into_iter().map(|key| match &*key {
            "k2" => Pair::new(key, "v".repeat(1_000_001)),
            _ => Pair::new(key, "v"),
        });
        let call = client.shelf("s").bulk_update(None).batch_items(2).concurrency(1);
        let error = call.run_items(pairs).unwrap_err();
        assert_eq!(error.parameter(), Some("pairs[2]"));
        assert_eq!(error.progress().unwrap().items_done(), 2);
        assert_eq!(counts(&server), [2]);
    }
}

both! {
    fn items_of_the_call_are_sent_before_those_of_the_stream([by(confirmed)], server, client) {
        let mut requests = Vec::new();
        let items = names(3).into_iter().inspect(|_| requests.push(server.received().len()));
        let call = client.shelf("s").bulk_delete(["a", "b"]).concurrency(1);
        assert_eq!(call.run_items(items).unwrap(), sum(5, &[]));
        assert_eq!(requests, [1; 3]);
        let sent: Vec<_> = server.received().iter().map(keys).collect();
        assert_eq!(sent, [["a", "b"].map(str::to_owned).to_vec(), names(3)]);
    }
}

both! {
    fn an_empty_stream_is_one_request([by(confirmed)], server, client) {
        assert_eq!(client.shelf("s").bulk_delete(NONE).run_items(NONE).unwrap(), sum(0, &[]));
        assert_eq!(server.only().text(), "[]");
        assert_eq!(client.shelf("s").bulk_delete(["a"]).run_items(NONE).unwrap(), sum(1, &[]));
        assert_eq!(counts(&server), [1, 0]);
    }
}

both! {
    fn the_last_window_has_the_minimum_number_of_items([by(confirmed)], server, client) {
        let call = client.shelf("s").bulk_touch(["a", "b"]).batch_items(6).concurrency(1);
        assert_eq!(call.run_items(names(11)).unwrap(), sum(13, &[]));
        assert_eq!(counts(&server), [6, 4, 3]);
        let mut sent: Vec<_> = server.received().iter().flat_map(keys).collect();
        assert_eq!(sent.split_off(2), names(11));
        assert_eq!(sent, ["a", "b"]);
        let call = client.shelf("s").bulk_touch(names(5)).batch_items(6).concurrency(1);
        assert_eq!(call.run_items(Some("a")).unwrap(), sum(6, &[]));
        let call = client.shelf("s").bulk_touch(names(10)).batch_items(6).concurrency(1);
        assert_eq!(call.run_items(Some("a")).unwrap(), sum(11, &[]));
        assert_eq!(counts(&server), [6, 6, 4, 4, 4, 3, 3]);
        let error = client.shelf("s").bulk_touch(NONE).run_items(names(2)).unwrap_err();
        assert_eq!(error.parameter(), Some("keys"));
    }
}

both! {
    fn smaller_requests_are_kept_in_later_windows([limited(2, too_large(), confirmed)], server, client) {
        let call = client.shelf("s").bulk_delete(NONE).batch_items(4).concurrency(1);
        assert_eq!(call.run_items(keys_of_same_length(12)).unwrap(), sum(12, &[]));
        assert_eq!(counts(&server), [4, 2, 2, 2, 2, 2, 2]);
    }
}

both! {
    fn no_item_is_taken_for_an_invalid_call([], server, client) {
        let mut taken = 0;
        let items = names(3).into_iter().inspect(|_| taken += 1);
        let call = client.shelf("s").bulk_delete(NONE).concurrency(0);
        let error = call.run_items(items).unwrap_err();
        assert_eq!((error.parameter(), taken), (Some("concurrency"), 0));
        assert_eq!(server.received().len(), 0);
    }
}

both! {
    fn progress_counts_the_items_that_were_taken([by(confirmed)], server, client) {
        let record = Record::default();
        let call = client.shelf("s").bulk_delete(NONE).batch_items(2).concurrency(2);
        call.on_progress(record.listener()).run_items(names(6)).unwrap();
        let all = record.all();
        let mut totals: Vec<_> = all.iter().map(BulkProgress::items_total).collect();
        totals.dedup();
        assert_eq!(totals, [4, 6]);
        assert!(all.is_sorted_by_key(|progress| (progress.items_done(), progress.bytes_sent())));
        let sent: usize = server.received().iter().map(|request| request.body.len()).sum();
        assert_eq!(record.last().to_string(), format!("6 of 6 items done, {sent} bytes sent"));
    }
}

both! {
    fn the_deadline_applies_to_all_windows([by(confirmed)], server, client, |builder| builder.clock(PlatformClock)) {
        let mut items = names(6).into_iter().inspect(|name| {
            if name == "k3" {
                thread::sleep(Duration::from_millis(2_100));
            }
        });
        let call = client.shelf("s").bulk_delete(NONE).batch_items(2).concurrency(1);
        let mut call = call.deadline(Duration::from_secs(2));
        let error = call.run_items(&mut items).unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert_eq!((error.progress().unwrap().items_done(), progress(&error).1), (2, vec!["k2", "k3"]));
        // A resumed call has the time again.
        call = error.resume().unwrap();
        assert_eq!(call.run_items(items).unwrap(), sum(6, &[]));
    }
}

/// Tasks of a multi-threaded runtime can wait for a call with a stream.
#[test]
fn the_future_of_a_call_with_a_stream_is_send() {
    fn is_send(_: impl Send) {}
    let client = Client::builder()
        .api_token("t")
        .base_url("https://shelf.example");
    let call = client.build().unwrap().shelf("s").bulk_delete(NONE);
    is_send(call.send_stream(stream::iter(names(1))));
}
