//! Collects the examples of a document with their types.

mod schemas;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{Example, MediaType, ParameterSchemaOrContent, ReferenceOr, Schema};
use serde_json::Value;

use crate::ir::{ModelId, Shape, Type};
use crate::lower::operation_ref::{OperationRef, operations_of};
use crate::lower::schema::JsonKind;
use crate::lower::types::TypeLowering;
use crate::media_type::{allows_json, is_form};
use crate::pointer::Pointer;

/// An example.
pub(crate) struct Sample {
    /// Location of the example.
    pub(crate) at: Pointer,
    /// Location of its schema.
    pub(crate) schema: Pointer,
    /// Type of its schema.
    pub(crate) ty: Type,
    pub(crate) value: Value,
}

impl TypeLowering<'_> {
    /// Returns the examples of all schemas that have a type. `has_envelope` is true if results are inside an envelope.
    pub(in crate::lower) fn samples(&mut self, has_envelope: bool) -> Vec<Sample> {
        let emitted = self
            .registry
            .finished()
            .filter(|(_, model)| match model.shape {
                Shape::Struct(_) | Shape::Enum(_) | Shape::OneOf(_) => true,
                // These are not decoded from a JSON body alone.
                Shape::ByArgument { .. }
                | Shape::Binary(_)
                | Shape::ResponseEnum(_)
                | Shape::Alias(_) => false,
            });
        let mut walk = Walk {
            emitted: emitted.map(|(id, _)| id).collect(),
            types: self,
            has_envelope,
            seen: HashSet::new(),
            branches: HashSet::new(),
            samples: Vec::new(),
        };
        for operation_ref in operations_of(walk.types.resolver.document) {
            walk.operation(&operation_ref);
        }
        walk.samples
    }
}

struct Walk<'l, 'a> {
    types: &'l mut TypeLowering<'a>,
    /// True if results are inside an envelope.
    has_envelope: bool,
    /// The models that can be decoded from JSON alone.
    emitted: HashSet<ModelId>,
    /// Locations whose examples are collected.
    seen: HashSet<Pointer>,
    /// Branches of `allOf` whose properties are visited.
    branches: HashSet<Pointer>,
    samples: Vec<Sample>,
}

impl<'a> Walk<'_, 'a> {
    fn operation(&mut self, operation_ref: &OperationRef<'a>) {
        let document = self.types.resolver.document;
        for (list, at) in operation_ref.parameters() {
            for (i, parameter) in list.iter().enumerate() {
                let Some((at, parameter)) = document.parameter(parameter, &at.index(i)) else {
                    continue;
                };
                let data = parameter.parameter_data_ref();
                if let ParameterSchemaOrContent::Schema(schema) = &data.format {
                    let first = self.samples.len();
                    let examples = self.examples_of(data.example.as_ref(), &data.examples, &at);
                    self.add(examples, schema, &at.key("schema"), false);
                    self.remove_text(first);
                }
            }
        }
        let at = operation_ref.at.key("requestBody");
        let body = operation_ref.operation.request_body.as_ref();
        if let Some((at, body)) = body.and_then(|body| document.request_body(body, &at)) {
            // A request object has no type if each of its properties is an argument.
            self.content(&body.content, &at, true);
        }
        let at = operation_ref.at.key("responses");
        let responses = &operation_ref.operation.responses;
        let listed = responses.responses.iter();
        let listed = listed.map(|(status, response)| (status.to_string(), response));
        let default = responses.default.iter();
        for (status, response) in listed.chain(default.map(|one| ("default".to_owned(), one))) {
            if let Some((at, response)) = document.response(response, &at.key(&status)) {
                // Envelopes have no type.
                let split = self.has_envelope;
                self.content(&response.content, &at, split);
            }
        }
    }

    fn content(&mut self, content: &'a IndexMap<String, MediaType>, at: &Pointer, split: bool) {
        for (name, media) in content {
            let at = at.key("content").key(name);
            if let Some(schema) = &media.schema
                && (allows_json(name) || is_form(name))
            {
                let first = self.samples.len();
                let mut examples = self.examples_of(media.example.as_ref(), &media.examples, &at);
                let schema_at = at.key("schema");
                let view = self.types.resolver.resolve(schema, &schema_at);
                if allows_json(name) && view.kind != Some(JsonKind::String) {
                    for (_, value) in &mut examples {
                        decode_json_text(value);
                    }
                }
                self.add(examples, schema, &schema_at, split);
                if !allows_json(name) {
                    self.remove_text(first);
                }
            }
        }
    }

    /// Removes examples like `"true"`, which are text on the wire and no JSON.
    fn remove_text(&mut self, first: usize) {
        let samples = self.samples.split_off(first);
        let json = samples.into_iter().filter(|sample| {
            let mut ty = &sample.ty;
            while let Type::Option(some) = ty {
                ty = some;
            }
            let is_other =
                ty.is_integer() || matches!(ty, Type::Bool | Type::Float | Type::List(_));
            !(is_other && sample.value.is_string())
        });
        self.samples.extend(json);
    }

    /// Returns the examples next to a schema.
    fn examples_of(
        &mut self,
        example: Option<&'a Value>,
        examples: &'a IndexMap<String, ReferenceOr<Example>>,
        at: &Pointer,
    ) -> Vec<(Pointer, Cow<'a, Value>)> {
        let one = example.map(|value| (at.key("example"), value));
        let more = examples.iter().filter_map(|(name, example)| {
            let at = at.key("examples").key(name);
            let (at, example) = self.types.resolver.document.example(example, &at)?;
            Some((at.key("value"), example.value.as_ref()?))
        });
        let all = one.into_iter().chain(more);
        all.filter(|(at, _)| self.seen.insert(at.clone()))
            .map(|(at, value)| (at, Cow::Borrowed(value)))
            .collect()
    }

    /// Collects the examples of a schema: those next to it and those in it. With `split`, examples of an object without a type
    /// are split by property.
    fn add(
        &mut self,
        examples: Vec<(Pointer, Cow<'a, Value>)>,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
        split: bool,
    ) {
        let ty = self.ty(schema.into(), at);
        if let Some(ty) = ty {
            let samples = examples.into_iter().map(|(example, value)| Sample {
                at: example,
                schema: at.clone(),
                ty: ty.clone(),
                value: value.into_owned(),
            });
            self.samples.extend(samples);
            self.schema(schema.into(), at);
        } else if split {
            let view = self.types.resolver.resolve(schema, at);
            for (name, property) in &view.properties {
                let (at, schema) = (&property.at, property.schema);
                let view = self.types.resolver.resolve_property(property);
                let ty = self.types.type_of(&view, "example");
                if !self.is_emitted(&ty) {
                    continue;
                }
                let part = |(example, value): &(Pointer, Cow<'_, Value>)| {
                    Some(Sample {
                        at: example.key(name),
                        schema: at.clone(),
                        ty: ty.clone(),
                        value: value.get(name)?.clone(),
                    })
                };
                self.samples.extend(examples.iter().filter_map(part));
                self.schema(schema, at);
            }
        }
    }
}

/// Decodes an object or a list that is given as JSON text.
fn decode_json_text(value: &mut Cow<'_, Value>) {
    if let Some(text) = value.as_str()
        && text.trim_start().starts_with(['{', '['])
        && let Ok(inner) = serde_json::from_str(text)
    {
        *value = Cow::Owned(inner);
    }
}
