//! Batches that are halved because of an error.

use std::time::Duration;

use crate::bulk::{
    confirmed, counts, found, keys, limited, names, outcome, progress, sum, too_large, too_slow,
};
use crate::support::api::{Found, Pair};
use crate::support::server::{by, error, response, silence};
use crate::support::{Run, both};

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
    fn halves_have_the_minimum_number_of_items([by(|_| too_large())], server, client) {
        let error = client.shelf("s").bulk_touch(names(10)).concurrency(1).run_all().unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413));
        // A batch of 5 items cannot be halved, because the minimum is 3.
        assert_eq!(counts(&server), [10, 5]);
    }
}

both! {
    fn halves_are_sent_after_the_delay_that_the_server_asks_for([
        response("524 ", &[("retry-after", "7")], ""),
        response("413 Payload Too Large", &[("retry-after", "5")], ""),
        by(confirmed),
    ], server, client, clock, |builder| builder) {
        let call = client.shelf("s").bulk_delete(names(4)).concurrency(1);
        assert_eq!(call.run_all().unwrap(), sum(4, &[]));
        assert_eq!(counts(&server), [4, 2, 1, 1, 1, 1]);
        assert_eq!(clock.slept(), [7, 5].map(Duration::from_secs));
    }
}

both! {
    fn halves_are_sent_after_a_delay_unless_the_batch_was_too_large([
        too_slow(), too_slow(), too_large(), by(confirmed),
    ], server, client, clock, |builder| builder) {
        let call = client.shelf("s").bulk_delete(names(8)).concurrency(1);
        assert_eq!(call.run_all().unwrap(), sum(8, &[]));
        assert_eq!(counts(&server), [vec![8, 4, 2], vec![1; 8]].concat());
        let slept: Vec<_> = clock.slept().iter().map(Duration::as_millis).collect();
        let [375..=500, 750..=1_000, 0] = slept[..] else {
            panic!("{slept:?}");
        };
    }
}
