//! Operations on one thing or value.

use serde::Serialize;

use super::{StoredValue, Thing, operation};
use crate::runtime::{
    BodyFormat, Call, DecodeError, Download, Downloadable, Json, Meta, Operation, ParamLocation,
    RawResponse, Request, max_bytes, minimum,
};

/// Makes a thing.
pub type Create<C> = Call<C, operation::Create>;

impl Operation for operation::Create {
    type Output = Thing;
    const META: &'static Meta =
        &Meta::new("shelf.create").route("POST", "/shelves/{shelf_id}/things");

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result()
    }
}

impl<C> Create<C> {
    /// A note on the thing.
    pub fn note(self, note: impl Into<String>) -> Self {
        self.with(Request::new().text(ParamLocation::Property("note"), note))
    }
}

/// Renames a thing.
pub type Rename<C> = Call<C, operation::Rename>;

impl Operation for operation::Rename {
    type Output = Thing;
    const META: &'static Meta =
        &Meta::new("shelf.rename").route("PUT", "/shelves/{shelf_id}/things/{thing_id}");

    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result_or_else(|| Thing {
            name: request
                .value(ParamLocation::Property("name"))
                .unwrap_or_default(),
            expiration: None,
            metadata: None,
        })
    }
}

/// Deletes a thing.
pub type Delete<C> = Call<C, operation::Delete>;

impl Operation for operation::Delete {
    type Output = ();
    const META: &'static Meta =
        &Meta::new("shelf.delete").route("DELETE", "/shelves/{shelf_id}/things/{thing_id}");

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.empty()
    }
}

/// Reads the metadata of a value.
pub type Metadata<C> = Call<C, operation::Metadata>;

impl Operation for operation::Metadata {
    type Output = Option<Json>;
    const META: &'static Meta = &Meta {
        not_found_codes: &[10009],
        ..Meta::new("shelf.metadata").route("GET", "/shelves/{shelf_id}/metadata/{key_name}")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result()
    }
}

/// Reads a value.
pub type Value<C> = Call<C, operation::Value>;

impl Operation for operation::Value {
    type Output = StoredValue;
    const META: &'static Meta = &Meta {
        not_found_codes: &[10009],
        ..Meta::new("shelf.value").route("GET", "/shelves/{shelf_id}/values/{key_name}")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        Ok(StoredValue {
            body: response.binary(),
            expiration: response.header("expiration"),
        })
    }
}

/// Writes a value.
pub type Update<C> = Call<C, operation::Update>;

impl Operation for operation::Update {
    type Output = ();
    const META: &'static Meta = &Meta {
        body_format: BodyFormat::Form(Some("application/octet-stream")),
        ..Meta::new("shelf.update").route("PUT", "/shelves/{shelf_id}/values/{key_name}")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.empty()
    }
}

impl<C> Update<C> {
    /// In how many seconds the value expires: at least 60.
    pub fn expiration_ttl(self, expiration_ttl: i64) -> Self {
        self.with(
            Request::new()
                .json(ParamLocation::Query("expiration_ttl"), expiration_ttl)
                .limit(|value| minimum(value, 60)),
        )
    }

    /// Metadata of the value.
    pub fn metadata(self, metadata: impl Serialize) -> Self {
        self.with(
            Request::new()
                .json(
                    ParamLocation::Part("metadata", "application/json"),
                    metadata,
                )
                .limit(|value| max_bytes(value, 1_024)),
        )
    }
}

impl Downloadable for operation::Value {}

impl<C> Download<C, operation::Value> {
    /// Expiration time in seconds since the epoch.
    pub fn expiration(&self) -> Option<i64> {
        self.header("expiration")
    }
}
