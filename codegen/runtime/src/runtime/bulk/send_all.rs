//! Sends all items of a bulk call.

use std::any::Any;
use std::collections::HashSet;
use std::future::poll_fn;
use std::mem;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::runtime::body::array::JsonArray;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::batch::{BatchEnd, BatchResult, Sender};
use crate::runtime::bulk::merge::Merge;
use crate::runtime::bulk::meter::Meter;
use crate::runtime::bulk::queue::Queue;
use crate::runtime::client::Client;
use crate::runtime::client::bulk_options::{BulkProgress, Resumed};
use crate::runtime::client::options::Options;
use crate::runtime::error::Error;
use crate::runtime::request::Request;

/// Default number of concurrent requests.
const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// Failure of a bulk call.
pub(crate) struct Failure {
    pub(super) error: Error,
    /// State of the call, if any request was sent.
    pub(super) stopped: Option<Box<Stopped>>,
}

/// State of a bulk call that was stopped.
pub(super) struct Stopped {
    pub(super) items: JsonArray,
    /// The items that the server did not confirm.
    pub(super) rest: JsonArray,
    pub(super) resumed: Resumed,
}

/// Results of the completed requests, each with the index of its first item.
type Outputs<O> = Vec<(usize, O)>;

/// Sends all items. After a failure, no request is started, and running requests are completed.
pub(crate) async fn send_all<O: Bulk>(
    client: &Client,
    options: &Options,
    request: &Request,
    resumed: Option<Resumed>,
) -> Result<O::Output, Failure> {
    let items = request.array_at(O::LIST);
    let queue = Queue::new::<O>(client, options, request, &items);
    let queue = queue.map_err(|error| Failure {
        error,
        stopped: None,
    })?;
    let options = &Options {
        deadline: options.start_deadline(&*client.core.clock),
        ..options.clone()
    };
    let (before, outputs) = resumed.map_or_else(Default::default, into_outputs);
    let meter = Meter::start(&options.bulk, before, items.len());
    let concurrency = options.bulk.concurrency.unwrap_or(CONCURRENCY);
    let requests = concurrency.get() as u64;
    let sender = &Sender::<O>::new(client, options, request, &meter, requests);
    let mut state = State {
        queue,
        outputs,
        unconfirmed: Vec::new(),
        failure: None,
    };
    let mut running = FuturesUnordered::new();
    loop {
        while running.len() < concurrency.get()
            && let Some(batch) = state.next_batch()
        {
            running.push(Box::pin(sender.send(batch)));
        }
        let next = poll_fn(|cx| {
            meter.report_sent(cx.waker());
            running.poll_next_unpin(cx)
        });
        let Some(end) = next.await else {
            break;
        };
        state.add(end);
        if state.failure.is_some() && !sender.is_stopped.swap(true, Relaxed) {
            // The futures in the new list are polled. Those that wait for a retry end.
            running = mem::take(&mut running).into_iter().collect();
        }
    }
    state.finish::<O>(items, &meter)
}

/// State of a running call.
struct State<T> {
    queue: Queue,
    outputs: Outputs<T>,
    /// Unconfirmed items of completed batches.
    unconfirmed: Vec<JsonArray>,
    /// The first error.
    failure: Option<Error>,
}

impl<T: Merge> State<T> {
    fn next_batch(&mut self) -> Option<JsonArray> {
        match self.failure {
            None => self.queue.take(),
            Some(_) => None,
        }
    }

    fn add(&mut self, end: BatchEnd<T>) {
        let output = end.output.map(|output| (end.first, output));
        self.outputs.extend(output);
        match end.result {
            BatchResult::Done => self.queue.record_success(),
            BatchResult::Halved(error) if self.failure.is_none() => {
                self.queue.halve(&end.unconfirmed, &error);
                return;
            }
            BatchResult::Halved(error) | BatchResult::Failed(error) => {
                self.failure.get_or_insert(error);
            }
        }
        self.unconfirmed.push(end.unconfirmed);
    }

    /// Returns the result of the call.
    fn finish<O: Bulk<Output = T>>(mut self, items: JsonArray, meter: &Meter) -> Result<T, Failure>
    where
        T: Send + Sync + 'static,
    {
        if let Some(error) = self.failure.take() {
            let stopped = Some(Box::new(self.stop::<O>(items, meter)));
            return Err(Failure { error, stopped });
        }
        // In the order of the items.
        self.outputs.sort_by_key(|(first, _)| *first);
        let merged = self.outputs.into_iter().map(|(_, output)| output);
        let merged = merged.reduce(|mut all, output| {
            all.absorb(output);
            all
        });
        // An empty list is one batch, so there is a result.
        merged.ok_or_else(|| Failure {
            error: Error::config("the call has no batch"),
            stopped: None,
        })
    }

    /// Returns what a resumed call needs.
    fn stop<O: Bulk<Output = T>>(mut self, items: JsonArray, meter: &Meter) -> Stopped
    where
        T: Send + Sync + 'static,
    {
        self.unconfirmed.extend(self.queue.into_waiting());
        let rest = self.unconfirmed.iter().flat_map(JsonArray::indexes);
        let mut rest: Vec<_> = rest.collect();
        rest.sort_unstable();
        let rest = items.select(rest);
        remove_failed_keys::<O>(&mut self.outputs, &rest);
        Stopped {
            rest,
            items,
            resumed: Resumed {
                progress: meter.progress(),
                outputs: Arc::new(self.outputs),
            },
        }
    }
}

/// Returns the progress and the results of the calls that are resumed.
fn into_outputs<T: Clone + Send + Sync + 'static>(resumed: Resumed) -> (BulkProgress, Outputs<T>) {
    let outputs: Arc<dyn Any + Send + Sync> = resumed.outputs;
    let outputs = outputs.downcast::<Outputs<T>>().map(Arc::unwrap_or_clone);
    (resumed.progress, outputs.unwrap_or_default())
}

/// Removes the keys of items from results, because a resumed call sends these items again.
fn remove_failed_keys<O: Bulk>(outputs: &mut Outputs<O::Output>, rest: &JsonArray) {
    let lists = outputs
        .iter_mut()
        .filter_map(|(_, output)| O::failed(output));
    let mut lists = lists.filter(|keys| !keys.is_empty()).peekable();
    if lists.peek().is_none() {
        return;
    }
    let keys = rest.indexes().filter_map(|index| rest.key(index, O::KEY));
    let keys: HashSet<String> = keys.collect();
    for list in lists {
        list.retain(|key| !keys.contains(key));
    }
}
