//! Canceled calls, dropped at every point where they wait. Later calls are not affected, and the server has no
//! incomplete value.

use std::io::{Cursor, Read as _};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _};
use kv_server::KvServer;
use serde_json::json;
use tokio::runtime::Runtime;
use workers_kv::api::values;
use workers_kv::{BulkWrite, Client, Download, Result, Upload, blocking};

use super::operations::items;
use super::reply::{FaultyResponse, Reply, RequestRead};
use super::server::FaultServer;
use super::successful::SuccessfulResponse;
use super::units::{ALWAYS, PATIENCE, client, left_behind, runtime};
use crate::support::mock_api::{ACCOUNT, NAMESPACE};
use crate::support::{Fetch as _, Kv, Run as _, content, drive};

/// Drops a future after a number of polls, unless it is ready.
struct Polls<F> {
    future: Pin<Box<F>>,
    left: usize,
}

impl<F: Future> Polls<F> {
    fn new(future: F, left: usize) -> Self {
        let future = Box::pin(future);
        Self { future, left }
    }
}

impl<F: Future> Future for Polls<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        match self.future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if self.left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// A server that sends responses in small pieces, so there are many points to cancel at.
fn slow_server() -> FaultServer {
    let server = FaultServer::start();
    let reply = |success: &SuccessfulResponse| Reply::from(success.bytes()).in_pieces(6);
    let response = FaultyResponse {
        read: RequestRead::Whole,
        reply: Arc::new(reply),
    };
    server.fails(0, ALWAYS, response);
    server
}

type Outcome = Pin<Box<dyn Future<Output = Result<()>>>>;

/// Larger than the buffers of the sockets.
const LARGE: usize = 8_000_000;

/// Starts a call.
type Start = fn(&Client) -> Outcome;

const CALLS: &[(&str, Start)] = &[
    ("read a value", |kv| {
        let call = kv.values(ACCOUNT, NAMESPACE).get("key");
        Box::pin(async { call.send().await.map(drop) })
    }),
    ("download a value", |kv| {
        let call = kv.values(ACCOUNT, NAMESPACE).get("key");
        Box::pin(async {
            call.download()
                .await?
                .try_collect::<Vec<_>>()
                .await
                .map(drop)
        })
    }),
    ("bulk get in batches", |kv| {
        let call = kv.keys(ACCOUNT, NAMESPACE).bulk_get(items());
        Box::pin(async { call.send_all().await.map(drop) })
    }),
    ("list all pages", |kv| {
        let items = kv.keys(ACCOUNT, NAMESPACE).list().stream();
        Box::pin(async { items.try_collect::<Vec<_>>().await.map(drop) })
    }),
    ("create a namespace", |kv| {
        let call = kv.namespaces(ACCOUNT).create("title");
        Box::pin(async { call.send().await.map(drop) })
    }),
    ("write a value", |kv| {
        let call = kv
            .values(ACCOUNT, NAMESPACE)
            .update("key", vec![b'v'; LARGE]);
        Box::pin(call.send())
    }),
    ("write a value and metadata", |kv| {
        let call = kv
            .values(ACCOUNT, NAMESPACE)
            .update("key", vec![b'v'; LARGE]);
        Box::pin(call.metadata(json!({"m": 1})).send())
    }),
    ("upload a reader", |kv| {
        let call = kv
            .values(ACCOUNT, NAMESPACE)
            .update("key", Upload::reader(Cursor::new(vec![b'v'; LARGE])));
        Box::pin(call.send())
    }),
    ("bulk write", |kv| {
        let pair = BulkWrite::new("key", "v".repeat(LARGE));
        let call = kv.keys(ACCOUNT, NAMESPACE).bulk_update([pair]);
        Box::pin(async { call.send().await.map(drop) })
    }),
];

#[test]
fn canceled_calls_do_not_affect_later_calls() {
    for (name, call) in CALLS {
        let server = slow_server();
        let runtime = runtime::<Client>();
        let entered = runtime.as_ref().map(Runtime::enter);
        let client: Client = client(&server);
        let mut polls = 0;
        loop {
            let outcome = drive(Polls::new(call(&client), polls));
            let next = client.values(ACCOUNT, NAMESPACE).get("key");
            let next = drive(next.timeout(PATIENCE).max_retries(0).send());
            let next =
                next.unwrap_or_else(|error| panic!("{name}, after {polls} polls: {error:?}"));
            assert_eq!(next.bytes().as_ref(), b"text");
            if let Some(outcome) = outcome {
                outcome.unwrap_or_else(|error| panic!("{name}, {polls} polls: {error:?}"));
                break;
            }
            polls += 1;
        }
        assert!(polls > 1, "{name} never waits");
        // Complete requests are correct, and the last one is complete.
        for received in server.seen().received {
            assert!(
                received.method != "PUT" || received.body.len() >= LARGE,
                "{name}: {} bytes",
                received.body.len()
            );
        }
        drop(client);
        assert_eq!(left_behind(&server, runtime.as_ref()), [""; 0], "{name}");
        drop(entered);
    }
}

/// Values on a server that stores them are written completely or not at all.
#[test]
fn canceled_writes_leave_no_partial_value() {
    let server = KvServer::start().expect("a running server");
    let client: Client = Kv::start(|builder| {
        builder
            .base_url(server.base_url())
            .api_token(server.token())
    })
    .expect("a client");
    let account = server.account_id();
    let namespace = drive(client.namespaces(account).create("title").send());
    let values = client.values(account, namespace.expect("a namespace").id);
    for polls in 0.. {
        let value = vec![b'v'; LARGE + polls];
        let call = values.update("key", value).metadata(polls);
        let written = drive(Polls::new(call.send(), polls));
        let found = drive(values.get("key").send_optional()).expect("a response");
        let length = found.map(|value| value.bytes().len());
        assert!(
            length.is_none_or(|length| (LARGE..=LARGE + polls).contains(&length)),
            "{length:?}"
        );
        if let Some(written) = written {
            written.expect("a successful write");
            assert_eq!(length, Some(LARGE + polls));
            break;
        }
    }
}

/// Waiting for an item can be canceled and continued. No item is lost, and no page is requested twice.
#[test]
fn streams_continue_after_a_canceled_wait() {
    let server = slow_server();
    let client: Client = client(&server);
    let mut items = client.keys(ACCOUNT, NAMESPACE).list().stream();
    let (mut names, mut given_up) = (Vec::new(), 0);
    loop {
        match drive(Polls::new(items.next(), 1)) {
            Some(Some(item)) => names.push(item.expect("a key").name),
            Some(None) => break,
            None => {
                given_up += 1;
                thread::sleep(Duration::from_micros(100));
            }
        }
    }
    assert_eq!(names, ["text", "text"]);
    assert!(given_up > 1);
    assert_eq!(server.seen().attempts, 2);
}

/// Reads the start of a value and drops the download.
macro_rules! a_download_is_given_up {
    ($name:ident, $client:ty, $take:expr) => {
        #[test]
        fn $name() {
            let server = FaultServer::start();
            let entered = runtime::<$client>();
            let guard = entered.as_ref().map(Runtime::enter);
            let client: $client = client(&server);
            let values = client.values(ACCOUNT, NAMESPACE);
            for count in 0..6 {
                let reply =
                    |success: &SuccessfulResponse| Reply::from(success.with(&content(LARGE)));
                let response = FaultyResponse {
                    read: RequestRead::Whole,
                    reply: Arc::new(reply),
                };
                server.fails(0, 1, response);
                let mut download = values.get("key").fetch().expect("a started download");
                let take: fn(&mut Download<$client, values::operation::Get>) -> Vec<u8> = $take;
                let mut came = Vec::new();
                for _ in 0..count {
                    came.extend(take(&mut download));
                }
                assert!(came.len() >= count && content(LARGE).starts_with(&came));
                drop(download);
                let next = values.get("key").timeout(PATIENCE).max_retries(0).run();
                assert_eq!(next.expect("a response").bytes().as_ref(), b"text");
            }
            assert_eq!(server.seen().attempts, 12);
            drop((values, client));
            assert_eq!(left_behind(&server, entered.as_ref()), [""; 0]);
            drop(guard);
        }
    };
}

a_download_is_given_up!(a_download_in_async, Client, |download| {
    let chunk = drive(download.chunk()).expect("another chunk");
    chunk.expect("another chunk").to_vec()
});

a_download_is_given_up!(a_download_in_blocking, blocking::Client, |download| {
    let mut buffer = [0; 10_000];
    let size = download.read(&mut buffer).expect("another chunk");
    buffer[..size].to_vec()
});
