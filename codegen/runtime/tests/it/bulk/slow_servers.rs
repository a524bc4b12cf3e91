//! Bulk calls to servers that do not respond.

use std::time::Duration;

use crate::bulk::{confirmed, counts, keys, keys_of_same_length, names, progress, sum};
use crate::runtime::Error;
use crate::runtime::clock::PlatformClock;
use crate::support::server::{by, mute, silence};
use crate::support::{Run, both};

const TIMEOUT: Duration = Duration::from_millis(250);

both! {
    fn batches_are_not_halved_if_the_connection_is_not_established([mute()], server, client, |builder| {
        // The server does not answer the TLS handshake.
        builder.base_url(server.url.replace("http:", "https:")).timeout(TIMEOUT).max_retries(1)
    }) {
        let error = client.shelf("s").bulk_delete(names(64)).concurrency(1).run_all().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error}");
        assert_eq!(error.attempts(), 2);
        assert_eq!(progress(&error).1.len(), 64);
        assert_eq!(server.connections(), 2);
    }
}

both! {
    fn a_call_fails_after_consecutive_timeouts([by(|_| silence())], server, client, |builder| builder.timeout(TIMEOUT)) {
        let error = client.shelf("s").bulk_delete(names(1_024)).concurrency(1).run_all().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error}");
        assert_eq!(progress(&error).1.len(), 1_024);
        assert_eq!(counts(&server), [1_024, 512, 256, 128]);
    }
}

both! {
    fn concurrent_timeouts_are_counted_once([by(|_| silence())], server, client, |builder| builder.timeout(TIMEOUT)) {
        let call = client.shelf("s").bulk_delete(keys_of_same_length(512)).batch_items(64).concurrency(4);
        let error = call.run_all().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error}");
        assert_eq!(counts(&server), [[64; 4], [32; 4], [16; 4], [8; 4]].concat());
    }
}

both! {
    fn a_successful_batch_allows_further_halves([
        by(|request| match keys(request) {
            keys if keys[0] == "k0" && keys.len() > 1 => silence(),
            _ => confirmed(request),
        }),
    ], server, client, |builder| builder.timeout(TIMEOUT)) {
        let call = client.shelf("s").bulk_delete(names(64)).concurrency(2);
        assert_eq!(call.run_all().unwrap(), sum(64, &[]));
        assert_eq!(counts(&server), [64, 32, 32, 16, 16, 8, 8, 4, 4, 2, 2, 1, 1]);
    }
}

both! {
    fn batches_are_not_halved_after_the_deadline([by(|_| silence())], server, client, |builder| builder.clock(PlatformClock)) {
        let error = client.shelf("s").bulk_delete(names(64)).deadline(TIMEOUT).run_all().unwrap_err();
        assert!(error.to_string().contains(": the call was not complete within its deadline of 250ms"), "{error}");
        assert_eq!(counts(&server), [64]);
    }
}
