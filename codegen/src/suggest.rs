//! Suggestions for unknown names: the closest known names, and lists of alternatives.

/// Returns the candidate that is closest to a name, or `None` if none is close.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(name, candidates, 1).into_iter().next()
}

/// Returns at most `limit` close candidates, the closest first.
pub(crate) fn nearest_few<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    limit: usize,
) -> Vec<&'a str> {
    let name: Vec<char> = normalized(name).collect();
    let max_distance = (name.len() / 3).clamp(1, 4);
    let lengths = name.len().saturating_sub(max_distance)..=name.len() + max_distance;
    let distances = candidates
        .into_iter()
        .filter(|candidate| lengths.contains(&normalized(candidate).count()))
        .map(|candidate| {
            let other: Vec<char> = normalized(candidate).collect();
            (edit_distance(&name, &other), candidate)
        });
    let mut close: Vec<(usize, &str)> = distances
        .filter(|(distance, _)| *distance <= max_distance)
        .collect();
    close.sort_by_key(|(distance, _)| *distance);
    close.truncate(limit);
    close.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Longest list of alternatives in a help text.
const MAX_ALTERNATIVES: usize = 6;

/// Help text for an unknown name: the closest known name, else all known names if they are few, else `expected`, a
/// description of the expected name.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    expected: &str,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None if known.is_empty() || known.len() > MAX_ALTERNATIVES => format!("name {expected}"),
        None => format!("name {expected}: {}", or_list(&known)),
    }
}

/// Formats names as "`a`, `b` or `c`".
pub(crate) fn or_list(names: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Letters and digits of a name in lower case.
fn normalized(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// Edit distance: the number of insertions, deletions, replacements and swaps of neighbours.
fn edit_distance(from: &[char], to: &[char]) -> usize {
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
    use super::{nearest, nearest_few, or_list};

    #[test]
    fn misspelt_names_give_the_nearest_candidate() {
        let known = ["description", "default", "deprecated", "maxLength"];
        assert_eq!(nearest("descripton", known), Some("description"));
        assert_eq!(nearest("max_length", known), Some("maxLength"));
        assert_eq!(nearest("dfeault", known), Some("default"));
        assert_eq!(nearest("x", known), None);
        assert_eq!(
            nearest_few("Pets", ["Dog", "Pet", "Pots"], 3),
            ["Pet", "Pots"]
        );
    }

    #[test]
    fn alternatives_are_joined_with_or() {
        assert_eq!(or_list(&["a"]), "`a`");
        assert_eq!(or_list(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
