//! Timeouts of requests with a body.

use std::time::Duration;

use crate::bulk::outcome;
use crate::runtime::Error;
use crate::runtime::http::timeout::default_timeout;
use crate::support::api::Pair;
use crate::support::server::by;
use crate::support::{Run, both};

both! {
    fn a_timeout_from_the_caller_is_not_extended([
        by(|request| outcome(request, &[]).after(Duration::from_secs(2))),
    ], server, client, |builder| builder.max_retries(0).timeout(Duration::from_millis(200))) {
        // The time to send this body over a line of 1 Mbit/s is 7.2 s.
        let call = || client.shelf("s").bulk_update([Pair::new("k", "v".repeat(900_000))]);
        for call in [call(), call().timeout(Duration::from_millis(200))] {
            for error in [call.clone().run().unwrap_err(), call.run_all().unwrap_err()] {
                assert!(matches!(error, Error::Timeout(_)), "{error}");
                assert!(error.to_string().contains("within the timeout of 200ms"), "{error}");
            }
        }
        assert_eq!(server.received().len(), 4);
    }
}

#[test]
fn the_default_timeout_includes_the_upload() {
    let seconds = Duration::from_secs;
    assert_eq!(default_timeout(0, 4), seconds(60));
    assert_eq!(default_timeout(125_000, 1), seconds(61));
    // Four requests share a line of 1 Mbit/s.
    assert_eq!(default_timeout(1_000_000, 4), seconds(60 + 32));
    let longest = seconds(60) + Duration::from_micros(u64::MAX);
    assert_eq!(default_timeout(u64::MAX, 4), longest);
}
