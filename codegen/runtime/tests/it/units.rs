//! Functions without I/O and delays.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

use crate::runtime::integer::{self, Integer};
use crate::runtime::retry::{RetryReason, delay, is_retryable, retry_after};
use crate::runtime::{
    Error, Json, UnixSeconds, Upload, WholeSeconds, check, each, max_bytes, max_items, max_length,
    maximum, min_items, minimum,
};

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        (name, HeaderValue::from_str(value).unwrap())
    });
    pairs.collect()
}

#[test]
fn retries_depend_on_reason_and_idempotency() {
    let none = HeaderMap::new();
    let status = |code| RetryReason::Status(StatusCode::from_u16(code).unwrap(), &none);
    for (retry_reason, idempotent, other) in [
        (RetryReason::NotSent, true, true),
        (RetryReason::NoResponse, true, false),
        (status(429), true, true),
        (status(408), true, false),
        (status(500), true, false),
        (status(524), true, false),
        (status(200), false, false),
        (status(302), false, false),
        (status(400), false, false),
        (status(404), false, false),
        (status(409), false, false),
    ] {
        assert_eq!(
            is_retryable(true, retry_reason),
            idempotent,
            "{retry_reason:?}"
        );
        assert_eq!(is_retryable(false, retry_reason), other, "{retry_reason:?}");
    }
}

#[test]
fn retry_delays_double_with_jitter() {
    let now = SystemTime::UNIX_EPOCH;
    let delay = |attempts, random| {
        delay(
            attempts,
            RetryReason::NoResponse,
            Duration::from_secs(60),
            now,
            random,
        )
    };
    let full: Vec<_> = (1..=7)
        .map(|attempts| delay(attempts, 0).as_millis())
        .collect();
    assert_eq!(full, [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    assert_eq!(delay(u32::MAX, 0), Duration::from_secs(8));
    assert_eq!(delay(0, 0), Duration::from_millis(500));
    let spread: Vec<_> = (0..500)
        .map(|random| delay(2, random * 7_919).as_millis())
        .collect();
    assert!(spread.iter().all(|delay| (750..=1_000).contains(delay)));
    assert!(spread.iter().any(|delay| *delay < 800) && spread.iter().any(|delay| *delay > 950));
}

#[test]
fn retry_after_is_parsed() {
    let now = httpdate::parse_http_date("Wed, 21 Oct 2015 07:28:00 GMT").unwrap();
    let asked = |pairs: &[(&str, &str)]| retry_after(&headers(pairs), now);
    assert_eq!(asked(&[("retry-after", "7")]), Some(Duration::from_secs(7)));
    assert_eq!(
        asked(&[("retry-after", " 1.5 ")]),
        Some(Duration::from_millis(1_500))
    );
    assert_eq!(
        asked(&[("retry-after-ms", "20"), ("retry-after", "7")]),
        Some(Duration::from_millis(20))
    );
    assert_eq!(
        asked(&[("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT")]),
        Some(Duration::from_secs(30))
    );
    assert_eq!(
        asked(&[("retry-after", "Wed, 21 Oct 2015 07:27:30 GMT")]),
        Some(Duration::ZERO)
    );
    for odd in ["", "soon", "-1", "NaN", "1e300", "inf"] {
        assert_eq!(asked(&[("retry-after", odd)]), None, "{odd}");
    }
    assert_eq!(
        asked(&[("retry-after-ms", "x"), ("retry-after", "7")]),
        Some(Duration::from_secs(7))
    );
    assert_eq!(asked(&[]), None);

    let delay = |value: &str, max| {
        let headers = headers(&[("retry-after", value)]);
        delay(
            1,
            RetryReason::Status(StatusCode::TOO_MANY_REQUESTS, &headers),
            Duration::from_secs(max),
            now,
            0,
        )
    };
    assert_eq!(delay("60", 60), Duration::from_secs(60));
    assert_eq!(delay("61", 60), Duration::from_millis(500));
    assert_eq!(delay("0", 60), Duration::ZERO);
}

fn json(text: &str) -> Json {
    text.parse().unwrap()
}

#[test]
fn json_equality_is_semantic() {
    for (one, other) in [
        ("1", "1.0"),
        ("100", "1e2"),
        ("-0", "0.0"),
        ("0.10", "1E-1"),
        ("12345678901234567890123", "1.2345678901234567890123e22"),
        (r#""\u00e9\n""#, "\"é\\u000A\""),
        (r#"{"a":1,"b":[2]}"#, "{ \"b\" : [ 2.0 ], \"\\u0061\" : 1 }"),
        ("[]", "[ ]"),
    ] {
        assert_eq!(json(one), json(other));
        assert_eq!(json(other), json(one));
    }
    for (one, other) in [
        ("9007199254740993", "9007199254740992"),
        ("9007199254740993", "9007199254740993.1"),
        ("1", "-1"),
        ("1", "10"),
        ("0.1", "0.10000000000000000001"),
        ("1", "\"1\""),
        ("null", "false"),
        ("[1,2]", "[2,1]"),
        ("[1]", "[1,1]"),
        (r#"{"a":1}"#, r#"{"a":2}"#),
        (r#"{"a":1}"#, r#"{"b":1}"#),
        (r#"{"a":1}"#, r#"{"a":1,"b":1}"#),
        (r#""a""#, r#""A""#),
        ("1e99999999999999999999", "1e99999999999999999998"),
    ] {
        assert_ne!(json(one), json(other));
    }
    let deep = |inner: &str| {
        json(&format!(
            "{}{inner}{}",
            "[".repeat(10_000),
            "]".repeat(10_000)
        ))
    };
    assert_eq!(deep("1"), deep("1"));
    assert_ne!(deep("1"), deep("2"));
}

#[test]
fn json_keeps_its_text() {
    #[derive(Deserialize)]
    struct Holder {
        inner: Json,
    }
    let holder: Holder =
        serde_json::from_str(r#"{"inner": {"n" : 12345678901234567890.10} }"#).unwrap();
    assert_eq!(holder.inner.as_str(), r#"{"n" : 12345678901234567890.10}"#);
    assert_eq!(
        serde_json::to_string(&holder.inner).unwrap(),
        holder.inner.as_str()
    );
    assert_eq!(format!("{:?}", holder.inner), holder.inner.as_str());
    assert_eq!(json("[1, 2]").parse::<Vec<i64>>().unwrap(), [1, 2]);
    assert_eq!(
        json("[1, 2]").to_value().unwrap(),
        serde_json::json!([1, 2])
    );
    let error = json(r#"{"a":["x"]}"#)
        .parse::<BTreeMap<String, Vec<i64>>>()
        .unwrap_err();
    assert!(matches!(error, Error::Decode { .. }));
    assert_eq!(error.json_path(), Some("*[0]"));
    let error = "{".parse::<Json>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the JSON does not match the expected type: EOF while parsing an object, at line 1 column 1"
    );
    assert!(json(" null ").is_null());

    assert_eq!(Json::new("a").as_str(), "\"a\"");
    assert_eq!(Json::new(json("1.50")).as_str(), "1.50");
    assert_eq!(
        Json::from(serde_json::json!({"a": 1})).as_str(),
        r#"{"a":1}"#
    );
    let failed = Json::new(BTreeMap::from([([1], 2)]));
    assert!(serde_json::to_string(&failed).is_err());
    assert!(failed.parse::<serde_json::Value>().is_err());
    assert_ne!(failed, Json::new(()));
}

#[derive(Debug, PartialEq, Deserialize)]
struct Numbers {
    #[serde(deserialize_with = "integer::read")]
    one: i64,
    #[serde(default, deserialize_with = "integer::read")]
    optional: Option<i64>,
    #[serde(deserialize_with = "integer::read")]
    list: Vec<Option<i64>>,
    #[serde(deserialize_with = "integer::read")]
    map: BTreeMap<String, Vec<i64>>,
}

#[test]
fn integers_accept_a_zero_fraction() {
    let number = |text: &str| {
        serde_json::from_str::<Integer<i64>>(text)
            .ok()
            .map(|number| number.0)
    };
    assert_eq!(number("1577836800.0"), Some(1_577_836_800));
    assert_eq!(number("-1e3"), Some(-1_000));
    assert_eq!(number("-0.0"), Some(0));
    assert_eq!(number("9223372036854775807"), Some(i64::MAX));
    assert_eq!(number("-9223372036854775808"), Some(i64::MIN));
    // The config of an API decides whether fractions are rounded down.
    let rounded = |number: i64| cfg!(feature = "part-round-down").then_some(number);
    assert_eq!(number("1577836800.5"), rounded(1_577_836_800));
    assert_eq!(number("-1.5"), rounded(-2));
    for text in [
        "9223372036854775808",
        "1e19",
        "9007199254740994.0",
        "\"1\"",
        "true",
        "null",
    ] {
        assert_eq!(number(text), None, "{text}");
    }

    let large = |text: &str| {
        serde_json::from_str::<Integer<u64>>(text)
            .ok()
            .map(|number| number.0)
    };
    assert_eq!(large("18446744073709551615"), Some(u64::MAX));
    assert_eq!(large("2.0"), Some(2));
    for text in ["-1", "-1.0", "18446744073709551616", "-0.5"] {
        assert_eq!(large(text), None, "{text}");
    }
    assert_eq!(large("0.5"), cfg!(feature = "part-round-down").then_some(0));

    let numbers: Numbers =
        serde_json::from_str(r#"{"one":1.0,"list":[2.0,null],"map":{"a":[3e0]}}"#).unwrap();
    let map = BTreeMap::from([("a".to_owned(), vec![3])]);
    assert_eq!(
        numbers,
        Numbers {
            one: 1,
            optional: None,
            list: vec![Some(2), None],
            map
        }
    );
}

#[test]
fn times_and_durations_are_rounded_up_to_seconds() {
    let epoch = SystemTime::UNIX_EPOCH;
    let millis = Duration::from_millis;
    for (duration, seconds) in [
        (Duration::ZERO, 0),
        (millis(1), 1),
        (millis(60_000), 60),
        (millis(60_001), 61),
        (Duration::MAX, i64::MAX),
    ] {
        assert_eq!(WholeSeconds::from(duration), WholeSeconds::from(seconds));
    }
    for (time, seconds) in [
        (epoch, 0),
        (epoch + millis(1_500), 2),
        (epoch - millis(1_500), -1),
        (epoch - millis(2_000), -2),
    ] {
        assert_eq!(UnixSeconds::from(time), UnixSeconds::from(seconds));
    }
}

#[test]
fn limits_are_checked() {
    let text =
        |outcome: Result<(), crate::runtime::ValidationError>| format!("{:?}", check("x", outcome));
    assert!(max_bytes("éé", 4).is_ok() && max_bytes("éé", 3).is_err());
    assert!(max_length("éé", 2).is_ok() && max_length(&"éé".to_owned(), 1).is_err());
    assert!(max_length(&None::<String>, 0).is_ok());
    assert!(
        max_bytes(&Upload::from("abc"), 3).is_ok()
            && max_bytes(&Some(Upload::from("abc")), 2).is_err()
    );
    assert!(max_bytes(&Some(Json::new([1])), 3).is_ok() && max_bytes(&Json::new([1]), 2).is_err());
    assert!(
        minimum(&Some(60_i64), 60).is_ok()
            && minimum(&59_i64, 60).is_err()
            && minimum(&None::<i64>, 60).is_ok()
    );
    assert!(
        maximum(&60_i64, 60).is_ok()
            && maximum(&60.5, 60).is_err()
            && maximum(&None::<f64>, 60).is_ok()
    );
    assert!(max_items(&vec![1, 2], 2).is_ok() && max_items(&Some(vec![1, 2]), 1).is_err());
    assert!(min_items(&vec![1], 1).is_ok() && min_items(&Vec::<i64>::new(), 1).is_err());
    assert!(text(minimum(&1_i64, 60)).contains("is less than 60"));
    let list = ["a".to_owned(), "bb".to_owned()];
    let nested = check(
        "names",
        each(&list, |name| check("first", max_bytes(name, 1))),
    );
    assert!(text(nested).contains("x.names[1].first"));
}
