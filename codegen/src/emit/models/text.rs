//! Models are regular enough to be laid out at once, as rustfmt would: the pieces that this takes.

use proc_macro2::TokenStream;

/// What a line of a macro call has at most.
const WIDTH: usize = 100;

/// The traits that a type derives.
pub(super) fn derives<'a>(
    always: [&'a str; 2],
    perhaps: impl IntoIterator<Item = Option<&'a str>>,
) -> String {
    let all = always.into_iter().chain(perhaps.into_iter().flatten());
    format!("#[derive({})]\n", all.collect::<Vec<_>>().join(", "))
}

/// A macro call: parts between its head and its end, on one line if they fit, else on as few as there can be.
pub(super) fn fill(head: &str, parts: &[String], end: &str) -> String {
    let line = format!("{head} {} {end}\n", parts.join(" "));
    if parts.is_empty() {
        return format!("{head}{end}\n");
    }
    if line.len() <= WIDTH {
        return line;
    }
    let mut text = head.to_owned();
    let mut width = WIDTH;
    for part in parts {
        if width + 1 + part.len() > WIDTH {
            text.push_str("\n    ");
            width = 4 + part.len();
        } else {
            text.push(' ');
            width += 1 + part.len();
        }
        text.push_str(part);
    }
    text + "\n" + end + "\n"
}

/// The tokens of a type or a simple expression, spaced as people do.
pub(super) fn plain(tokens: &TokenStream) -> String {
    let spaced = tokens.to_string();
    let mut text = String::with_capacity(spaced.len());
    let mut in_closure = false;
    for piece in spaced.split(' ') {
        let ends_closure = piece == "|" && in_closure;
        let is_tight = ends_closure
            || [",", ".", "::", "<", ">", "()"]
                .iter()
                .any(|mark| piece.starts_with(mark))
            || text.is_empty()
            || ["<", ".", "::", "|"]
                .iter()
                .any(|mark| text.ends_with(mark) && (*mark != "|" || in_closure))
            || (piece.starts_with('(') && text.ends_with(char::is_alphanumeric));
        if !is_tight {
            text.push(' ');
        }
        if piece.ends_with('|') {
            in_closure = !in_closure;
        }
        text.push_str(piece);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_spaced_as_people_do() {
        for text in [
            "Option<BTreeMap<String, Vec<i64>>>",
            "impl IntoIterator<Item = (impl Into<String>, f64)>",
            "impl IntoIterator<Item = impl Into<String>>",
            "name.into_iter().map(|(key, value)| (key.into(), value)).collect()",
            "r#type.into_iter().map(Into::into).collect()",
            "Json::new(name)",
            "Option<types::List>",
        ] {
            let tokens: TokenStream = text.parse().unwrap();
            assert_eq!(plain(&tokens), text);
        }
    }

    #[test]
    fn parts_fill_lines() {
        let parts = |count: usize| vec!["aaaaaaaaa,".to_owned(); count];
        assert_eq!(fill("m! { N {", &parts(0), "} }"), "m! { N {} }\n");
        assert_eq!(
            fill("m! { N {", &parts(2), "} }"),
            "m! { N { aaaaaaaaa, aaaaaaaaa, } }\n"
        );
        let text = fill("m! { N {", &parts(12), "} }");
        let widths: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(widths, [8, 91, 47, 3]);
    }
}
