//! A page of a list.

use serde::de::DeserializeOwned;

use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::paging::page_info::PageInfo;
use crate::runtime::response::decode::DecodeError;

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// Items of the page.
    pub result: Vec<T>,
    /// Paging information from the server.
    pub result_info: Option<PageInfo>,
    next: Option<Next>,
}

/// Request of the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// By the cursor of the current page.
    Cursor,
    /// By number. The value is the number of the requested page. The default is 1.
    Number(Option<i64>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Next {
    Cursor(String),
    Number(i64),
}

impl<T> Page<T> {
    /// Returns true if there is another page.
    pub fn has_next_page(&self) -> bool {
        self.next.is_some()
    }

    /// Returns the cursor of the next page, for lists with cursors.
    pub fn next_cursor(&self) -> Option<&str> {
        match &self.next {
            Some(Next::Cursor(cursor)) => Some(cursor),
            _ => None,
        }
    }

    /// Returns the number of the next page, for lists with page numbers.
    pub fn next_page(&self) -> Option<i64> {
        match self.next {
            Some(Next::Number(number)) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn new(result: Vec<T>, result_info: Option<PageInfo>, by: Paging) -> Self {
        let info = result_info.as_ref();
        let next = match by {
            Paging::Cursor => info
                .and_then(|info| info.cursor.clone())
                .filter(|cursor| !cursor.is_empty())
                .map(Next::Cursor),
            Paging::Number(_) if result.is_empty() => None,
            Paging::Number(asked) => {
                next_number(asked.unwrap_or(1), result.len(), info).map(Next::Number)
            }
        };
        Self {
            result,
            result_info,
            next,
        }
    }
}

impl RawResponse {
    /// Decodes a page. A null result is an empty page.
    pub fn page<T: DeserializeOwned>(&self, by: Paging) -> Result<Page<T>, DecodeError> {
        let content = self.read_envelope::<Option<Vec<T>>, _>()?;
        let items = content.result.flatten().unwrap_or_default();
        Ok(Page::new(items, content.info, by))
    }
}

/// Returns the number of the next page, unless the server reports that this is the last one. If the
/// paging information is missing or inconsistent, the list ends with an empty page.
fn next_number(asked: i64, items: usize, info: Option<&PageInfo>) -> Option<i64> {
    let last = info.and_then(|info| {
        let size = info.per_page.filter(|size| *size > 0);
        let seen = asked
            .checked_sub(1)?
            .checked_mul(size.unwrap_or(0))?
            .checked_add(i64::try_from(items).ok()?)?;
        if info.total_count.is_some_and(|total| total < seen) {
            return None;
        }
        info.total_pages.or_else(|| {
            let (total, size) = (info.total_count?, size?);
            Some(total / size + i64::from(total % size > 0))
        })
    });
    // This page is not empty, so an earlier last page is inconsistent.
    if last.is_some_and(|last| asked == last) {
        return None;
    }
    asked.checked_add(1)
}
