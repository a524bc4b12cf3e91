//! Options of clients and of single calls: credentials, base URL, headers, query and timeout.

use std::time::{Duration, Instant};

use serde_json::json;
use workers_kv::{ClientBuilder, Upload};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::{MockResponse, MockServer, Received};
use crate::support::{Kv, Run as _, Walk as _, both, kind};

fn empty() -> MockResponse {
    MockResponse::page(json!([]), json!({"count": 0, "cursor": ""}))
}

both! {
    fn tokens_are_sent_as_bearer(api: MockApi) {
        api.respond_with([empty()]);
        api.client_with(|builder| builder.api_token("tok")).keys(ACCOUNT, NAMESPACE).list().run().unwrap();
        let request = api.only();
        assert_eq!(request.header("authorization"), Some("Bearer tok"));
        assert_eq!(request.header("x-auth-key"), None);
        assert_eq!(request.header("x-auth-email"), None);
    }

    fn keys_are_sent_with_their_address(api: MockApi) {
        api.respond_with([empty()]);
        let client = api.client_with(|builder| builder.api_key("key", "me@example.com"));
        client.keys(ACCOUNT, NAMESPACE).list().run().unwrap();
        let request = api.only();
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("x-auth-key"), Some("key"));
        assert_eq!(request.header("x-auth-email"), Some("me@example.com"));
    }

    fn clients_require_exactly_one_credential(api: MockApi) {
        let none = no_client(&api, |builder| builder);
        assert!(none.contains("api_token") && none.contains("api_key"), "{none}");
        assert!(none.contains("CLOUDFLARE_API_TOKEN") && none.contains("CLOUDFLARE_EMAIL"), "{none}");
        let two = no_client(&api, |builder| builder.api_token("tok3n").api_key("k3y", "m@il"));
        for secret in ["tok3n", "k3y", "m@il"] {
            assert!(!two.contains(secret), "{two}");
        }
        for text in ["", "a\nb", "a\0b"] {
            no_client(&api, |builder| builder.api_token(text));
            no_client(&api, |builder| builder.api_key("key", text));
        }
    }

    fn base_urls_may_end_in_a_slash(api: MockApi) {
        for base in [api.base_url(), api.base_url() + "/"] {
            api.respond_with([empty()]);
            let client = api.client_with(|builder| builder.api_token("tok").base_url(base));
            client.keys(ACCOUNT, NAMESPACE).list().run().unwrap();
            assert_eq!(api.only().target, "/client/v4/accounts/acc/storage/kv/namespaces/ns/keys");
        }
        for base in [api.origin(), api.origin() + "/"] {
            api.respond_with([empty()]);
            let client = api.client_with(|builder| builder.api_token("tok").base_url(base));
            client.namespaces(ACCOUNT).list().run().unwrap();
            assert_eq!(api.only().target, "/accounts/acc/storage/kv/namespaces");
        }
    }

    fn headers_of_calls_override_headers_of_clients(api: MockApi) {
        let client = api.client_with(|builder| {
            builder
                .api_token("tok")
                .user_agent("my-app/1.0")
                .default_header("x-name", "client")
                .default_header("x-other", "o")
        });
        let keys = client.clone().keys(ACCOUNT, NAMESPACE);
        api.respond_with([empty(), empty()]);
        keys.list().run().unwrap();
        keys.list().header("X-Name", "call").header("x-more", "é").run().unwrap();
        let received = api.received();
        for request in &received {
            assert_eq!(request.header("user-agent"), Some("my-app/1.0"));
            assert_eq!(request.header("authorization"), Some("Bearer tok"));
            assert_eq!(request.header("x-other"), Some("o"));
        }
        assert_eq!(received[0].header("x-name"), Some("client"));
        assert_eq!(received[1].header("x-name"), Some("call"));
        assert_eq!(received[1].header("x-more"), Some("é"));
    }

    fn query_parameters_of_a_call_are_added(api: MockApi) {
        let client = api.client();
        api.respond_with([empty(), MockResponse::bytes("v"), MockResponse::result(json!({"successful_key_count": 1}))]);
        client
            .keys(ACCOUNT, NAMESPACE)
            .list()
            .limit(10)
            .query("own", "a b&c=é/+")
            .query("n", 1)
            .run()
            .unwrap();
        client.values(ACCOUNT, NAMESPACE).get("k?").query("a b", true).run().unwrap();
        client.keys(ACCOUNT, NAMESPACE).bulk_delete(["k"]).query("n", 1).run().unwrap().complete().unwrap();
        let received = api.received();
        let queries: Vec<_> = received.iter().map(Received::query).collect();
        assert_eq!(queries, ["limit=10&own=a+b%26c%3D%C3%A9%2F%2B&n=1", "a+b=true", "n=1"]);
    }

    /// Options of a call apply to each of its pages.
    fn options_apply_to_every_page(api: MockApi) {
        let page = |cursor: &str| MockResponse::page(json!([{"name": "k"}]), json!({"cursor": cursor}));
        api.respond_with([page("c/1"), page("c/2"), page("")]);
        let list = api
            .client()
            .keys(ACCOUNT, NAMESPACE)
            .list()
            .limit(10)
            .prefix("p q")
            .header("x-own", "1")
            .query("own", "o");
        assert_eq!(list.walk().unwrap().len(), 3);
        let received = api.received();
        let queries: Vec<_> = received.iter().map(Received::query).collect();
        assert_eq!(
            queries,
            [
                "limit=10&prefix=p+q&own=o",
                "limit=10&prefix=p+q&cursor=c%2F1&own=o",
                "limit=10&prefix=p+q&cursor=c%2F2&own=o",
            ]
        );
        assert!(received.iter().all(|request| request.header("x-own") == Some("1")));
    }

    fn timeouts_limit_each_attempt(api: MockApi) {
        let late = || empty().after(Duration::from_secs(5));
        let short = Duration::from_millis(100);
        let keys = api
            .client_with(|builder| builder.api_token("tok").timeout(short).max_retries(0))
            .keys(ACCOUNT, NAMESPACE);
        api.respond_with([late(), late().after(Duration::from_millis(300)), late()]);

        let started = Instant::now();
        let error = keys.list().run().unwrap_err();
        assert_eq!((kind(&error), error.attempts()), ("Timeout", 1), "{error}");
        assert!(error.is_retryable() && error.status().is_none());
        assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
        // A longer and a shorter timeout for one call.
        keys.list().timeout(Duration::from_secs(60)).run().unwrap();
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        assert_eq!(kind(&keys.list().timeout(short).max_retries(0).run().unwrap_err()), "Timeout");
    }

    fn http_clients_can_be_replaced(api: MockApi) {
        let http = || {
            reqwest::Client::builder()
                .default_headers([("x-http".parse().unwrap(), "own".parse().unwrap())].into_iter().collect())
        };
        let other_host = MockServer::start();
        let location = format!("{}/other_host", other_host.origin());
        let redirect = || MockResponse::new("302 Found", "").header("location", &location);

        let own = http().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let client = api.client_with(|builder| builder.api_token("tok").http_client(own));
        api.respond_with([empty(), redirect()]);
        client.keys(ACCOUNT, NAMESPACE).list().run().unwrap();
        let request = api.only();
        assert_eq!(
            (request.header("x-http"), request.header("authorization")),
            (Some("own"), Some("Bearer tok"))
        );
        assert_eq!(kind(&client.keys(ACCOUNT, NAMESPACE).list().run().unwrap_err()), "Api");

        let client = api.client_with(|builder| builder.api_token("tok").http_client_builder(http()));
        api.respond_with([empty(), redirect()]);
        client.keys(ACCOUNT, NAMESPACE).list().run().unwrap();
        assert_eq!(kind(&client.keys(ACCOUNT, NAMESPACE).list().run().unwrap_err()), "Api");
        assert_eq!(api.received().last().unwrap().header("x-http"), Some("own"));

        // A client that follows redirects could send credentials to another host.
        let text = no_client(&api, |builder| builder.api_key("s3cret", "s3cret").http_client(http().build().unwrap()));
        assert!(text.contains("redirect::Policy::none()") && !text.contains("s3cret"), "{text}");
        assert!(other_host.received().is_empty());
    }

    fn plain_http_is_refused_for_other_hosts(api: MockApi) {
        let text = no_client(&api, |builder| builder.api_token("s3cret").base_url("http://kv.example/client/v4"));
        assert!(text.contains("`allow_insecure_http(true)`") && !text.contains("s3cret"), "{text}");
        api.client_with(|builder| {
            builder.api_token("tok").base_url("http://kv.example/client/v4").allow_insecure_http(true)
        });
    }

    fn debug_output_contains_no_secret(api: MockApi) {
        let token = api.client_with(|builder| builder.api_token("s3cret").default_header("x-a", "s3cret"));
        let key = api.client_with(|builder| builder.api_key("s3cret", "s3cret@example.com"));
        let values = token.values(ACCOUNT, NAMESPACE);
        let update =
            values.update("s3cret", "s3cret").metadata("s3cret").header("x", "s3cret").query("q", "s3cret");
        let pair = Upload::from("s3cret");
        api.respond_with([MockResponse::bytes("s3cret")]);
        let value = values.get("s3cret").run().unwrap();
        let text = format!("{token:?} {key:?} {update:?} {pair:?} {value:?}");
        assert!(!text.contains("s3cret"), "{text}");
        let missing = update.max_retries(0).run().unwrap_err();
        let text = format!("{missing} {missing:?} {missing:#?}");
        assert!(!text.contains("s3cret"), "{text}");
    }
}

/// Returns the error of a client that cannot be created.
fn no_client<C: Kv>(
    _: &MockApi<C>,
    configure: impl FnOnce(ClientBuilder<C>) -> ClientBuilder<C>,
) -> String {
    let mut debug = String::new();
    let outcome = C::start(|builder| {
        let builder = configure(builder);
        debug = format!("{builder:?}");
        builder
    });
    let error = outcome.err().expect("the settings are invalid");
    assert_eq!(kind(&error), "Config", "{error}");
    format!("{debug} {error} {error:?}")
}
