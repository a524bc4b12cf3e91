//! Sends all items of a bulk call.

use std::future::poll_fn;
use std::mem;
use std::sync::atomic::Ordering::Relaxed;

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::runtime::body::array::JsonArray;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::batch::Sender;
use crate::runtime::bulk::meter::Meter;
use crate::runtime::bulk::queue::Queue;
use crate::runtime::bulk::state::{Failure, Finished, State};
use crate::runtime::client::Client;
use crate::runtime::client::bulk_options::Resumed;
use crate::runtime::client::options::Options;
use crate::runtime::error::Error;
use crate::runtime::request::Request;

/// Sends all items. After a failure, no request is started, and running requests are completed.
pub(crate) async fn send_all<O: Bulk>(
    client: &Client,
    options: &Options,
    request: &Request,
    resumed: Option<Resumed>,
) -> Result<O::Output, Failure> {
    let items = request.array_at(O::LIST);
    let queue = Queue::new::<O>(client, options, request, &items, None);
    let queue = queue.map_err(Failure::of_call)?;
    let options = &Options {
        deadline: options.start_deadline(&*client.core.clock),
        ..options.clone()
    };
    let earlier = Finished::of(resumed);
    let finished = send_queue::<O>(client, options, request, queue, items, earlier).await?;
    // An empty list is one batch, so there is a result.
    let error = || Failure::of_call(Error::config("the call has no batch"));
    finished.into_output().ok_or_else(error)
}

/// Sends the items of a queue. `earlier` are the results of earlier requests.
pub(super) async fn send_queue<O: Bulk>(
    client: &Client,
    options: &Options,
    request: &Request,
    queue: Queue,
    items: JsonArray,
    earlier: Finished<O::Output>,
) -> Result<Finished<O::Output>, Failure> {
    let meter = Meter::start(&options.bulk, earlier.progress, items.len());
    let concurrency = options.bulk.concurrency();
    let sender = &Sender::<O>::new(client, options, request, &meter, concurrency as u64);
    let mut state = State::new(queue, earlier);
    let mut running = FuturesUnordered::new();
    loop {
        while running.len() < concurrency
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
        if state.has_failed() && !sender.is_stopped.swap(true, Relaxed) {
            // The futures in the new list are polled. Those that wait for a retry end.
            running = mem::take(&mut running).into_iter().collect();
        }
    }
    state.finish::<O>(items, &meter)
}
