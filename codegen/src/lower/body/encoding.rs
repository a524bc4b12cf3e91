//! What a media type says of the parts of a form -> how each of them is written.

use openapiv3::QueryStyle;

use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Style, Type};
use crate::lower::body::{Lowering, Media};
use crate::lower::media::is_silent;
use crate::lower::operation::parameters::query_style;
use crate::lower::schema::{JsonKind, Property, ResolvedSchema};
use crate::lower::types::is_binary;
use crate::media_type::is_opaque;
use crate::media_type::{essence, is_json};
use crate::suggest::did_you_mean;

impl<'a> Lowering<'a> {
    /// Writes the parts of a form as its `encoding` wants them.
    pub(in crate::lower) fn encode_parts(
        &mut self,
        form: &Media<'a>,
        view: &ResolvedSchema<'a>,
        arguments: &mut [Argument],
    ) {
        self.check_encodings(form, view);
        for argument in arguments {
            let Some(property) = view.properties.get(argument.wire_name.as_str()) else {
                continue;
            };
            form.style(argument);
            let given = form.media_type_of(&argument.wire_name);
            let part = self.part(property);
            if self.is_content(form, &argument.wire_name, property) {
                argument.ty = each(&argument.ty, Type::Bytes);
            } else if is_silent(&part)
                && given.is_some_and(|given| essence(given).starts_with("text/"))
            {
                argument.ty = each(&argument.ty, Type::String);
            } else if let Some(given) = given
                && !is_json(given)
                && !self.is_single(&part)
            {
                let wire = &argument.wire_name;
                let text =
                    format!("`{wire}` is sent as JSON: only text and content go out as `{given}`");
                let at = form.at.key("encoding").key(wire).key("contentType");
                self.warn_once(Diagnostic::warning("part-sent-as-json", &at, text));
                continue;
            }
            argument.media_type = given.map(str::to_owned);
        }
    }

    /// Writes the pairs of a form as its `encoding` wants them.
    pub(in crate::lower) fn encode_pairs(
        &mut self,
        form: &Media<'a>,
        view: &ResolvedSchema<'a>,
        arguments: &mut [Argument],
    ) {
        self.check_encodings(form, view);
        for argument in arguments {
            form.style(argument);
            let encoding = form.content.encoding.get(&argument.wire_name);
            argument.allow_reserved = encoding.is_some_and(|encoding| encoding.allow_reserved);
            // What is text may be JSON already.
            if form.media_type_of(&argument.wire_name).is_some_and(is_json)
                && argument.ty != Type::String
            {
                argument.style = Style::Json;
            }
        }
    }

    /// Whether a part of a form, or each of its items, is content as it is.
    pub(in crate::lower) fn is_content(
        &self,
        form: &Media<'a>,
        wire: &str,
        property: &Property<'a>,
    ) -> bool {
        let part = self.part(property);
        let may_be = is_silent(&part)
            || (part.kind == Some(JsonKind::String) && part.format.as_deref() != Some("byte"));
        let encoding = form.content.encoding.get(wire);
        let given = encoding.and_then(|encoding| encoding.content_type.as_ref());
        let is_opaque = |given: &String| given.split(',').all(is_opaque);
        is_binary(&part) || (may_be && part.values.is_empty() && given.is_some_and(is_opaque))
    }

    /// What a part holds; of a list, what each of its items does, as each is a part.
    fn part(&self, property: &Property<'a>) -> ResolvedSchema<'a> {
        let view = self.view_of_property(property);
        let items = view.items.as_ref();
        items.map_or_else(|| view.clone(), |(at, items)| self.view_of(*items, at))
    }

    /// Whether it is written as one word.
    fn is_single(&self, view: &ResolvedSchema<'a>) -> bool {
        let mut cases = view.cases.iter();
        match view.kind {
            Some(kind) => !matches!(kind, JsonKind::Array | JsonKind::Object),
            None if view.cases.is_empty() => !view.values.is_empty(),
            None => cases.all(|(at, case)| {
                let kind = self.view_of(*case, at).kind;
                kind.is_some_and(|kind| !matches!(kind, JsonKind::Array | JsonKind::Object))
            }),
        }
    }

    /// Says which encodings are of nothing that the form holds.
    fn check_encodings(&mut self, form: &Media<'a>, view: &ResolvedSchema<'a>) {
        if view.others.is_some() || view.open.is_some() {
            return;
        }
        for name in form.content.encoding.keys() {
            if !view.properties.contains_key(name.as_str()) {
                let text = format!("this form has no property `{name}`; its encoding is left out");
                let help = did_you_mean(name, view.properties.keys().copied(), "a property of it");
                let at = form.at.key("encoding").key(name);
                self.warn_once(
                    Diagnostic::warning("unknown-encoding-property", &at, text)
                        .at_key()
                        .help(help),
                );
            }
        }
    }
}

impl Media<'_> {
    /// How a list or an object is written.
    fn style(&self, argument: &mut Argument) {
        if let Some(encoding) = self.content.encoding.get(&argument.wire_name) {
            let style = encoding.style.as_ref().unwrap_or(&QueryStyle::Form);
            argument.style = query_style(style, Some(encoding.explode));
        }
    }

    /// The media type of a part. Of several it is the first; a kind of them leaves the choice to whoever sends it.
    fn media_type_of(&self, wire: &str) -> Option<&str> {
        let encoding = self.content.encoding.get(wire)?;
        let given = encoding.content_type.as_ref()?.split(',').map(str::trim);
        given
            .into_iter()
            .find(|given| !given.is_empty() && !given.contains('*'))
    }
}

/// A type of parts, of which a list has many. There is no null among them.
fn each(ty: &Type, part: Type) -> Type {
    match ty {
        Type::List(_) => Type::List(Box::new(part)),
        _ => part,
    }
}
