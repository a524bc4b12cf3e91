//! JSON results, inside the envelope if the API has one.

use crate::config::Envelope;
use crate::ir::{NullResult, Success, Type};
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::responses::response::ResponseContent;
use crate::lower::schema::ResolvedSchema;

impl<'a> ResponseLowering<'_, 'a> {
    /// True if the content is the envelope of the API.
    pub(in crate::lower) fn is_enveloped(&self, content: &ResponseContent<'a>) -> bool {
        let schema = self.content_schema(content);
        schema.is_some_and(|schema| self.envelope_of(&schema).is_some())
    }

    /// Returns the result type of a JSON response.
    pub(in crate::lower) fn json_result(&mut self, content: &ResponseContent<'a>) -> Success {
        let name_hint = self.name_hint;
        let Some(schema) = self.content_schema(content) else {
            return plain_json(Type::Json);
        };
        let Some(envelope) = self.envelope_of(&schema) else {
            return plain_json(
                self.context
                    .types
                    .type_of(&schema, &format!("{name_hint} response")),
            );
        };
        let Some(result) = schema.properties.get(envelope.result.as_str()) else {
            return Success::Nothing;
        };
        let result = self.context.types.resolver.resolve_property(result);
        if result.is_free_form_object() {
            return Success::Nothing;
        }
        if let Some(choose) = &self.settings.choose {
            return self.by_argument(&result, choose);
        }
        if let Some(paging) = self.paging() {
            return self.page(&result, paging);
        }
        let ty = self
            .context
            .types
            .type_of(&result, &format!("{name_hint} result"));
        let null = self.null_result(&ty, &result);
        Success::Json {
            ty,
            enveloped: true,
            null,
        }
    }

    fn content_schema(&self, content: &ResponseContent<'a>) -> Option<ResolvedSchema<'a>> {
        let schema = content.object.schema.as_ref()?;
        Some(
            self.context
                .types
                .resolver
                .resolve(schema, &content.at.key("schema")),
        )
    }

    /// Returns the envelope of the config, if the schema has its `success` property.
    fn envelope_of(&self, schema: &ResolvedSchema<'a>) -> Option<&'a Envelope> {
        let envelope = self.context.config.envelope.as_ref();
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
