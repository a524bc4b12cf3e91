//! Sizes of later batches after a batch was halved.

use crate::bulk::{
    confirmed, counts, keys, keys_of_same_length, limited, outcome, pair, sum, too_large, too_slow,
};
use crate::support::server::by;
use crate::support::{Run, both};

both! {
    fn later_batches_grow_slowly_after_a_listed_status([limited(5, too_slow(), confirmed)], server, client) {
        let call = client.shelf("s").bulk_delete(keys_of_same_length(200)).batch_items(10).concurrency(1);
        assert_eq!(call.run_all().unwrap(), sum(200, &[]));
        // It tries a larger batch after 8 successful ones, and after 16 more.
        assert_eq!(counts(&server), [vec![10; 3], vec![5; 40]].concat());
        let sizes: Vec<_> = server.received().iter().map(|request| keys(request).len()).collect();
        let tries: Vec<_> = sizes.iter().enumerate().filter(|(_, size)| **size == 10).map(|(at, _)| at).collect();
        assert_eq!(tries, [0, 9, 26]);
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
    fn later_batches_return_to_the_full_size_after_a_listed_status([
        by(|request| match &*keys(request)[0] {
            "k000" if keys(request).len() > 5 => too_slow(),
            _ => outcome(request, &[]),
        }),
    ], server, client) {
        let call = client.shelf("s").bulk_delete(keys_of_same_length(200)).batch_items(10).concurrency(1);
        assert_eq!(call.run_all().unwrap(), sum(200, &[]));
        assert_eq!(counts(&server), [vec![10; 17], vec![5; 8]].concat());
    }
}

both! {
    fn later_bodies_stay_small_after_a_large_body_was_rejected([
        by(|request| if request.body.len() > 150_000 { too_large() } else { outcome(request, &[]) }),
    ], server, client) {
        let pairs = keys_of_same_length(200).into_iter().map(|key| pair(&key, 10_000));
        let call = client.shelf("s").bulk_update(pairs).batch_items(20).concurrency(1);
        assert_eq!(call.run_all().unwrap(), sum(200, &[]));
        assert_eq!(counts(&server), [vec![20], vec![10; 20]].concat());
    }
}
