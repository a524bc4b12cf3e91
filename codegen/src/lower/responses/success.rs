//! Result type of an operation, from its success responses.

use openapiv3::{MediaType, Response};

use crate::config::OperationConfig;
use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Header, NullResult, Paging, Shape, Success, Type};
use crate::lower::media::Reading;
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::responses::{Content, Likeness, Offer, Offers};
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl<'a> OperationLowering<'a> {
    /// Returns the result type of an operation.
    pub(crate) fn success(
        &mut self,
        found: &Found<'a>,
        offers: &Offers<'a>,
        settings: &OperationConfig,
        arguments: &[Argument],
        hint: &str,
    ) -> Success {
        let all = &offers.all;
        let mut kinds = Vec::new();
        for likeness in all.iter().map(Offer::likeness) {
            if !kinds.contains(&likeness) {
                kinds.push(likeness);
            }
        }
        let has_binary = kinds.contains(&Likeness::Binary);
        // One result type if all bodies are equal. An empty response next to a binary one is an empty binary.
        let is_alone = kinds.len() == 1
            || has_binary && kinds.len() == 2 && kinds.contains(&Likeness::Nothing);
        let first = all.iter().find(|offer| offer.content.is_some());
        let Some((offer, content)) = first.and_then(|offer| Some((offer, offer.content.as_ref()?)))
        else {
            return Success::Nothing;
        };
        let is_json = content.reading == Reading::Json;
        if is_json && (is_alone || self.is_enveloped(content)) {
            return self.json(&content.at, content.media, found, settings, arguments, hint);
        }
        if !is_alone {
            return self.several(found, all, &kinds, hint);
        }
        match content.reading {
            Reading::Text => Success::Text,
            _ => self.binary(&offer.at, offer.response, &content.at, content.media, hint),
        }
    }

    pub(in crate::lower) fn is_enveloped(&self, content: &Content<'a>) -> bool {
        let envelope = self.config.envelope.as_ref();
        let schema = content.media.schema.as_ref();
        envelope.zip(schema).is_some_and(|(envelope, schema)| {
            let view = self
                .types
                .resolver
                .resolve(schema, &content.at.key("schema"));
            view.properties.contains_key(envelope.success.as_str())
        })
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
                null: NullResult::Error,
            };
        };
        let view = self.types.resolver.resolve(schema, &at.key("schema"));
        let envelope = self
            .config
            .envelope
            .as_ref()
            .filter(|envelope| view.properties.contains_key(envelope.success.as_str()));
        let Some(envelope) = envelope else {
            let ty = self.types.type_of(&view, &format!("{hint} response"));
            return Success::Json {
                ty,
                enveloped: false,
                null: NullResult::Error,
            };
        };
        let Some(result) = view.properties.get(envelope.result.as_str()) else {
            return Success::Nothing;
        };
        let inner = self.types.resolver.resolve_property(result);
        if inner.is_free_form_object() {
            return Success::Nothing;
        }
        if let Some(choose) = &settings.choose {
            return self.choice(&inner, choose, found, arguments, hint);
        }
        if let Some(by) = self.paging(found, settings, arguments) {
            return match self.types.type_of(&inner, &format!("{hint} item")) {
                Type::List(item) => Success::Page { item: *item, by },
                ty => {
                    let at = self.operations.place(&found.id).key("paging");
                    let text = format!(
                        "the result of {} is not a list, but `paging` needs a list",
                        found.at
                    );
                    let help = "describe the result as an array, or remove `paging`";
                    let diagnostic = Diagnostic::error("paged-result-type", &at, text)
                        .in_config()
                        .at_key();
                    self.types.diagnostics.push(diagnostic.help(help));
                    Success::Json {
                        ty,
                        enveloped: true,
                        null: NullResult::Error,
                    }
                }
            };
        }
        let ty = self.types.type_of(&inner, &format!("{hint} result"));
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
        view: &ResolvedSchema<'a>,
        found: &Found<'a>,
        settings: &OperationConfig,
        arguments: &[Argument],
    ) -> NullResult {
        if !settings.null_result.is_empty() {
            let at = self.operations.place(&found.id).key("null_result");
            let mut pairs = Vec::new();
            for (property, wire) in &settings.null_result {
                let argument = self.argument_named(wire, arguments, &at.key(property));
                if !view.properties.contains_key(property.as_str()) {
                    let text = format!("{} has no property `{property}`", view.at);
                    let known = view.properties.keys().copied();
                    let help = did_you_mean(property, known, "a property of the result");
                    let diagnostic =
                        Diagnostic::error("unknown-result-property", &at.key(property), text)
                            .in_config();
                    self.types.diagnostics.push(diagnostic.at_key().help(help));
                }
                pairs
                    .extend(argument.map(|argument| {
                        (names::snake(property, names::RESERVED_FIELDS), argument)
                    }));
            }
            return NullResult::Arguments(pairs);
        }
        let all_optional = view.kind == Some(JsonKind::Object)
            && view.properties.values().all(|property| !property.required);
        match ty {
            Type::Option(_) => NullResult::Default,
            Type::Model(_) if all_optional && view.variants.is_empty() => NullResult::Default,
            _ => NullResult::Error,
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
        let headers = self.named_headers(response, response_at);
        if headers.is_empty() {
            return Success::Binary { model: None };
        }
        let schema = media
            .schema
            .as_ref()
            .map(|schema| self.types.resolver.resolve(schema, &at.key("schema")));
        let chain = schema
            .map(|view| view.ref_chain().cloned().collect())
            .unwrap_or_default();
        let mut view = ResolvedSchema::empty(at, [vec![response_at.clone()], chain].concat());
        view.set_description(Some(&response.description));
        match self
            .types
            .model(&view, &format!("{hint} response"), |_, _| {
                Shape::Binary(headers)
            }) {
            Type::Model(model) => Success::Binary { model: Some(model) },
            _ => Success::Binary { model: None },
        }
    }

    /// Returns the headers of a response with names for their accessors.
    fn named_headers(&mut self, response: &'a Response, at: &Pointer) -> Vec<Header> {
        let mut scope = Scope::default();
        let mut headers = self.headers(response, at);
        for header in &mut headers {
            let at = at.key("headers").key(&header.wire_name);
            let name = names::snake(&header.wire_name, names::RESERVED_HEADERS);
            header.name = self.types.claim_field(name, &at, &mut scope);
        }
        headers
    }

    /// Returns the headers of a response, without names.
    pub(in crate::lower) fn headers(&self, response: &'a Response, at: &Pointer) -> Vec<Header> {
        let mut headers = Vec::new();
        for (wire, header) in &response.headers {
            let at = at.key("headers").key(wire);
            let Some((target, header)) = self.document.header(header, &at) else {
                continue;
            };
            let openapiv3::ParameterSchemaOrContent::Schema(schema) = &header.format else {
                continue;
            };
            let view = self.types.resolver.resolve(schema, &target.key("schema"));
            let ty = match view.kind {
                Some(JsonKind::Integer) if view.is_unsigned() => Type::UInt,
                Some(JsonKind::Integer) => Type::Int,
                Some(JsonKind::Number) => Type::Float,
                Some(JsonKind::Boolean) => Type::Bool,
                _ => Type::String,
            };
            headers.push(Header {
                name: String::new(),
                wire_name: wire.clone(),
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

    /// Returns the headers of all success responses. Empty if the result type has accessors for them.
    pub(in crate::lower) fn unnamed_headers(
        &self,
        offers: &Offers<'a>,
        success: &Success,
    ) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::new();
        if matches!(success, Success::Binary { model: Some(_) }) {
            return headers;
        }
        for offer in &offers.all {
            for header in self.headers(offer.response, &offer.at) {
                let is_same =
                    |other: &Header| other.wire_name.eq_ignore_ascii_case(&header.wire_name);
                if !headers.iter().any(is_same) {
                    headers.push(header);
                }
            }
        }
        headers
    }
}
