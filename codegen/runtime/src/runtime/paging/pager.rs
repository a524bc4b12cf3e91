//! Requests the pages of a list.

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

/// Requests the pages of a list, one after the other.
pub(crate) struct Pager<O> {
    client: Client,
    options: Options,
    /// Request of the next page. `None` after the last page and after an error.
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

    /// Returns the items of the next page. Returns `None` after the last page and after an error.
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

/// Returns the request of the next page.
fn next<O: Paged>(request: Request, page: &Page<O::Item>) -> Option<Request> {
    match (page.next_cursor(), page.next_page()) {
        (Some(cursor), _) => Some(request.text(O::PAGE_ARGUMENT, cursor)),
        (None, Some(number)) => Some(request.json(O::PAGE_ARGUMENT, number)),
        (None, None) => None,
    }
}

/// Detects a server that returns the same pages again.
#[derive(Default)]
struct LoopDetector {
    /// An earlier cursor, chosen by Brent's algorithm: it is replaced after 1, 2, 4, 8 … steps. Every cycle
    /// is detected.
    cursor: Option<String>,
    steps: u64,
    lap: u64,
    /// Body of the previous page, for lists with page numbers.
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
            let info = response.envelope().map_or("", |envelope| envelope.info);
            let text = "the server returned the same page again";
            let error = Error::decode(Some(response.call), format!("{info}.{name}"), text);
            return Err(error.with_headers(response.headers.clone()));
        }
        if page.next_page().is_some() {
            self.page = Some(response.body.clone());
        }
        Ok(())
    }

    /// Records a cursor. Returns true if it is repeated.
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
