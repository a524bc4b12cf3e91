//! Checks that comments, messages and Markdown are written in plain English, and that names contain no home-made words.
//!
//! [`phrases`] lists phrases of an indirect style. At most 10 of 1,000 lines of prose may contain one. A phrase is a
//! hint: rewrite the sentence with a subject, a verb and an object.

mod extract;
mod identifiers;
mod phrases;

use std::fs;
use std::path::Path;

use crate::sources::root;

/// Lines with a phrase that are accepted in 1,000 lines of prose.
const ACCEPTED: usize = 10;

/// Files and folders that are checked, each on its own.
const SETS: [&str; 14] = [
    ".ci",
    ".github",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "codegen/runtime",
    "codegen/src",
    "codegen/tests",
    "generated",
    "spec",
    "tests",
    "xtask",
];

/// Folders that contain no prose of this repository.
const SKIPPED: [&str; 3] = ["node_modules", "snapshots", "target"];

/// The lines of prose of a set of files, and those that contain a phrase.
#[derive(Debug, Default)]
struct Count {
    lines: usize,
    findings: Vec<String>,
}

impl Count {
    fn add(&mut self, path: &str, text: &str) {
        for (line, prose) in extract::prose(path, text) {
            self.lines += 1;
            if let Some(phrase) = phrases::find(&prose) {
                self.findings
                    .push(format!("{path}:{line}: \"{phrase}\" in: {prose}"));
            }
        }
    }

    /// Returns a message with the findings if there are too many for the number of lines.
    fn failure(&self, set: &str) -> Option<String> {
        let found = self.findings.len();
        (found * 1_000 > ACCEPTED * self.lines).then(|| {
            let summary = format!("{set}: {found} of {} lines contain a phrase", self.lines);
            format!("{summary}:\n  {}", self.findings.join("\n  "))
        })
    }
}

/// Calls `read` with the path and the text of a file, or of all files of a folder. A path that does not exist is skipped.
fn visit(root: &Path, path: &str, read: &mut dyn FnMut(&str, &str)) {
    let full = root.join(path);
    if let Ok(folder) = fs::read_dir(&full) {
        let names = folder.flatten().map(|entry| entry.file_name());
        let mut names: Vec<_> = names.filter_map(|name| name.into_string().ok()).collect();
        names.retain(|name| !SKIPPED.contains(&name.as_str()));
        names.sort();
        for name in names {
            visit(root, &format!("{path}/{name}"), read);
        }
    } else if let Ok(text) = fs::read_to_string(&full) {
        read(path, &text);
    }
}

#[test]
fn prose_is_plain_english() {
    let failures = SETS.iter().filter_map(|set| {
        let mut counted = Count::default();
        visit(&root(), set, &mut |path, text| counted.add(path, text));
        assert!(counted.lines > 0, "{set} has no prose");
        counted.failure(set)
    });
    let failures: Vec<_> = failures.collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn names_contain_no_home_made_words() {
    let mut findings = Vec::new();
    for set in SETS {
        visit(&root(), set, &mut |path, text| {
            let found = identifiers::find(path, text);
            findings.extend(
                found
                    .into_iter()
                    .map(|(line, name)| format!("{path}:{line}: `{name}`")),
            );
        });
    }
    assert!(
        findings.is_empty(),
        "use a standard term:\n{}",
        findings.join("\n")
    );
}

#[test]
fn planted_phrases_fail_with_file_and_line() {
    let source = format!("fn f() {{}}\n// {}\n", PLANTED.lines().next().unwrap());
    let mut counted = Count::default();
    counted.add("src/planted.rs", &source);
    let failure = counted
        .failure("src")
        .expect("one line of one has a phrase");
    assert!(failure.contains("src: 1 of 1 lines"), "{failure}");
    assert!(failure.contains("src/planted.rs:2: "), "{failure}");
}

#[test]
fn rare_phrases_are_accepted() {
    let count = |lines| Count {
        lines,
        findings: vec![String::new()],
    };
    assert!(count(100).failure("src").is_none());
    assert!(count(99).failure("src").is_some());
}

/// Sentences of the indirect style, one per line. The check does not read text files.
#[cfg(test)]
const PLANTED: &str = include_str!("planted.txt");
