//! Macros for models: JSON in both directions.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::runtime::{Json, Nullable, builder, json_object, words};

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

builder! {
    Sample(
        name: impl Into<String> => name.into(), counts: Vec<i64>,
        limit: impl Into<Nullable<i64>> => limit.into().0; ..others
    );
    r#type: Kind;
    note: impl Into<String> => note.into();
    cleared: impl Into<Nullable<i64>> => cleared.into().0;
    next: impl Into<Nullable<Sample>> => next.into().0.map(Box::new);
    free: Json;
}

#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::option_option)] // null is not nothing
struct Tagged {
    kind: Sent,
    id: i64,
    note: Option<Option<String>>,
}

json_object! { Tagged { kind, id: int, note: opt kept } }
builder! {
    Tagged(id: i64; with kind = Sent::Two);
    note: impl Into<Nullable<String>> => note.into().0;
}

words! {
    /// String enum of responses.
    pub enum Kind { Plain = "plain", Empty = "", ..Unknown }
}

words! {
    /// String enum of requests.
    pub enum Sent {
        /// The first variant.
        One = "one",
        Two = "two",
    }
}

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
fn constructors_fill_in_constants() {
    let tagged = Tagged::new(3).note("a");
    let value = json!({"kind": "two", "id": 3, "note": "a"});
    assert_eq!(serde_json::to_value(&tagged).unwrap(), value);
}

#[test]
fn nullable_strings_accept_string_literals() {
    let notes = [
        Tagged::new(3).note("a"),
        Tagged::new(3).note("a".to_owned()),
        Tagged::new(3).note(Some("a".to_owned())),
    ];
    for tagged in notes {
        assert_eq!(tagged.note, Some(Some("a".to_owned())));
    }
    assert_eq!(Tagged::new(3).note(None).note, Some(None));
}

#[test]
fn null_and_absent_properties_are_none() {
    let sample =
        sample(&json!({"name": "a", "counts": [], "theNote": null, "type": null})).unwrap();
    assert_eq!(
        (sample.limit, &sample.note, &sample.r#type),
        (None, &None, &None)
    );
    assert_eq!((sample.cleared, sample.free.is_none()), (None, true));
    // Null and absent are not distinguished.
    assert_eq!(
        serde_json::to_value(&sample).unwrap(),
        json!({"name": "a", "counts": [], "limit": null})
    );
}

#[test]
fn integers_accept_a_zero_fraction() {
    let text = r#"{"name":"a","counts":[1.0],"limit":2.0,"cleared":3e0,"rest":4.0}"#;
    let sample: Sample = serde_json::from_str(text).unwrap();
    assert_eq!(
        (sample.counts, sample.limit, sample.cleared),
        (vec![1], Some(2), Some(Some(3)))
    );
    assert_eq!(sample.others, BTreeMap::from([("rest".to_owned(), 4)]));
}

#[test]
fn properties_have_any_order_and_the_last_duplicate_wins() {
    let text = r#"{"limit":1,"counts":[2],"na\u006de":"a","counts":[3],"x":4,"x":5}"#;
    let sample: Sample = serde_json::from_str(text).unwrap();
    assert_eq!(
        (&*sample.name, sample.limit, sample.counts),
        ("a", Some(1), vec![3])
    );
    assert_eq!(sample.others.get("x"), Some(&5));
}

#[test]
fn mismatches_name_the_property() {
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
fn setters_set_optional_properties() {
    let sample = Sample::new("a", vec![1], None)
        .r#type(Kind::Unknown("b".to_owned()))
        .note("c")
        .cleared(None)
        .free(Json::new(2));
    assert_eq!(
        serde_json::to_value(&sample).unwrap(),
        json!({"name": "a", "type": "b", "counts": [1], "limit": null, "theNote": "c", "cleared": null, "free": 2}),
    );
    let inner = Sample::new("b", vec![], 3).next(None);
    let sample = Sample::new("a", vec![], Some(2)).cleared(4).next(inner);
    assert_eq!(
        serde_json::to_value(&sample).unwrap(),
        json!({
            "name": "a", "counts": [], "limit": 2, "cleared": 4,
            "next": {"name": "b", "counts": [], "limit": 3, "next": null}
        }),
    );
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
fn closed_string_enums_reject_unknown_values() {
    let json: Json = r#""three""#.parse().unwrap();
    let error = json.parse::<Sent>().unwrap_err().to_string();
    assert!(
        error.contains("invalid value: string, expected one of `one` `two`"),
        "{error}"
    );
    assert!(serde_json::from_str::<Kind>("1").is_err());
}
