//! Media types of a request body: sorts them by kind, and warns about those that are never sent.

use openapiv3::{Content, MediaType};

use crate::diagnostic::Diagnostic;
use crate::ir::Body;
use crate::lower::body::lowering::BodyLowering;
use crate::lower::schema::{ResolvedSchema, SchemaResolver};
use crate::media_type::{allows_json, essence};
use crate::pointer::Pointer;

/// The first media type of each kind in a request body.
#[derive(Default)]
pub(in crate::lower) struct BodyMediaTypes<'a> {
    pub(in crate::lower) json: Option<BodyMediaType<'a>>,
    /// Multipart form.
    pub(in crate::lower) form: Option<BodyMediaType<'a>>,
    pub(in crate::lower) url_encoded: Option<BodyMediaType<'a>>,
    /// Any other content.
    pub(in crate::lower) raw: Option<BodyMediaType<'a>>,
    /// Further media types of these kinds.
    further: Vec<BodyMediaType<'a>>,
}

/// A media type of a request body.
#[derive(Clone)]
pub(in crate::lower) struct BodyMediaType<'a> {
    /// Location of the media type object.
    pub(in crate::lower) at: Pointer,
    /// Media type, as in `application/json`.
    pub(in crate::lower) name: &'a str,
    pub(in crate::lower) object: &'a MediaType,
}

impl<'a> BodyMediaTypes<'a> {
    /// Sorts the media types of a request body by kind.
    pub(in crate::lower) fn new(
        resolver: &SchemaResolver<'a>,
        content: &'a Content,
        at: &Pointer,
    ) -> Self {
        let mut media_types = Self::default();
        for (name, object) in content {
            let slot = media_types.slot(name);
            let media_type = BodyMediaType {
                at: at.key(name),
                name,
                object,
            };
            if slot.is_none() {
                *slot = Some(media_type);
            } else {
                media_types.further.push(media_type);
            }
        }
        // JSON cannot carry binary content.
        let form = media_types.form.as_ref();
        if form.is_some_and(|form| form.has_binary_part(resolver)) {
            media_types.further.extend(media_types.json.take());
        }
        media_types
    }

    fn slot(&mut self, media_type: &str) -> &mut Option<BodyMediaType<'a>> {
        let essence = essence(media_type);
        if allows_json(&essence) {
            &mut self.json
        } else if essence.starts_with("multipart/") {
            &mut self.form
        } else if essence == "application/x-www-form-urlencoded" {
            &mut self.url_encoded
        } else {
            &mut self.raw
        }
    }

    /// Returns all media types except those that a body of this encoding uses.
    fn unused(&self, encoding: &Body) -> Vec<&BodyMediaType<'a>> {
        let raw_form = matches!(encoding, Body::Form { raw: Some(_), .. });
        let used = self.used(encoding);
        let used_raw = self.raw.as_ref().filter(|_| raw_form);
        [&self.json, &self.form, &self.url_encoded, &self.raw]
            .into_iter()
            .flatten()
            .chain(&self.further)
            .filter(|it| used.is_none_or(|used| used.at != it.at))
            .filter(|it| used_raw.is_none_or(|raw| raw.at != it.at))
            .collect()
    }

    /// Returns the media type of a body of this encoding.
    fn used(&self, encoding: &Body) -> Option<&BodyMediaType<'a>> {
        let media_type = match encoding {
            Body::None => &None,
            Body::Json(_) | Body::Items(_) | Body::Object(_) => &self.json,
            Body::Form { .. } => &self.form,
            Body::UrlEncoded => &self.url_encoded,
            Body::Raw(_) => &self.raw,
        };
        media_type.as_ref()
    }
}

impl<'a> BodyMediaType<'a> {
    /// Returns the schema of the media type.
    pub(in crate::lower) fn schema(&self, resolver: &SchemaResolver<'a>) -> ResolvedSchema<'a> {
        match &self.object.schema {
            Some(schema) => resolver.resolve(schema, &self.at.key("schema")),
            None => ResolvedSchema::empty(&self.at, vec![self.at.clone()]),
        }
    }

    /// Returns the `Content-Type` to send. A range such as `image/*` is replaced by a default.
    pub(in crate::lower) fn content_type(&self) -> String {
        let default = if allows_json(self.name) {
            "application/json"
        } else {
            "application/octet-stream"
        };
        if self.name.contains('*') {
            default
        } else {
            self.name
        }
        .to_owned()
    }

    /// Returns the multipart subtype if it is not `multipart/form-data`.
    pub(in crate::lower) fn multipart_type(&self) -> Option<String> {
        let essence = essence(self.name);
        (essence != "multipart/form-data" && !essence.contains('*')).then_some(essence)
    }
}

impl<'a> BodyLowering<'_, 'a> {
    /// Warns about media types that are never sent, unless they have the same schema as the one that is sent.
    pub(in crate::lower) fn warn_about_unused_media_types(
        &mut self,
        media_types: &BodyMediaTypes<'a>,
        encoding: &Body,
    ) {
        let Some(used) = media_types.used(encoding) else {
            return;
        };
        let unused = media_types.unused(encoding);
        let Some(first) = unused.first() else {
            return;
        };
        let is_same = |it: &&BodyMediaType<'a>| it.object.schema == used.object.schema;
        if unused.iter().all(is_same) {
            return;
        }
        let names: Vec<String> = unused.iter().map(|it| format!("`{}`", it.name)).collect();
        let are = if names.len() == 1 { "is" } else { "are" };
        let text = format!(
            "{} {are} never sent: the client sends this request body as `{}`",
            names.join(", "),
            used.name
        );
        let diagnostic = Diagnostic::warning("unused-body-media-type", &first.at, text);
        self.context.report_once(diagnostic.at_key());
    }
}
