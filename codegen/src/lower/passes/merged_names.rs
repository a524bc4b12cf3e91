//! Selects the name of a type for several equal inline schemas.

use std::collections::HashSet;

use crate::names;

/// Words that are too general for the name of a type, also if they are combined.
const GENERAL: &[&str] = &["Body", "Data", "Item", "Request", "Response", "Value"];
/// HTTP methods. A name of a method and a general word, such as `GetResponse`, is too general.
const METHODS: &[&str] = &["Delete", "Get", "Patch", "Post", "Put"];

/// Returns the words that all names end with. If these are too general, the words that most names start with precede
/// them. If no such name is free, returns the first name.
pub(in crate::lower) fn shared_name(names: &[&str], taken: &HashSet<String>) -> String {
    let words: Vec<Vec<&str>> = names.iter().map(|name| words(name)).collect();
    let (start, end) = (shared_start(&words), shared_end(&words));
    let is_free = |name: &String| !taken.contains(name) && !names::is_reserved_type(name);
    let is_general = |words: &[&str]| words.iter().all(|word| GENERAL.contains(word));
    let name = if is_general(end) {
        let is_specific = !end.is_empty() && start.iter().any(|word| !METHODS.contains(word));
        let name = is_specific.then(|| [start, end].concat().concat());
        name.filter(is_free)
    } else {
        let endings = (0..end.len()).map(|at| &end[at..]);
        let mut specific = endings.filter(|words| !is_general(words));
        specific.find_map(|words| Some(words.concat()).filter(is_free))
    };
    name.unwrap_or_else(|| names.first().copied().unwrap_or_default().to_owned())
}

/// Returns the words that more than half of the names start with.
fn shared_start<'a, 'b>(names: &'a [Vec<&'b str>]) -> &'a [&'b str] {
    let Some(first) = names.first() else {
        return &[];
    };
    let count = (1..=shared_limit(names)).take_while(|count| {
        let equal = names
            .iter()
            .filter(|name| name[..*count] == first[..*count]);
        2 * equal.count() > names.len()
    });
    &first[..count.count()]
}

/// Returns the words that all names end with.
fn shared_end<'a, 'b>(names: &'a [Vec<&'b str>]) -> &'a [&'b str] {
    let Some(first) = names.first() else {
        return &[];
    };
    let ending = |name: &'a Vec<&'b str>, count: usize| &name[name.len() - count..];
    let count = (1..=shared_limit(names)).take_while(|count| {
        names
            .iter()
            .all(|name| ending(name, *count) == ending(first, *count))
    });
    ending(first, count.count())
}

/// Returns the maximum number of shared words: each name has a word of its own.
fn shared_limit(names: &[Vec<&str>]) -> usize {
    let shortest = names.iter().map(Vec::len).min();
    shortest.unwrap_or_default().saturating_sub(1)
}

/// Splits the name of a type into words. Consecutive uppercase letters belong to one word.
fn words(name: &str) -> Vec<&str> {
    let starts = name.char_indices().zip(name.chars().skip(1));
    let starts = starts.filter(|((_, c), next)| !c.is_uppercase() && next.is_uppercase());
    let starts: Vec<usize> = starts.map(|((at, c), _)| at + c.len_utf8()).collect();
    let ends = starts.iter().copied().chain([name.len()]);
    let starts = [0].into_iter().chain(starts.iter().copied());
    starts
        .zip(ends)
        .filter_map(|(start, end)| name.get(start..end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_shared(names: &[&str], taken: &[&str], expected: &str) {
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(shared_name(names, &taken), expected);
    }

    #[test]
    fn merged_models_are_named_by_the_words_that_all_names_end_with() {
        check_shared(&["GetAsnFormat", "GetBgpFormat"], &[], "Format");
        check_shared(&["GetListOrder", "PutListOrder"], &[], "ListOrder");
        check_shared(&["GetListOrder", "PutListOrder"], &["ListOrder"], "Order");
        check_shared(&["ReOrder", "BackOrder", "Border"], &[], "ReOrder");
        check_shared(&["GetFormat", "PutFormat"], &["Format"], "GetFormat");
        check_shared(&["GetResult", "PutResult"], &[], "GetResult");
        check_shared(&["GetItem", "PutItem"], &[], "GetItem");
        check_shared(&["GetÖl", "PutÖl"], &[], "Öl");
        check_shared(&["AOrder", "BOrder"], &[], "AOrder");
    }

    #[test]
    fn general_endings_are_preceded_by_the_words_that_most_names_start_with() {
        let names = [
            "PetsInfoResponse",
            "PetsCreateResponse",
            "PetsListOldResponse",
        ];
        check_shared(&names, &[], "PetsResponse");
        check_shared(&names, &["PetsResponse"], "PetsInfoResponse");
        check_shared(
            &["ListResponseData", "FindResponseData"],
            &[],
            "ListResponseData",
        );
    }
}
