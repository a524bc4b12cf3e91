//! Rate limits in responses, and clients that enforce one.

use std::time::Duration;

use workers_kv::{Error, RateLimit};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::{Run as _, both};

fn with_limits(response: MockResponse, remaining: u32) -> MockResponse {
    response
        .header("ratelimit", &format!("\"default\";r={remaining};t=30"))
        .header("ratelimit-policy", "\"default\";q=1200;w=300")
}

#[track_caller]
fn check(limit: Option<RateLimit>, remaining: u64) {
    let limit = limit.expect("the response has a rate limit");
    assert_eq!(limit.policy.as_deref(), Some("default"));
    assert_eq!(
        (limit.remaining, limit.limit),
        (Some(remaining), Some(1_200))
    );
    assert_eq!(limit.reset, Some(Duration::from_secs(30)));
    assert_eq!(limit.window, Some(Duration::from_secs(300)));
}

both! {
    fn responses_and_errors_have_the_rate_limit(api: MockApi) {
        let refused = MockResponse::new("429 Too Many Requests", "").header("retry-after", "7");
        api.respond_with([
            with_limits(MockResponse::bytes("v"), 50),
            with_limits(refused, 0),
            MockResponse::bytes("v"),
        ]);
        let call = api.client().values(ACCOUNT, NAMESPACE).get("k").max_retries(0);
        let response = call.clone().run_with_response().unwrap();
        check(response.rate_limit(), 50);
        assert_eq!(response.retry_after(), None);
        let Err(Error::Api(error)) = call.clone().run() else {
            panic!("the service refuses")
        };
        check(error.rate_limit(), 0);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(call.run_with_response().unwrap().rate_limit(), None);
    }

    fn clients_enforce_their_rate_limit(api: MockApi) {
        let client = api.client_with(|builder| {
            builder.api_token("t").rate_limit(4, Duration::from_millis(20))
        });
        api.respond_with(vec![MockResponse::bytes("v"); 12]);
        for client in vec![client; 12] {
            client.values(ACCOUNT, NAMESPACE).get("k").run().unwrap();
        }
        assert_eq!(api.received().len(), 12);
    }
}
