//! What a server says of a page.

use serde::{Deserialize, Serialize};

use crate::runtime::decode::integer;

/// What a server says of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PageInfo {
    /// How many items are on the page.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub count: Option<i64>,
    /// Its number.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub page: Option<i64>,
    /// How many items a page has at most.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub per_page: Option<i64>,
    /// How many items there are on all pages.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_count: Option<i64>,
    /// How many pages there are.
    #[serde(
        deserialize_with = "integer::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_pages: Option<i64>,
    /// Where the next page starts; empty or absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
