//! Finds import cycles between files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::tree::Use;

type Graph<'a> = BTreeMap<&'a str, Vec<&'a Use>>;

/// Returns a text that names a shortest cycle of each group of files that use each other, or an empty text.
pub(super) fn report(uses: &[Use]) -> String {
    let graph = graph(uses);
    let groups = groups(&graph).into_iter();
    groups.map(|files| describe(&graph, &files)).collect()
}

fn describe<'a>(graph: &Graph<'a>, files: &BTreeSet<&'a str>) -> String {
    let line = |used: &Use| {
        let Use { from, to, line, .. } = used;
        format!(
            "  {}:{line}: `{}` is in {}\n",
            from.file, used.path, to.file
        )
    };
    let cycle: String = shortest(graph, files).into_iter().map(line).collect();
    let all: Vec<_> = files.iter().copied().collect();
    let count = files.len();
    format!(
        "\nan import cycle joins {count} files, such as:\n{cycle}all files: {}\n",
        all.join(" ")
    )
}

fn graph(uses: &[Use]) -> Graph<'_> {
    let mut graph = Graph::new();
    for used in uses {
        graph.entry(&used.from.file).or_default().push(used);
    }
    graph
}

/// Returns the groups of two or more files in which each file leads to each other.
fn groups<'a>(graph: &Graph<'a>) -> Vec<BTreeSet<&'a str>> {
    let reach: BTreeMap<_, _> = graph
        .keys()
        .map(|file| (*file, reachable(graph, file)))
        .collect();
    let leads = |from: &str, to: &str| reach.get(from).is_some_and(|files| files.contains(to));
    let mut groups = Vec::<BTreeSet<_>>::new();
    for file in graph.keys().filter(|file| leads(file, file)) {
        if groups.iter().all(|group| !group.contains(file)) {
            let members = reach[file].iter().filter(|other| leads(other, file));
            groups.push(members.copied().collect());
        }
    }
    groups
}

/// Returns the files that a file uses, directly or through other files.
fn reachable<'a>(graph: &Graph<'a>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for used in graph.get(file).into_iter().flatten() {
            if reached.insert(used.to.file.as_str()) {
                open.push(&used.to.file);
            }
        }
    }
    reached
}

/// Returns the uses of a shortest cycle among the files.
fn shortest<'a>(graph: &Graph<'a>, files: &BTreeSet<&'a str>) -> Vec<&'a Use> {
    let cycles = files.iter().filter_map(|file| cycle_from(graph, file));
    cycles.min_by_key(Vec::len).unwrap_or_default()
}

/// Returns a shortest cycle through a file.
fn cycle_from<'a>(graph: &Graph<'a>, start: &str) -> Option<Vec<&'a Use>> {
    let mut open = VecDeque::from([(start, Vec::new())]);
    let mut seen = BTreeSet::new();
    while let Some((file, path)) = open.pop_front() {
        for used in graph.get(file).into_iter().flatten() {
            let path: Vec<&Use> = path.iter().copied().chain([*used]).collect();
            if used.to.file == start {
                return Some(path);
            }
            if seen.insert(used.to.file.as_str()) {
                open.push_back((used.to.file.as_str(), path));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    #[test]
    fn cycles_are_reported_with_file_and_line() {
        let files = [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "pub struct B;\nfn f(_: super::c::C) {}"),
            ("c.rs", "use super::a::A; pub struct C;"),
        ];
        let expected = "
an import cycle joins 3 files, such as:
  a.rs:1: `crate::b::B` is in b.rs
  b.rs:2: `super::c::C` is in c.rs
  c.rs:1: `super::a::A` is in a.rs
all files: a.rs b.rs c.rs
";
        assert_eq!(report(&tree(&files).edges()), expected);
    }

    #[test]
    fn children_that_use_their_parent_are_cycles() {
        let files = [
            ("lib.rs", "mod a;"),
            (
                "a/mod.rs",
                "mod child; pub fn help() {} fn f() { child::run() }",
            ),
            ("a/child.rs", "use super::help; pub fn run() {}"),
        ];
        let report = report(&tree(&files).edges());
        assert!(
            report.contains("a/child.rs:1: `super::help` is in a/mod.rs"),
            "{report}"
        );
    }

    #[test]
    fn facades_are_no_cycles() {
        let files = [
            ("lib.rs", "mod a; pub use a::{One, Two};"),
            (
                "a/mod.rs",
                "mod one; mod two; pub use one::One; pub use two::Two;",
            ),
            ("a/one.rs", "pub struct One;"),
            (
                "a/two.rs",
                "use super::One; use crate::One as Same; pub struct Two;",
            ),
        ];
        assert_eq!(report(&tree(&files).edges()), "");
    }
}
