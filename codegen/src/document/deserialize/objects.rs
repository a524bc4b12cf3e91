//! Deserialization of the document, its components, path items and operations.

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, Responses};
use serde_json::{Map, Value};

use super::deserializer::{Deserializer, Object, take};
use crate::pointer::Location;

impl Deserializer<'_> {
    pub(in crate::document) fn document(&mut self, mut root: Object) -> Option<OpenAPI> {
        let at = Location::Root;
        let components = root.remove("components");
        let paths = root.insert("paths".to_owned(), Value::Object(Map::new()));
        let mut api: OpenAPI = self.shallow(root, &at)?;
        let (paths, extensions): (Object, Object) = self
            .entries(paths, &at.key("paths"))
            .into_iter()
            .partition(|(path, _)| path.starts_with('/'));
        api.paths.paths = self.path_items(Some(Value::Object(paths)), &at.key("paths"));
        api.paths.extensions = extensions
            .into_iter()
            .filter(|(key, _)| key.starts_with("x-"))
            .collect();
        if let Some(components) = components {
            let at = at.key("components");
            let entries = self.entries(Some(components), &at);
            api.components = self.components(entries, &at);
        }
        Some(api)
    }

    fn components(&mut self, mut object: Object, at: &Location<'_>) -> Option<Components> {
        // A client receives no requests, and links have no effect on types.
        object.remove("callbacks");
        object.remove("links");
        let mut take = |section: &str| object.remove(section);
        let schemas = self.references(take("schemas"), &at.key("schemas"), Self::schema);
        let responses = self.references(take("responses"), &at.key("responses"), Self::response);
        let parameters =
            self.references(take("parameters"), &at.key("parameters"), Self::parameter);
        let examples = self.references(take("examples"), &at.key("examples"), Self::example);
        let request_bodies = self.references(
            take("requestBodies"),
            &at.key("requestBodies"),
            Self::request_body,
        );
        let headers = self.references(take("headers"), &at.key("headers"), Self::header);
        let security_schemes = self.references(
            take("securitySchemes"),
            &at.key("securitySchemes"),
            Self::security_scheme,
        );
        let components: Components = self.shallow(object, at)?;
        Some(Components {
            schemas,
            responses,
            parameters,
            examples,
            request_bodies,
            headers,
            security_schemes,
            ..components
        })
    }

    pub(in crate::document) fn path_items(
        &mut self,
        items: Option<Value>,
        at: &Location<'_>,
    ) -> IndexMap<String, ReferenceOr<PathItem>> {
        self.map(items, at, |this, item, at| {
            this.or_reference(item, at, Self::path_item)
        })
    }

    pub(in crate::document) fn path_item(
        &mut self,
        mut object: Object,
        at: &Location<'_>,
    ) -> Option<PathItem> {
        let parameters = object.remove("parameters");
        let mut operation = |method: &str| {
            let at = at.key(method);
            let operation = take(&mut object, method)?;
            self.object(operation, &at, Self::operation)
        };
        let [get, put, post, delete, options, head, patch, trace] = [
            "get", "put", "post", "delete", "options", "head", "patch", "trace",
        ]
        .map(&mut operation);
        let parameters = self.parameters(parameters, at);
        let item: PathItem = self.shallow(object, at)?;
        Some(PathItem {
            get,
            put,
            post,
            delete,
            options,
            head,
            patch,
            trace,
            parameters,
            ..item
        })
    }

    fn operation(&mut self, mut object: Object, at: &Location<'_>) -> Option<Operation> {
        object.remove("callbacks");
        let parameters = object.remove("parameters");
        let body = take(&mut object, "requestBody");
        let responses = object.insert("responses".to_owned(), Value::Object(Map::new()));
        let operation: Operation = self.shallow(object, at)?;
        let body_at = at.key("requestBody");
        let request_body =
            body.and_then(|body| self.or_reference(body, &body_at, Self::request_body));
        let parameters = self.parameters(parameters, at);
        let responses = self.responses(responses, &at.key("responses"));
        Some(Operation {
            parameters,
            request_body,
            responses,
            ..operation
        })
    }

    fn parameters(
        &mut self,
        list: Option<Value>,
        at: &Location<'_>,
    ) -> Vec<ReferenceOr<Parameter>> {
        self.list(list, &at.key("parameters"), |this, item, at| {
            this.or_reference(item, at, Self::parameter)
        })
    }

    fn responses(&mut self, responses: Option<Value>, at: &Location<'_>) -> Responses {
        let mut result = Responses::default();
        let present = |(_, response): &(String, Value)| !response.is_null();
        for (status, response) in self.entries(responses, at).into_iter().filter(present) {
            if status.starts_with("x-") {
                result.extensions.insert(status, response);
                continue;
            }
            let Some(response) = self.or_reference(response, &at.key(&status), Self::response)
            else {
                continue;
            };
            if status == "default" {
                result.default = Some(response);
                continue;
            }
            match serde_json::from_value(Value::String(status.clone())) {
                Ok(code) => {
                    result.responses.insert(code, response);
                }
                Err(error) => self.fail(&error, &at.key(&status)),
            }
        }
        result
    }
}
