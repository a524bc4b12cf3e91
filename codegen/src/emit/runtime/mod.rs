//! The hand-written part of a crate: the files of the runtime that its API needs.

mod argument_needs;
mod conditional;
mod field_needs;
mod limit_needs;
mod needs;
mod parts;
mod paths;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::file::File;
use crate::format;

pub(super) use parts::Parts;
pub(super) use paths::module_of;

macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        /// Path of each source of the runtime below its folder, and its text.
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../runtime/src/runtime/", $name)))),*];
    };
}

runtime![
    "api/auth_scheme.rs",
    "api/call_info.rs",
    "api/meta.rs",
    "api/mod.rs",
    "auth/check.rs",
    "auth/describe.rs",
    "auth/encode.rs",
    "auth/mod.rs",
    "auth/provider.rs",
    "auth/store.rs",
    "blocking/builder.rs",
    "blocking/bulk.rs",
    "blocking/call.rs",
    "blocking/download.rs",
    "blocking/driver.rs",
    "blocking/mod.rs",
    "blocking/paging.rs",
    "blocking/token_provider.rs",
    "body/array.rs",
    "body/json.rs",
    "body/metered.rs",
    "body/mod.rs",
    "body/multipart.rs",
    "body/source.rs",
    "body/stream.rs",
    "body/streaming.rs",
    "body/tokio_file.rs",
    "body/upload.rs",
    "builder.rs",
    "bulk/array.rs",
    "bulk/batch.rs",
    "bulk/call.rs",
    "bulk/complete.rs",
    "bulk/error.rs",
    "bulk/item.rs",
    "bulk/merge.rs",
    "bulk/meter.rs",
    "bulk/mod.rs",
    "bulk/queue.rs",
    "bulk/request.rs",
    "bulk/send_all.rs",
    "bulk/state.rs",
    "bulk/windows.rs",
    "call.rs",
    "client/attempt.rs",
    "client/base_url.rs",
    "client/batch_request.rs",
    "client/bulk_options.rs",
    "client/client_credentials/cache.rs",
    "client/client_credentials/mod.rs",
    "client/client_credentials/token_request.rs",
    "client/deadline.rs",
    "client/environment.rs",
    "client/execute.rs",
    "client/extensions.rs",
    "client/hook.rs",
    "client/http_client/mod.rs",
    "client/http_client/native.rs",
    "client/http_client/wasm.rs",
    "client/mod.rs",
    "client/options.rs",
    "client/pending.rs",
    "client/rate_limiter.rs",
    "client/retry_policy.rs",
    "client/token_provider.rs",
    "client/trace.rs",
    "decode/envelope.rs",
    "decode/integer.rs",
    "decode/mod.rs",
    "decode/path.rs",
    "download/async_read.rs",
    "download/mod.rs",
    "download/read.rs",
    "download/stream.rs",
    "error/api.rs",
    "error/construct.rs",
    "error/context.rs",
    "error/message.rs",
    "error/mod.rs",
    "error/printable.rs",
    "error/progress.rs",
    "error/upload.rs",
    "error/validation.rs",
    "exports.rs",
    "extension_methods.rs",
    "http/clock.rs",
    "http/defaults.rs",
    "http/head.rs",
    "http/header.rs",
    "http/media_type.rs",
    "http/mod.rs",
    "http/query.rs",
    "http/rate_limit.rs",
    "http/raw_response.rs",
    "http/retry.rs",
    "http/timeout.rs",
    "json/display.rs",
    "json/eq.rs",
    "json/field_reader.rs",
    "json/matcher.rs",
    "json/mod.rs",
    "json/nullable.rs",
    "json/object.rs",
    "json/strict.rs",
    "json/string_enum.rs",
    "json/union.rs",
    "json/unknown_value.rs",
    "json/value.rs",
    "json_operation.rs",
    "mod.rs",
    "operation.rs",
    "paging/mod.rs",
    "paging/page.rs",
    "paging/page_info.rs",
    "paging/pager.rs",
    "paging/stream.rs",
    "platform/mod.rs",
    "platform/native.rs",
    "platform/wasm/abort.rs",
    "platform/wasm/blocking.rs",
    "platform/wasm/body.rs",
    "platform/wasm/error.rs",
    "platform/wasm/fetch.rs",
    "platform/wasm/mod.rs",
    "platform/wasm/response.rs",
    "platform/wasm/timer.rs",
    "request/body.rs",
    "request/cookie.rs",
    "request/encode.rs",
    "request/form.rs",
    "request/limits/each.rs",
    "request/limits/items.rs",
    "request/limits/length.rs",
    "request/limits/mod.rs",
    "request/limits/number.rs",
    "request/limits/size.rs",
    "request/mod.rs",
    "request/optional.rs",
    "request/path_segment.rs",
    "request/query.rs",
    "request/serialize/json_shape.rs",
    "request/serialize/mod.rs",
    "request/serialize/styled.rs",
    "request/style.rs",
    "request/value.rs",
    "response/binary.rs",
    "response/decode.rs",
    "response/mod.rs",
    "response/result.rs",
    "response/select.rs",
    "response/typed.rs",
    "util/base64.rs",
    "util/integer.rs",
    "util/lock.rs",
    "util/mod.rs",
    "util/optional.rs",
    "util/seconds.rs",
];

/// Returns the files of the runtime with the given parts, as a module of the crate.
pub(super) fn runtime(parts: &Parts) -> impl Iterator<Item = File> {
    modules(parts).into_iter().map(|(path, text)| File {
        path: format!("src/runtime/{path}"),
        text: format::header("the client runtime") + &text,
    })
}

/// Returns the sources that the root module reaches, by path.
fn modules(parts: &Parts) -> BTreeMap<&'static str, Cow<'static, str>> {
    let sources: HashMap<&str, (&'static str, &'static str)> = FILES
        .iter()
        .map(|(path, text)| (*path, (*path, *text)))
        .collect();
    let mut open = vec!["mod.rs".to_owned()];
    let mut modules = BTreeMap::new();
    while let Some(path) = open.pop() {
        let Some((path, source)) = sources.get(path.as_str()).copied() else {
            continue;
        };
        let text = conditional::resolve(source, &|name| parts.condition(name));
        let folder = path.strip_suffix("mod.rs").unwrap_or(path);
        for name in text.lines().filter_map(module_name) {
            open.push(format!("{folder}{name}.rs"));
            open.push(format!("{folder}{name}/mod.rs"));
        }
        modules.insert(path, text);
    }
    modules
}

/// Returns the name in `mod name;`.
fn module_name(line: &str) -> Option<&str> {
    let line = line.strip_suffix(';')?;
    let visibilities = ["pub(crate) ", "pub(super) ", "pub "];
    let start = visibilities
        .iter()
        .find_map(|start| line.strip_prefix(start));
    start.unwrap_or(line).strip_prefix("mod ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_crate_with_all_parts_has_all_files() {
        let modules: Vec<&str> = modules(&Parts::all()).into_keys().collect();
        let mut listed: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        // Only the tests of the runtime use it.
        listed.retain(|path| *path != "exports.rs");
        assert_eq!(modules, listed);
    }

    #[test]
    fn no_attribute_of_a_part_is_emitted() {
        for parts in [Parts::all(), Parts::none()] {
            for (path, text) in modules(&parts) {
                assert!(
                    !text.contains("\"part-") && !text.contains("\"exports\""),
                    "{path}"
                );
                assert!(syn::parse_file(&text).is_ok(), "{path}");
            }
        }
    }

    #[test]
    fn every_file_of_the_runtime_is_listed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime");
        let mut paths = paths_below(&root, "");
        paths.sort();
        let listed: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(listed, paths);
    }

    /// Paths of the files in a folder and in the folders below it, each after a prefix.
    fn paths_below(folder: &Path, prefix: &str) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let paths = entries.flat_map(|entry| {
            let entry = entry.unwrap();
            let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
            if entry.path().is_dir() {
                paths_below(&entry.path(), &format!("{path}/"))
            } else {
                vec![path]
            }
        });
        paths.collect()
    }
}
