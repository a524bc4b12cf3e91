//! Responses of an operation: the 2xx responses with the content that the client can decode.

pub(in crate::lower) mod by_argument;
pub(in crate::lower) mod errors;
pub(in crate::lower) mod statuses;
pub(in crate::lower) mod success;
pub(in crate::lower) mod variants;

use std::collections::HashSet;

use openapiv3::{MediaType, Response, StatusCode};
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::lower::media::{self, Reading};
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
use crate::media_type::essence;
use crate::pointer::Pointer;

/// The success responses of an operation.
#[derive(Default)]
pub(in crate::lower) struct Offers<'a> {
    pub(in crate::lower) all: Vec<Offer<'a>>,
    /// True if a response is also available as an event stream.
    pub(in crate::lower) events: bool,
}

/// One success response: a status and one of its media types.
pub(in crate::lower) struct Offer<'a> {
    pub(in crate::lower) status: String,
    /// Location of the response object.
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) response: &'a Response,
    /// `None` if the response has no body.
    pub(in crate::lower) content: Option<Content<'a>>,
}

/// A response body of one media type.
pub(in crate::lower) struct Content<'a> {
    /// Location of the media type object.
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) name: &'a str,
    pub(in crate::lower) media: &'a MediaType,
    pub(in crate::lower) reading: Reading,
}

/// Decoded form of a response body. Bodies with equal forms share one variant of the result.
#[derive(PartialEq, Eq)]
pub(in crate::lower) enum Likeness {
    Nothing,
    Json(Option<Value>),
    Text,
    Binary,
}

impl Offer<'_> {
    pub(in crate::lower) fn media_type(&self) -> String {
        let content = self.content.as_ref();
        content.map_or_else(String::new, |content| essence(content.name))
    }

    pub(in crate::lower) fn likeness(&self) -> Likeness {
        let Some(content) = &self.content else {
            return Likeness::Nothing;
        };
        match content.reading {
            Reading::Json => {
                let schema = content.media.schema.as_ref();
                Likeness::Json(schema.and_then(|schema| {
                    let mut schema = serde_json::to_value(schema).ok()?;
                    strip(&mut schema);
                    Some(schema)
                }))
            }
            Reading::Text => Likeness::Text,
            Reading::Binary | Reading::Events => Likeness::Binary,
        }
    }
}

impl<'a> OperationLowering<'a> {
    /// Returns the 2xx responses, else the `default` response.
    pub(in crate::lower) fn offers(&self, found: &Found<'a>) -> Offers<'a> {
        let at = found.at.key("responses");
        let responses = &found.operation.responses;
        let good = responses.responses.iter();
        let good = good.filter(|(status, _)| statuses::is_success(status));
        let mut good: Vec<_> = good
            .map(|(status, response)| (status.to_string(), response))
            .collect();
        if good.is_empty() {
            good.extend(
                responses
                    .default
                    .iter()
                    .map(|response| ("default".to_owned(), response)),
            );
        }
        let mut offers = Offers::default();
        for (status, response) in good {
            let Some((at, response)) = self.document.response(response, &at.key(&status)) else {
                continue;
            };
            let mut contents = if found.verb == "HEAD" {
                Vec::new()
            } else {
                self.contents(&at, response)
            };
            // An event stream may be endless, so `send` never collects one.
            let is_event = |content: &Content<'_>| content.reading == Reading::Events;
            offers.events |= contents.iter().any(is_event);
            if !contents.iter().all(is_event) {
                contents.retain(|content| !is_event(content));
            }
            let offer = |content| Offer {
                status: status.clone(),
                at: at.clone(),
                response,
                content,
            };
            if contents.is_empty() {
                offers.all.push(offer(None));
            }
            offers.all.extend(contents.into_iter().map(Some).map(offer));
        }
        offers
    }

    /// Returns the `Accept` header, if the document has several media types.
    pub(in crate::lower) fn accept(
        &mut self,
        found: &Found<'a>,
        offers: &Offers<'a>,
    ) -> Option<String> {
        let at = found.at.key("responses");
        // An operation without any response has a diagnostic already.
        if offers.all.is_empty() && !found.operation.responses.responses.is_empty() {
            self.warn_without_success(found, &at);
        }
        let documented: HashSet<String> = offers
            .all
            .iter()
            .flat_map(|offer| offer.response.content.keys())
            .map(|name| essence(name))
            .collect();
        let mut names: Vec<String> = Vec::new();
        let events = offers.events.then(|| "text/event-stream".to_owned());
        for name in offers.all.iter().map(Offer::media_type).chain(events) {
            if is_media_type(&name) && !names.contains(&name) {
                names.push(name);
            }
        }
        (documented.len() > 1 && !names.is_empty()).then(|| names.join(", "))
    }

    fn warn_without_success(&mut self, found: &Found<'a>, at: &Pointer) {
        let mut statuses = found.operation.responses.responses.keys();
        let is_redirect = |status: &StatusCode| status.to_string().starts_with('3');
        let help = if statuses.any(is_redirect) {
            "redirects are not followed; `ApiError::header(\"location\")` returns the target"
        } else {
            "describe the success response under its 2xx status"
        };
        let text =
            "the operation has no success response; the call returns `()` for any 2xx status";
        self.types.diagnostics.push(
            Diagnostic::warning("no-success-response", at, text)
                .at_key()
                .help(help),
        );
    }

    /// Returns the media types of a response, JSON first. Alternatives to JSON with the same schema are omitted.
    pub(in crate::lower) fn contents(
        &self,
        at: &Pointer,
        response: &'a Response,
    ) -> Vec<Content<'a>> {
        let mut contents: Vec<Content<'a>> = Vec::new();
        let mut repetitions = Vec::new();
        for (name, media) in &response.content {
            let at = at.key("content").key(name);
            let schema = media.schema.as_ref();
            let view = schema.map(|schema| self.types.resolver.resolve(schema, &at.key("schema")));
            let reading = media::reading(name, view.as_ref());
            let content = Content {
                at,
                name,
                media,
                reading,
            };
            let is_known = |other: &Content<'_>| essence(other.name) == essence(name);
            if contents.iter().any(is_known) {
                continue;
            }
            if reading != Reading::Events && media::is_repetition(name, view.as_ref()) {
                repetitions.push(content);
            } else {
                contents.push(content);
            }
        }
        contents.sort_by_key(|content| match essence(content.name).as_str() {
            "application/json" => 0,
            _ if content.reading == Reading::Json => 1,
            _ => 2,
        });
        let has_json = |content: &Content<'_>| content.reading == Reading::Json;
        if !contents.iter().any(has_json) {
            contents.extend(repetitions);
        }
        contents
    }
}

/// True if the text is valid in an `Accept` header.
fn is_media_type(name: &str) -> bool {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~/".contains(&b);
    name.contains('/') && name.bytes().all(is_token)
}

/// Removes titles, descriptions and examples from a schema. A property with such a name is an object and remains.
fn strip(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.retain(|key, value| match key.as_str() {
                "title" | "description" => !value.is_string(),
                "example" => value.is_object() && value.get("type").is_some(),
                _ => true,
            });
            object.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
