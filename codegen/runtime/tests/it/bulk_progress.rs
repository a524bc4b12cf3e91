//! Progress, continuation and completeness of bulk calls.

use std::sync::{Arc, Mutex};

use crate::bulk::{counts, keys, names, outcome, progress, sum};
use crate::runtime::{BulkProgress, Error};
use crate::support::api::Pair;
use crate::support::server::{by, error, hang_up};
use crate::support::{Run, both};

/// Records the progress of a call.
#[derive(Clone, Default)]
struct Record(Arc<Mutex<Vec<BulkProgress>>>);

impl Record {
    fn listener(&self) -> impl FnMut(BulkProgress) + Send + 'static {
        let record = self.clone();
        move |progress| record.0.lock().unwrap().push(progress)
    }

    fn all(&self) -> Vec<BulkProgress> {
        self.0.lock().unwrap().clone()
    }

    fn last(&self) -> BulkProgress {
        *self.all().last().unwrap()
    }
}

both! {
    fn progress_is_reported_while_a_call_runs([by(|request| outcome(request, &[]))], server, client) {
        let record = Record::default();
        let pairs = (0..8).map(|n| Pair::new(n.to_string(), "v".repeat(100_000)));
        let call = client.shelf("s").bulk_update(pairs).batch_items(2).on_progress(record.listener());
        call.run_all().unwrap();

        let all = record.all();
        assert_eq!((all[0].items_done(), all[0].items_total(), all[0].bytes_sent()), (0, 8, 0));
        assert!(all.is_sorted_by_key(|progress| (progress.bytes_sent(), progress.items_done())));
        let sent: usize = server.received().iter().map(|request| request.body.len()).sum();
        let last = record.last();
        assert_eq!((last.items_done(), last.items_total(), last.bytes_sent()), (8, 8, sent as u64));
        // Each body has at least four chunks.
        assert!(all.len() > 16, "{}", all.len());
        assert_eq!(last.to_string(), format!("8 of 8 items done, {sent} bytes sent"));
        let requests = server.received();
        assert!(requests.iter().all(|request| request.header("content-length").is_some()));
    }
}

both! {
    fn repeated_requests_count_as_sent_bytes([hang_up(), by(|request| outcome(request, &["b"]))], server, client) {
        let record = Record::default();
        let call = client.shelf("s").bulk_delete(["a", "b"]).max_retries(1);
        call.on_progress(record.listener()).run_all().unwrap();
        let sent: usize = server.received().iter().map(|request| request.body.len()).sum();
        // The failed item is not done.
        let last = record.last();
        assert_eq!((last.items_done(), last.items_total(), last.bytes_sent()), (1, 2, sent as u64));
    }
}

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
        assert_eq!((result, failures), (sum(6, &[]), 1));
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

#[test]
fn complete_fails_if_keys_are_left() {
    let complete = sum(2, &[]).complete().unwrap();
    assert_eq!(complete.successful_key_count, Some(2));
    assert_eq!(complete.into_inner(), sum(2, &[]));
    let error = sum(1, &["secret-a"]).complete().unwrap_err();
    assert!(matches!(error, Error::Incomplete(_)));
    assert_eq!(error.failed_keys(), ["secret-a"]);
    assert_eq!(error.to_string(), "the server reported one item as failed");
    let error = sum(1, &["a", "b"]).complete().unwrap_err();
    assert_eq!(error.to_string(), "the server reported 2 items as failed");
    assert!(!format!("{error:?}").contains("secret"));
    assert!(error.progress().is_none() && !error.is_retryable());
}
