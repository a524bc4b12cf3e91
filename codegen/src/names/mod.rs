//! Words of a document -> Rust names: case, keywords, and one claim for each name in its scope.

mod taken;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use crate::pointer::Pointer;
pub(crate) use taken::{
    IMPORTED, RUNTIME, TAKEN_FEATURES, TAKEN_FIELDS, TAKEN_GROUPS, TAKEN_HEADERS, TAKEN_METHODS,
    TAKEN_SETTERS,
};
use taken::{TAKEN_CRATES, TAKEN_TYPES};
use words::words;

/// A field, argument, method or module.
pub(crate) fn snake(text: &str, taken: &[&str]) -> String {
    let name = identifier(&words(&compared(text)).to_snake_case(), "n");
    if is_keyword(&name) || taken.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// A module that is a file, `other` where nothing is left of the text: Rust takes only ASCII there.
pub(crate) fn module(text: &str, other: &str, taken: &[&str]) -> String {
    let ascii = ascii(text);
    let is_word = ascii.contains(|c: char| c.is_ascii_alphanumeric());
    snake(if is_word { &ascii } else { other }, taken)
}

/// A crate, which must not be called like one that it needs.
pub(crate) fn package(text: &str) -> String {
    let name = module(text, "api", &[]).trim_matches('_').replace('_', "-");
    let dependency = name.replace('-', "_");
    let is_taken = TAKEN_CRATES.contains(&name.as_str())
        || TAKEN_FEATURES.contains(&dependency.as_str())
        || is_keyword(&dependency);
    if is_taken { name + "-api" } else { name }
}

/// A type or a variant.
pub(crate) fn pascal(text: &str) -> String {
    not_self(identifier(&words(text).to_pascal_case(), "N"))
}

/// The name of a type or variant, where it is not the one that Rust keeps for itself.
pub(crate) fn not_self(name: String) -> String {
    if name == "Self" { name + "Value" } else { name }
}

/// An environment variable.
pub(crate) fn shouty(text: &str) -> String {
    identifier(&words(&ascii(text)).to_shouty_snake_case(), "N").to_ascii_uppercase()
}

/// Text without the letters and digits that are not ASCII.
fn ascii(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| c.is_ascii() || !c.is_alphanumeric());
    kept.collect()
}

/// Text with words for a comparison in it, as in `Time>=`, which may be all that tells it from others.
fn compared(text: &str) -> Cow<'_, str> {
    // Both signs are brackets.
    if text.contains('<') == text.contains('>') {
        return text.into();
    }
    let text = text.replace("<=", " lte ").replace(">=", " gte ");
    text.replace('<', " lt ").replace('>', " gt ").into()
}

/// A variant of an enum; values that are no words are spelt out.
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
    pascal(&value.chars().map(spelt).collect::<Vec<_>>().join(" "))
}

/// The words of an operationId without what reads badly in a name: apostrophes, a lone possessive s, articles.
pub(crate) fn operation_words(id: &str) -> Vec<String> {
    let id = id
        .replace("'-s-", "-")
        .replace("'s", "")
        .replace(['\'', '’'], "");
    let all: Vec<String> = words(&id)
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

/// Whether a name given by a config can stand in Rust.
pub(crate) fn is_identifier(name: &str) -> bool {
    !is_keyword(name) && name != "Self" && name != "_" && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// Whether a type's name is used by the emitted modules themselves.
pub(crate) fn is_taken_type(name: &str) -> bool {
    let mut imported = IMPORTED.iter().map(|(name, _)| name).chain(RUNTIME);
    TAKEN_TYPES.contains(&name) || imported.any(|other| *other == name)
}

/// Names given out in one place of the emitted crate, each with the place of the document it stands for.
#[derive(Clone, Default)]
pub(crate) struct Scope {
    names: HashMap<String, Pointer>,
    /// The last number that each name got.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// Takes `name` for `owner`, or tells who has it.
    pub(crate) fn claim(&mut self, name: &str, owner: &Pointer) -> Result<(), Pointer> {
        if let Some(other) = self.names.get(name) {
            return Err(other.clone());
        }
        self.names.insert(name.to_owned(), owner.clone());
        Ok(())
    }

    /// Whether a name is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The first of `name`, `name2`, `name3` … that is free.
    pub(crate) fn numbered(&mut self, name: &str) -> String {
        let last = self.numbers.entry(name.to_owned()).or_insert(1);
        loop {
            *last += 1;
            let free = format!("{name}{last}");
            if !self.names.contains_key(&free) {
                return free;
            }
        }
    }
}

/// Only characters that identifiers may have, `prefix` before what cannot start one.
fn identifier(name: &str, prefix: &str) -> String {
    let name: String = name.chars().filter(|c| may_stand_in("a", *c)).collect();
    match name.chars().next() {
        None => format!("{prefix}ameless"),
        Some(first) if may_stand_in("", first) => name,
        Some(_) => format!("{prefix}{name}"),
    }
}

/// Whether an identifier that begins with `start` may go on with `c`.
fn may_stand_in(start: &str, c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '_' => true,
        '0'..='9' => !start.is_empty(),
        _ => !c.is_ascii() && syn::parse_str::<syn::Ident>(&format!("{start}{c}a")).is_ok(),
    }
}

fn is_keyword(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

fn spelt(sign: char) -> String {
    let word = match sign {
        '!' => "not",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '^' => "caret",
        '_' => "underscore",
        '|' => "or",
        '~' => "tilde",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_well_and_are_identifiers() {
        assert_eq!(snake("withMetadata", &[]), "with_metadata");
        assert_eq!(snake("type", &[]), "type_");
        assert_eq!(snake("gen", &[]), "gen_");
        assert_eq!(snake("timeout", TAKEN_SETTERS), "timeout_");
        assert_eq!(snake("3d-model", &[]), "n3d_model");
        assert_eq!(snake("$$", &[]), "nameless");
        assert_eq!(snake("StartTime<", &[]), "start_time_lt");
        assert_eq!(snake(">=1y", &[]), "gte_1y");
        assert_eq!(snake("Page<User>", &[]), "page_user");
        assert_eq!(pascal("bulk-get-result"), "BulkGetResult");
        assert_eq!(pascal("self"), "SelfValue");
        assert_eq!(pascal("größe"), "Größe");
        assert_eq!(snake("OAuth2", &[]), "oauth2");
        assert_eq!(snake("orgOAuth2App", &[]), "org_oauth2_app");
        assert_eq!(pascal("GraphQLQuery"), "GraphqlQuery");
        assert_eq!(pascal("myGitHubURLs"), "MyGithubUrls");
        assert_eq!(pascal("HTTPv1"), "Httpv1");
        assert_eq!(snake("IPv4Address", &[]), "ipv4_address");
        assert_eq!(snake("allowedIPs", &[]), "allowed_ips");
        assert_eq!(pascal("DNSsec"), "Dnssec");
        assert_eq!(pascal("APIKeys"), "ApiKeys");
        assert_eq!(snake("studIOSystem", &[]), "stud_io_system");
        assert_eq!(pascal("HTTPServer"), "HttpServer");
        assert_eq!(shouty("APIKey"), "API_KEY");
        assert_eq!(shouty("Schlüssel 2"), "SCHLSSEL_2");
        assert_eq!(shouty("鍵"), "NAMELESS");
        assert_eq!(module("größe", "group", &[]), "gre");
        assert_eq!(module("商品", "group", &[]), "group");
        assert_eq!(module("new", "group", TAKEN_GROUPS), "new_");
        assert_eq!(package("Pet Store"), "pet-store");
        assert_eq!(package("商品"), "api");
        for taken in ["std", "Core", "crate", "self", "Test", "serde", "type"] {
            assert_eq!(package(taken), format!("{}-api", taken.to_lowercase()));
        }
        assert_eq!(variant(""), "Empty");
        assert_eq!(variant(">="), "GreaterEqual");
        assert_eq!(variant("-1"), "Minus1");
        assert_eq!(variant("10px"), "N10px");
        assert_eq!(
            operation_words("list-an-owner'-s-pets"),
            ["list", "owner", "pets"]
        );
    }

    #[test]
    fn each_name_is_numbered_on_its_own() {
        let (mut scope, at) = (Scope::default(), Pointer::root());
        for name in ["a", "b", "a3"] {
            assert!(scope.claim(name, &at).is_ok());
        }
        for expected in ["a2", "a4", "a5"] {
            let name = scope.numbered("a");
            assert!(scope.claim(&name, &at).is_ok());
            assert_eq!(name, expected);
        }
        assert_eq!(scope.numbered("b"), "b2");
    }

    #[test]
    fn every_character_gives_an_identifier() {
        for c in (0..=0x2_ffff).filter_map(char::from_u32) {
            let text = c.to_string();
            for name in [
                snake(&text, &[]),
                pascal(&text),
                variant(&text),
                shouty(&text),
            ] {
                assert!(is_identifier(&name), "{c:?} gave {name:?}");
            }
        }
    }
}
