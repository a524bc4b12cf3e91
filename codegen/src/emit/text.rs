//! Layout of Rust code that is written as text: prints it as rustfmt does.

use std::fmt::Write;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use crate::format;

/// Maximum length of a line.
pub(super) const WIDTH: usize = 100;

/// Maximum length of a statement with a chain of calls.
const CHAIN: usize = 84;

/// True if a line of code needs no break.
pub(super) fn fits(line: &str) -> bool {
    line.trim_end().chars().count() <= WIDTH
}

/// Prints `head(items)end` on one line, or each item on its own line.
pub(super) fn call(indent: &str, head: &str, items: &[String], end: &str) -> String {
    let line = format!("{indent}{head}({}){end}", items.join(", "));
    if line.chars().count() <= WIDTH || items.is_empty() {
        return line + "\n";
    }
    let mut text = format!("{indent}{head}(\n");
    for item in items {
        let _ = writeln!(text, "{indent}    {item},");
    }
    let _ = writeln!(text, "{indent}){end}");
    text
}

/// Prints words on as few lines as possible. `width` is the maximum length of a line, `indent` its start.
pub(super) fn fill<'a>(
    indent: &str,
    width: usize,
    words: impl IntoIterator<Item = &'a str>,
) -> String {
    let mut text = String::new();
    let mut so_far = 0;
    for word in words {
        let own = word.chars().count();
        if !text.is_empty() && so_far + 1 + own <= width {
            text.push(' ');
            so_far += 1 + own;
        } else {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(indent);
            so_far = indent.len() + own;
        }
        text.push_str(word);
    }
    text
}

/// Prints a statement as rustfmt does, on one line if it fits.
pub(super) fn statement(indent: &str, tokens: &TokenStream) -> String {
    let line = inline(tokens);
    let is_chain = line.contains(").");
    let width = if is_chain {
        CHAIN
    } else {
        WIDTH - indent.len()
    };
    let text = if line.chars().count() <= width {
        line
    } else {
        blocks(tokens)
    };
    let lines = text.lines().map(|line| format!("{indent}{line}\n"));
    lines.collect()
}

/// Prints a type or an expression. Blocks are printed on several lines.
pub(super) fn inline(tokens: &TokenStream) -> String {
    if has_blocks(tokens) {
        return blocks(tokens);
    }
    let mut text = String::new();
    write(tokens, &mut text);
    text
}

fn has_blocks(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::Brace || has_blocks(&group.stream())
        }
        _ => false,
    })
}

/// Prints the statements or the expression of a block.
fn blocks(tokens: &TokenStream) -> String {
    let printed = format::items(quote!(fn f() { #tokens }));
    let inside: Vec<&str> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .collect();
    inside.join("\n")
}

/// Prints the members of an `impl`, with their indentation.
pub(super) fn members(tokens: &TokenStream) -> String {
    let printed = format::items(quote!(impl T { #tokens }));
    let inside = printed
        .lines()
        .filter(|line| !matches!(*line, "impl T {" | "}"));
    inside.flat_map(|line| [line, "\n"]).collect()
}

/// Prints tokens with the spaces that rustfmt prints.
fn write(tokens: &TokenStream, text: &mut String) {
    // True inside the parameters of a closure: the next `|` ends them.
    let mut in_parameters = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(&group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' => text.push_str(", "),
                '=' if text.ends_with([' ', '=', '!']) => {
                    text.truncate(text.trim_end().len());
                    text.push_str("= ");
                }
                '=' => text.push_str(" = "),
                '+' => text.push_str(" + "),
                ':' if text.ends_with(": ") => {
                    text.truncate(text.len() - 2);
                    text.push_str("::");
                }
                ':' => text.push_str(": "),
                '|' if in_parameters => {
                    in_parameters = false;
                    text.push_str("| ");
                }
                '|' => {
                    in_parameters = true;
                    text.push('|');
                }
                other => text.push(other),
            },
            word => {
                let after_word =
                    text.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"');
                if after_word {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_printed_with_spaces() {
        for text in [
            "impl IntoIterator<Item = (impl Into<String>, types::Pet)>",
            "Option<Box<Vec<()>>>",
            "response.page(Paging::Number(request.value(ParamLocation::Query(\"a  b\"))))",
            "JsonArray::new(keys.into_iter().map(Into::into), |item: &String| max_bytes(item, 512))",
            "self.a == Some(true)",
            "response.read::<integer::Integer<i64>>().map(|number| number.0)",
            "if a { b } else { c }",
            "match a {\n    b => c,\n}",
        ] {
            assert_eq!(inline(&text.parse().unwrap()), text);
        }
    }

    #[test]
    fn long_calls_and_chains_are_broken() {
        let long = "x".repeat(50);
        assert_eq!(
            call("  ", "f", &[long.clone(), long.clone()], ";"),
            format!("  f(\n      {long},\n      {long},\n  );\n")
        );
        assert_eq!(
            call("", "f", &["a".to_owned(), "b".to_owned()], ""),
            "f(a, b)\n"
        );
    }

    #[test]
    fn fill_breaks_lines_at_the_width() {
        assert_eq!(fill("", 5, []), "");
        assert_eq!(
            fill("  ", 7, ["ab", "cd", "é", "overlong", "ef"]),
            "  ab cd\n  é\n  overlong\n  ef"
        );
    }
}
