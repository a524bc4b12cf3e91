//! What the service says of its rate limits, and clients that keep to one.

use std::time::Duration;

use workers_kv::{Error, RateLimit};

use crate::support::script::Answer;
use crate::support::scripted::{ACCOUNT, NAMESPACE, Scripted};
use crate::support::{Run as _, both};

fn with_limits(answer: Answer, remaining: u32) -> Answer {
    answer
        .header("ratelimit", &format!("\"default\";r={remaining};t=30"))
        .header("ratelimit-policy", "\"default\";q=1200;w=300")
}

#[track_caller]
fn check(limit: Option<RateLimit>, remaining: u64) {
    let limit = limit.expect("the answer tells of it");
    assert_eq!(limit.policy.as_deref(), Some("default"));
    assert_eq!(
        (limit.remaining, limit.limit),
        (Some(remaining), Some(1_200))
    );
    assert_eq!(limit.reset, Some(Duration::from_secs(30)));
    assert_eq!(limit.window, Some(Duration::from_secs(300)));
}

both! {
    fn answers_and_errors_tell_of_it(api: Scripted) {
        let refused = Answer::new("429 Too Many Requests", "").header("retry-after", "7");
        api.answers([
            with_limits(Answer::bytes("v"), 50),
            with_limits(refused, 0),
            Answer::bytes("v"),
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

    fn clients_keep_to_one(api: Scripted) {
        let client = api.client_with(|builder| {
            builder.api_token("t").rate_limit(4, Duration::from_millis(20))
        });
        api.answers(vec![Answer::bytes("v"); 12]);
        for client in vec![client; 12] {
            client.values(ACCOUNT, NAMESPACE).get("k").run().unwrap();
        }
        assert_eq!(api.received().len(), 12);
    }
}
