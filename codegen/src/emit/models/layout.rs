//! Layout of items that are written as formatted text.

use crate::emit::text;

/// Maximum length of a line in the JSON mapping, which rustfmt does not format. Lines of docs have the same length.
pub(super) const MAPPING_WIDTH: usize = 120;

/// Returns a `derive` attribute.
pub(super) fn derives<'a>(traits: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let traits: Vec<&str> = traits.into_iter().flatten().collect();
    format!("#[derive({})]\n", traits.join(", "))
}

/// Prints a macro call, on one line if it fits, else with the parts on as few lines as possible.
pub(super) fn fill(head: &str, parts: &[String], end: &str) -> String {
    if parts.is_empty() {
        return format!("{head}{end}\n");
    }
    let line = format!("{head} {} {end}\n", parts.join(" "));
    if line.len() <= MAPPING_WIDTH {
        return line;
    }
    let lines = text::fill("    ", MAPPING_WIDTH, parts.iter().map(String::as_str));
    format!("{head}\n{lines}\n{end}\n")
}

/// Adds a comma to each part but the last.
pub(super) fn with_commas(parts: Vec<String>) -> Vec<String> {
    let last = parts.len().saturating_sub(1);
    let parts = parts.into_iter().enumerate();
    parts
        .map(|(index, part)| if index < last { part + "," } else { part })
        .collect()
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
        assert_eq!(widths, [8, 113, 25, 3]);
    }
}
