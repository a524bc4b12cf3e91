//! Documentation of operations and webhooks: summary and description.

/// Returns the summary and the description, without the summary if the description begins with it.
pub(in crate::lower) fn docs(operation: &openapiv3::Operation) -> String {
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    let description = operation.description.as_deref().unwrap_or_default().trim();
    if summary.is_empty()
        || description.is_empty()
        || stems(description).starts_with(&stems(summary))
    {
        return if description.is_empty() {
            summary
        } else {
            description
        }
        .to_owned();
    }
    let stop = if summary.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{summary}{stop}\n\n{description}")
}

/// Returns the significant words of a text in a normal form: "List pets" is a prefix of "Lists all the pets".
fn stems(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase);
    let significant =
        words.filter(|word| !matches!(word.as_str(), "" | "a" | "an" | "the" | "all"));
    significant
        .map(|word| word.trim_end_matches('s').to_owned())
        .collect()
}
