//! What an operation receives when it went well: its 2xx responses -> a result.

use openapiv3::{MediaType, Response, StatusCode};

use super::Lowering;
use super::body::is_json;
use super::operations::Found;
use super::view::{Kind, View};
use crate::config::OperationConfig;
use crate::ir::{Argument, Header, Null, Paging, Shape, Success, Type};
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::problem::Problem;

impl<'a> Lowering<'a> {
    pub(crate) fn success(
        &mut self,
        found: &Found<'a>,
        settings: &OperationConfig,
        arguments: &[Argument],
        hint: &str,
    ) -> Success {
        let Some((at, response)) = self.response(found) else {
            return Success::Nothing;
        };
        let content = at.key("content");
        let json = response.content.iter().find(|(name, _)| is_json(name));
        match (json, response.content.first()) {
            (Some((name, media)), _) => {
                self.json(&content.key(name), media, found, settings, arguments, hint)
            }
            (None, Some((name, media))) => {
                self.binary(&at, response, &content.key(name), media, hint)
            }
            (None, None) => Success::Nothing,
        }
    }

    /// The first 2xx response that has content, else the first 2xx, else the default.
    fn response(&self, found: &Found<'a>) -> Option<(Pointer, &'a Response)> {
        let at = found.at.key("responses");
        let responses = &found.operation.responses;
        let good = responses
            .responses
            .iter()
            .filter_map(|(status, response)| match status {
                StatusCode::Code(200..=299) | StatusCode::Range(2) => self
                    .document
                    .response(response, &at.key(&status.to_string())),
                _ => None,
            });
        let mut good: Vec<(Pointer, &Response)> = good.collect();
        let default = responses
            .default
            .as_ref()
            .and_then(|response| self.document.response(response, &at.key("default")));
        if good.is_empty() {
            good.extend(default);
        }
        let with_content = good
            .iter()
            .position(|(_, response)| !response.content.is_empty());
        (!good.is_empty()).then(|| good.swap_remove(with_content.unwrap_or_default()))
    }

    fn json(
        &mut self,
        at: &Pointer,
        media: &'a MediaType,
        found: &Found<'a>,
        settings: &OperationConfig,
        arguments: &[Argument],
        hint: &str,
    ) -> Success {
        let Some(schema) = &media.schema else {
            return Success::Json {
                ty: Type::Json,
                enveloped: false,
                null: Null::Error,
            };
        };
        let view = View::of(self.document, schema, &at.key("schema"));
        let envelope = self
            .config
            .envelope
            .as_ref()
            .filter(|envelope| view.properties.contains_key(envelope.success.as_str()));
        let Some(envelope) = envelope else {
            let ty = self.type_of(&view, &format!("{hint} response"));
            return Success::Json {
                ty,
                enveloped: false,
                null: Null::Error,
            };
        };
        let Some(result) = view.properties.get(envelope.result.as_str()) else {
            return Success::Nothing;
        };
        let inner = View::of(self.document, result.schema, &result.at);
        if inner.is_bare_object() {
            return Success::Nothing;
        }
        if let Some(choose) = &settings.choose {
            return self.choice(&inner, choose, found, arguments, hint);
        }
        if let Some(by) = self.paging(found, settings, arguments) {
            return match self.type_of(&inner, &format!("{hint} item")) {
                Type::List(item) => Success::Page { item: *item, by },
                ty => {
                    let at = self.operations.place(&found.id).key("paging");
                    let text = format!("the result of {} is no list", found.at);
                    self.problems
                        .push(Problem::error(&at, text).in_config().at_key());
                    Success::Json {
                        ty,
                        enveloped: true,
                        null: Null::Error,
                    }
                }
            };
        }
        let ty = self.type_of(&inner, &format!("{hint} result"));
        let null = self.null(&ty, &inner, found, settings, arguments);
        Success::Json {
            ty,
            enveloped: true,
            null,
        }
    }

    fn null(
        &mut self,
        ty: &Type,
        view: &View<'a>,
        found: &Found<'a>,
        settings: &OperationConfig,
        arguments: &[Argument],
    ) -> Null {
        if !settings.null_result.is_empty() {
            let at = self.operations.place(&found.id).key("null_result");
            let mut pairs = Vec::new();
            for (property, wire) in &settings.null_result {
                let argument = self.argument_named(wire, arguments, &at.key(property));
                if !view.properties.contains_key(property.as_str()) {
                    let text = format!("`{property}` is no property of {}", view.at);
                    self.problems
                        .push(Problem::error(&at.key(property), text).in_config().at_key());
                }
                pairs.extend(
                    argument
                        .map(|argument| (names::snake(property, names::TAKEN_FIELDS), argument)),
                );
            }
            return Null::Arguments(pairs);
        }
        let all_optional = view.kind == Some(Kind::Object)
            && view.properties.values().all(|property| !property.required);
        match ty {
            Type::Option(_) => Null::Default,
            Type::Model(_) if all_optional && view.cases.is_empty() => Null::Default,
            _ => Null::Error,
        }
    }

    fn paging(
        &mut self,
        found: &Found<'a>,
        settings: &OperationConfig,
        arguments: &[Argument],
    ) -> Option<Paging> {
        let paging = settings.paging.as_ref()?;
        let at = self.operations.place(&found.id).key("paging");
        if let Some(cursor) = &paging.cursor {
            return self
                .argument_named(cursor, arguments, &at.key("cursor"))
                .map(Paging::Cursor);
        }
        let page = paging.page.as_ref()?;
        self.argument_named(page, arguments, &at.key("page"))
            .map(Paging::Number)
    }

    fn binary(
        &mut self,
        response_at: &Pointer,
        response: &'a Response,
        at: &Pointer,
        media: &'a MediaType,
        hint: &str,
    ) -> Success {
        let headers = self.headers(response, response_at);
        if headers.is_empty() {
            return Success::Binary { model: None };
        }
        let schema = media
            .schema
            .as_ref()
            .map(|schema| View::of(self.document, schema, &at.key("schema")));
        let chain = schema.map(|view| view.chain).unwrap_or_default();
        let mut view = View::silent(at, [vec![response_at.clone()], chain].concat());
        view.description = Some(&response.description);
        match self.model(&view, &format!("{hint} response"), |_, _| {
            Shape::Binary(headers)
        }) {
            Type::Model(model) => Success::Binary { model: Some(model) },
            _ => Success::Binary { model: None },
        }
    }

    fn headers(&mut self, response: &'a Response, at: &Pointer) -> Vec<Header> {
        let mut scope = Scope::default();
        let mut headers = Vec::new();
        for (wire, header) in &response.headers {
            let at = at.key("headers").key(wire);
            let Some((target, header)) = self.document.header(header, &at) else {
                continue;
            };
            let openapiv3::ParameterSchemaOrContent::Schema(schema) = &header.format else {
                continue;
            };
            let view = View::of(self.document, schema, &target.key("schema"));
            let ty = match view.kind {
                Some(Kind::Integer) => Type::Int,
                Some(Kind::Number) => Type::Float,
                Some(Kind::Boolean) => Type::Bool,
                _ => Type::String,
            };
            let name = names::snake(wire, names::TAKEN_HEADERS);
            headers.push(Header {
                name: self.claim_field(name, &at, &mut scope),
                wire: wire.clone(),
                docs: header
                    .description
                    .as_deref()
                    .or(view.description)
                    .unwrap_or_default()
                    .to_owned(),
                ty,
            });
        }
        headers
    }
}
