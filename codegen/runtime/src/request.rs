//! What an operation is given: in go its arguments, each with its place; out come a path, a query, headers and a body,
//! or a refusal.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode_byte, utf8_percent_encode};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::form::Form;
use super::items::Items;
use super::limits::segment;
use super::operation::{Media, Meta};
use super::refusal::Refusal;
use super::style::{self, Pair, Style};
use super::upload::Upload;
use super::value::Value;

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

/// What RFC 6265 lets stand in a cookie.
const COOKIE_VALUE: &AsciiSet = &SEGMENT
    .add(b';')
    .add(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'{')
    .remove(b'}')
    .remove(b'#')
    .remove(b'<')
    .remove(b'>')
    .remove(b'^')
    .remove(b'`')
    .remove(b'|');

/// The same of a cookie's name, which ends where the value begins.
const COOKIE_NAME: &AsciiSet = &COOKIE_VALUE.add(b'=');

/// Where an argument is sent, under which name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// In the place of `{name}` in the path.
    Path(&'static str),
    /// In the query.
    Query(&'static str),
    /// As a header.
    Header(&'static str),
    /// As a cookie.
    Cookie(&'static str),
    /// As a property of a JSON object.
    Property(&'static str),
    /// As a part of a form, as text.
    Field(&'static str),
    /// As a part of a form, with a media type of its own.
    Part(&'static str, &'static str),
    /// As the whole body; the name is only for those who are told what is wrong with it.
    Body(&'static str),
}

impl Slot {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Path(name)
            | Self::Query(name)
            | Self::Header(name)
            | Self::Cookie(name)
            | Self::Property(name)
            | Self::Field(name)
            | Self::Part(name, _)
            | Self::Body(name) => name,
        }
    }
}

/// The arguments of an operation. One that is given again takes the place of what it was before.
#[derive(Clone, Default)]
pub struct Request {
    arguments: Vec<Argument>,
}

#[derive(Clone)]
struct Argument {
    slot: Slot,
    value: Result<Value, Refusal>,
    style: Style,
    limits: Vec<Limit>,
}

#[derive(Clone, Copy)]
struct Limit {
    check: fn(&Value) -> Result<(), Refusal>,
    /// An argument that suspends it when it is `true`.
    unless: Option<Slot>,
}

/// A request as it is sent.
pub(super) struct Outgoing {
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Option<Upload>,
}

impl Request {
    /// Without any argument.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives an argument that is text.
    pub fn text(self, slot: Slot, value: impl Into<String>) -> Self {
        self.set(slot, Ok(Value::Text(value.into())))
    }

    /// Gives an argument that is a list of texts.
    pub fn texts(self, slot: Slot, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        self.json(slot, values)
    }

    /// Gives an argument that is text or JSON, whatever its place wants.
    pub fn json(self, slot: Slot, value: impl Serialize) -> Self {
        let value = Value::json(&value);
        self.set(slot, value)
    }

    /// Gives an argument that is a list.
    pub fn list(self, slot: Slot, values: impl IntoIterator<Item: Serialize>) -> Self {
        let values: Vec<_> = values.into_iter().collect();
        self.json(slot, values)
    }

    /// Gives an argument that is an object of any properties.
    pub fn map(
        self,
        slot: Slot,
        entries: impl IntoIterator<Item = (impl Into<String>, impl Serialize)>,
    ) -> Self {
        let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
        self.json(slot, entries.collect::<BTreeMap<String, _>>())
    }

    /// Gives an argument that must pass a check of its own.
    pub fn checked<T: Serialize>(
        self,
        slot: Slot,
        (value, check): (T, impl FnOnce(&T) -> Result<(), Refusal>),
    ) -> Self {
        let value = check(&value).and_then(|()| Value::json(&value));
        self.set(slot, value)
    }

    /// Gives an argument that is a JSON array written item by item.
    pub fn items(self, slot: Slot, items: Items) -> Self {
        self.set(slot, Ok(Value::Items(items)))
    }

    /// Gives an argument that is content as it is.
    pub fn content(self, slot: Slot, content: impl Into<Upload>) -> Self {
        self.contents(slot, [content])
    }

    /// Gives an argument that is any number of contents.
    pub fn contents(
        self,
        slot: Slot,
        contents: impl IntoIterator<Item = impl Into<Upload>>,
    ) -> Self {
        let contents: Vec<Upload> = contents.into_iter().map(Into::into).collect();
        self.set(slot, Ok(Value::Content(contents)))
    }

    /// How the argument that was given last is written.
    pub fn style(mut self, style: Style) -> Self {
        if let Some(last) = self.arguments.last_mut() {
            last.style = style;
        }
        self
    }

    /// What the argument that was given last must fulfil.
    pub fn limit(self, check: fn(&Value) -> Result<(), Refusal>) -> Self {
        self.limited(Limit {
            check,
            unless: None,
        })
    }

    /// What the argument that was given last must fulfil, unless another one is `true`.
    pub fn limit_unless(self, other: Slot, check: fn(&Value) -> Result<(), Refusal>) -> Self {
        self.limited(Limit {
            check,
            unless: Some(other),
        })
    }

    /// An argument that was given, read as a type.
    pub fn value<T: DeserializeOwned>(&self, slot: Slot) -> Option<T> {
        self.given(slot)?.read()
    }

    /// Whether an argument was given and is `true`.
    pub fn is_true(&self, slot: Slot) -> bool {
        self.value(slot) == Some(true)
    }

    /// The list at a place; none where there is no list.
    pub(super) fn list_at(&self, slot: Slot) -> Items {
        match self.given(slot) {
            Some(Value::Items(items)) => items.clone(),
            _ => Items::unchecked::<()>([]),
        }
    }

    /// The same with another list; its limits stay.
    pub(super) fn relist(mut self, slot: Slot, items: Items) -> Self {
        let list = self
            .arguments
            .iter_mut()
            .find(|argument| argument.slot == slot);
        if let Some(list) = list {
            list.value = Ok(Value::Items(items));
        }
        self
    }

    fn given(&self, slot: Slot) -> Option<&Value> {
        let argument = self
            .arguments
            .iter()
            .find(|argument| argument.slot == slot)?;
        argument.value.as_ref().ok()
    }

    fn set(mut self, slot: Slot, value: Result<Value, Refusal>) -> Self {
        self.arguments.retain(|argument| argument.slot != slot);
        self.arguments.push(Argument {
            slot,
            value,
            style: Style::Usual,
            limits: Vec::new(),
        });
        self
    }

    fn limited(mut self, limit: Limit) -> Self {
        if let Some(last) = self.arguments.last_mut() {
            last.limits.push(limit);
        }
        self
    }

    /// Puts the arguments together, unless one of them is refused.
    pub(super) fn build(&self, meta: &Meta) -> Result<Outgoing, Refusal> {
        let mut values = Vec::with_capacity(self.arguments.len());
        for argument in &self.arguments {
            let refused = |refusal: Refusal| refusal.within(argument.slot.name());
            values.push((argument, self.checked_value(argument).map_err(refused)?));
        }
        let mut outgoing = Outgoing {
            path: path(meta.path, &values)?,
            query: String::new(),
            headers: Vec::new(),
            body: None,
        };
        let mut cookies = Vec::new();
        for (argument, value) in &values {
            let refused = |refusal: Refusal| refusal.within(argument.slot.name());
            let written = write(argument, value, &mut outgoing, &mut cookies);
            written.map_err(refused)?;
        }
        if !cookies.is_empty() {
            let cookies = header(COOKIE.as_str(), cookies.join("; ").as_bytes());
            let refused = |refusal: Refusal| refusal.within("cookie");
            outgoing.headers.push(cookies.map_err(refused)?);
        }
        if let Some((media_type, body)) = body(meta, &values)? {
            let media_type = header(CONTENT_TYPE.as_str(), media_type.as_bytes());
            let refused = |refusal: Refusal| refusal.within("media type");
            outgoing.headers.push(media_type.map_err(refused)?);
            outgoing.body = Some(body);
        }
        Ok(outgoing)
    }

    /// The value of an argument, when it is as it must be.
    fn checked_value<'a>(&self, argument: &'a Argument) -> Result<&'a Value, Refusal> {
        let value = argument.value.as_ref().map_err(Clone::clone)?;
        for limit in &argument.limits {
            if !limit.unless.is_some_and(|other| self.is_true(other)) {
                (limit.check)(value)?;
            }
        }
        match value {
            Value::Items(items) => items.check()?,
            Value::Content(contents) => contents.iter().try_for_each(Upload::check)?,
            Value::Text(_) | Value::Json(_) => (),
        }
        Ok(value)
    }
}

/// An argument whose value is as it must be.
type Good<'a> = (&'a Argument, &'a Value);

/// The template with each parameter in its place.
fn path(template: &str, values: &[Good<'_>]) -> Result<String, Refusal> {
    let mut path = String::with_capacity(template.len() + 64);
    let mut pieces = template.split('{');
    path.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let is_it =
            |(argument, _): &&Good<'_>| matches!(argument.slot, Slot::Path(own) if own == name);
        let Some((argument, value)) = values.iter().find(is_it) else {
            return Err(Refusal::new("is missing").within(name));
        };
        // What is left of the style's own signs was given so, and would be taken for the style's.
        let encode = |text: &str, signs: &str| {
            let text = utf8_percent_encode(text, SEGMENT).to_string();
            signs.bytes().fold(text, |text, sign| {
                text.replace(char::from(sign), percent_encode_byte(sign))
            })
        };
        let text = style::text(name, argument.style, value, encode);
        // URLs take an encoded dot for a dot.
        let text = text.and_then(|text| segment(&text.replace("%2E", ".")).map(|()| text));
        path.push_str(&text.map_err(|refusal| refusal.within(name))?);
        path.push_str(rest);
    }
    Ok(path)
}

/// Writes what is neither in the path nor in the body.
fn write(
    argument: &Argument,
    value: &Value,
    outgoing: &mut Outgoing,
    cookies: &mut Vec<String>,
) -> Result<(), Refusal> {
    match argument.slot {
        Slot::Query(name) => {
            let pairs = style::pairs(name, argument.style, value)?;
            push_pairs(&mut outgoing.query, &pairs);
        }
        Slot::Header(name) => {
            let text = style::text(name, argument.style, value, |text, _| text.to_owned())?;
            outgoing.headers.push(header(name, text.as_bytes())?);
        }
        Slot::Cookie(name) => {
            for pair in style::pairs(name, argument.style, value)? {
                let values = pair.values.iter();
                let values = values.map(|text| utf8_percent_encode(text, COOKIE_VALUE).to_string());
                let values: Vec<String> = values.collect();
                cookies.push(format!(
                    "{}={}",
                    utf8_percent_encode(&pair.name, COOKIE_NAME),
                    values.join(pair.delimiter)
                ));
            }
        }
        Slot::Path(_) | Slot::Property(_) | Slot::Field(_) | Slot::Part(..) | Slot::Body(_) => (),
    }
    Ok(())
}

/// The body and its media type, if there is one.
fn body(meta: &Meta, values: &[Good<'_>]) -> Result<Option<(String, Upload)>, Refusal> {
    let whole = values
        .iter()
        .find(|(argument, _)| matches!(argument.slot, Slot::Body(_)));
    let name = whole.map_or("body", |(argument, _)| argument.slot.name());
    let refused = |refusal: Refusal| refusal.within(name);
    let with = |media_type: &str, body| Some((media_type.to_owned(), body));
    let body = match (meta.media, whole) {
        (Media::Json(media_type), Some((_, value))) => {
            with(media_type, json(value).map_err(refused)?)
        }
        (Media::Json(media_type), None) => object(values)?.and_then(|body| with(media_type, body)),
        (Media::Object(media_type), _) => {
            with(media_type, object(values)?.unwrap_or_else(|| "{}".into()))
        }
        (Media::Raw(media_type), Some((_, value))) => {
            with(media_type, raw(value).map_err(refused)?)
        }
        (Media::Raw(_), None) => None,
        (Media::Form(raw), _) => form(values)?.encode(raw),
        (Media::UrlEncoded, _) => {
            fields(values)?.and_then(|body| with("application/x-www-form-urlencoded", body))
        }
    };
    let size = body.as_ref().and_then(|(_, body)| body.size());
    if let (Some(max), Some(size)) = (meta.max_body, size)
        && size > max
    {
        let reason = format!("has {size} bytes, {max} are allowed");
        return Err(refused(Refusal::new(reason)));
    }
    Ok(body)
}

/// A body of JSON.
fn json(value: &Value) -> Result<Upload, Refusal> {
    match value {
        Value::Items(items) => items.body(),
        _ => Ok(value.to_json()?.into()),
    }
}

/// A body that goes out as it is.
fn raw(value: &Value) -> Result<Upload, Refusal> {
    match value {
        Value::Content(contents) => match contents.as_slice() {
            [content] => Ok(content.clone()),
            _ => Ok(Upload::parts(contents.clone())),
        },
        Value::Text(text) => Ok(text.clone().into()),
        Value::Json(_) | Value::Items(_) => Ok(value.to_json()?.into()),
    }
}

/// The object that properties make, if there are any.
fn object(values: &[Good<'_>]) -> Result<Option<Upload>, Refusal> {
    let mut text = Vec::new();
    for (argument, value) in values {
        let Slot::Property(name) = argument.slot else {
            continue;
        };
        let refused = |refusal: Refusal| refusal.within(name);
        text.push(if text.is_empty() { b'{' } else { b',' });
        text.extend(
            Value::json(name)
                .and_then(|name| name.to_json())
                .map_err(refused)?,
        );
        text.push(b':');
        text.extend(value.to_json().map_err(refused)?);
    }
    if text.is_empty() {
        return Ok(None);
    }
    text.push(b'}');
    Ok(Some(text.into()))
}

/// The parts that arguments make.
fn form(values: &[Good<'_>]) -> Result<Form, Refusal> {
    let mut form = Form::default();
    for (argument, value) in values {
        let refused = |refusal: Refusal| refusal.within(argument.slot.name());
        match (argument.slot, value) {
            (Slot::Part(name, media_type), Value::Content(contents)) => {
                for content in contents {
                    form.file(name, media_type, content.clone());
                }
            }
            (Slot::Part(name, media_type), _) => {
                form.part(name, media_type, value.to_json().map_err(refused)?.into());
            }
            (Slot::Field(name), _) => {
                for pair in style::pairs(name, argument.style, value).map_err(refused)? {
                    form.text(pair.name, pair.values.join(pair.delimiter));
                }
            }
            _ => (),
        }
    }
    Ok(form)
}

/// The pairs that arguments make, as queries have them; an empty list is given too, though it makes none.
fn fields(values: &[Good<'_>]) -> Result<Option<Upload>, Refusal> {
    let mut text = String::new();
    let mut any = false;
    for (argument, value) in values {
        if let Slot::Field(name) | Slot::Body(name) = argument.slot {
            let pairs = style::pairs(name, argument.style, value);
            push_pairs(&mut text, &pairs.map_err(|refusal| refusal.within(name))?);
            any = true;
        }
    }
    Ok(any.then(|| text.into()))
}

/// Shows neither arguments nor content.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").finish_non_exhaustive()
    }
}

fn push_pairs(query: &mut String, pairs: &[Pair]) {
    for pair in pairs {
        start_pair(query, &pair.name);
        for (index, value) in pair.values.iter().enumerate() {
            if index > 0 {
                // A comma may stand as it is, a space and the like may not.
                match pair.delimiter {
                    "," => query.push(','),
                    other => query.extend(form_urlencoded::byte_serialize(other.as_bytes())),
                }
            }
            query.extend(form_urlencoded::byte_serialize(value.as_bytes()));
        }
    }
}

/// Adds one pair to a query.
pub(super) fn push_query(query: &mut String, name: &str, value: impl Display) {
    start_pair(query, name);
    query.extend(form_urlencoded::byte_serialize(
        value.to_string().as_bytes(),
    ));
}

fn start_pair(query: &mut String, name: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(form_urlencoded::byte_serialize(name.as_bytes()));
    query.push('=');
}

/// A header, if its name and value are such as headers can have.
pub(super) fn header(name: &str, value: &[u8]) -> Result<(HeaderName, HeaderValue), Refusal> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Refusal::new("is no name of a header"))?;
    let value =
        HeaderValue::from_bytes(value).map_err(|_| Refusal::new("holds a control character"))?;
    Ok((name, value))
}
