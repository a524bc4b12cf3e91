use crate::lower::union::discriminate::*;

/// An object with a tag, required names and known names.
fn object(tag: Option<&str>, required: &[&str], known: &[&str]) -> VariantMatcher {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    VariantMatcher {
        kind: Some(JsonKind::Object),
        tags: tag
            .map(|tag| ("type".to_owned(), vec![tag.to_owned()]))
            .into_iter()
            .collect(),
        required: names(required),
        known: names(known),
        ..VariantMatcher::default()
    }
}

#[track_caller]
fn check<const N: usize>(looks: [VariantMatcher; N], expected: [VariantMatcher; N]) {
    let looks: Vec<Of> = looks.into_iter().map(Rc::new).enumerate().collect();
    let told = told_apart(&looks, None);
    assert_eq!(told, expected.into_iter().enumerate().collect::<Vec<_>>());
}

#[test]
fn the_only_one_of_a_kind_says_no_more() {
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
fn a_constant_is_enough_where_each_has_another() {
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
fn one_may_lack_the_constant_but_not_two() {
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
fn of_those_with_the_same_constant_a_name_of_their_own_tells() {
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
fn one_without_a_name_of_its_own_is_what_is_left() {
    check(
        [
            object(None, &["id"], &[]),
            object(None, &["id", "gone"], &[]),
        ],
        [object(None, &[], &[]), object(None, &["gone"], &[])],
    );
}

#[test]
fn beside_a_name_of_its_own_the_constant_of_a_case_counts() {
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
fn a_constant_of_what_is_left_counts_where_no_other_case_may_have_it() {
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
fn else_all_names_tell_that_not_all_have() {
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
fn a_constant_that_two_cases_have_tells_nothing() {
    let of = |index: usize, constants: &[&str], own: &str| {
        let mut look = object(None, &["type", own], &[]);
        let constants = constants.iter().map(|text| (*text).to_owned());
        look.tags.push(("type".to_owned(), constants.collect()));
        (index, Rc::new(look))
    };
    let looks = [
        of(0, &["a"], "x"),
        of(0, &["a", "b"], "x"),
        of(1, &["a"], "y"),
    ];
    let told = told_apart(&looks, None);
    let told: Vec<&[String]> = told.iter().map(|(_, look)| &look.required[..]).collect();
    assert_eq!(told, [["x"], ["x"], ["y"]]);
}

fn of_kind(kind: JsonKind) -> VariantMatcher {
    VariantMatcher {
        kind: Some(kind),
        ..VariantMatcher::default()
    }
}

#[test]
fn of_those_with_the_same_names_the_kinds_tell() {
    let of = |kind: JsonKind| {
        let mut look = object(None, &["id"], &[]);
        look.properties.push(("id".to_owned(), of_kind(kind)));
        look
    };
    let told = |kind: JsonKind, told: bool| {
        let mut look = object(None, &[], &[]);
        look.properties
            .extend(told.then(|| ("id".to_owned(), of_kind(kind))));
        look
    };
    let (string, integer, number) = (JsonKind::String, JsonKind::Integer, JsonKind::Number);
    check(
        [of(string), of(integer), of(number)],
        [told(string, true), told(integer, true), told(number, true)],
    );
    check(
        [of(integer), of(number)],
        [told(integer, false), told(number, false)],
    );
}

#[test]
fn of_those_with_the_same_names_what_is_inside_tells() {
    let with = |inner: VariantMatcher| {
        let mut look = object(None, &["id"], &["config"]);
        look.properties
            .push(("id".to_owned(), of_kind(JsonKind::String)));
        look.properties.push(("config".to_owned(), inner));
        look
    };
    let told = |inner: VariantMatcher| {
        let mut look = object(None, &[], &[]);
        look.properties.push(("config".to_owned(), inner));
        look
    };
    let constant = |text: &str| object(Some(text), &["type"], &["size"]);
    let only = |text: &str| object(Some(text), &["type"], &[]);
    check(
        [with(constant("a")), with(constant("b"))],
        [told(only("a")), told(only("b"))],
    );
    check(
        [
            with(object(None, &["a"], &[])),
            with(object(None, &[], &["b"])),
        ],
        [
            told(object(None, &["a"], &[])),
            told(object(None, &[], &[])),
        ],
    );
    let alike = object(None, &["a"], &[]);
    check(
        [with(alike.clone()), with(alike)],
        [object(None, &[], &[]), object(None, &[], &[])],
    );
}
