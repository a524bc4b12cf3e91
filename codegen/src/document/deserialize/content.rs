//! Deserialization of responses, bodies, parameters, headers and their content.

use indexmap::IndexMap;
use openapiv3::{
    Encoding, Example, Header, MediaType, Parameter, ParameterData, ParameterSchemaOrContent,
    ReferenceOr, RequestBody, Response, SecurityScheme,
};
use serde_json::{Map, Value};

use super::deserializer::{Deserializer, Object, take};
use crate::pointer::Location;

impl Deserializer<'_> {
    pub(in crate::document) fn response(
        &mut self,
        mut object: Object,
        at: &Location<'_>,
    ) -> Option<Response> {
        object.remove("links");
        let content = object.remove("content");
        let headers = object.remove("headers");
        let response: Response = self.shallow(object, at)?;
        let content = self.content(content, at);
        let headers = self.references(headers, &at.key("headers"), Self::header);
        Some(Response {
            content,
            headers,
            ..response
        })
    }

    pub(in crate::document) fn request_body(
        &mut self,
        mut object: Object,
        at: &Location<'_>,
    ) -> Option<RequestBody> {
        let content = object.remove("content");
        let body: RequestBody = self.shallow(object, at)?;
        Some(RequestBody {
            content: self.content(content, at),
            ..body
        })
    }

    pub(in crate::document) fn parameter(
        &mut self,
        mut object: Object,
        at: &Location<'_>,
    ) -> Option<Parameter> {
        let format = self.format(&mut object, at);
        let examples = self.examples(&mut object, at);
        let mut parameter: Parameter = self.shallow(object, at)?;
        let data = parameter_data(&mut parameter);
        data.format = format?;
        data.examples = examples;
        Some(parameter)
    }

    pub(in crate::document) fn header(
        &mut self,
        mut object: Object,
        at: &Location<'_>,
    ) -> Option<Header> {
        let format = self.format(&mut object, at);
        let examples = self.examples(&mut object, at);
        let header: Header = self.shallow(object, at)?;
        Some(Header {
            format: format?,
            examples,
            ..header
        })
    }

    /// Takes the schema or content of a parameter or a header, and leaves an empty schema.
    fn format(
        &mut self,
        object: &mut Object,
        at: &Location<'_>,
    ) -> Option<ParameterSchemaOrContent> {
        let content = take(object, "content");
        let schema = take(object, "schema");
        object.insert("schema".to_owned(), Value::Object(Map::new()));
        match (schema, content) {
            (None, Some(content)) => Some(ParameterSchemaOrContent::Content(
                self.content(Some(content), at),
            )),
            (schema, _) => {
                let schema = schema.unwrap_or_else(|| Value::Object(Map::new()));
                self.or_reference(schema, &at.key("schema"), Self::schema)
                    .map(ParameterSchemaOrContent::Schema)
            }
        }
    }

    fn content(
        &mut self,
        content: Option<Value>,
        at: &Location<'_>,
    ) -> IndexMap<String, MediaType> {
        self.map(content, &at.key("content"), |this, media, at| {
            this.object(media, at, Self::media_type)
        })
    }

    fn media_type(&mut self, mut object: Object, at: &Location<'_>) -> Option<MediaType> {
        let schema = take(&mut object, "schema");
        let encoding = object.remove("encoding");
        let examples = self.examples(&mut object, at);
        let media: MediaType = self.shallow(object, at)?;
        let schema =
            schema.and_then(|schema| self.or_reference(schema, &at.key("schema"), Self::schema));
        let encoding = self.map(encoding, &at.key("encoding"), |this, value, at| {
            this.object(value, at, Self::encoding)
        });
        Some(MediaType {
            schema,
            encoding,
            examples,
            ..media
        })
    }

    fn encoding(&mut self, mut object: Object, at: &Location<'_>) -> Option<Encoding> {
        let headers = object.remove("headers");
        // The default depends on the style, but the type has a plain boolean.
        let style = object.get("style").and_then(Value::as_str);
        let is_form = style.is_none_or(|style| style == "form");
        if object.get("explode").is_none_or(Value::is_null) {
            object.insert("explode".to_owned(), is_form.into());
        }
        let encoding: Encoding = self.shallow(object, at)?;
        Some(Encoding {
            headers: self.references(headers, &at.key("headers"), Self::header),
            ..encoding
        })
    }

    fn examples(
        &mut self,
        object: &mut Object,
        at: &Location<'_>,
    ) -> IndexMap<String, ReferenceOr<Example>> {
        self.references(
            object.remove("examples"),
            &at.key("examples"),
            Self::example,
        )
    }

    pub(in crate::document) fn example(
        &mut self,
        object: Object,
        at: &Location<'_>,
    ) -> Option<Example> {
        self.shallow(object, at)
    }

    pub(in crate::document) fn security_scheme(
        &mut self,
        object: Object,
        at: &Location<'_>,
    ) -> Option<SecurityScheme> {
        self.shallow(object, at)
    }
}

fn parameter_data(parameter: &mut Parameter) -> &mut ParameterData {
    match parameter {
        Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. } => parameter_data,
    }
}
