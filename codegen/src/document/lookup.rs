//! Resolution of `$ref`s.

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};

use super::model::{ByPointer, Document};
use crate::pointer::Pointer;
use crate::validate::MAX_REFERENCE_CHAIN;

/// Each method returns an object, or the target of its `$ref`, with its location. It returns `None` for a `$ref` without a
/// target, which validation has reported.
impl Document {
    /// Resolves a schema.
    pub fn schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Schema)> {
        self.follow(schema, at, &self.referenced.schemas, |components| {
            &components.schemas
        })
    }

    /// Resolves a boxed schema.
    pub fn boxed_schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Schema)> {
        match schema {
            ReferenceOr::Item(schema) => Some((at.clone(), schema)),
            ReferenceOr::Reference { reference } => {
                let (schema, at) =
                    self.target(reference, &self.referenced.schemas, |components| {
                        &components.schemas
                    })?;
                self.schema(schema, &at)
            }
        }
    }

    /// Resolves a parameter.
    pub fn parameter<'a>(
        &'a self,
        parameter: &'a ReferenceOr<Parameter>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Parameter)> {
        self.follow(parameter, at, &self.referenced.parameters, |components| {
            &components.parameters
        })
    }

    /// Resolves a body.
    pub fn request_body<'a>(
        &'a self,
        body: &'a ReferenceOr<RequestBody>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a RequestBody)> {
        self.follow(body, at, &self.referenced.request_bodies, |components| {
            &components.request_bodies
        })
    }

    /// Resolves a response.
    pub fn response<'a>(
        &'a self,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Response)> {
        self.follow(response, at, &self.referenced.responses, |components| {
            &components.responses
        })
    }

    /// Resolves a header.
    pub fn header<'a>(
        &'a self,
        header: &'a ReferenceOr<Header>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Header)> {
        self.follow(header, at, &self.referenced.headers, |components| {
            &components.headers
        })
    }

    /// Resolves a example.
    pub fn example<'a>(
        &'a self,
        example: &'a ReferenceOr<Example>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Example)> {
        self.follow(example, at, &self.referenced.examples, |components| {
            &components.examples
        })
    }

    /// Resolves a security scheme.
    pub fn security_scheme<'a>(
        &'a self,
        scheme: &'a ReferenceOr<SecurityScheme>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a SecurityScheme)> {
        self.follow(
            scheme,
            at,
            &self.referenced.security_schemes,
            |components| &components.security_schemes,
        )
    }

    /// Resolves a path item.
    pub fn path_item<'a>(
        &'a self,
        item: &'a ReferenceOr<PathItem>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a PathItem)> {
        self.follow(item, at, &self.referenced.path_items, |_| {
            &self.api.paths.paths
        })
    }

    fn follow<'a, T>(
        &'a self,
        mut item: &'a ReferenceOr<T>,
        at: &Pointer,
        referenced: &'a ByPointer<T>,
        section: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(Pointer, &'a T)> {
        let mut at = at.clone();
        for _ in 0..MAX_REFERENCE_CHAIN {
            match item {
                ReferenceOr::Item(item) => return Some((at, item)),
                ReferenceOr::Reference { reference } => {
                    (item, at) = self.target(reference, referenced, &section)?;
                }
            }
        }
        None
    }

    fn target<'a, T>(
        &'a self,
        reference: &str,
        referenced: &'a ByPointer<T>,
        section: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(&'a ReferenceOr<T>, Pointer)> {
        let at = self.targets.get(reference)?;
        let components = self.api.components.as_ref();
        let item = referenced
            .get(at)
            .or_else(|| section(components?).get(&at.last()))?;
        Some((item, at.clone()))
    }
}
