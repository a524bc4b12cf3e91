//! Sizes of the batches of bulk calls, and how they change after failures.

use std::time::Duration;

use crate::bulk::{counts, found, keys, names, outcome, progress, sum};
use crate::runtime::Error;
use crate::runtime::http::timeout::upload_time;
use crate::support::api::{Found, Pair};
use crate::support::server::{Received, Step, by, error, response, silence};
use crate::support::{Run, both};

/// Fails for requests with more than a number of keys.
fn limited(max: usize, failure: Step, respond: fn(&Received) -> Step) -> Step {
    by(move |request| match keys(request).len() {
        count if count > max => failure.clone(),
        _ => respond(request),
    })
}

/// Returns keys of the same length.
fn keys_of_same_length(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("k{n:03}")).collect()
}

fn confirmed(request: &Received) -> Step {
    outcome(request, &[])
}

fn too_large() -> Step {
    response("413 Payload Too Large", &[], "<html>too large</html>")
}

fn too_slow() -> Step {
    response("524 ", &[], "<html>a timeout occurred</html>")
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
    fn batches_are_halved_after_413([limited(30, too_large(), found)], server, client) {
        let Found::Values(values) = client.shelf("s").bulk_get(names(100)).concurrency(1).run_all().unwrap() else {
            panic!("no metadata was asked for");
        };
        assert_eq!(values.len(), 100);
        assert_eq!(counts(&server), [100, 50, 25, 25, 25, 25]);
    }
}

both! {
    fn batches_are_halved_after_listed_statuses([limited(3, too_slow(), confirmed)], server, client) {
        let result = client.shelf("s").bulk_update(names(10).iter().map(|key| Pair::new(key, "v"))).concurrency(1).run_all();
        assert_eq!(result.unwrap(), sum(10, &[]));
        assert_eq!(counts(&server), [10, 5, 3, 3, 2, 2]);
    }
}

both! {
    fn batches_are_halved_after_a_timeout([limited(2, silence(), confirmed)], server, client) {
        let call = client.shelf("s").bulk_delete(names(4)).timeout(Duration::from_millis(300));
        assert_eq!(call.run_all().unwrap(), sum(4, &[]));
        assert_eq!(counts(&server), [4, 2, 2]);
    }
}

both! {
    fn later_batches_stay_small_after_a_listed_status([limited(5, too_slow(), confirmed)], server, client) {
        let call = client.shelf("s").bulk_delete(keys_of_same_length(200)).batch_items(10).concurrency(1);
        assert_eq!(call.run_all().unwrap(), sum(200, &[]));
        assert_eq!(counts(&server), [vec![10], vec![5; 40]].concat());
    }
}

both! {
    fn later_batches_grow_again_after_413([
        by(|request| match &*keys(request)[0] {
            "k000" if keys(request).len() > 5 => too_large(),
            _ => outcome(request, &[]),
        }),
    ], server, client) {
        let call = client.shelf("s").bulk_delete(keys_of_same_length(200)).batch_items(10).concurrency(1);
        assert_eq!(call.run_all().unwrap(), sum(200, &[]));
        assert_eq!(counts(&server), [vec![10; 17], vec![5; 8]].concat());
    }
}

both! {
    fn a_single_item_is_not_halved([by(|_| too_large())], server, client) {
        let error = client.shelf("s").bulk_delete(names(2)).concurrency(1).run_all().unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413));
        assert_eq!(progress(&error), (vec![], vec!["k0", "k1"]));
        assert_eq!(counts(&server), [2, 1]);
    }
}

both! {
    fn a_single_item_is_retried_after_a_listed_status([by(|_| too_slow())], server, client) {
        client.shelf("s").bulk_delete(names(2)).concurrency(1).run_all().unwrap_err();
        assert_eq!(counts(&server), [2, 1, 1, 1]);
    }
}

both! {
    fn other_errors_do_not_halve_batches([by(|_| error("400 Bad Request", 10))], server, client) {
        client.shelf("s").bulk_delete(names(4)).run_all().unwrap_err();
        assert_eq!(counts(&server), [4]);
    }
}

both! {
    fn batches_are_not_halved_without_retries([by(|_| too_large())], server, client) {
        let error = client.shelf("s").bulk_delete(names(4)).max_retries(0).run_all().unwrap_err();
        assert_eq!(progress(&error).1.len(), 4);
        assert_eq!(counts(&server), [4]);
    }
}

both! {
    fn results_of_halves_are_in_order([
        by(|request| {
            let keys = keys(request);
            // All of them are reported as failed, so that the result lists them.
            let failed: Vec<_> = keys.iter().map(String::as_str).collect();
            if keys.len() > 2 { too_large() } else { outcome(request, &failed) }
        }),
    ], server, client) {
        let result = client.shelf("s").bulk_delete(names(8)).max_retries(1).run_all().unwrap();
        assert_eq!(result.unsuccessful_keys.unwrap(), names(8));
        assert_eq!(counts(&server), [vec![8, 4, 4], vec![2; 8]].concat());
    }
}

both! {
    fn halves_keep_the_results_of_earlier_rounds([
        by(|request| match &*keys(request) {
            [_, _, _, _] => outcome(request, &["k1", "k2"]),
            [_, _] => too_large(),
            _ => outcome(request, &[]),
        }),
    ], server, client) {
        let result = client.shelf("s").bulk_delete(names(4)).concurrency(1).run_all().unwrap();
        assert_eq!(result, sum(4, &[]));
        assert_eq!(counts(&server), [4, 2, 1, 1]);
    }
}

both! {
    fn the_default_timeout_includes_the_upload([
        by(|request| outcome(request, &[]).after(Duration::from_millis(500))),
    ], server, client, |builder| builder.max_retries(0).timeout(Duration::from_millis(100))) {
        let pairs = || [Pair::new("k", "v".repeat(900_000))];
        let shelf = client.shelf("s");
        // Sending the body over a line of 1 Mbit/s takes 7.2 s.
        assert_eq!(shelf.bulk_update(pairs()).run().unwrap(), sum(1, &[]));
        assert_eq!(shelf.bulk_update(pairs()).run_all().unwrap(), sum(1, &[]));
        let error = shelf.bulk_update(pairs()).timeout(Duration::from_millis(100)).run_all().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error}");
        assert_eq!(server.received().len(), 3);
    }
}

#[test]
fn requests_share_a_line_of_one_megabit_per_second() {
    assert_eq!(upload_time(125_000, 1), Duration::from_secs(1));
    assert_eq!(upload_time(1_000_000, 4), Duration::from_secs(32));
    assert_eq!(upload_time(0, 4), Duration::ZERO);
    assert_eq!(upload_time(u64::MAX, 4), Duration::from_micros(u64::MAX));
}
