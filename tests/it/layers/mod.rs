//! Checks the structure of the generator and of the runtime by their `use` lines and inline paths.
//!
//! A module of `codegen/src` uses only modules below it in the table of ARCHITECTURE.md, and a part of `lower/` only parts
//! below it in a second table. A module of `codegen/runtime/src` uses only modules above it in its table. None contains an
//! import cycle between files. Code under `#[cfg(test)]` is ignored.

mod cycles;
mod file;
mod order;
mod tree;
mod use_tree;

use std::fs;

use crate::sources::root;
use tree::Tree;

/// Reads the modules of a crate of this repository.
fn read(folder: &str) -> Tree {
    let folder = root().join(folder);
    Tree::read(&|path| fs::read_to_string(folder.join(path)).ok())
}

#[test]
fn generator_modules_use_only_modules_below() {
    check_order(&order::GENERATOR, "codegen/src");
}

#[test]
fn parts_of_lowering_use_only_parts_below() {
    check_order(&order::LOWERING, "codegen/src");
}

#[test]
fn runtime_modules_use_only_modules_above() {
    check_order(&order::RUNTIME, "codegen/runtime/src");
}

fn check_order(table: &order::Table, folder: &str) {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let order = order::of_table(&architecture, table);
    let violations = order::violations(table, &order, &read(folder));
    assert!(
        violations.is_empty(),
        "{} violations:\n{}",
        violations.len(),
        violations.join("\n")
    );
}

#[test]
fn generator_files_have_no_import_cycle() {
    let edges = read("codegen/src").edges();
    assert!(!edges.is_empty());
    let cycles = cycles::report(&edges);
    assert!(cycles.is_empty(), "codegen/src: {cycles}");
}

#[test]
fn runtime_files_have_no_import_cycle() {
    let edges = read("codegen/runtime/src").edges();
    assert!(!edges.is_empty());
    let cycles = cycles::report(&edges);
    assert!(cycles.is_empty(), "codegen/runtime/src: {cycles}");
}
