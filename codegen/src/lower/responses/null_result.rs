//! Meaning of a `null` or absent result in an envelope.

use crate::diagnostic::Diagnostic;
use crate::ir::{JsonKind, NullResult, Type};
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::schema::ResolvedSchema;
use crate::names;
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns the value of a `null` result: made from arguments as in the config, else a default, else an error.
    pub(in crate::lower) fn null_result(
        &mut self,
        ty: &Type,
        result: &ResolvedSchema<'a>,
    ) -> NullResult {
        if !self.settings.null_result.is_empty() {
            return self.null_result_from_arguments(result);
        }
        let has_default = result.kind == Some(JsonKind::Object)
            && result.variants.is_empty()
            && result
                .properties
                .values()
                .all(|property| !property.required);
        match ty {
            Type::Option(_) => NullResult::Default,
            Type::Model(_) if has_default => NullResult::Default,
            _ => NullResult::Error,
        }
    }

    fn null_result_from_arguments(&mut self, result: &ResolvedSchema<'a>) -> NullResult {
        let at = self.settings_at().key("null_result");
        let mut fields = Vec::new();
        for (property, wire_name) in &self.settings.null_result {
            let at = at.key(property);
            let argument = self
                .context
                .argument_name_of(wire_name, self.arguments, &at);
            if !result.properties.contains_key(property.as_str()) {
                self.report_unknown_property(property, result, &at);
            }
            if let Some(argument) = argument {
                fields.push((names::snake(property, names::RESERVED_FIELDS), argument));
            }
        }
        NullResult::Arguments(fields)
    }

    fn report_unknown_property(
        &mut self,
        property: &str,
        result: &ResolvedSchema<'a>,
        at: &Pointer,
    ) {
        let text = format!("{} has no property `{property}`", result.at);
        let known = result.properties.keys().copied();
        let help = did_you_mean(property, known, "a property of the result");
        let diagnostic = Diagnostic::error("unknown-result-property", at, text).in_config();
        self.context.report(diagnostic.at_key().help(help));
    }
}
