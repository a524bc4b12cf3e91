//! What an operation sends: its request body -> a form of body, and arguments.

use openapiv3::MediaType;

use super::Lowering;
use super::operations::{Found, properties};
use super::types::component;
use super::view::{Kind, View};
use crate::ir::{Argument, Body, OneWay, Place};
use crate::names::Scope;
use crate::pointer::Pointer;
use crate::problem::Problem;

/// The media types of a request body that can be sent.
#[derive(Default)]
struct Offered<'a> {
    json: Option<(Pointer, &'a MediaType)>,
    form: Option<(Pointer, &'a MediaType)>,
    raw: Option<(Pointer, String)>,
}

impl<'a> Lowering<'a> {
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
        let offered = offered(&body.content, &target.key("content"));
        let first = arguments.len();
        let sent = if let Some((media_at, media)) = &offered.json {
            self.json_body(&[&at, &target], media_at, media, arguments, scope, hint)
        } else if let Some((media_at, media)) = &offered.form {
            let raw = offered.raw.map(|(_, name)| name);
            self.form_body(media_at, media, raw, arguments, scope, hint)
        } else if let Some((media_at, name)) = offered.raw {
            let mut view = View::silent(&media_at, vec![at, target]);
            view.kind = Some(Kind::String);
            view.format = Some("binary".to_owned());
            arguments.push(self.argument("body", &media_at, &view, Place::Body, scope, hint));
            Body::Raw(name)
        } else {
            let names: Vec<&str> = body.content.keys().map(String::as_str).collect();
            let text = format!(
                "no body is sent: {} cannot be",
                if names.is_empty() {
                    "nothing".to_owned()
                } else {
                    names.join(", ")
                }
            );
            self.problems.push(Problem::warning(&target, text));
            return Body::None;
        };
        let description = body.description.as_deref().unwrap_or_default();
        for argument in arguments.iter_mut().skip(first) {
            argument.required &= body.required;
            if argument.docs.is_empty() {
                description.clone_into(&mut argument.docs);
            }
        }
        sent
    }

    /// What a body of JSON looks like.
    pub(super) fn json_view(&self, found: &Found<'a>) -> Option<View<'a>> {
        let at = found.at.key("requestBody");
        let body = found.operation.request_body.as_ref()?;
        let (target, body) = self.document.request_body(body, &at)?;
        let (at, media) = offered(&body.content, &target.key("content")).json?;
        let schema = media.schema.as_ref()?;
        Some(View::of(self.document, schema, &at.key("schema")))
    }

    fn json_body(
        &mut self,
        places: &[&Pointer],
        at: &Pointer,
        media: &'a MediaType,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) -> Body {
        let Some(schema) = &media.schema else {
            self.problems
                .push(Problem::warning(at, "no body is sent: it has no schema"));
            return Body::None;
        };
        let mut view = View::of(self.document, schema, &at.key("schema"));
        let is_object = view.kind == Some(Kind::Object) && !view.properties.is_empty();
        if is_object && view.cases.is_empty() && view.others.is_none() && !view.nullable {
            self.property_arguments(&view, Place::Property, arguments, scope, hint);
            return Body::Object;
        }
        let name = component(&view.at).unwrap_or_else(|| "body".to_owned());
        let wire = name
            .strip_prefix(self.strip_prefix())
            .unwrap_or(&name)
            .to_owned();
        view.chain
            .extend(places.iter().map(|place| (*place).clone()));
        let example = media
            .example
            .as_ref()
            .or_else(|| self.first_example(&media.examples, at))
            .cloned();
        let mut argument = self.argument(
            &wire,
            at,
            &view,
            Place::Body,
            scope,
            &format!("{hint} body"),
        );
        argument.example = example.or(argument.example);
        arguments.push(argument);
        if view.kind == Some(Kind::Array) && !view.nullable {
            Body::Items
        } else {
            Body::Json
        }
    }

    /// One binary part that must be there, and others that may be.
    fn form_body(
        &mut self,
        at: &Pointer,
        media: &'a MediaType,
        raw: Option<String>,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) -> Body {
        let view = media
            .schema
            .as_ref()
            .map(|schema| View::of(self.document, schema, &at.key("schema")));
        let required: Vec<&str> = view
            .iter()
            .flat_map(properties)
            .filter(|(.., required)| *required)
            .map(|(wire, ..)| wire)
            .collect();
        let ([value], Some(view)) = (required.as_slice(), &view) else {
            let text = "no body is sent: a form that does not consist of one required binary part and optional ones";
            self.problems.push(Problem::warning(at, text));
            return Body::None;
        };
        let first = arguments.len();
        self.property_arguments(view, Place::Part, arguments, scope, hint);
        for argument in arguments
            .iter_mut()
            .skip(first)
            .filter(|argument| argument.wire == *value)
        {
            argument.place = Place::Body;
        }
        Body::Form { raw }
    }

    fn property_arguments(
        &mut self,
        view: &View<'a>,
        place: Place,
        arguments: &mut Vec<Argument>,
        scope: &mut Scope,
        hint: &str,
    ) {
        for (wire, at, schema, required) in properties(view) {
            let inner = View::of(self.document, schema, at);
            if inner.one_way == Some(OneWay::Received) {
                continue;
            }
            let mut argument =
                self.argument(wire, at, &inner, place, scope, &format!("{hint} {wire}"));
            argument.required = required;
            arguments.push(argument);
        }
    }
}

/// JSON before forms before anything else.
fn offered<'a>(content: &'a openapiv3::Content, at: &Pointer) -> Offered<'a> {
    let mut offered = Offered::default();
    for (name, media) in content {
        let at = at.key(name);
        let essence = essence(name);
        if is_json(&essence) {
            offered.json.get_or_insert((at, media));
        } else if essence == "multipart/form-data" {
            offered.form.get_or_insert((at, media));
        } else if essence != "application/x-www-form-urlencoded" {
            offered.raw.get_or_insert((at, name.clone()));
        }
    }
    offered
}

pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}

pub(crate) fn is_form(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "multipart/form-data" || essence == "application/x-www-form-urlencoded"
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_lowercase()
}
