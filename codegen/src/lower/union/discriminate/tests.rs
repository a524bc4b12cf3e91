use crate::ir::VariantMatcher;
use crate::lower::union::discriminate::*;

/// An object with a tag, required names and optional names.
fn object(tag: Option<&str>, required: &[&str], optional: &[&str]) -> VariantMatcher {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    VariantMatcher {
        kind: Some(JsonKind::Object),
        tags: tag
            .map(|tag| ("type".to_owned(), vec![tag.to_owned()]))
            .into_iter()
            .collect(),
        required: names(required),
        optional: names(optional),
        ..VariantMatcher::default()
    }
}

#[track_caller]
fn check<const N: usize>(matchers: [VariantMatcher; N], expected: [VariantMatcher; N]) {
    let matchers: Vec<Candidate> = matchers.into_iter().map(Rc::new).enumerate().collect();
    let minimal = minimal_matchers(&matchers, None);
    assert_eq!(
        minimal,
        expected.into_iter().enumerate().collect::<Vec<_>>()
    );
}

#[test]
fn a_variant_with_its_own_json_type_needs_no_other_matcher() {
    let string = VariantMatcher {
        kind: Some(JsonKind::String),
        values: vec!["a".to_owned()],
        ..VariantMatcher::default()
    };
    let only = VariantMatcher {
        kind: Some(JsonKind::String),
        ..VariantMatcher::default()
    };
    check(
        [object(Some("a"), &["type"], &["b"]), string],
        [object(None, &[], &[]), only],
    );
}

#[test]
fn different_constants_distinguish_variants() {
    check(
        [
            object(Some("a"), &["type", "x"], &["y"]),
            object(Some("b"), &["type"], &["x"]),
        ],
        [
            object(Some("a"), &["type"], &[]),
            object(Some("b"), &["type"], &[]),
        ],
    );
}

#[test]
fn one_variant_may_lack_the_constant_but_not_two() {
    check(
        [
            object(Some("a"), &[], &["type"]),
            object(Some("b"), &["type"], &[]),
        ],
        [
            object(Some("a"), &[], &[]),
            object(Some("b"), &["type"], &[]),
        ],
    );
    check(
        [
            object(Some("a"), &["x"], &["type"]),
            object(Some("b"), &["y"], &["type"]),
        ],
        [object(None, &["x"], &[]), object(None, &["y"], &[])],
    );
}

#[test]
fn variants_with_equal_constants_are_distinguished_by_own_properties() {
    check(
        [
            object(Some("a"), &["type", "x"], &[]),
            object(Some("a"), &["type", "y"], &[]),
            object(Some("b"), &["type", "y"], &[]),
        ],
        [
            object(Some("a"), &["type", "x"], &[]),
            object(Some("a"), &["type", "y"], &[]),
            object(Some("b"), &["type"], &[]),
        ],
    );
}

#[test]
fn one_variant_without_an_own_property_is_the_fallback() {
    check(
        [
            object(None, &["id"], &[]),
            object(None, &["id", "gone"], &[]),
        ],
        [object(None, &[], &[]), object(None, &["gone"], &[])],
    );
}

#[test]
fn a_constant_is_matched_in_addition_to_an_own_property() {
    check(
        [
            object(Some("a"), &["x", "type"], &[]),
            object(None, &["y"], &[]),
        ],
        [object(Some("a"), &["type"], &[]), object(None, &["y"], &[])],
    );
    check(
        [
            object(Some("a"), &["type", "x"], &[]),
            object(None, &["type", "y"], &[]),
        ],
        [object(Some("a"), &["x"], &[]), object(None, &["y"], &[])],
    );
}

#[test]
fn the_fallback_matches_a_constant_that_no_other_variant_allows() {
    check(
        [
            object(Some("a"), &["type"], &[]),
            object(None, &["type", "y"], &[]),
        ],
        [object(None, &[], &[]), object(None, &["y"], &[])],
    );
    check(
        [
            object(Some("a"), &["type"], &[]),
            object(Some("a"), &["type", "y"], &[]),
        ],
        [object(Some("a"), &[], &[]), object(Some("a"), &["y"], &[])],
    );
}

#[test]
fn otherwise_all_properties_that_some_variants_lack_are_matched() {
    check(
        [
            object(None, &["id", "x"], &[]),
            object(None, &["id", "x", "y"], &["z"]),
            object(None, &["id"], &["x", "u"]),
        ],
        [
            object(None, &["x"], &[]),
            object(None, &["x", "y"], &["z"]),
            object(None, &[], &["u"]),
        ],
    );
}

#[test]
fn a_constant_of_two_variants_is_not_matched() {
    let of = |index: usize, constants: &[&str], own: &str| {
        let mut matcher = object(None, &["type", own], &[]);
        let constants = constants.iter().map(|text| (*text).to_owned());
        matcher.tags.push(("type".to_owned(), constants.collect()));
        (index, Rc::new(matcher))
    };
    let matchers = [
        of(0, &["a"], "x"),
        of(0, &["a", "b"], "x"),
        of(1, &["a"], "y"),
    ];
    let minimal = minimal_matchers(&matchers, None);
    let minimal: Vec<&[String]> = minimal
        .iter()
        .map(|(_, matcher)| &matcher.required[..])
        .collect();
    assert_eq!(minimal, [["x"], ["x"], ["y"]]);
}

fn of_kind(kind: JsonKind) -> VariantMatcher {
    VariantMatcher {
        kind: Some(kind),
        ..VariantMatcher::default()
    }
}

#[test]
fn variants_with_equal_properties_are_distinguished_by_json_type() {
    let of = |kind: JsonKind| {
        let mut matcher = object(None, &["id"], &[]);
        matcher.properties.push(("id".to_owned(), of_kind(kind)));
        matcher
    };
    let minimal = |kind: JsonKind, minimal: bool| {
        let mut matcher = object(None, &[], &[]);
        matcher
            .properties
            .extend(minimal.then(|| ("id".to_owned(), of_kind(kind))));
        matcher
    };
    let (string, integer, number) = (JsonKind::String, JsonKind::Integer, JsonKind::Number);
    check(
        [of(string), of(integer), of(number)],
        [
            minimal(string, true),
            minimal(integer, true),
            minimal(number, true),
        ],
    );
    check(
        [of(integer), of(number)],
        [minimal(integer, false), minimal(number, false)],
    );
}

#[test]
fn variants_with_equal_properties_are_distinguished_by_nested_properties() {
    let with = |inner: VariantMatcher| {
        let mut matcher = object(None, &["id"], &["config"]);
        matcher
            .properties
            .push(("id".to_owned(), of_kind(JsonKind::String)));
        matcher.properties.push(("config".to_owned(), inner));
        matcher
    };
    let minimal = |inner: VariantMatcher| {
        let mut matcher = object(None, &[], &[]);
        matcher.properties.push(("config".to_owned(), inner));
        matcher
    };
    let constant = |text: &str| object(Some(text), &["type"], &["size"]);
    let only = |text: &str| object(Some(text), &["type"], &[]);
    check(
        [with(constant("a")), with(constant("b"))],
        [minimal(only("a")), minimal(only("b"))],
    );
    check(
        [
            with(object(None, &["a"], &[])),
            with(object(None, &[], &["b"])),
        ],
        [
            minimal(object(None, &["a"], &[])),
            minimal(object(None, &[], &[])),
        ],
    );
    let equal = object(None, &["a"], &[]);
    check(
        [with(equal.clone()), with(equal)],
        [object(None, &[], &[]), object(None, &[], &[])],
    );
}
