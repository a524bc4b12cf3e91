//! Deadlines of calls, and calls as futures.

use std::error::Error as _;
use std::time::Duration;

use crate::runtime::Error;
use crate::runtime::http::clock::PlatformClock;
use crate::support::server::{json, response, silence};
use crate::support::{RUNTIME, Run, both};

const DEADLINE: Duration = Duration::from_secs(1);

both! {
    fn deadlines_limit_all_attempts_and_delays([json("503 Service Unavailable", "{}"), json("503 Service Unavailable", "{}")],
        server, client, |builder| builder.clock(PlatformClock).max_retries(9))
    {
        // The second delay would end after the deadline.
        let error = client.shelf("s").value("k").deadline(DEADLINE).run().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert_eq!((error.attempts(), server.received().len()), (2, 2));
        assert_eq!(error.to_string(),
            "GET /shelves/{shelf_id}/values/{key_name} (2 attempts): the call was not complete within its deadline of 1s");
        let last = error.source().unwrap().downcast_ref::<Error>().unwrap();
        assert_eq!(last.status().unwrap(), 503);
        assert!(error.is_retryable() && error.status().is_none());
    }
}

both! {
    fn deadlines_end_attempts([silence(), response("200 OK", &[], "v")], _server, client, |builder| builder.clock(PlatformClock).max_retries(9)) {
        let shelf = client.shelf("s");
        let error = shelf.value("k").deadline(Duration::from_millis(200)).run().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert_eq!(error.attempts(), 1);
        shelf.value("k").deadline(Duration::MAX).run().unwrap();
    }
}

both! {
    fn deadlines_include_the_rate_limit([response("200 OK", &[], "v")], server, client,
        |builder| builder.clock(PlatformClock).rate_limit(1, Duration::from_secs(60)))
    {
        client.shelf("s").value("k").deadline(DEADLINE).run().unwrap();
        let error = client.shelf("s").value("k").deadline(Duration::from_millis(50)).run().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert_eq!(server.received().len(), 1);
    }
}

both! {
    fn deadlines_apply_to_all_batches_together([json("503 Service Unavailable", "{}"), json("503 Service Unavailable", "{}")],
        server, client, |builder| builder.clock(PlatformClock).max_retries(9))
    {
        let keys = (0..9).map(|number| number.to_string());
        let error = client.shelf("s").bulk_delete(keys).deadline(DEADLINE).run_all().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert!(error.progress().is_some());
        assert_eq!(server.received().len(), 2);
    }
}

#[test]
fn calls_are_futures() {
    let server = crate::support::server::Server::start([
        response("200 OK", &[], "v"),
        response("404 Not Found", &[], ""),
    ]);
    let client = crate::support::configured(crate::runtime::Client::builder(), &server.url);
    let client = client.build().unwrap();
    let shelf = client.shelf("s");
    let value = RUNTIME.block_on(async { shelf.value("k").timeout(DEADLINE).await });
    assert_eq!(value.unwrap().text().unwrap(), "v");
    let call = shelf.value("k").into_future();
    assert!(RUNTIME.block_on(RUNTIME.spawn(call)).unwrap().is_err());
}
