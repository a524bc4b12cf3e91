//! What clients and single calls can be told: credentials, base URL, headers, query, timeout.

use std::time::{Duration, Instant};

use serde_json::json;
use workers_kv::{ClientBuilder, Upload};

use crate::support::script::{Answer, Received, Server};
use crate::support::scripted::{ACCOUNT, NAMESPACE, Scripted};
use crate::support::{Kv, Run as _, Walk as _, both, kind};

fn empty() -> Answer {
    Answer::page(json!([]), json!({"count": 0, "cursor": ""}))
}

both! {
    fn a_token_is_sent_as_such(api: Scripted) {
        api.answers([empty()]);
        api.client_with(|builder| builder.api_token("tok")).keys(ACCOUNT, NAMESPACE).list().run().unwrap();
        let request = api.only();
        assert_eq!(request.header("authorization"), Some("Bearer tok"));
        assert_eq!(request.header("x-auth-key"), None);
        assert_eq!(request.header("x-auth-email"), None);
    }

    fn a_key_is_sent_with_its_address(api: Scripted) {
        api.answers([empty()]);
        let client = api.client_with(|builder| builder.api_key("key", "me@example.com"));
        client.keys(ACCOUNT, NAMESPACE).list().run().unwrap();
        let request = api.only();
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("x-auth-key"), Some("key"));
        assert_eq!(request.header("x-auth-email"), Some("me@example.com"));
    }

    fn one_credential_it_must_be(api: Scripted) {
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

    fn a_base_url_ends_in_a_slash_or_not(api: Scripted) {
        for base in [api.base_url(), api.base_url() + "/"] {
            api.answers([empty()]);
            let client = api.client_with(|builder| builder.api_token("tok").base_url(base));
            client.keys(ACCOUNT, NAMESPACE).list().run().unwrap();
            assert_eq!(api.only().target, "/client/v4/accounts/acc/storage/kv/namespaces/ns/keys");
        }
        for base in [api.origin(), api.origin() + "/"] {
            api.answers([empty()]);
            let client = api.client_with(|builder| builder.api_token("tok").base_url(base));
            client.namespaces(ACCOUNT).list().run().unwrap();
            assert_eq!(api.only().target, "/accounts/acc/storage/kv/namespaces");
        }
    }

    fn headers_of_a_client_and_of_a_call(api: Scripted) {
        let client = api.client_with(|builder| {
            builder
                .api_token("tok")
                .user_agent("my-app/1.0")
                .default_header("x-name", "client")
                .default_header("x-other", "o")
        });
        let keys = client.clone().keys(ACCOUNT, NAMESPACE);
        api.answers([empty(), empty()]);
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

    fn a_query_of_a_call(api: Scripted) {
        let client = api.client();
        api.answers([empty(), Answer::bytes("v"), Answer::result(json!({"successful_key_count": 1}))]);
        client
            .keys(ACCOUNT, NAMESPACE)
            .list()
            .limit(10)
            .query("own", "a b&c=é/+")
            .query("n", 1)
            .run()
            .unwrap();
        client.values(ACCOUNT, NAMESPACE).get("k?").query("a b", true).run().unwrap();
        client.keys(ACCOUNT, NAMESPACE).bulk_delete(["k"]).query("n", 1).run().unwrap();
        let received = api.received();
        let queries: Vec<_> = received.iter().map(Received::query).collect();
        assert_eq!(queries, ["limit=10&own=a+b%26c%3D%C3%A9%2F%2B&n=1", "a+b=true", "n=1"]);
    }

    /// Options of a call hold for each of its pages.
    fn pages_are_asked_for_alike(api: Scripted) {
        let page = |cursor: &str| Answer::page(json!([{"name": "k"}]), json!({"cursor": cursor}));
        api.answers([page("c/1"), page("c/2"), page("")]);
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

    fn the_time_that_an_attempt_may_take(api: Scripted) {
        let late = || empty().after(Duration::from_secs(5));
        let short = Duration::from_millis(100);
        let keys = api
            .client_with(|builder| builder.api_token("tok").timeout(short).max_retries(0))
            .keys(ACCOUNT, NAMESPACE);
        api.answers([late(), late().after(Duration::from_millis(300)), late()]);

        let started = Instant::now();
        let error = keys.list().run().unwrap_err();
        assert_eq!((kind(&error), error.attempts()), ("Timeout", 1), "{error}");
        assert!(error.is_retryable() && error.status().is_none());
        assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
        // Longer for one call; shorter for one call.
        keys.list().timeout(Duration::from_secs(60)).run().unwrap();
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        assert_eq!(kind(&keys.list().timeout(short).max_retries(0).run().unwrap_err()), "Timeout");
    }

    fn another_http_client(api: Scripted) {
        let http = || {
            reqwest::Client::builder()
                .default_headers([("x-http".parse().unwrap(), "own".parse().unwrap())].into_iter().collect())
        };
        let elsewhere = Server::start();
        let location = format!("{}/elsewhere", elsewhere.origin());
        let redirect = || Answer::new("302 Found", "").header("location", &location);

        let own = http().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let client = api.client_with(|builder| builder.api_token("tok").http_client(own));
        api.answers([empty(), redirect()]);
        client.keys(ACCOUNT, NAMESPACE).list().run().unwrap();
        let request = api.only();
        assert_eq!(
            (request.header("x-http"), request.header("authorization")),
            (Some("own"), Some("Bearer tok"))
        );
        assert_eq!(kind(&client.keys(ACCOUNT, NAMESPACE).list().run().unwrap_err()), "Api");

        // One that follows redirects is told of; what came that way is no result.
        let client = api.client_with(|builder| builder.api_token("tok").http_client(http().build().unwrap()));
        api.answers([redirect()]);
        elsewhere.answers([empty()]);
        assert_eq!(kind(&client.keys(ACCOUNT, NAMESPACE).list().run().unwrap_err()), "Config");
        assert_eq!(elsewhere.only().header("authorization"), None);
    }

    fn debug_shows_no_secret(api: Scripted) {
        let token = api.client_with(|builder| builder.api_token("s3cret").default_header("x-a", "s3cret"));
        let key = api.client_with(|builder| builder.api_key("s3cret", "s3cret@example.com"));
        let values = token.values(ACCOUNT, NAMESPACE);
        let update =
            values.update("s3cret", "s3cret").metadata("s3cret").header("x", "s3cret").query("q", "s3cret");
        let pair = Upload::from("s3cret");
        api.answers([Answer::bytes("s3cret")]);
        let value = values.get("s3cret").run().unwrap();
        let text = format!("{token:?} {key:?} {update:?} {pair:?} {value:?}");
        assert!(!text.contains("s3cret"), "{text}");
        let missing = update.max_retries(0).run().unwrap_err();
        let text = format!("{missing} {missing:?} {missing:#?}");
        assert!(!text.contains("s3cret"), "{text}");
    }
}

/// What is told of a client that cannot be made.
fn no_client<C: Kv>(
    _: &Scripted<C>,
    configure: impl FnOnce(ClientBuilder<C>) -> ClientBuilder<C>,
) -> String {
    let mut debug = String::new();
    let outcome = C::start(|builder| {
        let builder = configure(builder);
        debug = format!("{builder:?}");
        builder
    });
    let error = outcome.err().expect("there is no client");
    assert_eq!(kind(&error), "Config", "{error}");
    format!("{debug} {error} {error:?}")
}
