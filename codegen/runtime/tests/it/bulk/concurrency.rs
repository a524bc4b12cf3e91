//! Concurrent requests of bulk calls.

use std::time::{Duration, Instant};

use crate::bulk::{counts, found, keys, names, progress};
use crate::runtime::Client;
use crate::runtime::clock::PlatformClock;
use crate::support::api::Found;
use crate::support::server::{Server, by, error, response, silence};
use crate::support::{RUNTIME, Run, both, configured};

both! {
    fn concurrency_is_limited([by(|request| found(request).gathering(3))], server, client) {
        let Found::Values(values) = client.shelf("s").bulk_get(names(1_100)).concurrency(3).run_all().unwrap() else {
            panic!("no metadata was asked for");
        };
        assert_eq!(values.len(), 1_100);
        assert_eq!(server.received().len(), 11);
        assert_eq!(server.most_at_once(), 3);
    }
}

both! {
    fn default_concurrency_is_four([by(|request| found(request).gathering(4))], server, client) {
        client.shelf("s").bulk_get(names(600)).run_all().unwrap();
        assert_eq!(server.most_at_once(), 4);
    }
}

both! {
    fn running_batches_are_completed_after_a_failure([
        by(|request| match &*keys(request)[0] {
            // It fails while the two others are running.
            "k100" => error("400 Bad Request", 10).gathering(3),
            _ => found(request).gathering(3).after(Duration::from_millis(150)),
        }),
    ], server, client) {
        let all = names(500);
        let error = client.shelf("s").bulk_get(&all).concurrency(3).run_all().unwrap_err();
        let (done, rest) = progress(&error);
        assert_eq!(done, [&all[..100], &all[200..300]].concat());
        assert_eq!(rest, [&all[100..200], &all[300..]].concat());
        assert_eq!(server.received().len(), 3);
    }
}

#[test]
fn dropped_calls_send_no_further_requests() {
    let server = Server::start([silence(), silence(), by(found)]);
    let client = configured(Client::builder(), &server.url).build().unwrap();
    RUNTIME.block_on(async {
        let call = client.shelf("s").bulk_get(names(1_000)).concurrency(2);
        let mut running = Box::pin(call.send_all());
        while server.received().len() < 2 {
            assert!(
                tokio::time::timeout(Duration::from_millis(1), &mut running)
                    .await
                    .is_err()
            );
        }
        drop(running);
        let found = client.shelf("s").bulk_get(["a"]).send_all().await.unwrap();
        assert!(matches!(found, Found::Values(values) if values.len() == 1));
    });
    assert_eq!(server.received().len(), 3);
}

both! {
    fn a_failure_ends_the_delay_of_other_batches([
        by(|request| match &*keys(request)[0] {
            // It fails while the other batch waits for its retry.
            "k100" => error("400 Bad Request", 10).after(Duration::from_millis(200)),
            _ => response("503 S", &[("retry-after", "10")], ""),
        }),
    ], server, client, |builder| builder.clock(PlatformClock)) {
        let start = Instant::now();
        let error = client.shelf("s").bulk_get(names(200)).run_all().unwrap_err();
        assert_eq!(error.code(), Some(10));
        assert_eq!(progress(&error).1, names(200));
        assert!(start.elapsed() < Duration::from_secs(5));
        assert_eq!(counts(&server), [100, 100]);
    }
}

both! {
    fn a_failure_prevents_the_retries_of_running_batches([
        by(|request| match &*keys(request)[0] {
            "k100" => error("400 Bad Request", 10).gathering(2),
            // Its attempt fails after the other batch.
            _ => error("503 S", 1).gathering(2).after(Duration::from_millis(200)),
        }),
    ], server, client) {
        let error = client.shelf("s").bulk_get(names(200)).run_all().unwrap_err();
        assert_eq!(error.code(), Some(10));
        assert_eq!(counts(&server), [100, 100]);
    }
}
