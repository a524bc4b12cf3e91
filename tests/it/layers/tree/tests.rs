//! Tests of the resolution of paths on small crates.

use super::*;

/// Reads a crate from pairs of file path and text.
pub(in super::super) fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::read(&|path| {
        let file = files.iter().find(|(name, _)| *name == path);
        file.map(|(_, text)| (*text).to_owned())
    })
}

fn edges(files: &[(&str, &str)]) -> Vec<String> {
    let edges = tree(files).edges().into_iter();
    edges
        .map(|edge| format!("{} -> {}", edge.from.file, edge.to.file))
        .collect()
}

#[test]
fn reexports_lead_to_the_defining_file() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        (
            "a/mod.rs",
            "mod child; pub use child::{Name, Other as More};",
        ),
        (
            "a/child.rs",
            "pub struct Name; pub struct Other; use super::More;",
        ),
        ("b.rs", "use crate::a::Name; fn f() -> super::a::More {}"),
    ];
    assert_eq!(edges(&files), ["b.rs -> a/child.rs", "b.rs -> a/child.rs"]);
}

#[test]
fn used_reexports_are_edges() {
    let files = [
        ("lib.rs", "mod a;"),
        (
            "a/mod.rs",
            "mod child; pub use child::Name; fn f(_: Name) {}",
        ),
        ("a/child.rs", "pub struct Name; use super::f;"),
    ];
    let expected = ["a/mod.rs -> a/child.rs", "a/child.rs -> a/mod.rs"];
    assert_eq!(edges(&files), expected);
}

#[test]
fn globs_are_followed() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod child; pub use child::*;"),
        ("a/child.rs", "pub struct Name;"),
        ("b.rs", "fn f() -> crate::a::Name {}"),
    ];
    assert_eq!(edges(&files), ["b.rs -> a/child.rs"]);
}

#[test]
fn imported_modules_count_for_the_items_used() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "pub mod child;"),
        ("a/child.rs", "pub fn run() {}"),
        (
            "b.rs",
            "use crate::a::{self, child}; fn f() { child::run(); a::child::run() }",
        ),
    ];
    assert_eq!(edges(&files), ["b.rs -> a/child.rs", "b.rs -> a/child.rs"]);
}

#[test]
fn modules_and_functions_may_have_equal_names() {
    let files = [
        ("lib.rs", "mod read; mod b;"),
        ("read/mod.rs", "pub mod key; mod read; pub use read::read;"),
        ("read/key.rs", "pub fn get() {}"),
        ("read/read.rs", "pub fn read() {}"),
        (
            "b.rs",
            "use crate::read::{self, read as go}; fn f() { read::key::get(); read::read() }",
        ),
    ];
    let expected = [
        "b.rs -> read/read.rs",
        "b.rs -> read/key.rs",
        "b.rs -> read/read.rs",
    ];
    assert_eq!(edges(&files), expected);
}

#[test]
fn other_crates_are_no_edges() {
    let files = [
        ("lib.rs", "mod a;"),
        (
            "a.rs",
            "use std::fmt; fn f() { serde_json::Value::Null; fmt::Display::fmt }",
        ),
    ];
    assert!(edges(&files).is_empty());
}

#[test]
fn circular_reexports_end() {
    let files = [
        ("lib.rs", "mod a; mod b; pub use a::*; use a::X;"),
        ("a.rs", "pub use crate::b::*;"),
        ("b.rs", "pub use crate::a::*;"),
    ];
    assert!(edges(&files).len() < 3);
}
