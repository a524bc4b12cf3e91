//! Reads the items, the imports and the paths of one source file.

use std::collections::BTreeSet;

use super::use_tree::names;
use crate::sources::lexer::{Kind, Token, lex};

/// Macros whose input is code of another crate or is expanded in another file.
const QUOTING: [&str; 5] = [
    "quote",
    "quote_spanned",
    "parse_quote",
    "macro_rules",
    "stringify",
];

/// Keywords that are followed by the name of an item.
const ITEMS: [&str; 8] = [
    "const", "enum", "fn", "static", "struct", "trait", "type", "union",
];

/// The contents of one source file without code under `#[cfg(test)]`.
#[derive(Debug, Default)]
pub(super) struct File {
    /// Names of the items that the file defines itself.
    pub(super) items: BTreeSet<String>,
    /// Names of the child modules in files of their own.
    pub(super) children: Vec<String>,
    pub(super) imports: Vec<Import>,
    /// Paths of two or more segments outside of `use`.
    pub(super) paths: Vec<Path>,
    /// All words outside of `use`.
    pub(super) words: BTreeSet<String>,
}

/// A name that a `use` brings into scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Import {
    /// The name in this file, or `None` for a glob.
    pub(super) name: Option<String>,
    pub(super) path: Path,
    /// True for `pub use`.
    pub(super) reexport: bool,
}

/// A path and the line that it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) segments: Vec<String>,
    pub(super) line: usize,
}

/// Reads a source file.
pub(super) fn read(source: &str) -> File {
    let mut tokens = lex(source);
    tokens.retain(|token| token.kind != Kind::Comment);
    let mut reader = Reader {
        tokens,
        at: 0,
        depth: 0,
        inline: Vec::new(),
        file: File::default(),
    };
    while reader.at < reader.tokens.len() {
        reader.step();
    }
    reader.file
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    /// Open braces before the current token.
    depth: usize,
    /// The depth of each `mod name { … }` around the current token.
    inline: Vec<usize>,
    file: File,
}

impl Reader<'_> {
    /// Reads one token, or all tokens of a `use`, a path or ignored code.
    fn step(&mut self) {
        let text = self.text(0);
        match text {
            "#" if self.is(&["#", "[", "cfg", "(", "test", ")", "]"]) => {
                self.at += 7;
                self.skip_item();
            }
            "{" => self.open(),
            "}" => self.close(),
            "use" if self.text(1) != "<" => self.read_use(),
            "mod" => self.read_mod(),
            _ if self.text(1) == "!" && QUOTING.contains(&text) => self.skip_macro(),
            _ if self.kind(0) == Some(Kind::Ident) => self.read_word(),
            _ => self.at += 1,
        }
    }

    fn text(&self, offset: usize) -> &str {
        self.tokens
            .get(self.at + offset)
            .map_or("", |token| token.text)
    }

    fn before(&self, offset: usize) -> &str {
        let at = self.at.checked_sub(offset);
        at.and_then(|at| self.tokens.get(at))
            .map_or("", |token| token.text)
    }

    fn kind(&self, offset: usize) -> Option<Kind> {
        self.tokens.get(self.at + offset).map(|token| token.kind)
    }

    fn is(&self, texts: &[&str]) -> bool {
        (0..)
            .zip(texts)
            .all(|(offset, text)| self.text(offset) == *text)
    }

    fn open(&mut self) {
        self.depth += 1;
        self.at += 1;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.inline.last() == Some(&self.depth) {
            self.inline.pop();
        }
        self.at += 1;
    }

    /// Skips an item: its attributes, and all tokens to `;` or the end of its braces.
    fn skip_item(&mut self) {
        while self.text(0) == "#" {
            self.at += 1;
            self.skip_group();
        }
        while !matches!(self.text(0), "" | ";" | "{") {
            self.at += 1;
        }
        self.skip_group();
    }

    fn skip_macro(&mut self) {
        self.at += 2;
        if self.kind(0) == Some(Kind::Ident) {
            self.define(self.text(0).to_owned());
            self.at += 1;
        }
        self.skip_group();
    }

    /// Skips the group in brackets that starts here, or one token.
    fn skip_group(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.text(0) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 || self.at >= self.tokens.len() {
                return;
            }
        }
    }

    fn define(&mut self, name: String) {
        if self.depth == 0 {
            self.file.items.insert(name);
        }
    }

    fn read_mod(&mut self) {
        let name = self.text(1).to_owned();
        if self.text(2) == ";" {
            self.file.children.push(name);
        } else if self.text(2) == "{" {
            self.define(name);
            self.inline.push(self.depth);
        }
        self.at += 2;
    }

    fn read_use(&mut self) {
        let reexport = self.before(1) == "pub" || self.before(1) == ")";
        let line = self.tokens[self.at].line;
        let end = self.tokens[self.at..]
            .iter()
            .position(|token| token.text == ";");
        let end = end.map_or(self.tokens.len(), |length| self.at + length);
        let tree: Vec<_> = self.tokens[self.at + 1..end].to_vec();
        for (name, segments, line) in names(&tree, &[], line) {
            if let Some(segments) = self.leave_inline(segments) {
                self.file.imports.push(Import {
                    name,
                    path: Path { segments, line },
                    reexport,
                });
            }
        }
        self.at = end;
    }

    /// Reads a word that may define an item, or start a path.
    fn read_word(&mut self) {
        let (word, line) = (self.text(0).to_owned(), self.tokens[self.at].line);
        if ITEMS.contains(&word.as_str()) && self.kind(1) == Some(Kind::Ident) {
            self.define(self.text(1).to_owned());
        }
        let starts = !matches!(self.before(1), "." | "::" | "$") && !self.in_visibility();
        let mut segments = vec![word];
        while starts && self.text(1) == "::" && self.kind(2) == Some(Kind::Ident) {
            segments.push(self.text(2).to_owned());
            self.at += 2;
        }
        self.at += 1;
        if starts {
            self.file.words.extend(segments.first().cloned());
        }
        if segments.len() > 1
            && let Some(segments) = self.leave_inline(segments)
        {
            self.file.paths.push(Path { segments, line });
        }
    }

    /// True in `pub(in crate::module)`.
    fn in_visibility(&self) -> bool {
        self.before(1) == "in" && self.before(2) == "(" && self.before(3) == "pub"
    }

    /// Returns a path in an inline module as a path of the file. Returns `None` if it stays in an inline module.
    fn leave_inline(&self, mut segments: Vec<String>) -> Option<Vec<String>> {
        let inline = self.inline.len();
        let supers = segments.iter().take_while(|s| *s == "super").count();
        if inline == 0 || (supers == 0 && segments.first()? != "self") {
            return Some(segments);
        }
        segments.drain(..supers.min(inline));
        if supers <= inline {
            segments.insert(0, "self".to_owned());
        }
        (supers >= inline).then_some(segments)
    }
}

#[cfg(test)]
mod tests;
