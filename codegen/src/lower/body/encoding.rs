//! Parts of a form: their media type and serialization style, from `encoding`.

use openapiv3::QueryStyle;

use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Style, Type};
use crate::lower::body::Media;
use crate::lower::media::is_silent;
use crate::lower::operation::OperationLowering;
use crate::lower::operation::parameters::query_style;
use crate::lower::schema::{JsonKind, Property, ResolvedSchema};
use crate::media_type::is_opaque;
use crate::media_type::{essence, is_json};
use crate::suggest::did_you_mean;

impl<'a> OperationLowering<'a> {
    /// Applies the `encoding` of a multipart form to its arguments.
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
                let text = format!(
                    "the part `{wire}` is sent as JSON: an object or a list cannot be encoded as `{given}`"
                );
                let at = form.at.key("encoding").key(wire).key("contentType");
                self.warn_once(Diagnostic::warning("part-sent-as-json", &at, text));
                continue;
            }
            argument.media_type = given.map(str::to_owned);
        }
    }

    /// Applies the `encoding` of a URL-encoded form to its arguments.
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
            // A string may contain JSON already.
            if form.media_type_of(&argument.wire_name).is_some_and(is_json)
                && argument.ty != Type::String
            {
                argument.style = Style::Json;
            }
        }
    }

    /// True if a part of a form, or each of its items, is binary content.
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
        part.is_binary() || (may_be && part.enum_values.is_empty() && given.is_some_and(is_opaque))
    }

    /// Returns the schema of a part. A list has one part per item, so this is the schema of an item.
    fn part(&self, property: &Property<'a>) -> ResolvedSchema<'a> {
        let view = self.types.resolver.resolve_property(property);
        let items = view.items.as_ref();
        items.map_or_else(
            || view.clone(),
            |(at, items)| self.types.resolver.resolve(*items, at),
        )
    }

    /// True if a value of this schema is a scalar.
    fn is_single(&self, view: &ResolvedSchema<'a>) -> bool {
        let mut cases = view.variants.iter();
        match view.kind {
            Some(kind) => !matches!(kind, JsonKind::Array | JsonKind::Object),
            None if view.variants.is_empty() => !view.enum_values.is_empty(),
            None => cases.all(|(at, case)| {
                let kind = self.types.resolver.resolve(*case, at).kind;
                kind.is_some_and(|kind| !matches!(kind, JsonKind::Array | JsonKind::Object))
            }),
        }
    }

    /// Warns about encodings of properties that the form does not have.
    fn check_encodings(&mut self, form: &Media<'a>, view: &ResolvedSchema<'a>) {
        if view.additional_properties.is_some() || view.allows_additional.is_some() {
            return;
        }
        for name in form.content.encoding.keys() {
            if !view.properties.contains_key(name.as_str()) {
                let text = format!("the form has no property `{name}`; this encoding is left out");
                let help = did_you_mean(
                    name,
                    view.properties.keys().copied(),
                    "a property of the form",
                );
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
    /// Sets the style of an argument from its encoding.
    fn style(&self, argument: &mut Argument) {
        if let Some(encoding) = self.content.encoding.get(&argument.wire_name) {
            let style = encoding.style.as_ref().unwrap_or(&QueryStyle::Form);
            argument.style = query_style(style, Some(encoding.explode));
        }
    }

    /// Returns the media type of a part: the first concrete one. A range such as `image/*` is left to the caller.
    fn media_type_of(&self, wire: &str) -> Option<&str> {
        let encoding = self.content.encoding.get(wire)?;
        let given = encoding.content_type.as_ref()?.split(',').map(str::trim);
        given
            .into_iter()
            .find(|given| !given.is_empty() && !given.contains('*'))
    }
}

/// Returns the type of an argument whose parts have type `part`: a list has several parts. Parts are never null.
fn each(ty: &Type, part: Type) -> Type {
    match ty {
        Type::List(_) => Type::List(Box::new(part)),
        _ => part,
    }
}
