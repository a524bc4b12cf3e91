//! Collection of the targets of `$ref`s that are not components.

use serde_json::{Map, Value};

use super::deserialize::Deserializer;
use super::model::{ByPointer, ReferencedObjects};
use crate::metaschema::ObjectSpec;
use crate::metaschema::openapi::{
    EXAMPLE, HEADER, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME,
};
use crate::pointer::{Location, Pointer};
use crate::validate::Target;

impl ReferencedObjects {
    /// Adds the target of a `$ref`, unless it is a component.
    pub(super) fn insert(
        &mut self,
        root: &Value,
        target: &Target,
        deserializer: &mut Deserializer<'_>,
    ) {
        let Some(value) = target.at.get(root) else {
            return;
        };
        let mut insertion = Insertion {
            value,
            target,
            deserializer,
        };
        insertion.add(&SCHEMA, "schemas", &mut self.schemas, Deserializer::schema);
        insertion.add(
            &PARAMETER,
            "parameters",
            &mut self.parameters,
            Deserializer::parameter,
        );
        insertion.add(
            &REQUEST_BODY,
            "requestBodies",
            &mut self.request_bodies,
            Deserializer::request_body,
        );
        insertion.add(
            &RESPONSE,
            "responses",
            &mut self.responses,
            Deserializer::response,
        );
        insertion.add(&HEADER, "headers", &mut self.headers, Deserializer::header);
        insertion.add(
            &EXAMPLE,
            "examples",
            &mut self.examples,
            Deserializer::example,
        );
        insertion.add(
            &SECURITY_SCHEME,
            "securitySchemes",
            &mut self.security_schemes,
            Deserializer::security_scheme,
        );
        insertion.add(
            &PATH_ITEM,
            "",
            &mut self.path_items,
            Deserializer::path_item,
        );
    }
}

struct Insertion<'i, 'd> {
    value: &'i Value,
    target: &'i Target,
    deserializer: &'i mut Deserializer<'d>,
}

impl<'d> Insertion<'_, 'd> {
    /// Adds the target to `objects` if it is described by `spec`.
    fn add<T>(
        &mut self,
        spec: &ObjectSpec,
        section: &str,
        objects: &mut ByPointer<T>,
        read: impl Fn(&mut Deserializer<'d>, Map<String, Value>, &Location<'_>) -> Option<T>,
    ) {
        let at = &self.target.at;
        let is_component = at.parent() == Some(Pointer::root().key("components").key(section));
        if self.target.spec != spec || is_component || objects.contains_key(at) {
            return;
        }
        let value = self.value.clone();
        let object = self
            .deserializer
            .or_reference(value, &Location::Pointer(at), read);
        objects.extend(object.map(|object| (at.clone(), object)));
    }
}
