use std::fs::DirEntry;

use serde_json::{Value, json};

use super::{Positions, Source, read};
use crate::diagnostic::{Anchor, Diagnostics, Origin, Position};
use crate::pointer::Pointer;

#[track_caller]
fn tree(name: &str, text: &str) -> Value {
    let mut diagnostics = Diagnostics::default();
    let value = read(&Source::new(name, text), Origin::Document, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    value.unwrap_or_default()
}

#[track_caller]
fn diagnostic(name: &str, text: &str) -> String {
    let source = Source::new(name, text);
    let mut diagnostics = Diagnostics::default();
    read(&source, Origin::Document, &mut diagnostics);
    let Some(diagnostic) = diagnostics.iter().next() else {
        return String::new();
    };
    let Anchor::Position(Position { line, column }) = diagnostic.anchor else {
        panic!("no position: {diagnostic:?}");
    };
    let (severity, text) = (diagnostic.severity, &diagnostic.text);
    format!("{name}:{line}:{column}: {severity}: {text}")
}

#[test]
fn yaml_keys_are_merged() {
    let text =
        "base: &base {a: 1, 200: x}\nitem:\n  a: 2\n  <<: *base\nlist: {<<: [*base, {b: 3}]}\n";
    assert_eq!(
        tree("a.yaml", text),
        json!({"base": {"a": 1, "200": "x"}, "item": {"a": 2, "200": "x"}, "list": {"a": 1, "200": "x", "b": 3}})
    );
}

#[test]
fn yaml_scalars_follow_the_core_schema() {
    let text = "[yes, true, ~, '1', 1, 01, 0x1f, 1.0, -.5, 1e3, .inf, 1_000, 2020-01-01, 1.2.3, !!str 5, 18446744073709551616]";
    let values = json!([
        "yes",
        true,
        null,
        "1",
        1,
        "01",
        31,
        1.0,
        -0.5,
        1000.0,
        ".inf",
        "1_000",
        "2020-01-01",
        "1.2.3",
        "5",
        18_446_744_073_709_551_616.0
    ]);
    assert_eq!(tree("a.yaml", text), values);
}

#[test]
fn keys_are_strings_in_document_order() {
    let value = tree(
        "a.yaml",
        "200: {}\n1.10: {}\ntrue: {}\n~: {}\nb: {}\na: {}\n",
    );
    let keys: Vec<&String> = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
        .collect();
    assert_eq!(keys, ["200", "1.10", "true", "~", "b", "a"]);
}

#[test]
fn aliases_repeat_values_and_keys() {
    let value = tree("a.yaml", "a: &a {x: [1]}\nb: *a\n&k c: *k\nd: *k\n");
    assert_eq!(
        value,
        json!({"a": {"x": [1]}, "b": {"x": [1]}, "c": "c", "d": "c"})
    );
    assert_eq!(
        tree("a.yaml", "a: &a name\n*a : 1\n"),
        json!({"a": "name", "name": 1})
    );
}

#[test]
fn json_is_read_in_any_layout() {
    let text =
        "\u{feff}{\n\t\"a\"\t:\n[\"\\ud83d\\ude00\", \"\\\"\\\\\", 1.50, -0, 1e2]\r\n,\"\": {}}";
    let value = json!({"a": ["\u{1f600}", "\"\\", 1.5, -0.0, 100.0], "": {}});
    assert_eq!(tree("a.json", text), value);
    assert_eq!(tree("a", text), value);
    assert_eq!(
        tree("a.yaml", "{a: [b, c], # in braces, but no JSON\n d: e}"),
        json!({"a": ["b", "c"], "d": "e"})
    );
}

#[test]
fn hostile_texts_give_diagnostics() {
    let deep = |open: &str| diagnostic("a.yaml", &open.repeat(100_000));
    assert!(
        deep("[").starts_with("a.yaml:1:201: error: invalid YAML: "),
        "{}",
        deep("[")
    );
    assert!(
        deep("- ").contains("error: invalid YAML: "),
        "{}",
        deep("- ")
    );
    let brackets = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(
        diagnostic("a.json", &brackets),
        "a.json:1:102: warning: the document has more than 100 nested levels; this value is read as empty"
    );
    assert_eq!(
        diagnostic("a.json", "[\"\\ud83d\"]"),
        "a.json:1:2: error: invalid JSON: unexpected end of hex escape"
    );
    assert_eq!(
        diagnostic("a.json", "[1e999]"),
        "a.json:1:2: error: invalid JSON: number out of range"
    );
    let laugh = |i: usize| {
        format!(
            "l{i}: &l{i} [{}]",
            vec![format!("*l{}", i - 1); 10].join(", ")
        )
    };
    let laughs = (1..10).map(laugh).collect::<Vec<_>>().join("\n");
    let text = diagnostic("a.yaml", &format!("l0: &l0 ha\n{laughs}"));
    assert_eq!(
        text,
        "a.yaml:7:45: error: the aliases up to here repeat more than 1000000 values"
    );
}

#[test]
fn positions_are_found_in_each_format() {
    let at = |name: &str, text: &str, pointer: &str| {
        let pointer = Pointer::parse(pointer).unwrap_or_default();
        let origin = if name.ends_with("toml") {
            Origin::Config
        } else {
            Origin::Document
        };
        let positions = Positions::find(&Source::new(name, text), origin, [&pointer]);
        let (key, value) = (positions.key(&pointer), positions.value(&pointer));
        ((key.line, key.column), (value.line, value.column))
    };
    let yaml = "a/b:\n  - x: é\n    ü: [1, 2]\nc: &c {d: e}\nf: *c\n";
    assert_eq!(at("a.yaml", yaml, "#/a~1b/0/ü/1"), ((3, 12), (3, 12)));
    assert_eq!(at("a.yaml", yaml, "#/a~1b"), ((1, 1), (2, 3)));
    assert_eq!(at("a.yaml", yaml, "#/f/d"), ((4, 8), (4, 11)));
    assert_eq!(at("a.yaml", yaml, "#/f/nothing/here"), ((5, 1), (4, 7)));
    let json = "{\"a\": [{}, {\"é\": 1, \"b\":\n\ttrue}]}";
    assert_eq!(at("a.json", json, "#/a/1/b"), ((1, 21), (2, 2)));
    let toml = "[a.b]\nc = { d = 1 }\n[[e]]\n[[e]]\nf = 'x'\n";
    assert_eq!(at("a.toml", toml, "#/a/b/c/d"), ((2, 7), (2, 11)));
    assert_eq!(at("a.toml", toml, "#/e/1/f"), ((5, 1), (5, 5)));
}

/// The text at the position of each key starts with the key. Documents over 1 MB are skipped.
#[test]
fn positions_are_found_in_real_documents() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");
    let Ok(files) = std::fs::read_dir(folder) else {
        println!("skipped: there is no {folder}");
        return;
    };
    let small = |file: &DirEntry| file.metadata().is_ok_and(|file| file.len() < 1_000_000);
    for file in files.filter_map(Result::ok).filter(small) {
        if file.file_name().to_string_lossy().ends_with("tsv") {
            continue;
        }
        let source = Source::new(
            file.file_name().to_string_lossy(),
            std::fs::read(file.path()).unwrap_or_default(),
        );
        let mut pointers = Vec::new();
        collect(
            &tree(&source.name, &source.text),
            &Pointer::root(),
            &mut pointers,
        );
        let positions = Positions::find(&source, Origin::Document, &pointers);
        // A column equals a byte offset only in ASCII lines.
        let lines: Vec<&str> = source
            .text
            .split('\n')
            .map(|line| if line.is_ascii() { line } else { "" })
            .collect();
        for at in &pointers {
            assert!(positions.has(at), "{}: {at}", source.name);
            let position = positions.key(at);
            let line = lines.get(position.line - 1).copied().unwrap_or_default();
            let text = line
                .get(position.column - 1..)
                .unwrap_or_default()
                .trim_start_matches(['"', '\'']);
            let key =
                at.parent().is_some() && at.last().parse::<usize>().is_err() && !line.is_empty();
            assert!(
                !key || text.starts_with(&at.last()),
                "{}:{}:{}: {at}",
                source.name,
                position.line,
                position.column
            );
        }
    }
}

fn collect(value: &Value, at: &Pointer, pointers: &mut Vec<Pointer>) {
    pointers.push(at.clone());
    match value {
        Value::Object(object) => object
            .iter()
            .for_each(|(key, value)| collect(value, &at.key(key), pointers)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, item)| collect(item, &at.index(i), pointers)),
        _ => {}
    }
}
