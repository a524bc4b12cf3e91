//! Unions whose variants overlap.

use crate::runtime::matcher::VariantMatcher;
use crate::runtime::variant_matcher;

/// Returns an array of matchers.
macro_rules! matchers {
    ($($kind:ident $(.$condition:ident $operand:tt)*),+ $(,)?) => {
        [$(variant_matcher!($kind $(.$condition $operand)*)),+]
    };
}

type Reader = fn(&str) -> Option<Option<usize>>;

/// Checks the index of the selected variant, for overlapping variants.
#[track_caller]
fn assert_variant(matchers: &[VariantMatcher], json: &str, expected: Option<usize>) {
    let cases: Vec<&[VariantMatcher]> = matchers.iter().map(std::slice::from_ref).collect();
    let readers: [Reader; 4] = [
        |_| Some(Some(0)),
        |_| Some(Some(1)),
        |_| Some(Some(2)),
        |_| Some(Some(3)),
    ];
    let mut json_reader = serde_json::Deserializer::from_str(json);
    let found = crate::runtime::union::read(&cases, &readers, |_| None, &mut json_reader).unwrap();
    assert_eq!(found, expected, "{json}");
}

#[test]
fn most_known_properties_win() {
    let matchers = matchers![
        Object.required(&["id"]),
        Object.required(&["id", "name"]).optional(&["size"]),
        Object.optional(&["error", "code"]),
    ];
    assert_variant(&matchers, r#"{"id":1}"#, Some(0));
    assert_variant(&matchers, r#"{"id":1,"size":2}"#, Some(0));
    assert_variant(&matchers, r#"{"id":1,"name":2}"#, Some(1));
    assert_variant(&matchers, r#"{"name":2,"error":1}"#, Some(2));
    assert_variant(&matchers, r#"{"id":1,"error":1,"code":2}"#, Some(2));
    assert_variant(&matchers[..2], r#"{"name":1}"#, None);
}

#[test]
fn free_form_objects_win_over_unrelated_objects() {
    let matchers = matchers![Object.optional(&["a"]), Object];
    assert_variant(&matchers, r#"{"b":1}"#, Some(1));
    assert_variant(&matchers, r#"{"a":1,"b":1}"#, Some(0));
}

#[test]
fn constants_win_over_properties() {
    let matchers = matchers![
        Object.optional(&["a", "b", "c"]),
        Object.tags(&[("on", &["true"]), ("level", &["1"])]),
    ];
    assert_variant(&matchers, r#"{"a":1,"b":1,"c":1}"#, Some(0));
    assert_variant(&matchers, r#"{"a":1,"b":1,"c":1,"on":true}"#, Some(1));
    assert_variant(&matchers, r#"{"a":1,"level":1}"#, Some(1));
    assert_variant(&matchers, r#"{"a":1,"level":2}"#, Some(0));
}

#[test]
fn null_properties_are_ignored() {
    const LISTS: [VariantMatcher; 2] = matchers![List.items(&[Number]), List.items(&[String])];
    let matchers = matchers![
        Object.tags(&[("level", &["1"])]),
        Object.tags(&[("level", &["2"])]),
    ];
    assert_variant(&matchers, r#"{"level":2}"#, Some(1));
    assert_variant(&matchers, r#"{"level":null}"#, Some(0));
    assert_variant(&matchers, r#"{"level":3}"#, None);
    assert_variant(&LISTS, r#"[null,"a"]"#, Some(1));
    assert_variant(&LISTS, "[null]", Some(0));
    assert_variant(&LISTS, "[true]", None);
}

#[test]
fn property_kinds_break_ties() {
    let matchers = matchers![
        Object.properties(&[("from", Number), ("to", Number)]),
        Object.properties(&[("from", String), ("to", String)]),
    ];
    assert_variant(&matchers, r#"{"from":1,"to":2.5}"#, Some(0));
    assert_variant(&matchers, r#"{"from":null,"to":"x"}"#, Some(1));
    assert_variant(&matchers, "{}", Some(0));
    assert_variant(&matchers, r#"{"from":[]}"#, None);
}

#[test]
fn nested_properties_are_matched() {
    const MATCHERS: [VariantMatcher; 4] = matchers![
        Object.properties(&[("config", Object.tag("type", &["a"]))]),
        Object.properties(&[("config", Object.tag("type", &["b"]))]),
        Object.properties(&[("config", Object.required(&["size"]))]),
        Object.properties(&[("config", Object)]),
    ];
    const NAMES: [VariantMatcher; 2] = matchers![
        Object.properties(&[("config", Object.optional(&["a", "both"]))]),
        Object.properties(&[("config", Object.optional(&["b", "both"]))]),
    ];
    assert_variant(&MATCHERS, r#"{"config":{"type":"a"}}"#, Some(0));
    assert_variant(&MATCHERS, r#"{"config":{"size":1,"type":"b"}}"#, Some(1));
    assert_variant(&MATCHERS, r#"{"config":{"size":1,"type":"c"}}"#, Some(2));
    assert_variant(&MATCHERS, r#"{"config":{}}"#, Some(3));
    assert_variant(&MATCHERS[..2], r#"{"config":{"type":"c"}}"#, None);
    assert_variant(&MATCHERS[..2], r#"{"config":null}"#, Some(0));
    assert_variant(&NAMES, r#"{"config":{"b":1,"both":1}}"#, Some(1));
    assert_variant(&NAMES, r#"{"config":{"both":1}}"#, Some(0));
}

#[test]
fn known_strings_win_over_any_string() {
    let matchers = matchers![String, String.values(&["auto", "none"]), Object];
    assert_variant(&matchers, r#""auto""#, Some(1));
    assert_variant(&matchers, r#""other""#, Some(0));
    assert_variant(&matchers[1..], r#""other""#, Some(0));
    assert_variant(&matchers, "1", None);
}
