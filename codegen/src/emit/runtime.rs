//! The hand-written part of every crate goes out as it is.

use super::File;
use crate::format;

macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        /// File names of the runtime's sources, and their text.
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../runtime/src/", $name)))),*];
    };
}

runtime![
    "answer.rs",
    "api_error.rs",
    "arrival.rs",
    "binary.rs",
    "blocking.rs",
    "body.rs",
    "builder.rs",
    "bulk.rs",
    "call.rs",
    "cases.rs",
    "client.rs",
    "clock.rs",
    "constructor.rs",
    "content.rs",
    "credential.rs",
    "details.rs",
    "download.rs",
    "envelope.rs",
    "error.rs",
    "form.rs",
    "integer.rs",
    "items.rs",
    "json.rs",
    "lib.rs",
    "limits.rs",
    "locate.rs",
    "lock.rs",
    "looks.rs",
    "merge.rs",
    "nullable.rs",
    "object.rs",
    "operation.rs",
    "outgoing.rs",
    "pace.rs",
    "page.rs",
    "pages.rs",
    "progress.rs",
    "properties.rs",
    "query.rs",
    "random.rs",
    "rate_limit.rs",
    "refusal.rs",
    "reply.rs",
    "request.rs",
    "response.rs",
    "retry.rs",
    "same.rs",
    "security.rs",
    "send.rs",
    "source.rs",
    "style.rs",
    "trace.rs",
    "union.rs",
    "upload.rs",
    "value.rs",
    "words.rs",
];

/// The runtime's files as a module of the crate.
pub(super) fn runtime() -> impl Iterator<Item = File> {
    FILES.iter().map(|(name, text)| {
        let name = if *name == "lib.rs" { "mod.rs" } else { name };
        File {
            path: format!("src/runtime/{name}"),
            text: format::header("the client runtime") + text,
        }
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_the_runtime_is_listed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src");
        let entries = std::fs::read_dir(folder).unwrap();
        let mut there: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        there.sort();
        let listed: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, there);
    }
}
