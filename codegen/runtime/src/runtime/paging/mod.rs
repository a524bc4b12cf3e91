//! Lists that come in pages.

pub(crate) mod page;
pub(crate) mod pager;
mod stream;

use crate::runtime::operation::Operation;
use crate::runtime::paging::page::Page;
use crate::runtime::request::ParamLocation;

/// An operation that gives a list page by page.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// What the list holds.
    type Item: Send + 'static;
    /// The argument that asks for a page, by its cursor or its number.
    const BY: ParamLocation;
}
