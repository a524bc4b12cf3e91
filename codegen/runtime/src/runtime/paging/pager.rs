//! Goes from page to page: in goes an operation that gives a page, out come all items of all pages.

use std::marker::PhantomData;

use bytes::Bytes;

use crate::runtime::client::Client;
use crate::runtime::client::execute::execute;
use crate::runtime::client::options::Options;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::paging::Paged;
use crate::runtime::paging::page::Page;
use crate::runtime::request::Request;

/// The pages of a list, one after the other.
pub(crate) struct Pager<O> {
    client: Client,
    options: Options,
    /// What gives the next page; `None` after the last one, or an error.
    next: Option<Request>,
    loop_detector: LoopDetector,
    operation: PhantomData<fn() -> O>,
}

impl<O: Paged> Pager<O> {
    pub(crate) fn new(client: Client, options: Options, first: Request) -> Self {
        Self {
            client,
            options,
            next: Some(first),
            loop_detector: LoopDetector::default(),
            operation: PhantomData,
        }
    }

    /// The items of the next page, or `None` after the last one. After an error there are no more.
    pub(crate) async fn next_items(&mut self) -> Result<Option<Vec<O::Item>>> {
        let Some(request) = self.next.take() else {
            return Ok(None);
        };
        let fetched = match execute::<O>(&self.client, &self.options, &request).await {
            Ok((page, response)) => self.loop_detector.check(&page, &response).map(|()| page),
            Err(error) => Err(error),
        };
        self.next = fetched
            .as_ref()
            .ok()
            .and_then(|page| next::<O>(request, page));
        fetched.map(|page| Some(page.result))
    }
}

/// What asks for the page after this one.
fn next<O: Paged>(request: Request, page: &Page<O::Item>) -> Option<Request> {
    match (page.next_cursor(), page.next_page()) {
        (Some(cursor), _) => Some(request.text(O::BY, cursor)),
        (None, Some(number)) => Some(request.json(O::BY, number)),
        (None, None) => None,
    }
}

/// What tells that a server goes round in circles.
#[derive(Default)]
struct LoopDetector {
    /// One of the cursors before, in Brent's manner: it moves up after 1, 2, 4, 8 … steps, so any circle is found.
    cursor: Option<String>,
    steps: u64,
    lap: u64,
    /// Body of the page before, in a list that has numbers.
    page: Option<Bytes>,
}

impl LoopDetector {
    fn check<T>(&mut self, page: &Page<T>, response: &RawResponse) -> Result<()> {
        let number = page.result_info.as_ref().and_then(|info| info.page);
        let repeated = match (&self.page, page.next_cursor()) {
            (Some(before), _) if !page.result.is_empty() => {
                let another = number.is_some_and(|number| {
                    page.next_page()
                        .is_some_and(|next| number.checked_add(1) != Some(next))
                });
                (another || response.body == *before).then_some("page")
            }
            (None, Some(cursor)) => self.is_repeated_cursor(cursor).then_some("cursor"),
            _ => None,
        };
        if let Some(name) = repeated {
            let info = response.envelope.map_or("", |envelope| envelope.info);
            let text = "the server gives the same page again and again";
            return Err(Error::decode(
                Some(response.call),
                format!("{info}.{name}"),
                text,
            ));
        }
        if page.next_page().is_some() {
            self.page = Some(response.body.clone());
        }
        Ok(())
    }

    /// Takes note of a cursor, and tells whether it came before.
    fn is_repeated_cursor(&mut self, cursor: &str) -> bool {
        if self.cursor.as_deref() == Some(cursor) {
            return true;
        }
        self.steps += 1;
        if self.steps >= self.lap {
            self.cursor = Some(cursor.to_owned());
            self.steps = 0;
            self.lap = (self.lap * 2).max(1);
        }
        false
    }
}
