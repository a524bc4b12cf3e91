//! A parsed document.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    Example, Header, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};

use super::untagged::Untagged;
use crate::pointer::Pointer;

/// A valid document. Every `$ref` has a target.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The document.
    pub api: OpenAPI,
    /// Webhooks by name.
    pub(crate) webhooks: IndexMap<String, ReferenceOr<PathItem>>,
    /// Target of each `$ref`, by its text.
    pub(super) targets: HashMap<String, Pointer>,
    pub(super) referenced: ReferencedObjects,
    pub(crate) untagged: Untagged,
    /// True if only some operations are selected.
    pub(crate) partial: bool,
}

/// Targets of `$ref`s that are not components.
#[derive(Clone, Debug, Default)]
pub(super) struct ReferencedObjects {
    pub(super) schemas: ByPointer<Schema>,
    pub(super) parameters: ByPointer<Parameter>,
    pub(super) request_bodies: ByPointer<RequestBody>,
    pub(super) responses: ByPointer<Response>,
    pub(super) headers: ByPointer<Header>,
    pub(super) examples: ByPointer<Example>,
    pub(super) security_schemes: ByPointer<SecurityScheme>,
    pub(super) path_items: ByPointer<PathItem>,
}

pub(super) type ByPointer<T> = HashMap<Pointer, ReferenceOr<T>>;
