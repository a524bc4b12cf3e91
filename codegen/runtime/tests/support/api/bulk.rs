//! Operations on several values.

use serde::Deserialize;

use super::{Found, Outcome, Pair, operation};
use crate::runtime::{
    Bulk, Call, DecodeError, Meta, Operation, ParamLocation, RawResponse, Request, Result,
    ValidationError, max_bytes,
};

/// Writes many values.
pub type BulkUpdate<C> = Call<C, operation::BulkUpdate>;

impl Operation for operation::BulkUpdate {
    type Output = Outcome;
    const META: &'static Meta = &Meta {
        max_body: Some(1_000_000),
        ..Meta::new("shelf.bulk_update").route("PUT", "/shelves/{shelf_id}/bulk")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result_or_default()
    }
}

/// Deletes many values.
pub type BulkDelete<C> = Call<C, operation::BulkDelete>;

impl Operation for operation::BulkDelete {
    type Output = Outcome;
    const META: &'static Meta = &Meta {
        idempotent: true,
        ..Meta::new("shelf.bulk_delete").route("POST", "/shelves/{shelf_id}/bulk/delete")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result_or_default()
    }
}

/// Reads many values.
pub type BulkGet<C> = Call<C, operation::BulkGet>;

impl Operation for operation::BulkGet {
    type Output = Found;
    const META: &'static Meta = &Meta {
        idempotent: true,
        ..Meta::new("shelf.bulk_get").route("POST", "/shelves/{shelf_id}/bulk/get")
    };

    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        if request.is_true(ParamLocation::Property("withMetadata")) {
            response
                .result()
                .map(|FoundValues { values }| Found::WithMetadata(values))
        } else {
            response
                .result()
                .map(|FoundValues { values }| Found::Values(values))
        }
    }
}

/// Changes the times of many values.
pub type BulkTouch<C> = Call<C, operation::BulkTouch>;

impl Operation for operation::BulkTouch {
    type Output = Outcome;
    const META: &'static Meta = &Meta {
        idempotent: true,
        ..Meta::new("shelf.bulk_touch").route("POST", "/shelves/{shelf_id}/bulk/touch")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result_or_default()
    }
}

#[derive(Deserialize)]
struct FoundValues<T> {
    values: T,
}

impl<C> BulkGet<C> {
    /// True to return the metadata of each value.
    pub fn with_metadata(self, with_metadata: bool) -> Self {
        self.with(Request::new().json(ParamLocation::Property("withMetadata"), with_metadata))
    }
}

impl Bulk for operation::BulkUpdate {
    type Item = Pair;
    const LIST: ParamLocation = ParamLocation::Body("pairs");
    const KEY: Option<&'static str> = Some("key");
    const MAX_ITEMS: usize = 10_000;
    const HALVE_ON: &'static [u16] = &[524];

    fn check(item: &Pair) -> Result<(), ValidationError> {
        item.check()
    }

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}

impl Bulk for operation::BulkDelete {
    type Item = String;
    const LIST: ParamLocation = ParamLocation::Body("keys");
    const KEY: Option<&'static str> = None;
    const MAX_ITEMS: usize = 10_000;
    const HALVE_ON: &'static [u16] = &[524];

    fn check(item: &String) -> Result<(), ValidationError> {
        max_bytes(item, 512)
    }

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}

impl Bulk for operation::BulkGet {
    type Item = String;
    const LIST: ParamLocation = ParamLocation::Property("keys");
    const KEY: Option<&'static str> = None;
    const MAX_ITEMS: usize = 100;
    const HALVE_ON: &'static [u16] = &[524];
}

impl Bulk for operation::BulkTouch {
    type Item = String;
    const LIST: ParamLocation = ParamLocation::Body("keys");
    const KEY: Option<&'static str> = None;
    const MIN_ITEMS: usize = 3;
    const MAX_ITEMS: usize = 10;

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}
