//! State of a bulk call: the results of its requests, and the items that are left after a failure.

use std::any::Any;
use std::collections::HashSet;
use std::sync::Arc;

use crate::runtime::body::array::JsonArray;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::batch::{BatchEnd, BatchResult};
use crate::runtime::bulk::merge::Merge;
use crate::runtime::bulk::meter::Meter;
use crate::runtime::bulk::queue::{Limits, Queue};
use crate::runtime::client::bulk_options::{BulkProgress, Resumed};
use crate::runtime::error::Error;

/// Failure of a bulk call.
pub(crate) struct Failure {
    pub(super) error: Error,
    /// State of the call, if there is something to resume.
    pub(super) stopped: Option<Box<Stopped>>,
}

impl Failure {
    /// Failure of a call that has done nothing.
    pub(super) fn of_call(error: Error) -> Self {
        Self {
            error,
            stopped: None,
        }
    }
}

/// State of a bulk call that was stopped.
pub(super) struct Stopped {
    pub(super) items: JsonArray,
    /// The items that the server did not confirm.
    pub(super) rest: JsonArray,
    pub(super) progress: BulkProgress,
    pub(super) resumed: Resumed,
}

/// Results and progress of the requests of a call or of a window.
#[derive(Clone)]
pub(super) struct Finished<T> {
    /// The total is the number of items that are not sent again.
    pub(super) progress: BulkProgress,
    /// Results of the requests, each with the index of its first item.
    outputs: Vec<(usize, T)>,
    /// Limits of the next batch, if the options are the same.
    pub(super) limits: Option<Limits>,
}

impl<T> Default for Finished<T> {
    fn default() -> Self {
        Self {
            progress: BulkProgress::default(),
            outputs: Vec::new(),
            limits: None,
        }
    }
}

impl<T: Merge> Finished<T> {
    /// True if no request has a result.
    pub(super) fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// Merges the results in the order of the items.
    pub(super) fn into_output(mut self) -> Option<T> {
        self.outputs.sort_by_key(|(first, _)| *first);
        let outputs = self.outputs.into_iter().map(|(_, output)| output);
        outputs.reduce(|mut all, output| {
            all.absorb(output);
            all
        })
    }

    /// Replaces the results by a single one, which precedes those of further items.
    pub(super) fn merged(self) -> Self {
        let Self {
            progress, limits, ..
        } = self;
        let outputs = self.into_output().map(|output| (0, output));
        Self {
            progress,
            limits,
            outputs: outputs.into_iter().collect(),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Finished<T> {
    /// Returns what the calls that are resumed have done.
    pub(super) fn of(resumed: Option<Resumed>) -> Self {
        let Some(Resumed(finished)) = resumed else {
            return Self::default();
        };
        let finished: Arc<dyn Any + Send + Sync> = finished;
        let finished = finished.downcast::<Self>().map(Arc::unwrap_or_clone);
        finished.unwrap_or_default()
    }

    /// Stops before the request of the first item.
    pub(super) fn stop_before(mut self, items: JsonArray) -> Box<Stopped> {
        self.limits = None;
        let mut progress = self.progress;
        progress.items_total += items.len();
        Box::new(Stopped {
            rest: items.clone(),
            items,
            progress,
            resumed: Resumed(Arc::new(self)),
        })
    }
}

/// State of a running call.
pub(super) struct State<T> {
    pub(super) queue: Queue,
    finished: Finished<T>,
    /// Unconfirmed items of completed batches.
    unconfirmed: Vec<JsonArray>,
    /// The first error.
    failure: Option<Error>,
}

impl<T: Merge + Clone + Send + Sync + 'static> State<T> {
    /// Starts a call with the results of earlier requests.
    pub(super) fn new(queue: Queue, earlier: Finished<T>) -> Self {
        Self {
            queue,
            finished: earlier,
            unconfirmed: Vec::new(),
            failure: None,
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    pub(super) fn next_batch(&mut self) -> Option<JsonArray> {
        match self.failure {
            None => self.queue.take(),
            Some(_) => None,
        }
    }

    pub(super) fn add(&mut self, end: BatchEnd<T>) {
        let output = end.output.map(|output| (end.first, output));
        self.finished.outputs.extend(output);
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

    /// Returns the results of the call.
    pub(super) fn finish<O: Bulk<Output = T>>(
        mut self,
        items: JsonArray,
        meter: &Meter,
    ) -> Result<Finished<T>, Failure> {
        self.finished.progress = meter.progress();
        match self.failure.take() {
            None => {
                self.finished.limits = Some(self.queue.limits);
                Ok(self.finished)
            }
            Some(error) => Err(Failure {
                error,
                stopped: Some(Box::new(self.stop::<O>(items))),
            }),
        }
    }

    /// Returns what a resumed call needs.
    fn stop<O: Bulk<Output = T>>(mut self, items: JsonArray) -> Stopped {
        self.unconfirmed.extend(self.queue.into_waiting());
        let rest = self.unconfirmed.iter().flat_map(JsonArray::indexes);
        let mut rest: Vec<_> = rest.collect();
        rest.sort_unstable();
        let rest = items.select(rest);
        let mut finished = self.finished;
        remove_failed_keys::<O>(&mut finished.outputs, &rest);
        let progress = finished.progress;
        finished.progress.items_total -= rest.len();
        Stopped {
            rest,
            items,
            progress,
            resumed: Resumed(Arc::new(finished)),
        }
    }
}

/// Removes the keys of items from results, because a resumed call sends these items again.
fn remove_failed_keys<O: Bulk>(outputs: &mut [(usize, O::Output)], rest: &JsonArray) {
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
