//! What a config may mean by a word that the document does not know.

use crate::diagnostic::similar::nearest;
use crate::metaschema::listed;

/// So many words are listed at most.
const FEW: usize = 6;

/// The closest of the known words, else all of them where they are few, else what kind of word is wanted.
pub(in crate::lower) fn meant<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    wanted: &str,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() || known.len() > FEW => format!("name {wanted}"),
        None => format!("name {wanted}: {}", listed(&known)),
    }
}
