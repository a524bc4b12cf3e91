//! Splitting of a text into words, before its letter case changes.

/// Words with capitals inside. They are kept as one word.
const MIXED_CASE_WORDS: &[&str] = &[
    "BitTorrent",
    "DNSsec",
    "DevOps",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPsec",
    "IaaS",
    "IoT",
    "JavaScript",
    "LaTeX",
    "LinkedIn",
    "MongoDB",
    "MySQL",
    "NoSQL",
    "OAuth",
    "PaaS",
    "PayPal",
    "PostgreSQL",
    "SQLite",
    "SaaS",
    "TypeScript",
    "VoIP",
    "YouTube",
    "eBay",
    "iOS",
    "iPad",
    "iPhone",
    "macOS",
];

/// Returns the words of a text, separated by spaces or capitals.
pub(super) fn split_words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut words = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        let length = mixed_case_word(rest).or_else(|| acronym(rest));
        let starts = at == 0 || !chars.get(at - 1).is_some_and(|c| c.is_uppercase());
        if let Some(length) = length.filter(|_| starts) {
            // A single capital keeps it one word.
            words.extend(c.to_uppercase());
            let inside = rest.get(1..length).unwrap_or_default();
            words.extend(inside.iter().flat_map(|c| c.to_lowercase()));
            at += length;
        } else {
            words.push(if c.is_alphanumeric() { *c } else { ' ' });
            at += 1;
        }
    }
    words
}

/// Length of the word with capitals inside at the start of the text.
fn mixed_case_word(text: &[char]) -> Option<usize> {
    let word = MIXED_CASE_WORDS.iter().find(|word| {
        let is_there = word.chars().zip(text).all(|(one, other)| one == *other);
        let next = text.get(word.len());
        is_there && text.len() >= word.len() && !next.is_some_and(|c| c.is_lowercase())
    });
    word.map(|word| word.len())
}

/// Length of the acronym with a plural `s` or a version `v` at the start of the text, as in `URLs` and `IPv4`.
fn acronym(text: &[char]) -> Option<usize> {
    let capitals = text.iter().take_while(|c| c.is_uppercase()).count();
    let next = |n: usize| text.get(capitals + n);
    let ends = |n: usize| !next(n).is_some_and(|c| c.is_lowercase());
    let is_plural = next(0) == Some(&'s') && ends(1);
    let is_version = next(0) == Some(&'v') && next(1).is_some_and(char::is_ascii_digit);
    (capitals > 1 && (is_plural || is_version)).then_some(capitals + 1)
}
