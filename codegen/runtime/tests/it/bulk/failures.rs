//! Errors of bulk calls.

use std::time::Duration;

use crate::bulk::{counts, keys, names, outcome, progress};
use crate::runtime::Error;
use crate::support::api::Pair;
use crate::support::server::{by, error, hang_up, response, silence};
use crate::support::{Run, both};

both! {
    fn an_invalid_item_fails_the_call([], server, client) {
        let shelf = client.shelf("s");
        let mut pairs: Vec<_> = (0..20_000).map(|n| Pair::new(format!("k{n}"), "v")).collect();
        pairs[17].key = "k".repeat(513);
        pairs[12_000].key = "k".repeat(600);
        let error = shelf.bulk_update(pairs).run_all().unwrap_err();
        assert_eq!(error.parameter(), Some("pairs[17].key"));
        let error = shelf.bulk_get(["a", &"k".repeat(513)]).run_all().unwrap_err();
        assert_eq!(error.parameter(), Some("keys[1]"));
        let error = shelf.bulk_get(["a", &"k".repeat(513)]).run().unwrap_err();
        assert_eq!(error.parameter(), Some("keys[1]"));
        let error = shelf.bulk_get(["a"]).concurrency(0).run_all().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)));
        assert_eq!(error.parameter(), Some("concurrency"));
        assert_eq!(server.received().len(), 0);
    }
}

both! {
    fn a_failed_batch_reports_progress([
        by(|request| match &*keys(request)[0] {
            "k10000" => error("400 Bad Request", 10),
            _ => outcome(request, &["k3"]),
        }),
    ], server, client) {
        let all = names(20_500);
        let call = client.shelf("s").bulk_delete(&all).concurrency(1).max_retries(1);
        let error = call.run_all().unwrap_err();
        assert!(matches!(error, Error::Api(_)));
        assert_eq!((error.code(), error.attempts()), (Some(10), 1));
        let (done, rest) = progress(&error);
        assert_eq!(done, [&all[..3], &all[4..10_000]].concat());
        assert_eq!(rest, [&all[3..4], &all[10_000..]].concat());
        // The next batch was not started.
        assert_eq!(counts(&server), [10_000, 10_000, 1]);
        assert!(error.to_string().ends_with("; 9999 of 20500 items were done"), "{error}");
        assert!(format!("{error:?}").contains("Progress(9999 of 20500 items were done)"), "{error:?}");
        assert!(!format!("{error}{error:?}").contains("k1"), "{error:?}");
    }
}

both! {
    fn a_batch_that_fails_on_retry_reports_progress([
        response("200 OK", &[("retry-after-ms", "1")], r#"{"success":true,"result":{"unsuccessful_keys":["b"]}}"#), hang_up(),
    ], server, client, |builder| builder.max_retries(1)) {
        let error = client.shelf("s").bulk_update(["a", "b", "c"].map(|key| Pair::new(key, ""))).max_retries(1).run_all();
        let error = error.unwrap_err();
        // The script has ended, so the retry of the second round received a 500.
        assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(500), 2));
        assert_eq!(progress(&error), (vec!["a", "c"], vec!["b"]));
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn errors_of_batches_keep_their_kind([silence(), hang_up()], server, client, |builder| {
        builder.max_retries(0).timeout(Duration::from_millis(200))
    }) {
        let call = || client.shelf("s").bulk_delete(["a", "b"]);
        let error = call().run_all().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)) && error.is_retryable());
        assert_eq!(progress(&error), (vec![], vec!["a", "b"]));
        assert!(error.to_string().ends_with(": the response was not complete within the timeout of 200ms; 0 of 2 items were done"), "{error}");
        let error = call().run_all().unwrap_err();
        assert!(matches!(error, Error::Connect(_)));
        assert_eq!(progress(&error), (vec![], vec!["a", "b"]));
        assert_eq!(server.received().len(), 2);
        // Other calls have no progress.
        assert!(call().run().unwrap_err().progress().is_none());
    }
}

both! {
    fn an_invalid_call_is_rejected_before_the_first_request([], server, client) {
        let call = || client.shelf("s").bulk_delete(["a"]);
        let errors = [
            call().header("not a name", "x").run_all().unwrap_err(),
            client.shelf("..").bulk_delete(["a"]).run_all().unwrap_err(),
        ];
        for (error, parameter) in errors.into_iter().zip(["header not a name", "shelf_id"]) {
            assert!(matches!(error, Error::InvalidRequest(_)));
            assert_eq!(error.parameter(), Some(parameter));
            assert!(error.progress().is_none(), "{error}");
            let mut resumed = call();
            error.resume().map(|call| resumed = call).unwrap_err();
            drop(resumed);
        }
        assert_eq!(server.received().len(), 0);
    }
}
