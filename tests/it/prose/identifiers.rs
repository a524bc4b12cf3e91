//! Finds names of items that contain a home-made word. Use the term of OpenAPI, JSON Schema, HTTP, serde or Rust.

use crate::sources::lexer::{Kind, lex};

/// Keywords before the name of an item.
const KEYWORDS: [&str; 8] = [
    "const", "enum", "fn", "mod", "static", "struct", "trait", "type",
];

/// Words that no name may contain.
const WORDS: [&str; 22] = [
    "alike",
    "alone",
    "answer",
    "apart",
    "aright",
    "beside",
    "circles",
    "elsewhere",
    "given",
    "heed",
    "held",
    "holds",
    "look",
    "looks",
    "meant",
    "mend",
    "refusal",
    "said",
    "tells",
    "told",
    "usual",
    "wherever",
];

/// Returns the names with such a word, with their line numbers.
pub(super) fn find(path: &str, text: &str) -> Vec<(usize, String)> {
    if path.rsplit('.').next() != Some("rs") {
        return Vec::new();
    }
    let tokens = lex(text);
    let pairs = tokens.windows(2).filter_map(|pair| match pair {
        [keyword, name] if KEYWORDS.contains(&keyword.text) && name.kind == Kind::Ident => {
            Some(name)
        }
        _ => None,
    });
    let found = pairs.filter(|name| {
        words(name.text)
            .iter()
            .any(|word| WORDS.contains(&word.as_str()))
    });
    found
        .map(|name| (name.line, name.text.to_owned()))
        .collect()
}

/// Splits a name in any case into words in lower case.
fn words(name: &str) -> Vec<String> {
    let is_constant = !name.contains(char::is_lowercase);
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || (letter.is_uppercase() && !is_constant) {
            words.push(String::new());
        }
        if letter != '_'
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn planted_names_are_found_with_their_line() {
        let source = "struct NewLooks;\nconst TOLD_APART: u8 = 0;\nfn what_is_meant() {}\n";
        let found = find("src/planted.rs", source);
        let names = ["NewLooks", "TOLD_APART", "what_is_meant"].map(str::to_owned);
        assert_eq!(found, (1..).zip(names).collect::<Vec<_>>());
    }

    #[test]
    fn ordinary_names_are_accepted() {
        let source = "mod lookup;\nfn stand() { let told = 1; }\n// fn told() {}\n";
        assert!(find("src/lookup.rs", source).is_empty());
        assert!(find("README.md", "fn told()").is_empty());
    }
}
