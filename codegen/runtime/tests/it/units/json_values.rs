//! Free-form JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::runtime::{Error, Json};

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
