//! A place of a document -> what stands there, past any `$ref`.

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};

use super::{Document, Places};
use crate::check::references::LONGEST_CHAIN;
use crate::pointer::Pointer;

/// All of these give nothing for a `$ref` that leads nowhere, or through as many others as `LONGEST_CHAIN`: reading has
/// reported it.
impl Document {
    /// The schema that stands here or is referred to, and where it is.
    pub fn schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Schema)> {
        self.follow(schema, at, &self.elsewhere.schemas, |components| {
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
                    self.target(reference, &self.elsewhere.schemas, |components| {
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
        self.follow(parameter, at, &self.elsewhere.parameters, |components| {
            &components.parameters
        })
    }

    /// The body that stands here or is referred to, and where it is.
    pub fn request_body<'a>(
        &'a self,
        body: &'a ReferenceOr<RequestBody>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a RequestBody)> {
        self.follow(body, at, &self.elsewhere.request_bodies, |components| {
            &components.request_bodies
        })
    }

    /// The response that stands here or is referred to, and where it is.
    pub fn response<'a>(
        &'a self,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Response)> {
        self.follow(response, at, &self.elsewhere.responses, |components| {
            &components.responses
        })
    }

    /// The header that stands here or is referred to, and where it is.
    pub fn header<'a>(
        &'a self,
        header: &'a ReferenceOr<Header>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Header)> {
        self.follow(header, at, &self.elsewhere.headers, |components| {
            &components.headers
        })
    }

    /// The example that stands here or is referred to, and where it is.
    pub fn example<'a>(
        &'a self,
        example: &'a ReferenceOr<Example>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Example)> {
        self.follow(example, at, &self.elsewhere.examples, |components| {
            &components.examples
        })
    }

    /// The security scheme that stands here or is referred to, and where it is.
    pub fn security_scheme<'a>(
        &'a self,
        scheme: &'a ReferenceOr<SecurityScheme>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a SecurityScheme)> {
        self.follow(scheme, at, &self.elsewhere.security_schemes, |components| {
            &components.security_schemes
        })
    }

    /// The path item that stands here or is referred to, and where it is.
    pub fn path_item<'a>(
        &'a self,
        item: &'a ReferenceOr<PathItem>,
        at: &Pointer,
    ) -> Option<(Pointer, &'a PathItem)> {
        self.follow(item, at, &self.elsewhere.path_items, |_| {
            &self.api.paths.paths
        })
    }

    fn follow<'a, T>(
        &'a self,
        mut item: &'a ReferenceOr<T>,
        at: &Pointer,
        elsewhere: &'a Places<T>,
        section: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(Pointer, &'a T)> {
        let mut at = at.clone();
        for _ in 0..LONGEST_CHAIN {
            match item {
                ReferenceOr::Item(item) => return Some((at, item)),
                ReferenceOr::Reference { reference } => {
                    (item, at) = self.target(reference, elsewhere, &section)?;
                }
            }
        }
        None
    }

    fn target<'a, T>(
        &'a self,
        reference: &str,
        elsewhere: &'a Places<T>,
        section: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(&'a ReferenceOr<T>, Pointer)> {
        let at = self.targets.get(reference)?;
        let components = self.api.components.as_ref();
        let item = elsewhere
            .get(at)
            .or_else(|| section(components?).get(&at.last()))?;
        Some((item, at.clone()))
    }
}
