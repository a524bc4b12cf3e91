//! A place of a document -> what stands there, past any `$ref`.

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};

use super::{Document, Places};
use crate::pointer::Pointer;
use crate::validate::references::LONGEST_CHAIN;

/// All of these give nothing for a `$ref` that leads nowhere, or through as many others as `LONGEST_CHAIN`: reading has
/// reported it.
impl Document {
    /// The schema that stands here or is referred to, and where it is.
    pub fn schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Schema)> {
        self.follow(schema, at, &self.related_locations.schemas, |components| {
            &components.schemas
        })
    }

    /// Like [`schema`](Self::schema), for those that stand in a box.
    pub fn boxed_schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Schema)> {
        match schema {
            ReferenceOr::Item(schema) => Some((at.clone(), schema)),
            ReferenceOr::Reference { reference } => {
                let (schema, at) =
                    self.target(reference, &self.related_locations.schemas, |components| {
                        &components.schemas
                    })?;
                self.schema(schema, &at)
            }
        }
    }

    /// The parameter that stands here or is referred to, and where it is.
    pub fn parameter<'a>(
        &'a self,
        parameter: &'a ReferenceOr<Parameter>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Parameter)> {
        self.follow(
            parameter,
            at,
            &self.related_locations.parameters,
            |components| &components.parameters,
        )
    }

    /// The body that stands here or is referred to, and where it is.
    pub fn request_body<'a>(
        &'a self,
        body: &'a ReferenceOr<RequestBody>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a RequestBody)> {
        self.follow(
            body,
            at,
            &self.related_locations.request_bodies,
            |components| &components.request_bodies,
        )
    }

    /// The response that stands here or is referred to, and where it is.
    pub fn response<'a>(
        &'a self,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Response)> {
        self.follow(
            response,
            at,
            &self.related_locations.responses,
            |components| &components.responses,
        )
    }

    /// The header that stands here or is referred to, and where it is.
    pub fn header<'a>(
        &'a self,
        header: &'a ReferenceOr<Header>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Header)> {
        self.follow(header, at, &self.related_locations.headers, |components| {
            &components.headers
        })
    }

    /// The example that stands here or is referred to, and where it is.
    pub fn example<'a>(
        &'a self,
        example: &'a ReferenceOr<Example>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Example)> {
        self.follow(
            example,
            at,
            &self.related_locations.examples,
            |components| &components.examples,
        )
    }

    /// The security scheme that stands here or is referred to, and where it is.
    pub fn security_scheme<'a>(
        &'a self,
        scheme: &'a ReferenceOr<SecurityScheme>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a SecurityScheme)> {
        self.follow(
            scheme,
            at,
            &self.related_locations.security_schemes,
            |components| &components.security_schemes,
        )
    }

    /// The path item that stands here or is referred to, and where it is.
    pub fn path_item<'a>(
        &'a self,
        item: &'a ReferenceOr<PathItem>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a PathItem)> {
        self.follow(item, at, &self.related_locations.path_items, |_| {
            &self.api.paths.paths
        })
    }

    fn follow<'a, T>(
        &'a self,
        mut item: &'a ReferenceOr<T>,
        at: &Pointer,
        related_locations: &'a Places<T>,
        section: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(Pointer, &'a T)> {
        let mut at = at.clone();
        for _ in 0..LONGEST_CHAIN {
            match item {
                ReferenceOr::Item(item) => return Some((at, item)),
                ReferenceOr::Reference { reference } => {
                    (item, at) = self.target(reference, related_locations, &section)?;
                }
            }
        }
        None
    }

    fn target<'a, T>(
        &'a self,
        reference: &str,
        related_locations: &'a Places<T>,
        section: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(&'a ReferenceOr<T>, Pointer)> {
        let at = self.targets.get(reference)?;
        let components = self.api.components.as_ref();
        let item = related_locations
            .get(at)
            .or_else(|| section(components?).get(&at.last()))?;
        Some((item, at.clone()))
    }
}
