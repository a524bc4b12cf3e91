//! What an operation may answer when it went well: its 2xx responses -> each content that can be read, told apart by
//! status and media type.

pub(in crate::lower) mod by_argument;
pub(in crate::lower) mod errors;
pub(in crate::lower) mod statuses;
pub(in crate::lower) mod success;
pub(in crate::lower) mod variants;

use std::collections::HashSet;

use openapiv3::{MediaType, Response, StatusCode};
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::lower::Lowering;
use crate::lower::media::{self, Reading};
use crate::lower::operation::operation_ref::Found;
use crate::media_type::essence;
use crate::pointer::Pointer;

/// All that may come.
#[derive(Default)]
pub(in crate::lower) struct Offers<'a> {
    pub(in crate::lower) all: Vec<Offer<'a>>,
    /// Whether there are also events, which are received as they come.
    pub(in crate::lower) events: bool,
}

/// One answer that tells of success.
pub(in crate::lower) struct Offer<'a> {
    pub(in crate::lower) status: String,
    /// The response.
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) response: &'a Response,
    /// None where it holds nothing.
    pub(in crate::lower) content: Option<Content<'a>>,
}

/// What an answer holds.
pub(in crate::lower) struct Content<'a> {
    /// The media type object.
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) name: &'a str,
    pub(in crate::lower) media: &'a MediaType,
    pub(in crate::lower) reading: Reading,
}

/// What makes two contents the same thing to who receives them.
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

impl<'a> Lowering<'a> {
    /// The 2xx responses, else the default.
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
            // Nobody waits for the last of them to read them all.
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

    /// The media types that can be read, where the document has more than one.
    pub(in crate::lower) fn accept(
        &mut self,
        found: &Found<'a>,
        offers: &Offers<'a>,
    ) -> Option<String> {
        let at = found.at.key("responses");
        // That there is none at all is said already.
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
            "redirects are not followed: `ApiError::header(\"location\")` says where one leads"
        } else {
            "describe the response that tells of success, under its 2xx status"
        };
        let text = "no response tells of success; the call gives `()` for any 2xx status";
        self.diagnostics.push(
            Diagnostic::warning("no-success-response", at, text)
                .at_key()
                .help(help),
        );
    }

    /// What a response may hold, JSON first, without what only repeats it, and each media type once.
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
            let view = schema.map(|schema| self.view_of(schema, &at.key("schema")));
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

/// Whether it can stand in a header.
fn is_media_type(name: &str) -> bool {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~/".contains(&b);
    name.contains('/') && name.bytes().all(is_token)
}

/// Takes what only describes out of a schema. A property of such a name is an object and stays.
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
