//! Multipart bodies.

use std::fmt::Write;
use std::mem;

use crate::runtime::body::upload::Upload;
use crate::runtime::platform::random;

/// Parts of a multipart body.
#[derive(Default)]
pub(crate) struct MultipartForm {
    parts: Vec<Part>,
}

struct Part {
    name: String,
    kind: PartKind,
    content: Upload,
}

enum PartKind {
    /// A file with this media type.
    File(&'static str),
    /// A value with this media type.
    Value(&'static str),
    Text,
}

impl MultipartForm {
    /// Adds a file part.
    pub(crate) fn file(&mut self, name: &str, media_type: &'static str, content: Upload) {
        self.push(name.to_owned(), PartKind::File(media_type), content);
    }

    /// Adds a value with a media type.
    pub(crate) fn part(&mut self, name: &str, media_type: &'static str, content: Upload) {
        self.push(name.to_owned(), PartKind::Value(media_type), content);
    }

    /// Adds a text part.
    pub(crate) fn text(&mut self, name: String, text: String) {
        self.push(name, PartKind::Text, text.into());
    }

    fn push(&mut self, name: String, kind: PartKind, content: Upload) {
        self.parts.push(Part {
            name,
            kind,
            content,
        });
    }

    /// Returns true if the form has no part.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Returns the media type and the body. If `raw` is a media type, a single file part is sent as the whole
    /// body.
    pub(crate) fn encode(self, media_type: &str, raw: Option<&str>) -> (String, Upload) {
        match (raw, self.parts.as_slice()) {
            (
                Some(media_type),
                [
                    Part {
                        kind: PartKind::File(_),
                        content,
                        ..
                    },
                ],
            ) => (media_type.to_owned(), content.clone()),
            (_, parts) => {
                let boundary = boundary();
                let body = assemble(parts, &boundary);
                // RFC 2387 requires the media type of the root part.
                let root = match (media_type, parts) {
                    ("multipart/related", [first, ..]) => {
                        format!("; type=\"{}\"", first.media_type())
                    }
                    _ => String::new(),
                };
                (format!("{media_type}{root}; boundary={boundary}"), body)
            }
        }
    }
}

impl Part {
    fn media_type(&self) -> &'static str {
        match self.kind {
            PartKind::File(media_type) | PartKind::Value(media_type) => media_type,
            PartKind::Text => "text/plain",
        }
    }
}

/// Joins the parts, with boundaries and part headers.
fn assemble(parts: &[Part], boundary: &str) -> Upload {
    let mut all = Vec::with_capacity(2 * parts.len() + 1);
    let mut text = String::new();
    for part in parts {
        let name = escape_name(&part.name);
        let head = match part.kind {
            PartKind::File(media_type) => {
                format!("; filename=\"{name}\"\r\nContent-Type: {media_type}")
            }
            PartKind::Value(media_type) => format!("\r\nContent-Type: {media_type}"),
            PartKind::Text => String::new(),
        };
        let _ = write!(
            text,
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{head}\r\n\r\n"
        );
        all.extend([mem::take(&mut text).into(), part.content.clone()]);
        text.push_str("\r\n");
    }
    let _ = write!(text, "--{boundary}--\r\n");
    all.push(text.into());
    Upload::parts(all)
}

/// Escapes a part name as browsers do.
fn escape_name(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Returns a boundary with 128 random bits. Content cannot contain it by accident.
fn boundary() -> String {
    (0..2).fold(String::from("form-"), |mut text, _| {
        let _ = write!(text, "{:016x}", random());
        text
    })
}
