//! Request bodies: the encoding of the body, and an argument for each part of it.

pub(in crate::lower) mod encoding;
pub(in crate::lower) mod media_type;

use self::media_type::{Media, Offered};
use crate::diagnostic::Diagnostic;
use crate::ir::{Access, Argument, Body, ParamLocation};
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::operation::properties;
use crate::lower::schema::component_name;
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::media_type::{essence, is_json};
use crate::names::Scope;
use crate::pointer::Pointer;

impl<'a> OperationLowering<'a> {
    /// Returns the encoding of the request body, and adds its arguments to `arguments`.
    pub(crate) fn body(
        &mut self,
        found: &Found<'a>,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) -> Body {
        let at = found.at.key("requestBody");
        let Some(body) = &found.operation.request_body else {
            return Body::None;
        };
        let Some((target, body)) = self.document.request_body(body, &at) else {
            return Body::None;
        };
        let offered = self.offered(&body.content, &target.key("content"));
        let first = arguments.len();
        let places = [&at, &target];
        let sent = match &offered {
            Offered {
                json: Some(json), ..
            } => self.json_body(places, json, arguments, scope, hint),
            Offered {
                form: Some(form),
                raw,
                ..
            } => self.form_body(places, form, raw.as_ref(), arguments, scope, hint),
            Offered {
                url_encoded: Some(form),
                ..
            } => self.url_encoded_body(places, form, arguments, scope, hint),
            Offered { raw: Some(raw), .. } => self.raw_body(places, raw, arguments, scope, hint),
            _ => {
                let diagnostic = Diagnostic::warning(
                    "body-without-media-type",
                    &target,
                    "the request body has no media type; no body is sent",
                );
                self.types
                    .diagnostics
                    .push(diagnostic.at_key().help("add a media type under `content`"));
                return Body::None;
            }
        };
        self.tell_unsent(&offered, &sent);
        let description = body.description.as_deref().unwrap_or_default();
        for argument in arguments.iter_mut().skip(first) {
            let is_whole =
                argument.location == ParamLocation::Body && !matches!(sent, Body::Form { .. });
            argument.required_if_body = argument.required && !body.required && !is_whole;
            argument.required &= body.required;
            if argument.docs.is_empty() {
                description.clone_into(&mut argument.docs);
            }
        }
        match sent {
            // Without a required body, no argument means no body, not an empty object.
            Body::Object(name) if !body.required => Body::Json(name),
            sent => sent,
        }
    }

    /// Returns the schema of a JSON request body.
    pub(in crate::lower) fn json_view(&self, found: &Found<'a>) -> Option<ResolvedSchema<'a>> {
        let at = found.at.key("requestBody");
        let body = found.operation.request_body.as_ref()?;
        let (target, body) = self.document.request_body(body, &at)?;
        let Media { at, content, .. } = self.offered(&body.content, &target.key("content")).json?;
        let schema = content.schema.as_ref()?;
        Some(self.types.resolver.resolve(schema, &at.key("schema")))
    }

    fn json_body(
        &mut self,
        places: [&Pointer; 2],
        json: &Media<'a>,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) -> Body {
        let name = json.content_type();
        let view = self.view(json);
        let is_object = view.kind == Some(JsonKind::Object) && !view.properties.is_empty();
        if is_object
            && view.variants.is_empty()
            && view.additional_properties.is_none()
            && !view.nullable
        {
            self.property_arguments(&view, ParamLocation::Property, arguments, scope, hint);
            return Body::Object(name);
        }
        let is_list = view.kind == Some(JsonKind::Array) && !view.nullable;
        self.whole_body(places, json, view, arguments, scope, hint);
        if is_list {
            Body::Items(name)
        } else {
            Body::Json(name)
        }
    }

    /// Multipart form. If the document also has a raw media type, a lone binary part is sent raw.
    fn form_body(
        &mut self,
        places: [&Pointer; 2],
        form: &Media<'a>,
        raw: Option<&Media<'a>>,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) -> Body {
        let view = self.form_view(form);
        let required: Vec<_> = properties(&view)
            .filter(|(_, property)| property.required)
            .collect();
        let is_list =
            |part| self.types.resolver.resolve_property(part).kind == Some(JsonKind::Array);
        let content = match required[..] {
            [(wire, only)] if self.is_content(form, wire, only) && !is_list(only) => Some(wire),
            _ => None,
        };
        if view.properties.is_empty() {
            if let Some(raw) = raw {
                return self.raw_body(places, raw, arguments, scope, hint);
            }
            let text = "the form has no properties; no body is sent";
            let help = "describe its parts under `properties` of its schema";
            self.types.diagnostics.push(
                Diagnostic::warning("form-without-properties", &form.at, text)
                    .at_key()
                    .help(help),
            );
            return Body::None;
        }
        let first = arguments.len();
        self.property_arguments(&view, ParamLocation::Part, arguments, scope, hint);
        let own = arguments.get_mut(first..).unwrap_or_default();
        self.encode_parts(form, &view, own);
        let media_type = form.parts();
        let raw = raw.filter(|_| content.is_some() && media_type.is_none());
        for argument in own {
            if raw.is_some() && content == Some(argument.wire_name.as_str()) {
                argument.location = ParamLocation::Body;
            }
        }
        Body::Form {
            raw: raw.map(|raw| raw.name.to_owned()),
            media_type,
        }
    }

    fn url_encoded_body(
        &mut self,
        places: [&Pointer; 2],
        form: &Media<'a>,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) -> Body {
        let view = self.view(form);
        if view.kind == Some(JsonKind::Array) {
            let text = "a list cannot be sent as a URL-encoded form; no body is sent";
            self.warn_once(Diagnostic::warning("form-of-list", &form.at, text).at_key());
            return Body::None;
        }
        if view.properties.is_empty() || !view.variants.is_empty() {
            self.whole_body(places, form, view, arguments, scope, hint);
            return Body::UrlEncoded;
        }
        let first = arguments.len();
        self.property_arguments(&view, ParamLocation::Part, arguments, scope, hint);
        let own = arguments.get_mut(first..).unwrap_or_default();
        self.encode_pairs(form, &view, own);
        Body::UrlEncoded
    }

    fn raw_body(
        &mut self,
        places: [&Pointer; 2],
        raw: &Media<'a>,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) -> Body {
        let chain = places.map(Pointer::clone).to_vec();
        let mut view = ResolvedSchema::empty(&raw.at, chain);
        view.kind = Some(JsonKind::String);
        view.format = Some("binary".to_owned());
        arguments.push(self.argument("body", &raw.at, &view, ParamLocation::Body, scope, hint));
        Body::Raw(raw.content_type())
    }

    /// Adds one argument for the whole body.
    fn whole_body(
        &mut self,
        places: [&Pointer; 2],
        media: &Media<'a>,
        mut view: ResolvedSchema<'a>,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) {
        let name = component_name(&view.at).unwrap_or_else(|| "body".to_owned());
        let wire = name
            .strip_prefix(self.types.names.strip_prefix)
            .unwrap_or(&name)
            .to_owned();
        view.ref_chain.extend(places.map(Pointer::clone));
        let Media { at, content, .. } = media;
        let example = content
            .example
            .as_ref()
            .or_else(|| self.first_example(&content.examples, at))
            .cloned();
        let hint = format!("{hint} body");
        let mut argument = self.argument(&wire, at, &view, ParamLocation::Body, scope, &hint);
        argument.example = example.or(argument.example);
        arguments.push(argument);
    }

    /// Returns the schema of a media type.
    fn view(&self, media: &Media<'a>) -> ResolvedSchema<'a> {
        match &media.content.schema {
            Some(schema) => self.types.resolver.resolve(schema, &media.at.key("schema")),
            None => ResolvedSchema::empty(&media.at, vec![media.at.clone()]),
        }
    }

    fn property_arguments(
        &mut self,
        view: &ResolvedSchema<'a>,
        place: ParamLocation,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) {
        for (wire, property) in properties(view) {
            let inner = self.types.resolver.resolve_property(property);
            if inner.access == Some(Access::ReadOnly) {
                continue; // sent by the server only
            }
            let mut argument = self.argument(
                wire,
                &property.at,
                &inner,
                place,
                scope,
                &format!("{hint} {wire}"),
            );
            argument.required = property.required;
            arguments.push(argument);
        }
    }
}

impl Media<'_> {
    /// Returns the `Content-Type` to send. A range such as `image/*` is replaced by a default.
    fn content_type(&self) -> String {
        let plain = if is_json(self.name) {
            "application/json"
        } else {
            "application/octet-stream"
        };
        if self.name.contains('*') {
            plain
        } else {
            self.name
        }
        .to_owned()
    }

    /// Returns the multipart subtype if it is not `multipart/form-data`.
    fn parts(&self) -> Option<String> {
        let essence = essence(self.name);
        (essence != "multipart/form-data" && !essence.contains('*')).then_some(essence)
    }
}
