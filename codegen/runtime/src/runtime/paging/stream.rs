//! Stream of the items of all pages.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use futures_core::Stream;

use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::Result;
use crate::runtime::paging::Paged;
use crate::runtime::paging::pager::Pager;

impl<O: Paged> Call<Client, O> {
    /// Returns a stream of all items, from this page on. A page is requested when its first item is needed.
    /// The stream ends after an error.
    pub fn stream(self) -> impl Stream<Item = Result<O::Item>> + Send + Unpin + use<O> {
        ItemStream::new(Pager::<O>::new(self.client, self.options, self.request))
    }
}

/// Stream of the items of all pages.
pub(crate) struct ItemStream<O: Paged> {
    items: vec::IntoIter<O::Item>,
    state: State<O>,
}

enum State<O: Paged> {
    Idle(Box<Pager<O>>),
    Fetching(Pin<Box<dyn Future<Output = Fetched<O>> + Send>>),
    Done,
}

type Fetched<O> = (Box<Pager<O>>, Result<Option<Vec<<O as Paged>::Item>>>);

impl<O: Paged> ItemStream<O> {
    pub(crate) fn new(pager: Pager<O>) -> Self {
        Self {
            items: Vec::new().into_iter(),
            state: State::Idle(Box::new(pager)),
        }
    }
}

// The future is boxed, so no field is pinned.
impl<O: Paged> Unpin for ItemStream<O> {}

impl<O: Paged> Stream for ItemStream<O> {
    type Item = Result<O::Item>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let mut fetching = match mem::replace(&mut self.state, State::Done) {
                State::Idle(mut pager) => Box::pin(async move {
                    let page = pager.next_items().await;
                    (pager, page)
                }),
                State::Fetching(fetching) => fetching,
                State::Done => return Poll::Ready(None),
            };
            let Poll::Ready((pager, page)) = fetching.as_mut().poll(context) else {
                self.state = State::Fetching(fetching);
                return Poll::Pending;
            };
            match page {
                Ok(Some(items)) => {
                    self.items = items.into_iter();
                    self.state = State::Idle(pager);
                }
                Ok(None) => (),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}
