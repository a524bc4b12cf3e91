//! Sends all items of a bulk call.

use std::num::NonZeroUsize;
use std::sync::atomic::Ordering::Relaxed;

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::body::array::JsonArray;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::batch::Sender;
use crate::runtime::bulk::merge::Merge;
use crate::runtime::bulk::meter::Meter;
use crate::runtime::bulk::queue::Queue;
use crate::runtime::client::Client;
use crate::runtime::client::bulk_options::BulkProgress;
use crate::runtime::client::options::Options;
use crate::runtime::error::Error;
use crate::runtime::request::Request;

/// Default number of concurrent requests.
const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// Failure of a bulk call.
pub(crate) struct Failure {
    pub(super) error: Error,
    /// Progress, if any request was sent.
    pub(super) stopped: Option<Stopped>,
}

/// State of a bulk call that was stopped.
pub(super) struct Stopped {
    pub(super) items: JsonArray,
    /// The items that the server did not confirm.
    pub(super) rest: JsonArray,
    pub(super) progress: BulkProgress,
}

/// Sends all items. After a failure, no request is started, and running requests are completed.
pub(crate) async fn send_all<O: Bulk>(
    client: &Client,
    options: &Options,
    request: &Request,
) -> Result<O::Output, Failure> {
    let items = request.array_at(O::LIST);
    let mut options = options.clone();
    options.deadline = options.start_deadline(&*client.core.clock);
    let concurrency = *options.bulk.concurrency.get_or_insert(CONCURRENCY);
    let queue = Queue::new::<O>(&options.bulk, request, &items);
    let mut queue = queue.map_err(|error| Failure {
        error: Error::invalid_request(CallInfo::new(client.core.settings, O::META, 0), error),
        stopped: None,
    })?;
    let meter = Meter::start(&options.bulk, items.len());
    let sender = &Sender::<O>::new(client, &options, request, &meter);
    let mut running = FuturesUnordered::new();
    let mut outputs = Vec::new();
    // Unconfirmed items of completed batches.
    let mut unconfirmed = Vec::new();
    let mut failure = None;
    loop {
        while failure.is_none()
            && running.len() < concurrency.get()
            && let Some(batch) = queue.take()
        {
            running.push(sender.send(batch));
        }
        let Some(end) = running.next().await else {
            break;
        };
        outputs.extend(end.output.map(|output| (end.first, output)));
        match end.result {
            Ok(()) => queue.record_success(),
            Err(error) if failure.is_none() && sender.halves(&end.unconfirmed, &error) => {
                queue.halve(&end.unconfirmed, &error);
                continue;
            }
            Err(error) => {
                sender.is_stopped.store(true, Relaxed);
                failure.get_or_insert(error);
            }
        }
        unconfirmed.push(end.unconfirmed);
    }
    if let Some(error) = failure {
        unconfirmed.extend(queue.into_waiting());
        let mut rest: Vec<_> = unconfirmed.iter().flat_map(JsonArray::indexes).collect();
        rest.sort_unstable();
        let stopped = Some(Stopped {
            rest: items.select(rest),
            items,
            progress: meter.progress(),
        });
        return Err(Failure { error, stopped });
    }
    // In the order of the items.
    outputs.sort_by_key(|(first, _)| *first);
    let merged = outputs.into_iter().map(|(_, output)| output);
    let merged = merged.reduce(|mut all, output| {
        all.absorb(output);
        all
    });
    Ok(merged.expect("there is at least one batch"))
}
