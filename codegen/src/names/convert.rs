//! Conversion of texts from the document to Rust names.

use std::borrow::Cow;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use super::reserved::{
    IMPORTED, RESERVED_CRATES, RESERVED_FEATURES, RESERVED_GROUPS, RESERVED_TYPES, RUNTIME,
};
use super::split::split_words;
use super::symbols::symbol_word;

/// Returns the name of a field, argument, method or module. Keywords and reserved names get an underscore.
pub(crate) fn snake(text: &str, reserved: &[&str]) -> String {
    let name = identifier(&split_words(&spell_comparisons(text)).to_snake_case(), "n");
    if is_keyword(&name) || reserved.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// Returns the name of a module with its own file. The name is ASCII; a text without ASCII letters and digits gives
/// `fallback`.
pub(crate) fn module(text: &str, fallback: &str, reserved: &[&str]) -> String {
    let ascii = ascii(text);
    let is_word = ascii.contains(|c: char| c.is_ascii_alphanumeric());
    snake(if is_word { &ascii } else { fallback }, reserved)
}

/// Returns the name of a client's group of operations.
pub(crate) fn group(tag: &str) -> String {
    snake(tag, RESERVED_GROUPS)
}

/// Returns the name of a package. It differs from the names of its dependencies.
pub(crate) fn package(text: &str) -> String {
    let name = module(text, "api", &[]).trim_matches('_').replace('_', "-");
    let dependency = name.replace('-', "_");
    let is_reserved = RESERVED_CRATES.contains(&name.as_str())
        || RESERVED_FEATURES.contains(&dependency.as_str())
        || is_keyword(&dependency);
    if is_reserved { name + "-api" } else { name }
}

/// Returns the name of a type or a variant.
pub(crate) fn pascal(text: &str) -> String {
    not_self(identifier(&split_words(text).to_pascal_case(), "N"))
}

/// Renames a type or variant that is called `Self`.
pub(crate) fn not_self(name: String) -> String {
    if name == "Self" { name + "Value" } else { name }
}

/// Returns the name of an environment variable.
pub(crate) fn shouty(text: &str) -> String {
    identifier(&split_words(&ascii(text)).to_shouty_snake_case(), "N").to_ascii_uppercase()
}

/// Removes letters and digits that are not ASCII.
fn ascii(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| c.is_ascii() || !c.is_alphanumeric());
    kept.collect()
}

/// Replaces comparison operators by words, because `Time<` and `Time>=` may occur in the same scope.
fn spell_comparisons(text: &str) -> Cow<'_, str> {
    // `<` and `>` together are brackets.
    if text.contains('<') == text.contains('>') {
        return text.into();
    }
    let text = text.replace("<=", " lte ").replace(">=", " gte ");
    text.replace('<', " lt ").replace('>', " gt ").into()
}

/// Returns the variant for a value of an enum. Symbols are spelt out.
pub(crate) fn variant(value: &str) -> String {
    if value.trim().is_empty() {
        return "Empty".to_owned();
    }
    if value.chars().any(char::is_alphanumeric) {
        let sign = match value.strip_prefix('-') {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => "Minus ",
            _ => "",
        };
        return pascal(&format!("{sign}{value}"));
    }
    pascal(&value.chars().map(symbol_word).collect::<Vec<_>>().join(" "))
}

/// Splits an operationId into words, without apostrophes, possessive `s` and articles.
pub(crate) fn operation_words(id: &str) -> Vec<String> {
    let id = id
        .replace("'-s-", "-")
        .replace("'s", "")
        .replace(['\'', '’'], "");
    let all: Vec<String> = split_words(&id)
        .to_snake_case()
        .split('_')
        .map(str::to_owned)
        .collect();
    let kept: Vec<String> = all
        .iter()
        .filter(|word| !matches!(word.as_str(), "a" | "an" | "the"))
        .cloned()
        .collect();
    if kept.is_empty() { all } else { kept }
}

/// True if a name from a config is a valid Rust identifier.
pub(crate) fn is_identifier(name: &str) -> bool {
    !is_keyword(name) && name != "Self" && name != "_" && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// True if generated modules use this type name themselves.
pub(crate) fn is_reserved_type(name: &str) -> bool {
    let mut imported = IMPORTED.iter().map(|(name, _)| name).chain(RUNTIME);
    RESERVED_TYPES.contains(&name) || imported.any(|other| *other == name)
}

/// Removes characters that are not allowed in an identifier. A name that cannot start an identifier gets the prefix.
fn identifier(name: &str, prefix: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| is_identifier_char("a", *c))
        .collect();
    match name.chars().next() {
        None => format!("{prefix}ameless"),
        Some(first) if is_identifier_char("", first) => name,
        Some(_) => format!("{prefix}{name}"),
    }
}

/// True if an identifier that begins with `start` may continue with `c`.
fn is_identifier_char(start: &str, c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '_' => true,
        '0'..='9' => !start.is_empty(),
        _ => !c.is_ascii() && syn::parse_str::<syn::Ident>(&format!("{start}{c}a")).is_ok(),
    }
}

fn is_keyword(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}
