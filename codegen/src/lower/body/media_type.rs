//! Media types of a request body: selects the one to send, and warns about the others.

use openapiv3::MediaType;

use crate::diagnostic::Diagnostic;
use crate::ir::Body;
use crate::lower::operation::OperationLowering;
use crate::lower::operation::properties;
use crate::lower::schema::ResolvedSchema;
use crate::media_type::{essence, is_json};
use crate::pointer::Pointer;

/// The first media type of each kind in a request body.
#[derive(Default)]
pub(in crate::lower) struct Offered<'a> {
    pub(in crate::lower) json: Option<Media<'a>>,
    pub(in crate::lower) form: Option<Media<'a>>,
    pub(in crate::lower) url_encoded: Option<Media<'a>>,
    pub(in crate::lower) raw: Option<Media<'a>>,
    /// Further media types of these kinds.
    others: Vec<Media<'a>>,
}

/// A media type of a request body.
#[derive(Clone)]
pub(in crate::lower) struct Media<'a> {
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) name: &'a str,
    pub(in crate::lower) content: &'a MediaType,
}

impl<'a> OperationLowering<'a> {
    /// Sorts the media types of a request body by kind.
    pub(in crate::lower) fn offered(
        &self,
        content: &'a openapiv3::Content,
        at: &Pointer,
    ) -> Offered<'a> {
        let mut offered = Offered::default();
        for (name, media) in content {
            let essence = essence(name);
            let place = if is_json(&essence) {
                &mut offered.json
            } else if essence.starts_with("multipart/") {
                &mut offered.form
            } else if essence == "application/x-www-form-urlencoded" {
                &mut offered.url_encoded
            } else {
                &mut offered.raw
            };
            let media = Media {
                at: at.key(name),
                name,
                content: media,
            };
            if place.is_some() {
                offered.others.push(media);
            } else {
                *place = Some(media);
            }
        }
        // JSON cannot carry binary content.
        if offered.form.as_ref().is_some_and(|form| self.uploads(form)) {
            offered.others.extend(offered.json.take());
        }
        offered
    }

    /// True if a part of a form is binary content.
    fn uploads(&self, form: &Media<'a>) -> bool {
        let view = self.form_view(form);
        properties(&view).any(|(wire, property)| self.is_content(form, wire, property))
    }

    /// Returns the schema of a form. A form is flat, so the properties of all union variants become parts.
    pub(in crate::lower) fn form_view(&self, form: &Media<'a>) -> ResolvedSchema<'a> {
        let mut view = self.view(form);
        let cases = view.variants.iter();
        let cases: Vec<ResolvedSchema<'a>> = cases
            .map(|(at, case)| self.types.resolver.resolve(*case, at))
            .collect();
        let always = |wire: &str| {
            let needs = |case: &ResolvedSchema<'a>| {
                let property = case.properties.get(wire);
                property.is_some_and(|property| property.required)
            };
            cases.iter().all(needs)
        };
        for case in &cases {
            for (wire, property) in &case.properties {
                let known = view.properties.entry(wire);
                let known = known.or_insert_with(|| property.clone());
                known.required = always(wire);
            }
        }
        view
    }

    /// Warns about media types that are never sent, unless they have the same schema as the one that is sent.
    pub(in crate::lower) fn tell_unsent(&mut self, offered: &Offered<'a>, sent: &Body) {
        let Offered {
            json,
            form,
            url_encoded,
            raw,
            others,
        } = offered;
        let (chosen, beside) = match sent {
            Body::None => return,
            Body::Json(_) | Body::Items(_) | Body::Object(_) => (json, None),
            Body::Form { raw: Some(_), .. } => (form, raw.as_ref()),
            Body::Form { raw: None, .. } => (form, None),
            Body::UrlEncoded => (url_encoded, None),
            Body::Raw(_) => (raw, None),
        };
        let Some(chosen) = chosen else { return };
        let firsts = [json, form, url_encoded, raw].into_iter().flatten();
        let unsent: Vec<&Media<'a>> = firsts
            .chain(others)
            .filter(|media| media.at != chosen.at)
            .filter(|media| beside.is_none_or(|beside| beside.at != media.at))
            .collect();
        let is_same = |media: &&Media<'a>| media.content.schema == chosen.content.schema;
        if unsent.iter().all(is_same) {
            return;
        }
        let names: Vec<String> = unsent
            .iter()
            .map(|media| format!("`{}`", media.name))
            .collect();
        if let Some(first) = unsent.first() {
            let are = if names.len() == 1 { "is" } else { "are" };
            let text = format!(
                "{} {are} never sent: the client sends this request body as `{}`",
                names.join(", "),
                chosen.name
            );
            self.warn_once(Diagnostic::warning("unused-body-media-type", &first.at, text).at_key());
        }
    }
}
