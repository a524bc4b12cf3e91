//! Items that the server reports as failed.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::bulk::{body, counts, keys, outcome, progress, sum};
use crate::runtime::Error;
use crate::support::api::Pair;
use crate::support::server::{by, result};
use crate::support::{Run, both};

both! {
    fn failed_keys_are_sent_again([
        by({
            let first = AtomicBool::new(true);
            move |request| {
                let first = first.swap(false, Ordering::SeqCst);
                outcome(request, if first { &["k1", "k\"2\"", "k4"] } else { &[] })
            }
        }),
    ], server, client) {
        let pairs = ["k0", "k1", "k\"2\"", "k3", "k4"].map(|key| Pair::new(key, "v").metadata(["key", key]));
        assert_eq!(client.shelf("s").bulk_update(pairs).run_all().unwrap(), sum(5, &[]));
        let requests = server.received();
        assert_eq!(keys(&requests[1]), ["k1", "k\"2\"", "k4"]);
        // The metadata is sent unchanged.
        assert_eq!(body(&requests[1])[1], body(&requests[0])[2]);
        assert_eq!(requests.len(), 2);
    }
}

both! {
    fn permanently_failed_keys_stay_in_the_result([by(|request| outcome(request, &["b", "d"]))], server, client) {
        let shelf = client.shelf("s");
        assert_eq!(shelf.bulk_delete(["a", "b", "c", "d"]).run_all().unwrap(), sum(2, &["b", "d"]));
        assert_eq!(counts(&server), [4, 2, 2]);
        assert_eq!(shelf.bulk_delete(["a", "b"]).max_retries(0).run_all().unwrap(), sum(1, &["b"]));
        assert_eq!(counts(&server), [4, 2, 2, 2]);
    }
}

both! {
    fn failed_keys_without_an_item_are_errors([
        result(r#"{"successful_key_count":1,"unsuccessful_keys":["secret"]}"#),
        by(|request| outcome(request, &[])),
    ], server, client) {
        let mut call = client.shelf("s").bulk_delete(["a", "b"]);
        let error = call.run_all().unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
        assert!(error.to_string().contains(": the response lists a failed item that is not in the request;"), "{error}");
        // One of the items failed, so none of them is done.
        assert_eq!(progress(&error), (vec![], vec!["a", "b"]));
        call = error.resume().unwrap();
        assert_eq!(call.run_all().unwrap(), sum(2, &[]));
        assert_eq!(counts(&server), [2, 2]);
    }
}

both! {
    fn too_few_failed_items_for_a_request_are_not_sent_again([by(|request| outcome(request, &["k1", "k2"]))], server, client) {
        assert_eq!(client.shelf("s").bulk_touch(["k1", "k2", "k3"]).run_all().unwrap(), sum(1, &["k1", "k2"]));
        assert_eq!(counts(&server), [3]);
    }
}

both! {
    fn all_items_of_a_failed_key_are_sent_again([by(|request| outcome(request, &["a"]))], server, client) {
        client.shelf("s").bulk_delete(["a", "b", "a"]).max_retries(1).run_all().unwrap();
        assert_eq!(server.received()[1].text(), r#"["a","a"]"#);
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
