//! Tests of the reader on short sources.

use super::*;

fn imports(source: &str) -> Vec<(String, String)> {
    let imports = read(source).imports.into_iter();
    imports
        .map(|import| {
            let name = import.name.unwrap_or_else(|| "*".to_owned());
            (name, import.path.segments.join("::"))
        })
        .collect()
}

fn paths(source: &str) -> Vec<String> {
    let paths = read(source).paths.into_iter();
    paths.map(|path| path.segments.join("::")).collect()
}

fn pair(name: &str, path: &str) -> (String, String) {
    (name.to_owned(), path.to_owned())
}

#[test]
fn nested_groups_are_flattened() {
    let source = "use crate::{a::{self, B as C}, d::*,\n e};";
    let expected = [
        pair("a", "crate::a"),
        pair("C", "crate::a::B"),
        pair("*", "crate::d"),
        pair("e", "crate::e"),
    ];
    assert_eq!(imports(source), expected);
}

#[test]
fn imports_know_their_line_and_visibility() {
    let file = read("use a::b;\npub(crate) use c::{\n  d,\n};");
    let seen: Vec<_> = file
        .imports
        .iter()
        .map(|i| (i.path.line, i.reexport))
        .collect();
    assert_eq!(seen, [(1, false), (3, true)]);
}

#[test]
fn inline_paths_are_found() {
    assert_eq!(
        paths("fn f(x: super::a::B) -> C { crate::d::e(\"crate::no\"); x.y() }"),
        ["super::a::B", "crate::d::e"]
    );
}

#[test]
fn test_code_is_ignored() {
    let source = "#[cfg(test)] mod tests { use crate::a; }\n#[cfg(test)]\n#[allow(x)]\nmod more;\nuse crate::b;";
    assert_eq!(imports(source), [pair("b", "crate::b")]);
    assert!(read(source).children.is_empty());
}

#[test]
fn quoted_code_is_ignored() {
    let source = "fn f() { quote! { crate::runtime::X }; crate::a::b() }";
    assert_eq!(paths(source), ["crate::a::b"]);
}

#[test]
fn visibility_is_not_a_use() {
    assert!(paths("pub(in crate::a::b) fn f() {}").is_empty());
}

#[test]
fn inline_modules_belong_to_their_file() {
    let source = "mod m { use super::a::B; use super::super::c; fn f() {} } fn g() {}";
    let expected = [pair("B", "self::a::B"), pair("c", "super::c")];
    assert_eq!(imports(source), expected);
    assert_eq!(
        read(source).items.into_iter().collect::<Vec<_>>(),
        ["g", "m"]
    );
}

#[test]
fn items_and_children_are_listed() {
    let file = read("mod a; pub const fn b() {} struct C; macro_rules! d { () => {} }");
    assert_eq!(file.children, ["a"]);
    for name in ["b", "C", "d"] {
        assert!(file.items.contains(name), "{name}");
    }
}
