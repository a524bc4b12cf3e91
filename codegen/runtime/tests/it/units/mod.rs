//! Functions without I/O and delays.

mod json_values;
mod retry_decisions;

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde::Deserialize;

use crate::runtime::integer::{DeserializeInteger, Integer};
use crate::runtime::{
    Json, UnixSeconds, Upload, WholeSeconds, check, each, max_bytes, max_items, max_length,
    maximum, min_items, minimum,
};

#[derive(Debug, PartialEq, Deserialize)]
struct Numbers {
    #[serde(deserialize_with = "DeserializeInteger::read")]
    one: i64,
    #[serde(default, deserialize_with = "DeserializeInteger::read")]
    optional: Option<i64>,
    #[serde(deserialize_with = "DeserializeInteger::read")]
    list: Vec<Option<i64>>,
    #[serde(deserialize_with = "DeserializeInteger::read")]
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
