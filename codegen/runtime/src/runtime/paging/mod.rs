//! Paged lists.

pub(crate) mod page;
pub(crate) mod page_info;
pub(crate) mod pager;
mod stream;

use crate::runtime::operation::Operation;
use crate::runtime::paging::page::Page;
use crate::runtime::request::ParamLocation;

/// An operation that returns a page of a list.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// Type of the items.
    type Item: Send + 'static;
    /// Argument for the cursor or number of the page.
    const PAGE_ARGUMENT: ParamLocation;
}
