//! Converts Markdown of documents to Markdown that rustdoc and clippy accept: without doc tests, HTML, bare URLs and
//! brackets that look like links to items.

mod inline;
mod line;
mod prose;

use inline::inline;
use line::{QUOTE, fence, is_rule, list_mark, plain, wrap};

pub(crate) use prose::{cell, first_paragraph, first_sentence, sentence};

/// Languages that rustdoc would compile and run.
const RUST: &[&str] = &[
    "rust",
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "test_harness",
    "standalone",
];

/// Converts Markdown of a document to Markdown that rustdoc accepts without warnings.
pub(super) fn clean(text: &str) -> String {
    let mut cleaner = Cleaner::default();
    for line in text.lines() {
        cleaner.line(&plain(line));
    }
    cleaner.finish()
}

#[derive(Default)]
struct Cleaner {
    out: Vec<String>,
    /// Lines of the current paragraph.
    paragraph: Vec<Line>,
    /// Open list items, outermost first.
    items: Vec<Item>,
    fence: Option<Fence>,
}

struct Line {
    /// Prefix of the text: indentation, list marker or quote marker.
    mark: String,
    text: String,
}

struct Item {
    /// Column of its marker in the document.
    column: usize,
    /// Column of its text in the output.
    text: usize,
}

struct Fence {
    mark: &'static str,
    /// Column of the fence in the document.
    column: usize,
}

impl Cleaner {
    fn line(&mut self, line: &str) {
        let text = line.trim_start();
        let column = line.len() - text.len();
        if let Some(fence) = &self.fence {
            let ends = text.starts_with(fence.mark)
                && text.trim_start_matches(&fence.mark[..1]).is_empty();
            let line = line.get(fence.column.min(column)..).unwrap_or_default();
            if ends {
                self.close();
            } else {
                let line = line.to_owned();
                self.push(&line);
            }
            return;
        }
        if text.is_empty() {
            self.end();
            return self.blank();
        }
        let after_blank = self.paragraph.is_empty();
        if let Some(mark) = fence(text) {
            return self.open(mark, column, text);
        }
        if let Some((mark, rest)) = list_mark(text) {
            return self.item(column, mark, rest);
        }
        if let Some(rest) = text.strip_prefix('>') {
            return self.quote(rest.trim_start());
        }
        if is_rule(text) {
            self.end();
            return self.blank();
        }
        if after_blank && column < 2 {
            self.items.clear();
        }
        if text.starts_with('#') {
            self.end();
        }
        let quoted = self.paragraph.last().is_some_and(|line| line.mark == QUOTE);
        let mark = if quoted {
            QUOTE.to_owned()
        } else {
            " ".repeat(self.column())
        };
        self.paragraph.push(Line {
            mark,
            text: text.to_owned(),
        });
        if text.starts_with('#') {
            self.end();
        }
    }

    fn item(&mut self, column: usize, mark: &str, rest: &str) {
        self.end();
        while self.items.last().is_some_and(|item| column <= item.column) {
            self.items.pop();
        }
        let indent = self.column();
        self.items.push(Item {
            column,
            text: indent + mark.len() + 1,
        });
        let mark = format!("{}{mark} ", " ".repeat(indent));
        self.paragraph.push(Line {
            mark,
            text: rest.to_owned(),
        });
    }

    fn quote(&mut self, text: &str) {
        self.items.clear();
        if self.paragraph.last().is_none_or(|line| line.mark != QUOTE) {
            self.end();
            self.blank();
        }
        self.paragraph.push(Line {
            mark: QUOTE.to_owned(),
            text: text.to_owned(),
        });
    }

    fn open(&mut self, mark: &'static str, column: usize, text: &str) {
        self.end();
        let language = text.trim_start_matches(&mark[..1]).trim();
        let known = !language.is_empty()
            && language.chars().all(|c| c.is_ascii_alphanumeric())
            && !RUST.contains(&language)
            && !language.starts_with("edition");
        self.fence = Some(Fence { mark, column });
        self.push(&format!("{mark}{}", if known { language } else { "text" }));
    }

    fn close(&mut self) {
        if let Some(fence) = self.fence.take() {
            self.push(fence.mark);
        }
    }

    /// Returns the column of the text of the innermost list item.
    fn column(&self) -> usize {
        self.items.last().map_or(0, |item| item.text)
    }

    /// Writes the current paragraph. Its lines are joined, except rows of tables and lines before a line break.
    fn end(&mut self) {
        let mut lines = std::mem::take(&mut self.paragraph).into_iter().peekable();
        while let Some(mut line) = lines.next() {
            while !line.text.starts_with('|')
                && !line.text.ends_with('\\')
                && let Some(next) = lines.next_if(|next| !next.text.starts_with('|'))
            {
                line.text.push(' ');
                line.text.push_str(&next.text);
            }
            wrap(&line.mark, &inline(&line.text), &mut self.out);
        }
    }

    fn push(&mut self, line: &str) {
        let indent = " ".repeat(self.column());
        self.out
            .push(format!("{indent}{line}").trim_end().to_owned());
    }

    /// Adds a blank line, unless the last line is blank.
    fn blank(&mut self) {
        if self.out.last().is_some_and(|line| !line.is_empty()) {
            self.out.push(String::new());
        }
    }

    fn finish(mut self) -> String {
        self.end();
        self.close();
        self.out.join("\n").trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn paragraphs_are_wrapped_at_the_width() {
        let word = "word ".repeat(12);
        check(
            &format!("{word}\n{word}"),
            &format!(
                "{}word\n{}",
                "word ".repeat(21),
                "word ".repeat(2).trim_end()
            ),
        );
        check("one  \ntwo", "one\\\ntwo");
    }

    #[test]
    fn wrapping_never_creates_a_list_marker() {
        let line = "word ".repeat(21) + "the end";
        check(
            &format!("{line} - two 1. three"),
            &format!("{line} -\ntwo 1. three"),
        );
        check(&format!("{line} 1. two"), &format!("{line} 1.\ntwo"));
    }

    #[test]
    fn code_blocks_are_no_doc_tests() {
        check("    let x;", "let x;");
        check("a\n\n\tlet x;", "a\n\nlet x;");
        check("```\ncode\n```", "```text\ncode\n```");
        check("```rust\n  code\n```", "```text\n  code\n```");
        check("~~~ json\n{}\n~~~", "~~~json\n{}\n~~~");
        check("```json\n{", "```json\n{\n```");
        check("```code```", "```code```");
    }

    #[test]
    fn list_continuations_are_indented() {
        check(
            "- one\ntwo\n    - three\n      four\n- five",
            "- one two\n  - three four\n- five",
        );
        check("1. one\n\n   two\n\nthree", "1. one\n\n   two\n\nthree");
        check("> one\ntwo", "> one two");
    }

    #[test]
    fn rules_and_hidden_characters_are_removed() {
        check("one\n---\ntwo\r\n\u{202e}three", "one\n\ntwo three");
    }
}
