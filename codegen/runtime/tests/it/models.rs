//! The JSON of structs and enums, as the macros define it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::runtime::{Json, Nullable, json_object, string_enum};

#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::option_option)] // null is not nothing
struct Sample {
    name: String,
    r#type: Option<Kind>,
    counts: Vec<i64>,
    limit: Option<i64>,
    note: Option<String>,
    cleared: Option<Option<i64>>,
    next: Option<Option<Box<Sample>>>,
    free: Option<Json>,
    others: BTreeMap<String, i64>,
}

json_object! { Sample {
    name, r#type: opt = "type", counts: int, limit: null int, note: opt = "theNote",
    cleared: opt kept int, next: opt kept, free: opt kept; ..others: int
} }

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Empty,
    Unknown(String),
}

string_enum! { Kind { Plain = "plain", Empty = "", ..Unknown } }

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    One,
    Two,
}

string_enum! { Sent { One = "one", Two = "two" } }

#[derive(Clone, Debug, Default, PartialEq)]
struct Nothing {}

json_object! { Nothing {} }

fn sample(value: &Value) -> Result<Sample, String> {
    serde_json::from_str(&value.to_string()).map_err(|error| error.to_string())
}

#[test]
fn objects_round_trip() {
    let values = [
        json!({"name": "a", "counts": [], "limit": null}),
        json!({"name": "a", "type": "plain", "counts": [1, 2], "limit": 3, "theNote": "b", "cleared": 4, "free": {"c": [5]}}),
        json!({"name": "a", "type": "new", "counts": [1], "limit": 3, "cleared": null, "free": null, "d": 6, "theNote2": 7}),
    ];
    for value in values {
        let sample = sample(&value).unwrap();
        assert_eq!(serde_json::to_value(&sample).unwrap(), value);
        assert_eq!(Sample::deserialize(&value).unwrap(), sample);
    }
}

#[test]
fn nullable_accepts_values_options_and_literals() {
    let some = Nullable(Some("a".to_owned()));
    assert_eq!(Nullable::from("a"), some);
    assert_eq!(Nullable::from("a".to_owned()), some);
    assert_eq!(Nullable::from(Some("a".to_owned())), some);
    assert_eq!(Nullable::<String>::from(None), Nullable(None));
}

#[test]
fn null_and_absent_properties_are_read_as_none() {
    let sample =
        sample(&json!({"name": "a", "counts": [], "theNote": null, "type": null})).unwrap();
    assert_eq!(
        (sample.limit, &sample.note, &sample.r#type),
        (None, &None, &None)
    );
    assert_eq!((sample.cleared, sample.free.is_none()), (None, true));
    assert_eq!(
        serde_json::to_value(&sample).unwrap(),
        json!({"name": "a", "counts": [], "limit": null})
    );
}

#[test]
fn integers_may_have_a_fraction_of_zero() {
    let text = r#"{"name":"a","counts":[1.0],"limit":2.0,"cleared":3e0,"rest":4.0}"#;
    let sample: Sample = serde_json::from_str(text).unwrap();
    assert_eq!(
        (sample.counts, sample.limit, sample.cleared),
        (vec![1], Some(2), Some(Some(3)))
    );
    assert_eq!(sample.others, BTreeMap::from([("rest".to_owned(), 4)]));
}

#[test]
fn properties_are_read_in_any_order_and_the_last_duplicate_wins() {
    let text = r#"{"limit":1,"counts":[2],"na\u006de":"a","counts":[3],"x":4,"x":5}"#;
    let sample: Sample = serde_json::from_str(text).unwrap();
    assert_eq!(
        (&*sample.name, sample.limit, sample.counts),
        ("a", Some(1), vec![3])
    );
    assert_eq!(sample.others.get("x"), Some(&5));
}

#[test]
fn errors_name_the_property() {
    for (value, expected) in [
        (json!({"counts": []}), "missing field `name`"),
        (
            json!({"name": null, "counts": []}),
            "invalid type: null, expected a string",
        ),
        (
            json!({"name": "a", "counts": 1}),
            "invalid type: integer `1`, expected a sequence",
        ),
        (json!([]), "invalid type: sequence, expected struct Sample"),
    ] {
        let error = sample(&value).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
    let json: Json = r#"{"a":{"name":"a","counts":[1,"b"],"c":2}}"#.parse().unwrap();
    let error = json
        .parse::<BTreeMap<String, Sample>>()
        .unwrap_err()
        .to_string();
    assert!(error.contains("*.counts[1]"), "{error}");
    let json: Json = r#"{"name":"a","counts":[],"secret":"b"}"#.parse().unwrap();
    let error = json.parse::<Sample>().unwrap_err().to_string();
    assert!(error.contains('*') && !error.contains("secret"), "{error}");
}

#[test]
fn empty_objects_ignore_all_properties() {
    let empty: Nothing = serde_json::from_str(r#"{"a":[{}]}"#).unwrap();
    assert_eq!(serde_json::to_string(&empty).unwrap(), "{}");
}

#[test]
fn nested_objects_write_null_only_where_it_is_a_value() {
    let inner = Sample {
        next: Some(None),
        ..empty("b")
    };
    let sample = Sample {
        limit: Some(2),
        cleared: Some(Some(4)),
        next: Some(Some(Box::new(inner))),
        ..empty("a")
    };
    assert_eq!(
        serde_json::to_value(&sample).unwrap(),
        json!({
            "name": "a", "counts": [], "limit": 2, "cleared": 4,
            "next": {"name": "b", "counts": [], "limit": null, "next": null}
        }),
    );
}

fn empty(name: &str) -> Sample {
    Sample {
        name: name.to_owned(),
        r#type: None,
        counts: Vec::new(),
        limit: None,
        note: None,
        cleared: None,
        next: None,
        free: None,
        others: BTreeMap::new(),
    }
}

#[test]
fn string_enums_round_trip() {
    for (kind, word) in [
        (Kind::Plain, "plain"),
        (Kind::Empty, ""),
        (Kind::Unknown("other".to_owned()), "other"),
    ] {
        assert_eq!(Kind::deserialize(&json!(word)).unwrap(), kind);
        assert_eq!(serde_json::to_value(&kind).unwrap(), json!(word));
        assert_eq!((kind.as_str(), kind.to_string()), (word, word.to_owned()));
    }
    let sent: Sent = serde_json::from_str("\"t\\u0077o\"").unwrap();
    assert_eq!((sent, sent.as_str()), (Sent::Two, "two"));
}

#[test]
#[expect(
    clippy::unnecessary_fallible_conversions,
    reason = "both traits are tested"
)]
fn open_enums_keep_unknown_texts() {
    assert_eq!(Kind::KNOWN, [Kind::Plain, Kind::Empty]);
    let unknown = Kind::Unknown("Plain".to_owned());
    for (text, kind) in [
        ("plain", Kind::Plain),
        ("", Kind::Empty),
        ("Plain", unknown),
    ] {
        assert_eq!(Kind::from(text), kind);
        assert_eq!(Kind::try_from(text), Ok(kind.clone()));
        assert_eq!(text.parse(), Ok(kind));
    }
}

#[test]
fn closed_enums_accept_only_known_texts() {
    assert_eq!(Sent::KNOWN, [Sent::One, Sent::Two]);
    for value in Sent::KNOWN {
        assert_eq!(value.as_str().parse(), Ok(*value));
        assert_eq!(Sent::try_from(value.as_str()), Ok(*value));
    }
    let error = "Two\n".parse::<Sent>().unwrap_err();
    assert_eq!(Sent::try_from("Two\n"), Err(error.clone()));
    assert_eq!(
        (error.text(), error.known()),
        ("Two\n", &["one", "two"][..])
    );
    assert_eq!(error.to_string(), r"`Two\n` is not one of `one`, `two`");
}

#[test]
fn closed_string_enums_reject_unknown_values() {
    let json: Json = r#""three""#.parse().unwrap();
    let error = json.parse::<Sent>().unwrap_err().to_string();
    assert!(
        error.contains("invalid value: string, expected one of `one`, `two`"),
        "{error}"
    );
    assert!(serde_json::from_str::<Kind>("1").is_err());
}
