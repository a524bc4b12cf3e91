//! What an operation sends: in go its arguments, out comes a path, a query, headers and a body, or a refusal.

use std::fmt::{self, Display, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde::Serialize;

use super::form::Form;
use super::items::Items;
use super::limits::segment;
use super::operation::Meta;
use super::refusal::Refusal;
use super::upload::Upload;

/// What a segment of a path keeps as it is: the `pchar` of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What an operation sends. The first argument that is refused is remembered until [`build`](Self::build).
pub struct Request {
    pub(super) meta: &'static Meta,
    /// What of the path template is still to be written.
    rest: &'static str,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Option<Upload>,
    /// What its argument is called.
    body_name: &'static str,
    refusal: Option<Refusal>,
}

impl Request {
    /// A request with neither arguments nor a body.
    pub fn new(meta: &'static Meta) -> Self {
        Self {
            meta,
            rest: meta.path,
            path: String::with_capacity(meta.path.len() + 64),
            query: String::new(),
            headers: Vec::new(),
            body: None,
            body_name: "body",
            refusal: None,
        }
    }

    /// Takes note of what a check of an argument found.
    pub fn check(mut self, name: &str, outcome: Result<(), Refusal>) -> Self {
        if let Err(refusal) = outcome {
            self.refuse(refusal.within(name));
        }
        self
    }

    /// Writes one segment of the path; to be called in the order of the path.
    pub fn path(mut self, name: &str, value: impl Display) -> Self {
        let place = self.rest.split_once('{').and_then(|(fixed, rest)| {
            let rest = rest.strip_prefix(name)?.strip_prefix('}')?;
            Some((fixed, rest))
        });
        let Some((fixed, rest)) = place else {
            self.refuse(Refusal::new("has no place in the path").within(name));
            return self;
        };
        self.path.push_str(fixed);
        self.rest = rest;
        let start = self.path.len();
        let written = write!(Segment(&mut self.path), "{value}");
        if written.is_err() {
            self.refuse(Refusal::new("cannot be written").within(name));
        }
        let outcome = segment(self.path.get(start..).unwrap_or_default());
        self.check(name, outcome)
    }

    /// Adds one pair to the query for each value; an absent value is none.
    pub fn query(mut self, name: &str, values: impl IntoIterator<Item = impl Display>) -> Self {
        for value in values {
            push_query(&mut self.query, name, value);
        }
        self
    }

    /// Adds a header with all of the values; no value is no header.
    pub fn header(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        let values: Vec<_> = values.into_iter().map(|value| value.to_string()).collect();
        if values.is_empty() {
            return self;
        }
        match header(name, values.join(",").as_bytes()) {
            Ok(header) => self.headers.push(header),
            Err(refusal) => self.refuse(refusal.within(name)),
        }
        self
    }

    /// Sends a body of JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, body: Option<&T>) -> Self {
        match body.map(serde_json::to_vec) {
            Some(Ok(text)) => self.send("application/json", text.into()),
            Some(Err(error)) => {
                self.refuse(Refusal::new(format!("is no JSON: {error}")).within("body"));
            }
            None => (),
        }
        self
    }

    /// Sends a body that is one JSON array.
    pub fn items(mut self, name: &'static str, body: Option<&Items>) -> Self {
        self.body_name = name;
        match body.map(Items::body) {
            Some(Ok(text)) => self.send("application/json", text),
            Some(Err(refusal)) => self.refuse(refusal.within(name)),
            None => (),
        }
        self
    }

    /// Sends content as it is.
    pub fn raw(mut self, media_type: &'static str, body: Option<&Upload>) -> Self {
        if let Some(body) = body {
            if let Err(refusal) = body.check() {
                self.refuse(refusal.within("body"));
            }
            self.send(media_type, body.clone());
        }
        self
    }

    /// Sends a form, or with `raw` its content alone as that media type when the form holds nothing else.
    pub fn form(mut self, raw: Option<&'static str>, form: Form) -> Self {
        match form.encode(raw) {
            Ok(Some((media_type, body))) => self.send(&media_type, body),
            Ok(None) => (),
            Err(refusal) => self.refuse(refusal),
        }
        self
    }

    /// The request, unless an argument of it is refused.
    pub fn build(mut self) -> Result<Self, Refusal> {
        let size = self.body.as_ref().and_then(Upload::size);
        if let (Some(max), Some(size)) = (self.meta.max_body, size)
            && size > max
        {
            let reason = format!("has {size} bytes, {max} are allowed");
            self.refuse(Refusal::new(reason).within(self.body_name));
        }
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        self.path.push_str(self.rest);
        Ok(self)
    }

    fn send(&mut self, media_type: &str, body: Upload) {
        match header(CONTENT_TYPE.as_str(), media_type.as_bytes()) {
            Ok(header) => self.headers.push(header),
            Err(refusal) => self.refuse(refusal.within("media type")),
        }
        self.body = Some(body);
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.refusal.get_or_insert(refusal);
    }
}

/// Shows neither arguments nor content.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.meta.method)
            .field("path", &self.meta.path)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Adds one pair to a query.
pub(super) fn push_query(query: &mut String, name: &str, value: impl Display) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(form_urlencoded::byte_serialize(name.as_bytes()));
    query.push('=');
    // A string as the target never fails; a value that cannot be written is left as far as it got.
    let _ = write!(Pair(query), "{value}");
}

/// A header, if its name and value are such as headers can have.
pub(super) fn header(name: &str, value: &[u8]) -> Result<(HeaderName, HeaderValue), Refusal> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Refusal::new("is no name of a header"))?;
    let value =
        HeaderValue::from_bytes(value).map_err(|_| Refusal::new("holds a control character"))?;
    Ok((name, value))
}

/// Percent-encodes what is written to it.
struct Segment<'a>(&'a mut String);

impl Write for Segment<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend(utf8_percent_encode(text, SEGMENT));
        Ok(())
    }
}

/// Form-encodes what is written to it.
struct Pair<'a>(&'a mut String);

impl Write for Pair<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0
            .extend(form_urlencoded::byte_serialize(text.as_bytes()));
        Ok(())
    }
}
