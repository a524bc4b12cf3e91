//! Reads the tree of names in a `use`.

use crate::sources::lexer::{Kind, Token};

/// A name that a use tree imports, its path, and its line.
pub(super) type Name = (Option<String>, Vec<String>, usize);

/// Returns the names that a use tree imports.
pub(super) fn names(tree: &[Token<'_>], prefix: &[String], line: usize) -> Vec<Name> {
    let mut path = prefix.to_vec();
    let mut rest = tree;
    let mut line = line;
    while let [first, after @ ..] = rest {
        line = first.line;
        match (first.text, first.kind) {
            ("{", _) => return group(after, &path),
            ("*", _) => return vec![(None, path, line)],
            ("as", _) => {
                let name = after.first().map(|token| token.text.to_owned());
                return vec![(name, path, line)];
            }
            (_, Kind::Ident) => path.push(first.text.to_owned()),
            _ => {}
        }
        rest = after;
    }
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    vec![(path.last().cloned(), path, line)]
}

/// Returns the names of the use trees in a group, from after its opening brace.
fn group(tokens: &[Token<'_>], prefix: &[String]) -> Vec<Name> {
    let (mut depth, mut start) = (1_usize, 0);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && token.text == ",") {
            if start < at {
                found.extend(names(&tokens[start..at], prefix, token.line));
            }
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    found
}
