//! Text of a document -> words that a change of case keeps apart, and together.

/// Words that have capitals inside of them, as they are written. Where one ends, another word begins.
const CAMELS: &[&str] = &[
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

/// Text in which only letters and digits are left, as words that need no knowledge to be told apart.
pub(super) fn words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut words = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        let length = camel(rest).or_else(|| acronym(rest));
        let starts = at == 0 || !chars.get(at - 1).is_some_and(|c| c.is_uppercase());
        if let Some(length) = length.filter(|_| starts) {
            // One capital makes it one word.
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

/// How much of the text is one of the words that have capitals inside.
fn camel(text: &[char]) -> Option<usize> {
    let found = CAMELS.iter().find(|word| {
        let is_there = word.chars().zip(text).all(|(one, other)| one == *other);
        let next = text.get(word.len());
        is_there && text.len() >= word.len() && !next.is_some_and(|c| c.is_lowercase())
    });
    found.map(|word| word.len())
}

/// How much of the text is capitals with a plural s or the v of a version, as in `URLs` and `IPv4`.
fn acronym(text: &[char]) -> Option<usize> {
    let capitals = text.iter().take_while(|c| c.is_uppercase()).count();
    let next = |n: usize| text.get(capitals + n);
    let ends = |n: usize| !next(n).is_some_and(|c| c.is_lowercase());
    let is_plural = next(0) == Some(&'s') && ends(1);
    let is_version = next(0) == Some(&'v') && next(1).is_some_and(char::is_ascii_digit);
    (capitals > 1 && (is_plural || is_version)).then_some(capitals + 1)
}
