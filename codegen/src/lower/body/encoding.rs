//! The `encoding` of a form: media type and serialization style of its properties.

use openapiv3::QueryStyle;

use crate::diagnostic::Diagnostic;
use crate::ir::Argument;
use crate::lower::arguments::parameter_style::query_style;
use crate::lower::body::lowering::BodyLowering;
use crate::lower::body::media_types::BodyMediaType;
use crate::lower::schema::ResolvedSchema;
use crate::suggest::did_you_mean;

impl<'a> BodyLowering<'_, 'a> {
    /// Warns about encodings of properties that the form does not have.
    pub(in crate::lower) fn check_encodings(
        &mut self,
        form: &BodyMediaType<'a>,
        schema: &ResolvedSchema<'a>,
    ) {
        if schema.additional_properties.is_some() || schema.allows_additional.is_some() {
            return;
        }
        for name in form.object.encoding.keys() {
            if !schema.properties.contains_key(name.as_str()) {
                let text = format!("the form has no property `{name}`; this encoding is left out");
                let known = schema.properties.keys().copied();
                let help = did_you_mean(name, known, "a property of the form");
                let at = form.at.key("encoding").key(name);
                let diagnostic = Diagnostic::warning("unknown-encoding-property", &at, text);
                self.context.report_once(diagnostic.at_key().help(help));
            }
        }
    }
}

impl BodyMediaType<'_> {
    /// Sets the style of an argument from its encoding.
    pub(in crate::lower) fn apply_style(&self, argument: &mut Argument) {
        if let Some(encoding) = self.object.encoding.get(&argument.wire_name) {
            let style = encoding.style.as_ref().unwrap_or(&QueryStyle::Form);
            argument.style = query_style(style, Some(encoding.explode));
        }
    }

    /// Returns the media type of a part: the first concrete one. A range such as `image/*` is left to the caller.
    pub(in crate::lower) fn part_media_type(&self, wire_name: &str) -> Option<&str> {
        let encoding = self.object.encoding.get(wire_name)?;
        let mut media_types = encoding.content_type.as_ref()?.split(',').map(str::trim);
        media_types.find(|media_type| !media_type.is_empty() && !media_type.contains('*'))
    }
}
