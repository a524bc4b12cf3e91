//! Operations that return pages.

use super::{Thing, operation};
use crate::runtime::{
    Call, DecodeError, Meta, Operation, Page, Paged, Paging, ParamLocation, RawResponse, Request,
    Result,
};

/// Lists things, by cursor.
pub type List<C> = Call<C, operation::List>;

impl Operation for operation::List {
    type Output = Page<Thing>;
    const META: &'static Meta = &Meta::new("shelf.list").route("GET", "/shelves/{shelf_id}/things");

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.page(Paging::Cursor)
    }
}

impl<C> List<C> {
    /// Maximum number of things per page.
    pub fn limit(self, limit: i64) -> Self {
        self.with(Request::new().json(ParamLocation::Query("limit"), limit))
    }

    /// Only things whose names start with this text.
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        self.with(Request::new().text(ParamLocation::Query("prefix"), prefix))
    }

    /// Start of the page.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(Request::new().text(ParamLocation::Query("cursor"), cursor))
    }
}

/// Lists things, by page number.
pub type Pages<C> = Call<C, operation::Pages>;

impl Operation for operation::Pages {
    type Output = Page<Thing>;
    const META: &'static Meta = &Meta::new("shelf.pages").route("GET", "/shelves/{shelf_id}/pages");

    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.page(Paging::Number(request.value(ParamLocation::Query("page"))))
    }
}

impl<C> Pages<C> {
    /// Which page, from 1.
    pub fn page(self, page: i64) -> Self {
        self.with(Request::new().json(ParamLocation::Query("page"), page))
    }

    /// Maximum number of things per page.
    pub fn per_page(self, per_page: i64) -> Self {
        self.with(Request::new().json(ParamLocation::Query("per_page"), per_page))
    }
}

impl Paged for operation::List {
    type Item = Thing;
    const PAGE_ARGUMENT: ParamLocation = ParamLocation::Query("cursor");
}

impl Paged for operation::Pages {
    type Item = Thing;
    const PAGE_ARGUMENT: ParamLocation = ParamLocation::Query("page");
}
