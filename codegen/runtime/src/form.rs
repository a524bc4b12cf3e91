//! Forms: in go named parts, out comes one `multipart/form-data` body.

use std::fmt::{Display, Write};
use std::mem;

use serde::Serialize;

use super::random::random;
use super::refusal::Refusal;
use super::upload::Upload;

/// Named parts to send together; those that are not given are left out.
#[derive(Default)]
pub struct Form {
    parts: Vec<Part>,
    refusal: Option<Refusal>,
}

struct Part {
    name: &'static str,
    kind: Kind,
    content: Upload,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    File,
    Json,
    Text,
}

impl Form {
    /// A form with no parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds content as it is.
    pub fn file(mut self, name: &'static str, content: Option<&Upload>) -> Self {
        if let Some(content) = content {
            if let Err(refusal) = content.check() {
                self.refusal.get_or_insert(refusal.within(name));
            }
            self.push(name, Kind::File, content.clone());
        }
        self
    }

    /// Adds JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, name: &'static str, value: Option<&T>) -> Self {
        match value.map(serde_json::to_vec) {
            Some(Ok(text)) => self.push(name, Kind::Json, text.into()),
            Some(Err(error)) => {
                let refusal = Refusal::new(format!("is no JSON: {error}")).within(name);
                self.refusal.get_or_insert(refusal);
            }
            None => (),
        }
        self
    }

    /// Adds one part of plain text for each value.
    pub fn text(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        for value in values {
            self.push(name, Kind::Text, value.to_string().into());
        }
        self
    }

    fn push(&mut self, name: &'static str, kind: Kind, content: Upload) {
        self.parts.push(Part {
            name,
            kind,
            content,
        });
    }

    /// The media type and the body. With `raw`, content that stands alone goes out as it is.
    pub(super) fn encode(
        self,
        raw: Option<&'static str>,
    ) -> Result<Option<(String, Upload)>, Refusal> {
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        match (raw, self.parts.as_slice()) {
            (Some(_), []) => Ok(None),
            (Some(media_type), [only]) if only.kind == Kind::File => {
                Ok(Some((media_type.to_owned(), only.content.clone())))
            }
            (_, parts) => {
                let boundary = boundary();
                let body = multipart(parts, &boundary);
                let media_type = format!("multipart/form-data; boundary={boundary}");
                Ok(Some((media_type, body)))
            }
        }
    }
}

/// The contents, and in between what belongs around them.
fn multipart(parts: &[Part], boundary: &str) -> Upload {
    let mut all = Vec::with_capacity(2 * parts.len() + 1);
    let mut text = String::new();
    for part in parts {
        let name = quoted(part.name);
        let head = match part.kind {
            Kind::File => {
                format!("; filename=\"{name}\"\r\nContent-Type: application/octet-stream")
            }
            Kind::Json => "\r\nContent-Type: application/json".to_owned(),
            Kind::Text => String::new(),
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

/// A name as browsers write it into a part's head.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// 128 random bits: no content can hold them but by knowing them.
fn boundary() -> String {
    (0..2).fold(String::from("form-"), |mut text, _| {
        let _ = write!(text, "{:016x}", random());
        text
    })
}
