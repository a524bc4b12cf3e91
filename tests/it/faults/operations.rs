//! The calls that run with each fault, one row per kind of call.

use std::io::Cursor;

use serde::Serialize;
use serde_json::json;
use workers_kv::{BulkWrite, Call, Client, Json, Result, Upload, blocking};

use crate::support::mock_api::{ACCOUNT, NAMESPACE};
use crate::support::{
    Drain as _, Fetch as _, Kv, Run as _, RunAll as _, Temporary, Walk as _, content,
};

/// A kind of call.
pub(crate) struct Operation<C> {
    pub(crate) name: &'static str,
    pub(crate) output: Output,
    /// True if the call is safe to repeat.
    pub(crate) repeatable: bool,
    /// True if the request body can be sent again.
    pub(crate) resends: bool,
    /// The number of successful requests before the one that fails.
    pub(crate) before: usize,
    /// The number of requests after it in a successful call.
    pub(crate) after: usize,
    /// The number of [`items`] that are done when the request fails, if the error has progress.
    pub(crate) done: Option<usize>,
    /// The maximum number of response bytes that the call reads.
    pub(crate) reads: u64,
    /// The result of a successful call.
    pub(crate) expected: &'static str,
    /// Runs the call and returns its result as text.
    pub(crate) run: fn(&C, Limits) -> Result<String>,
}

/// The part of a response that a call returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    /// The bytes of the body.
    Bytes,
    /// The bytes of the body as a stream.
    Stream,
    /// The result in the JSON body.
    Json,
    /// Nothing. The call only checks for success.
    Nothing,
}

/// The timeout of an attempt and the maximum number of retries.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) timeout: std::time::Duration,
    pub(crate) retries: u32,
}

impl Limits {
    fn of<C, O>(self, call: Call<C, O>) -> Call<C, O> {
        call.timeout(self.timeout).max_retries(self.retries)
    }
}

/// A client with the table of its calls.
pub(crate) trait Operations: Kv + Send + 'static {
    fn all() -> Vec<Operation<Self>>;
}

/// Larger than the buffers of the sockets.
const LARGE: usize = 1_000_000;

/// The size of a body with several chunks.
const CHUNKS: usize = 300_000;

/// More bytes than any faulty response has.
const MUCH: u64 = 200_000_000;

macro_rules! operations {
    ($($client:ty),*) => {$(
        impl Operations for $client {
            #[rustfmt::skip]
            fn all() -> Vec<Operation<Self>> {
                // Name, output, repeatable, requests before, result, call.
                vec![
                    row("read a value", Output::Bytes, true, 0, "text",
                        |kv, limits| Ok(limits.of(values(kv).get("key")).run()?.text()?.to_owned())),
                    row("download a value", Output::Stream, true, 0, "text",
                        |kv, limits| limits.of(values(kv).get("key")).fetch()?.drain().map(text_of_bytes))
                        .reading(MUCH),
                    row("read metadata", Output::Json, true, 0, r#""text""#,
                        |kv, limits| limits.of(kv.metadata(ACCOUNT, NAMESPACE).get("key")).run().map(text_of_json)),
                    row("list keys", Output::Json, true, 0, r#"[{"name":"text"}]"#,
                        |kv, limits| limits.of(keys(kv).list()).run().map(|page| text(page.result))),
                    row("list all pages", Output::Json, true, 1, r#"[{"name":"text"},{"name":"text"}]"#,
                        |kv, limits| limits.of(keys(kv).list()).walk().map(text)),
                    row("create a namespace", Output::Json, false, 0, r#"{"id":"id","title":"text"}"#,
                        |kv, limits| limits.of(kv.namespaces(ACCOUNT).create("title")).run().map(text)),
                    row("write a value", Output::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", "value")).run().map(text)),
                    row("write a large value", Output::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", vec![b'v'; LARGE])).run().map(text)),
                    row("write a value and metadata", Output::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", "value").metadata("m")).run().map(text)),
                    row("upload a file", Output::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", Temporary::new(&content(CHUNKS)).open())).run().map(text)),
                    row("upload a reader", Output::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", Upload::reader(large()))).run().map(text))
                        .once(),
                    row("upload with metadata", Output::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", replayable()).metadata("m")).run().map(text)),
                    row("delete a value", Output::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).delete("key")).run().map(text)),
                    row("bulk write", Output::Json, true, 0, COUNTS,
                        |kv, limits| limits.of(keys(kv).bulk_update([BulkWrite::new("key", "v")])).run().map(text)),
                    row("bulk delete", Output::Json, true, 0, COUNTS,
                        |kv, limits| limits.of(keys(kv).bulk_delete(["key"])).run().map(text)),
                    row("bulk get", Output::Json, true, 0, r#"{"values":{"key":"text"}}"#,
                        |kv, limits| limits.of(keys(kv).bulk_get(["key"])).run().map(text))
                        .reading(MUCH),
                    row("bulk get in batches", Output::Json, true, 1, r#"{"values":{"key":"text"}}"#,
                        |kv, limits| {
                            let call = keys(kv).bulk_get(batches()).batch_items(1);
                            limits.of(call).concurrency(1).run_all().map(text)
                        })
                        .reading(MUCH).batches(1, 1),
                ]
            }
        }
    )*};
}

operations! { Client, blocking::Client }

const COUNTS: &str = r#"{"successful_key_count":1,"unsuccessful_keys":["text"]}"#;

fn row<C>(
    name: &'static str,
    output: Output,
    repeatable: bool,
    before: usize,
    expected: &'static str,
    run: fn(&C, Limits) -> Result<String>,
) -> Operation<C> {
    Operation {
        name,
        output,
        repeatable,
        resends: true,
        before,
        after: 0,
        done: None,
        reads: 32 << 20,
        expected,
        run,
    }
}

impl<C> Operation<C> {
    /// The body can be read only once.
    fn once(mut self) -> Self {
        self.resends = false;
        self
    }

    fn reading(mut self, bytes: u64) -> Self {
        self.reads = bytes;
        self
    }

    /// Sets the number of requests after the one that fails, and the number of items that are done before it.
    fn batches(mut self, after: usize, done: usize) -> Self {
        (self.after, self.done) = (after, Some(done));
        self
    }

    /// The number of requests of a successful call.
    pub(crate) fn requests(&self) -> usize {
        self.before + 1 + self.after
    }
}

/// The keys of a call with three requests of at most 100 keys.
pub(crate) fn items() -> Vec<String> {
    (0..250).map(|n| n.to_string()).collect()
}

/// The keys of a call with three requests of one key, which are not halved.
pub(crate) fn batches() -> Vec<String> {
    (0..3).map(|n| n.to_string()).collect()
}

fn large() -> Cursor<Vec<u8>> {
    Cursor::new(content(CHUNKS))
}

/// An upload of unknown size.
fn replayable() -> Upload {
    Upload::replayable(|| Ok(large()))
}

fn keys<C: Kv>(kv: &C) -> workers_kv::api::keys::Keys<C> {
    kv.keys(ACCOUNT, NAMESPACE)
}

fn values<C: Kv>(kv: &C) -> workers_kv::api::values::Values<C> {
    kv.values(ACCOUNT, NAMESPACE)
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "it is what `Result::map` takes"
)]
fn text(result: impl Serialize) -> String {
    json!(result).to_string()
}

fn text_of_json(json: Option<Json>) -> String {
    json.map_or_else(|| "null".to_owned(), |json| json.as_str().to_owned())
}

fn text_of_bytes(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}
