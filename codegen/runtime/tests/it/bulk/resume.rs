//! Continuation of failed bulk calls.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::bulk::progress::Record;
use crate::bulk::{confirmed, counts, found, keys, names, outcome, progress, sum};
use crate::runtime::BulkProgress;
use crate::support::api::{Found, Pair};
use crate::support::server::{Received, Step, by, error};
use crate::support::{Run, both};

both! {
    fn a_failed_call_can_be_resumed([
        by({
            let failed = Mutex::new(false);
            move |request| {
                let mut failed = failed.lock().unwrap();
                if keys(request)[0] == "k4" && !*failed {
                    *failed = true;
                    return error("400 Bad Request", 10);
                }
                outcome(request, &[])
            }
        }),
    ], server, client) {
        let record = Record::default();
        let pairs = names(10).into_iter().map(|key| Pair::new(&key, format!("value of {key}")));
        let call = client.shelf("s").bulk_update(pairs).batch_items(2).concurrency(1).header("x-a", "1");
        let mut call = call.on_progress(record.listener());
        let mut failures = 0;
        let result = loop {
            match call.run_all() {
                Ok(result) => break result,
                Err(error) => {
                    assert!(!format!("{error:?}{error}").contains("value of"));
                    call = error.resume().unwrap();
                    failures += 1;
                }
            }
        };
        // The result includes the requests of the failed call.
        assert_eq!((result, failures), (sum(10, &[]), 1));
        assert_eq!(counts(&server), [2; 6]);
        let requests = server.received();
        assert_eq!(requests[3].body, requests[2].body);
        assert!(requests.iter().all(|request| request.header("x-a") == Some("1")));
        assert_eq!((record.last().items_done(), record.last().items_total()), (10, 10));
        assert!(record.all().is_sorted_by_key(BulkProgress::items_done));
    }
}

both! {
    fn a_resumed_call_can_fail_and_be_resumed([
        error("400 Bad Request", 1), error("400 Bad Request", 2), by(|request| outcome(request, &[])),
    ], server, client) {
        let mut call = client.shelf("s").bulk_delete(names(3)).batch_items(1).concurrency(1);
        for failure in [1, 2] {
            let error = call.run_all().unwrap_err();
            assert_eq!((error.code(), progress(&error).1.len()), (Some(failure), 3));
            call = error.resume().unwrap();
        }
        assert_eq!(call.run_all().unwrap(), sum(3, &[]));
        assert_eq!(counts(&server), [1; 5]);
    }
}

both! {
    fn errors_without_progress_are_not_resumed([error("400 Bad Request", 1), error("400 Bad Request", 2)], server, client) {
        let mut call = client.shelf("s").bulk_delete(["a"]);
        // `send` has no progress.
        let error = call.clone().run().unwrap_err();
        let error = error.resume().map(|resumed| call = resumed).unwrap_err();
        assert_eq!(error.code(), Some(1));
        // The error of another operation.
        let error = client.shelf("s").bulk_get(["a"]).run_all().unwrap_err();
        let error = error.resume().map(|resumed| call = resumed).unwrap_err();
        assert_eq!(error.code(), Some(2));
        assert_eq!(progress(&error).1, ["a"]);
        assert_eq!(server.received().len(), 2);
        drop(call);
    }
}

both! {
    fn progress_of_a_resumed_call_includes_the_items_of_earlier_calls([
        by({
            let rejected = Mutex::new(vec!["k2", "k1"]);
            move |request| {
                let key = keys(request).swap_remove(0);
                match rejected.lock().unwrap().pop_if(|next| *next == key) {
                    Some(_) => error("400 Bad Request", 1),
                    None => confirmed(request),
                }
            }
        }),
    ], server, client) {
        let record = Record::default();
        let call = client.shelf("s").bulk_delete(names(5)).batch_items(1).concurrency(1);
        let mut call = call.on_progress(record.listener());
        for (done, rest) in [(1, 4), (2, 3)] {
            let error = call.run_all().unwrap_err();
            assert_eq!(error.progress().unwrap().items_done(), done);
            let names = names(5);
            assert_eq!(progress(&error).0, names[..done]);
            assert_eq!(progress(&error).1, names[5 - rest..]);
            assert!(error.to_string().ends_with(&format!("; {done} of 5 items were done")), "{error}");
            assert_eq!((record.last().items_done(), record.last().items_total()), (done, 5));
            call = error.resume().unwrap();
        }
        assert_eq!(call.run_all().unwrap(), sum(5, &[]));
        assert!(record.all().iter().all(|progress| progress.items_total() == 5));
        assert_eq!(counts(&server), [1; 7]);
    }
}

/// Rejects the first request with this key.
fn rejecting_once(key: &'static str, respond: fn(&Received) -> Step) -> Step {
    let is_first = AtomicBool::new(true);
    by(move |request| {
        if keys(request).iter().any(|sent| sent == key) && is_first.swap(false, Ordering::SeqCst) {
            error("400 Bad Request", 10)
        } else {
            respond(request)
        }
    })
}

both! {
    fn values_of_a_failed_call_are_in_the_result_of_the_resumed_call([rejecting_once("k3", found)], server, client) {
        let call = client.shelf("s").bulk_get(names(6)).batch_items(2).concurrency(1);
        let error = call.run_all().unwrap_err();
        assert_eq!(progress(&error).0, ["k0", "k1"]);
        let mut call = client.shelf("s").bulk_get([""; 0]);
        call = error.resume().map(|resumed| call = resumed).map(|()| call).unwrap();
        // A clone has the values as well.
        for call in [call.clone(), call] {
            let Found::Values(values) = call.run_all().unwrap() else {
                panic!("no metadata was asked for");
            };
            assert_eq!(values.keys().collect::<Vec<_>>(), names(6).iter().collect::<Vec<_>>());
        }
        assert_eq!(counts(&server), [2; 6]);
    }
}

both! {
    fn failed_keys_that_a_resumed_call_sends_again_are_not_in_its_result([
        by({
            let is_first = AtomicBool::new(true);
            move |request| match &*keys(request)[0] {
                "k2" if is_first.swap(false, Ordering::SeqCst) => error("400 Bad Request", 10),
                "k0" => outcome(request, &["k0"]),
                _ => outcome(request, &[]),
            }
        }),
    ], server, client) {
        let call = client.shelf("s").bulk_delete(names(4)).batch_items(2).concurrency(1).max_retries(0);
        let error = call.run_all().unwrap_err();
        assert_eq!(progress(&error), (vec!["k1"], vec!["k0", "k2", "k3"]));
        let mut call = client.shelf("s").bulk_delete([""; 0]);
        call = error.resume().map(|resumed| call = resumed).map(|()| call).unwrap();
        assert_eq!(call.run_all().unwrap(), sum(3, &["k0"]));
    }
}
