//! Progress of bulk calls while they run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::bulk::{outcome, sum};
use crate::runtime::BulkProgress;
use crate::support::api::Pair;
use crate::support::server::{by, hang_up};
use crate::support::{Run, both};

/// Records the progress of a call.
#[derive(Clone, Default)]
pub struct Record(Arc<Mutex<Vec<BulkProgress>>>);

impl Record {
    pub fn listener(&self) -> impl FnMut(BulkProgress) + Send + 'static {
        let record = self.clone();
        move |progress| record.0.lock().unwrap().push(progress)
    }

    pub fn all(&self) -> Vec<BulkProgress> {
        self.0.lock().unwrap().clone()
    }

    pub fn last(&self) -> BulkProgress {
        *self.all().last().unwrap()
    }
}

both! {
    fn progress_is_reported_while_a_call_runs([
        by(|request| outcome(request, &[]).after(Duration::from_millis(100))),
    ], server, client) {
        let record = Record::default();
        let pairs = (0..8).map(|n| Pair::new(n.to_string(), "v".repeat(100_000)));
        let call = client.shelf("s").bulk_update(pairs).batch_items(2).concurrency(1).on_progress(record.listener());
        call.run_all().unwrap();

        let all = record.all();
        assert_eq!((all[0].items_done(), all[0].items_total(), all[0].bytes_sent()), (0, 8, 0));
        assert!(all.is_sorted_by_key(|progress| (progress.bytes_sent(), progress.items_done())));
        let mut sent = 0;
        for (index, request) in server.received().iter().enumerate() {
            sent += request.body.len() as u64;
            assert!(request.header("content-length").is_some());
            // The bytes are reported before the response is received.
            let reported = |items_done| all.iter().any(|progress| (progress.bytes_sent(), progress.items_done()) == (sent, items_done));
            assert!(reported(2 * index) && reported(2 * index + 2), "{all:?}");
        }
        let last = record.last();
        assert_eq!((last.items_done(), last.items_total(), last.bytes_sent()), (8, 8, sent));
        assert_eq!(last.to_string(), format!("8 of 8 items done, {sent} bytes sent"));
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
    fn panics_of_the_progress_function_reach_the_caller([by(|request| outcome(request, &[]))], server, client) {
        for at in [0, 1, 2] {
            // It panics at the start, while the body is sent, or after the response.
            let call = client.shelf("s").bulk_delete(["a"]).on_progress(move |progress| {
                let step = usize::from(progress.bytes_sent() > 0) + progress.items_done();
                assert!(step < at, "progress {at}");
            });
            let panic = catch_unwind(AssertUnwindSafe(|| call.run_all())).unwrap_err();
            assert_eq!(panic.downcast_ref::<String>(), Some(&format!("progress {at}")));
        }
        // The client can be used again.
        assert_eq!(client.shelf("s").bulk_delete(["a"]).run_all().unwrap(), sum(1, &[]));
    }
}
