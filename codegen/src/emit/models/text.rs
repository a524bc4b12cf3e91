//! Models are regular enough to be laid out at once, as rustfmt would: the pieces that this takes.

use crate::emit::text::{self, WIDTH};

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
    if parts.is_empty() && head.ends_with(';') {
        return format!("{head} {end}\n");
    }
    if parts.is_empty() {
        return format!("{head}{end}\n");
    }
    if line.len() <= WIDTH {
        return line;
    }
    let lines = text::fill("    ", WIDTH, parts.iter().map(String::as_str));
    format!("{head}\n{lines}\n{end}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

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
