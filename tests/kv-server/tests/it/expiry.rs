//! Expiration of pairs, and its limits.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::support::Kv;

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_secs()).unwrap()
}

#[tokio::test]
async fn expirations_are_returned() {
    let kv = Kv::start().await;
    let before = now();
    kv.put("/values/ttl?expiration_ttl=60", "").await.result();
    let at = kv.get("/values/ttl").await.expiration().unwrap();
    assert!((before + 60..=now() + 60).contains(&at), "{at}");

    let at = now() + 1000;
    kv.put(&format!("/values/at?expiration={at}"), "")
        .await
        .result();
    assert_eq!(kv.get("/values/at").await.expiration(), Some(at));
    assert_eq!(
        kv.get("/keys?prefix=at").await.result(),
        json!([{ "name": "at", "expiration": at }])
    );
}

#[tokio::test]
async fn ttls_override_expirations() {
    let kv = Kv::start().await;
    let far = now() + 100_000;
    kv.put(
        &format!("/values/key?expiration={far}&expiration_ttl=100"),
        "",
    )
    .await
    .result();
    assert!(kv.get("/values/key").await.expiration().unwrap() < far);
    kv.put("/values/key?expiration=nonsense&expiration_ttl=100", "")
        .await
        .result();
    let item = json!([{ "key": "bulk", "value": "", "expiration": 1, "expiration_ttl": 100 }]);
    kv.json("PUT", "/bulk", item).await.result();
    assert!(kv.get("/values/bulk").await.expiration().unwrap() < far);
}

#[tokio::test]
async fn expirations_under_60_seconds_are_rejected() {
    let kv = Kv::start().await;
    let near = (now() + 50).to_string();
    let cases = [
        ("expiration_ttl", "59"),
        ("expiration_ttl", "0"),
        ("expiration_ttl", "-1"),
        ("expiration_ttl", "x"),
        ("expiration_ttl", "90.5"),
        ("expiration_ttl", ""),
        ("expiration_ttl", "9999999999999999"),
        ("expiration", "0"),
        ("expiration", "-1"),
        ("expiration", "1577836800"),
        ("expiration", "x"),
        ("expiration", ""),
        ("expiration", &near),
    ];
    for (name, value) in cases {
        let response = kv.put(&format!("/values/key?{name}={value}"), "").await;
        assert_eq!(response.rejection(), (400, 10_033), "{name}={value}");
        let item = json!([{ "key": "key", "value": "", name: value }]);
        assert_eq!(
            kv.json("PUT", "/bulk", item).await.rejection(),
            (400, 10_033),
            "{name}={value}"
        );
    }
    for value in [json!(59), json!(-1), json!(90.5), json!(true), json!([])] {
        let item = json!([{ "key": "key", "value": "", "expiration_ttl": value }]);
        assert_eq!(
            kv.json("PUT", "/bulk", item).await.rejection(),
            (400, 10_033),
            "{value}"
        );
    }
    assert_eq!(kv.names("").await, [""; 0]);
}

#[tokio::test]
async fn expirations_in_the_far_future_are_rejected() {
    let kv = Kv::start().await;
    let milliseconds = ((now() + 3600) * 1000).to_string();
    let microseconds = ((now() + 3600) * 1_000_000).to_string();
    let cases = [
        ("expiration", milliseconds.as_str(), "not milliseconds"),
        ("expiration", "253402300800", "at most 253402300799"),
        ("expiration", &microseconds, "Please specify integer"),
        ("expiration_ttl", &milliseconds, "at most 2147483647"),
        ("expiration_ttl", "4000000000", "at most 2147483647"),
        ("expiration_ttl", "2147483648", "at most 2147483647"),
    ];
    for (name, value, why) in cases {
        let response = kv.put(&format!("/values/key?{name}={value}"), "").await;
        assert_eq!(response.rejection(), (400, 10_033), "{name}={value}");
        let message = response.json()["errors"][0]["message"].to_string();
        assert!(message.contains(why), "{message}");
        let number: i64 = value.parse().unwrap();
        let item = json!([{ "key": "key", "value": "", name: number }]);
        assert_eq!(
            kv.json("PUT", "/bulk", item).await.rejection(),
            (400, 10_033),
            "{name}={value}"
        );
    }
    assert_eq!(kv.names("").await, [""; 0]);
    // The longest expirations.
    for query in ["expiration_ttl=2147483647", "expiration=253402300799"] {
        kv.put(&format!("/values/key?{query}"), "").await.result();
    }
}

#[tokio::test]
async fn bulk_writes_accept_numbers_in_every_format() {
    let kv = Kv::start().await;
    let at = now() + 1000;
    for text in [format!("{at}"), format!("{at}.0"), format!("\"{at}\"")] {
        kv.put(
            "/bulk",
            format!(r#"[{{"key":"key","value":"","expiration":{text}}}]"#),
        )
        .await
        .result();
        assert_eq!(kv.get("/values/key").await.expiration(), Some(at), "{text}");
    }
    kv.put("/bulk", r#"[{"key":"key","value":"","expiration":null}]"#)
        .await
        .result();
    assert_eq!(kv.get("/values/key").await.expiration(), None);
}

#[tokio::test]
async fn expired_pairs_are_removed() {
    let kv = Kv::start().await;
    for (key, ttl) in [("short", 60), ("long", 3600)] {
        kv.put(&format!("/values/{key}?expiration_ttl={ttl}"), "")
            .await
            .result();
    }
    kv.put("/values/forever", "").await.result();
    assert_eq!(kv.names("").await, ["forever", "long", "short"]);

    kv.server.advance(Duration::from_secs(60));
    assert_eq!(kv.get("/values/short").await.rejection(), (404, 10_009));
    assert_eq!(kv.get("/metadata/short").await.rejection(), (404, 10_009));
    assert_eq!(kv.names("").await, ["forever", "long"]);
    let asked = json!({ "keys": ["short", "long"] });
    let expected = json!({ "values": { "short": null, "long": "" } });
    assert_eq!(kv.json("POST", "/bulk/get", asked).await.result(), expected);

    kv.server.advance(Duration::from_secs(3600));
    assert_eq!(kv.names("").await, ["forever"]);
}

#[tokio::test]
async fn writing_again_removes_the_expiration() {
    let kv = Kv::start().await;
    kv.put("/values/a?expiration_ttl=60", "").await.result();
    kv.put("/values/a", "new").await.result();
    kv.put("/values/b?expiration_ttl=60", "").await.result();
    kv.call("DELETE", "/values/b", "").await.result();
    kv.put("/values/b?expiration_ttl=600", "new").await.result();
    kv.server.advance(Duration::from_secs(61));
    assert_eq!(kv.get("/values/a").await.body, b"new");
    assert_eq!(kv.get("/values/b").await.body, b"new");
}

#[tokio::test]
async fn new_expirations_use_the_moved_clock() {
    let kv = Kv::start().await;
    kv.server.advance(Duration::from_secs(10_000));
    let soon = now() + 1000;
    assert_eq!(
        kv.put(&format!("/values/key?expiration={soon}"), "")
            .await
            .rejection(),
        (400, 10_033)
    );
    kv.put("/values/key?expiration_ttl=60", "").await.result();
    assert!(kv.get("/values/key").await.expiration().unwrap() >= now() + 10_060 - 1);
}
