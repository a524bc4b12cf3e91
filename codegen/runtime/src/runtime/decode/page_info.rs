//! Paging information of a list.

use serde::{Deserialize, Serialize};

use crate::runtime::decode::integer;

/// Paging information that the server sent with a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PageInfo {
    /// Number of items on the page.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub count: Option<i64>,
    /// Number of the page.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub page: Option<i64>,
    /// Maximum number of items per page.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub per_page: Option<i64>,
    /// Total number of items.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_count: Option<i64>,
    /// Total number of pages.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_pages: Option<i64>,
    /// Cursor of the next page. It is empty or absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
