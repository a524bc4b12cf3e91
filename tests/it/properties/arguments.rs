//! Strategies for arguments.

use proptest::collection::{btree_map, vec};
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use workers_kv::Json;

/// Characters with a meaning in paths, queries, forms or JSON.
const PIECES: &[&str] = &[
    "/",
    "%",
    "?",
    "#",
    "+",
    ".",
    "..",
    "/../",
    "%2F",
    "%2f",
    "%00",
    "%zz",
    "%E2%82",
    "&",
    "=",
    ";",
    " ",
    "\0",
    "\r\n",
    "\"",
    "\\",
    "\\u0000",
    "--",
    "é",
    "e\u{301}",
    "🦀",
    "\u{feff}",
    "\u{2028}",
    "\u{10ffff}",
    "{",
    "}",
    "[",
    "]",
    "0",
];

pub(super) fn text(pieces: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        (b' '..=b'~').prop_map(|byte| char::from(byte).to_string()),
        select(PIECES).prop_map(str::to_owned),
    ];
    vec(piece, 0..pieces).prop_map(|pieces| pieces.concat())
}

/// Truncates a text to at most a number of bytes.
fn start(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rfind(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// A valid key, also with the minimum and the maximum length.
pub(super) fn key() -> impl Strategy<Value = String> {
    let text = prop_oneof![3 => text(8), 1 => text(600)];
    let key = text.prop_map(|text| start(&text, 512).to_owned());
    key.prop_filter("not a valid key", |key| {
        !["", ".", ".."].contains(&key.as_str())
    })
}

/// JSON text, also with numbers that no type represents.
pub(super) fn json() -> impl Strategy<Value = Json> {
    let string = || text(6).prop_map(|text| Json::new(text).as_str().to_owned());
    let leaf = prop_oneof![
        select(vec![
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1.0",
            "1e400",
            "-1.5E-7",
            "18446744073709551616"
        ])
        .prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u128>().prop_map(|digits| format!("-{digits}.{digits}e5")),
        string(),
    ];
    let json = leaf.prop_recursive(5, 24, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            btree_map(string(), inner, 0..4).prop_map(|pairs| {
                let pairs = pairs.iter().map(|(name, value)| format!("{name}:{value}"));
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
            }),
        ]
    });
    let json = json.prop_filter("it is too long for metadata", |json| json.len() <= 1_024);
    json.prop_map(|json| json.parse().expect("valid JSON"))
}
