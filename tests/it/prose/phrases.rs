//! The phrases of the indirect style, and a search for them.

/// Phrases, word by word. `a|b` matches either word. `^` matches a word at the start of a sentence, except a question.
/// `!a|b` before or after a phrase excludes that neighbor.
const PHRASES: [&str; 28] = [
    "^what",
    "^who|whoever",
    "^whether",
    "am|is|are|be|been|was|were told",
    "tell|tells of|what|which|them|it",
    "so many|much !that",
    "!there is|are|was no !longer|more|less",
    "is|are|was none",
    "stand|stands !alone|-alone|for",
    "as it comes|came|is|was|stands",
    "of one's own",
    "say|says|said otherwise",
    "say|says so|what|which",
    "said of",
    "give|gives none|what",
    "lead|leads nowhere",
    "lead|leads back",
    "lead|leads to itself",
    "is|are to be|have|give|stand|go",
    "nothing is lost|said",
    "at once",
    "wherever",
    "whatever",
    "besides",
    "among others",
    "thereof|therein|thereby|hereby",
    "beside it|them",
    "all that is|are",
];

/// A word of a text in lower case.
struct Word {
    text: String,
    /// True for the first word of a sentence.
    starts: bool,
    /// True for the first word after any punctuation.
    breaks: bool,
}

/// Returns the first phrase in a line of prose, in lower case.
pub(super) fn find(line: &str) -> Option<String> {
    let words = words(line);
    let is_question = line.contains('?');
    let at = |start| {
        let phrases = PHRASES.iter();
        phrases
            .filter_map(|phrase| length(phrase, &words, start, is_question))
            .map(|length| start..start + length)
            .next()
    };
    let found = (0..words.len()).find_map(at)?;
    let texts: Vec<_> = words[found].iter().map(|word| word.text.as_str()).collect();
    Some(texts.join(" "))
}

/// Splits a line into words. Code in backticks is one word.
fn words(line: &str) -> Vec<Word> {
    let without_code: Vec<_> = line.split('`').enumerate().collect();
    let text: String = without_code
        .into_iter()
        .map(|(index, part)| if index % 2 == 0 { part } else { "code" })
        .collect();
    let mut sentence = true;
    let mut pause = true;
    let mut words = Vec::new();
    for chunk in text.split_whitespace() {
        let word = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        let opens = chunk.starts_with(|c: char| !c.is_alphanumeric());
        let is_first = words.is_empty();
        words.push(Word {
            text: word.to_lowercase(),
            starts: sentence && (!is_first || word.starts_with(char::is_uppercase)),
            breaks: pause || opens,
        });
        sentence = chunk.ends_with(['.', ':', ';']);
        pause = chunk.ends_with(|c: char| !c.is_alphanumeric());
    }
    words
}

/// Returns the number of words that a phrase matches at `start`.
fn length(phrase: &str, words: &[Word], start: usize, is_question: bool) -> Option<usize> {
    let mut parts: Vec<_> = phrase.split(' ').collect();
    let text = |at: usize| words.get(at).map_or("", |word| &word.text);
    if let Some(before) = parts[0].strip_prefix('!') {
        if start > 0 && is_one_of(text(start - 1), before) {
            return None;
        }
        parts.remove(0);
    }
    if let Some(after) = parts.last().and_then(|part| part.strip_prefix('!')) {
        parts.pop();
        if is_one_of(text(start + parts.len()), after) {
            return None;
        }
    }
    let matches = |(index, part): (usize, &&str)| {
        let word = words.get(start + index)?;
        let part = match part.strip_prefix('^') {
            Some(part) => (word.starts && !is_question).then_some(part)?,
            None => part,
        };
        (is_one_of(&word.text, part) && (index == 0 || !word.breaks)).then_some(())
    };
    let found = parts
        .iter()
        .enumerate()
        .map(matches)
        .all(|found| found.is_some());
    found.then_some(parts.len())
}

fn is_one_of(word: &str, alternatives: &str) -> bool {
    alternatives
        .split('|')
        .any(|alternative| alternative == word)
}

#[cfg(test)]
mod tests {
    use super::super::PLANTED;
    use super::find;

    #[test]
    fn planted_sentences_are_found() {
        for sentence in PLANTED.lines() {
            assert!(find(sentence).is_some(), "{sentence}");
        }
    }

    #[test]
    fn plain_sentences_are_accepted() {
        for sentence in [
            "Returns the next page.",
            "There is no value for this key.",
            "The key is no longer valid.",
            "What does a client do then?",
            "The crate stands alone.",
            "See `is told` and `at once`.",
            "It is so much that it fails.",
            "The reader looks at, once more, the text.",
            "returns what the server sent",
        ] {
            assert_eq!(find(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn phrases_are_found_after_other_sentences() {
        assert_eq!(
            find("A key. What it holds: bytes.").as_deref(),
            Some("what")
        );
        assert_eq!(find("The place (is told) here").as_deref(), Some("is told"));
    }
}
