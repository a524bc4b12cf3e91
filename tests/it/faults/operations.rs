//! The calls that faults meet: a row for each kind of them. A new kind is a new row.

use std::io::Cursor;

use serde::Serialize;
use serde_json::json;
use workers_kv::{BulkWrite, Call, Client, Json, Result, Upload, blocking};

use crate::support::scripted::{ACCOUNT, NAMESPACE};
use crate::support::{
    Drain as _, Fetch as _, Kv, Run as _, RunAll as _, Temporary, Walk as _, content,
};

/// One kind of call.
pub(crate) struct Operation<C> {
    pub(crate) name: &'static str,
    pub(crate) gives: Gives,
    /// Whether doing it twice does what doing it once does.
    pub(crate) repeatable: bool,
    /// Whether it has what it sends more than once.
    pub(crate) resends: bool,
    /// How many requests are answered before the one that is to fail.
    pub(crate) before: usize,
    /// How many come after it, when all is well.
    pub(crate) after: usize,
    /// How many of [`items`] are done when it fails, where it tells.
    pub(crate) done: Option<usize>,
    /// How many bytes of an answer it reads at most.
    pub(crate) reads: u64,
    /// What it gives when all is well.
    pub(crate) good: &'static str,
    /// Makes the call and gives what it gave, as text.
    pub(crate) run: fn(&C, Limits) -> Result<String>,
}

/// What a call makes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    /// Its bytes, as they are.
    Bytes,
    /// The same, from the first one on as they come.
    Stream,
    /// What stands in its JSON.
    Json,
    /// Only whether all went well.
    Nothing,
}

/// How long an attempt may take, and how often it is repeated.
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

/// A client with its table of calls.
pub(crate) trait Operations: Kv + Send + 'static {
    fn all() -> Vec<Operation<Self>>;
}

/// More than fits into what sockets hold back.
const LARGE: usize = 1_000_000;

/// What is read in several chunks.
const CHUNKS: usize = 300_000;

/// In bytes: more than any answer of a server that fails.
const MUCH: u64 = 200_000_000;

macro_rules! operations {
    ($($client:ty),*) => {$(
        impl Operations for $client {
            #[rustfmt::skip]
            fn all() -> Vec<Operation<Self>> {
                // Name, what it gives, repeatable, requests before, the good result, the call.
                vec![
                    row("read a value", Gives::Bytes, true, 0, "text",
                        |kv, limits| Ok(limits.of(values(kv).get("key")).run()?.text()?.to_owned())),
                    row("download a value", Gives::Stream, true, 0, "text",
                        |kv, limits| limits.of(values(kv).get("key")).fetch()?.drain().map(text_of_bytes))
                        .reading(MUCH),
                    row("read metadata", Gives::Json, true, 0, r#""text""#,
                        |kv, limits| limits.of(kv.metadata(ACCOUNT, NAMESPACE).get("key")).run().map(text_of_json)),
                    row("list keys", Gives::Json, true, 0, r#"[{"name":"text"}]"#,
                        |kv, limits| limits.of(keys(kv).list()).run().map(|page| text(page.result))),
                    row("list all pages", Gives::Json, true, 1, r#"[{"name":"text"},{"name":"text"}]"#,
                        |kv, limits| limits.of(keys(kv).list()).walk().map(text)),
                    row("create a namespace", Gives::Json, false, 0, r#"{"id":"id","title":"text"}"#,
                        |kv, limits| limits.of(kv.namespaces(ACCOUNT).create("title")).run().map(text)),
                    row("write a value", Gives::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", "value")).run().map(text)),
                    row("write a large value", Gives::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", vec![b'v'; LARGE])).run().map(text)),
                    row("write a value and metadata", Gives::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", "value").metadata("m")).run().map(text)),
                    row("upload a file", Gives::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", Temporary::new(&content(CHUNKS)).open())).run().map(text)),
                    row("upload a reader", Gives::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", Upload::reader(large()))).run().map(text))
                        .once(),
                    row("upload with metadata", Gives::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).update("key", again()).metadata("m")).run().map(text)),
                    row("delete a value", Gives::Nothing, true, 0, "null",
                        |kv, limits| limits.of(values(kv).delete("key")).run().map(text)),
                    row("bulk write", Gives::Json, true, 0, COUNTS,
                        |kv, limits| limits.of(keys(kv).bulk_update([BulkWrite::new("key", "v")])).run().map(text)),
                    row("bulk delete", Gives::Json, true, 0, COUNTS,
                        |kv, limits| limits.of(keys(kv).bulk_delete(["key"])).run().map(text)),
                    row("bulk get", Gives::Json, true, 0, r#"{"values":{"key":"text"}}"#,
                        |kv, limits| limits.of(keys(kv).bulk_get(["key"])).run().map(text))
                        .reading(MUCH),
                    row("bulk get in batches", Gives::Json, true, 1, r#"{"values":{"key":"text"}}"#,
                        |kv, limits| limits.of(keys(kv).bulk_get(items())).concurrency(1).run_all().map(text))
                        .reading(MUCH).batches(1, 100),
                ]
            }
        }
    )*};
}

operations! { Client, blocking::Client }

const COUNTS: &str = r#"{"successful_key_count":1,"unsuccessful_keys":["text"]}"#;

fn row<C>(
    name: &'static str,
    gives: Gives,
    repeatable: bool,
    before: usize,
    good: &'static str,
    run: fn(&C, Limits) -> Result<String>,
) -> Operation<C> {
    Operation {
        name,
        gives,
        repeatable,
        resends: true,
        before,
        after: 0,
        done: None,
        reads: 32 << 20,
        good,
        run,
    }
}

impl<C> Operation<C> {
    /// What it sends can be read only once.
    fn once(mut self) -> Self {
        self.resends = false;
        self
    }

    fn reading(mut self, bytes: u64) -> Self {
        self.reads = bytes;
        self
    }

    /// So many requests come after the one that is to fail, and so many items are done before it.
    fn batches(mut self, after: usize, done: usize) -> Self {
        (self.after, self.done) = (after, Some(done));
        self
    }

    /// How many requests it makes when all is well.
    pub(crate) fn requests(&self) -> usize {
        self.before + 1 + self.after
    }
}

/// The keys of a call that takes three requests of at most 100 keys.
pub(crate) fn items() -> Vec<String> {
    (0..250).map(|n| n.to_string()).collect()
}

fn large() -> Cursor<Vec<u8>> {
    Cursor::new(content(CHUNKS))
}

/// Of a size that is not known.
fn again() -> Upload {
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
