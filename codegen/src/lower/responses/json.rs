//! JSON results, inside the envelope if the API has one.

use crate::config::{Envelope, OperationConfig};
use crate::ir::{Argument, NullResult, Success, Type};
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::operation::operation_ref::OperationRef;
use crate::lower::responses::response::ResponseContent;
use crate::lower::schema::ResolvedSchema;

impl<'a> OperationLowering<'a> {
    /// True if the content is the envelope of the API.
    pub(in crate::lower) fn is_enveloped(&self, content: &ResponseContent<'a>) -> bool {
        let schema = self.content_schema(content);
        schema.is_some_and(|schema| self.envelope_of(&schema).is_some())
    }

    /// Returns the result type of a JSON response.
    pub(in crate::lower) fn json_result(
        &mut self,
        content: &ResponseContent<'a>,
        operation_ref: &OperationRef<'a>,
        settings: &OperationConfig,
        arguments: &[Argument],
        name_hint: &str,
    ) -> Success {
        let Some(schema) = self.content_schema(content) else {
            return plain_json(Type::Json);
        };
        let Some(envelope) = self.envelope_of(&schema) else {
            return plain_json(
                self.types
                    .type_of(&schema, &format!("{name_hint} response")),
            );
        };
        let Some(result) = schema.properties.get(envelope.result.as_str()) else {
            return Success::Nothing;
        };
        let result = self.types.resolver.resolve_property(result);
        if result.is_free_form_object() {
            return Success::Nothing;
        }
        if let Some(choose) = &settings.choose {
            return self.by_argument(&result, choose, operation_ref, arguments, name_hint);
        }
        if let Some(paging) = self.paging(operation_ref, settings, arguments) {
            return self.page(&result, paging, operation_ref, name_hint);
        }
        let ty = self.types.type_of(&result, &format!("{name_hint} result"));
        let null = self.null_result(&ty, &result, operation_ref, settings, arguments);
        Success::Json {
            ty,
            enveloped: true,
            null,
        }
    }

    fn content_schema(&self, content: &ResponseContent<'a>) -> Option<ResolvedSchema<'a>> {
        let schema = content.object.schema.as_ref()?;
        Some(
            self.types
                .resolver
                .resolve(schema, &content.at.key("schema")),
        )
    }

    /// Returns the envelope of the config, if the schema has its `success` property.
    fn envelope_of(&self, schema: &ResolvedSchema<'a>) -> Option<&'a Envelope> {
        let envelope = self.config.envelope.as_ref();
        envelope.filter(|envelope| schema.properties.contains_key(envelope.success.as_str()))
    }
}

/// JSON without envelope.
fn plain_json(ty: Type) -> Success {
    Success::Json {
        ty,
        enveloped: false,
        null: NullResult::Error,
    }
}
