//! A word that is not known -> the known ones that were perhaps meant.

/// The closest of the candidates, if any is close.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, candidates, 1).into_iter().next()
}

/// At most so many candidates that are close, the closest first.
pub(crate) fn near<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let word = fold(word);
    let most_changes = (word.len() / 3).clamp(1, 4);
    let lengths = word.len().saturating_sub(most_changes)..=word.len() + most_changes;
    let distances = candidates
        .into_iter()
        .filter(|candidate| lengths.contains(&folded(candidate).count()))
        .map(|candidate| (distance(&word, &fold(candidate)), candidate));
    let mut close: Vec<(usize, &str)> = distances
        .filter(|(changes, _)| *changes <= most_changes)
        .collect();
    close.sort_by_key(|(changes, _)| *changes);
    close.truncate(most);
    close.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Only letters and digits, in lower case.
fn fold(word: &str) -> Vec<char> {
    folded(word).collect()
}

fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// How many insertions, deletions, replacements and swaps of neighbours make one of the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&last, j) + usize::from(a != b);
            let mut best = replaced.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && from.get(i - 1) == Some(b) && to.get(j - 1) == Some(a);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{near, nearest};

    #[test]
    fn finds_what_was_meant() {
        let known = ["description", "default", "deprecated", "maxLength"];
        assert_eq!(nearest("descripton", known), Some("description"));
        assert_eq!(nearest("max_length", known), Some("maxLength"));
        assert_eq!(nearest("dfeault", known), Some("default"));
        assert_eq!(nearest("x", known), None);
        assert_eq!(near("Pets", ["Dog", "Pet", "Pots"], 3), ["Pet", "Pots"]);
    }
}
