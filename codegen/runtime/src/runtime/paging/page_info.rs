//! Paging information of a list.

use crate::runtime::json::object::json_object;

/// Paging information that the server sent with a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageInfo {
    /// Number of items on the page.
    pub count: Option<i64>,
    /// Number of the page.
    pub page: Option<i64>,
    /// Maximum number of items per page.
    pub per_page: Option<i64>,
    /// Total number of items.
    pub total_count: Option<i64>,
    /// Total number of pages.
    pub total_pages: Option<i64>,
    /// Cursor of the next page. It is empty or absent on the last page.
    pub cursor: Option<String>,
}

json_object! { PageInfo {
    count: opt int, page: opt int, per_page: opt int, total_count: opt int, total_pages: opt int, cursor: opt
} }
