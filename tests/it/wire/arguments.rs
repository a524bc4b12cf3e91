//! Types that arguments accept: durations, times and options.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use workers_kv::{BulkWrite, Direction, Error, Jurisdiction, Order, UnknownValue, ValueType};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::{Run as _, both};

/// 2030-01-01 00:00:00.25 UTC.
fn time() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(1_893_456_000_250)
}

#[test]
fn enums_convert_from_text_and_list_their_values() {
    let texts: Vec<&str> = ValueType::KNOWN
        .iter()
        .map(|value| value.as_str())
        .collect();
    assert_eq!(texts, ["text", "json"]);
    assert_eq!("title".parse(), Ok(Order::Title));
    let error: UnknownValue = Direction::try_from("up").unwrap_err();
    assert_eq!(error.to_string(), "`up` is not one of `asc`, `desc`");

    let known = [Jurisdiction::Eu, Jurisdiction::Fedramp, Jurisdiction::Us];
    assert_eq!(Jurisdiction::KNOWN, known);
    assert_eq!(Jurisdiction::from("eu"), Jurisdiction::Eu);
    assert_eq!("mars".parse(), Ok(Jurisdiction::Unknown("mars".into())));
}

both! {
    fn values_expire_at_times_and_after_durations(api: MockApi) {
        let values = api.client().values(ACCOUNT, NAMESPACE);
        let seconds = 60_i64;
        for (call, query) in [
            (values.update("k", "v").expiration(1_893_456_000), "expiration=1893456000"),
            (values.update("k", "v").expiration(2_000_000_000), "expiration=2000000000"),
            (values.update("k", "v").expiration(time()), "expiration=1893456001"),
            (values.update("k", "v").expiration_ttl(seconds), "expiration_ttl=60"),
            (values.update("k", "v").expiration_ttl(Duration::from_millis(59_500)), "expiration_ttl=60"),
        ] {
            api.respond_with([MockResponse::result(json!({}))]);
            call.run().unwrap();
            let target = api.only().target;
            assert_eq!(target.split_once('?').unwrap().1, query);
        }
    }

    fn setters_accept_values_and_options(api: MockApi) {
        let client = api.client();
        let keys = || client.keys(ACCOUNT, NAMESPACE).list();
        let text = "x".to_owned();
        for (call, query) in [
            (keys().prefix("x"), Some("prefix=x")),
            (keys().prefix(&text), Some("prefix=x")),
            (keys().prefix(text.clone()), Some("prefix=x")),
            (keys().prefix(Cow::Borrowed("x")), Some("prefix=x")),
            (keys().prefix('x'), Some("prefix=x")),
            (keys().prefix(Some("x")), Some("prefix=x")),
            (keys().prefix(Some(&text)), Some("prefix=x")),
            (keys().prefix(Some(text.clone())), Some("prefix=x")),
            (keys().prefix(None::<String>), None),
            (keys().prefix("x").limit(10).prefix(None::<&str>), Some("limit=10")),
            (keys().limit(10), Some("limit=10")),
            (keys().limit("10".parse().unwrap()), Some("limit=10")),
        ] {
            api.respond_with([MockResponse::page(json!([]), json!({"count": 0, "cursor": ""}))]);
            call.run().unwrap();
            let target = api.only().target;
            assert_eq!(target.split_once('?').map(|(_, query)| query), query);
        }

        api.respond_with([MockResponse::result(json!({"id": "1", "title": "t"}))]);
        client.namespaces(ACCOUNT).create("t").jurisdiction(None).run().unwrap();
        assert_eq!(api.only().body, br#"{"title":"t"}"#);

        let pair = BulkWrite::new("k", "v").expiration(Some(time())).expiration_ttl(Some(60)).base64(Some(true));
        assert_eq!((pair.expiration, pair.expiration_ttl, pair.base64), (Some(1_893_456_001), Some(60), Some(true)));
        let pair = pair.expiration(None::<i64>).expiration_ttl(None::<Duration>).base64(None);
        assert_eq!((pair.expiration, pair.expiration_ttl, pair.base64), (None, None, None));
    }

    fn pairs_expire_at_times_and_after_durations(api: MockApi) {
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        api.respond_with([MockResponse::result(json!({"successful_key_count": 1}))]);
        let pair = BulkWrite::new("k", "v").expiration(time()).expiration_ttl(Duration::from_secs(90));
        assert_eq!((pair.expiration, pair.expiration_ttl), (Some(1_893_456_001), Some(90)));
        keys.bulk_update([pair]).run().unwrap().complete().unwrap();
        let pair = json!([{"key": "k", "value": "v", "expiration": 1_893_456_001, "expiration_ttl": 90}]);
        assert_eq!(serde_json::from_slice::<Value>(&api.only().body).unwrap(), pair);
    }

    fn times_before_1970_and_short_durations_are_rejected(api: MockApi) {
        let client = api.client();
        let (values, keys) = (client.values(ACCOUNT, NAMESPACE), client.keys(ACCOUNT, NAMESPACE));
        let past = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        let short = Duration::from_secs(59);
        for (error, parameter) in [
            (values.update("k", "v").expiration(past).run().unwrap_err(), "expiration"),
            (values.update("k", "v").expiration_ttl(short).run().unwrap_err(), "expiration_ttl"),
            (keys.bulk_update([BulkWrite::new("k", "v").expiration(past)]).run().unwrap_err(), "pairs[0].expiration"),
            (
                keys.bulk_update([BulkWrite::new("k", "v").expiration_ttl(short)]).run().unwrap_err(),
                "pairs[0].expiration_ttl",
            ),
        ] {
            assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
            assert_eq!(error.parameter(), Some(parameter));
        }
        assert_eq!(api.received().len(), 0);
    }
}
