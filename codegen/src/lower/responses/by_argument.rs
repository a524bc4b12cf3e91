//! Results whose union variant depends on an argument of the request, as the config defines it under `choose`.

use crate::config::Choose;
use crate::diagnostic::Diagnostic;
use crate::ir::{ArgumentCase, Shape, Success, Type};
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::schema::ResolvedSchema;
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns a result whose variant is selected by a boolean argument.
    pub(in crate::lower) fn by_argument(
        &mut self,
        union: &ResolvedSchema<'a>,
        choose: &Choose,
    ) -> Success {
        let at = self.settings_at().key("choose");
        let argument =
            self.context
                .argument_name_of(&choose.argument, self.arguments, &at.key("argument"));
        let property = self.common_property(union);
        let name_hint = format!("{} result", self.name_hint);
        let [if_false, if_true] =
            [("false", &choose.if_false), ("true", &choose.if_true)].map(|(key, variant)| {
                self.variant_by_name(
                    union,
                    variant,
                    &at.key(key),
                    property.as_deref(),
                    &name_hint,
                )
            });
        let (Some(if_false), Some(if_true), Some(argument)) = (if_false, if_true, argument) else {
            return Success::Nothing;
        };
        if if_false.accessor == if_true.accessor {
            let text = format!("two variants have the accessor `{}`", if_false.accessor);
            let accessors = Pointer::root().key("names").key("accessors");
            let diagnostic = Diagnostic::error("duplicate-accessor", &accessors, text).in_config();
            self.context.report(diagnostic.help("use different names"));
        }
        let shape = Shape::ByArgument {
            property: property.clone(),
            cases: vec![if_false.clone(), if_true.clone()],
        };
        let Type::Model(model) = self.context.types.model(union, &name_hint, |_, _| shape) else {
            return Success::Nothing;
        };
        Success::ByArgument {
            model,
            argument,
            if_false,
            if_true,
            property,
            enveloped: true,
        }
    }

    /// Returns the union variant with this name or pointer. An unknown name is an error of the config at `at`.
    fn variant_by_name(
        &mut self,
        union: &ResolvedSchema<'a>,
        name: &str,
        at: &Pointer,
        property: Option<&str>,
        name_hint: &str,
    ) -> Option<ArgumentCase> {
        let variant = union.variants.iter().find(|(at, variant)| {
            let target = self.context.types.resolver.resolve(*variant, at).at.clone();
            target.as_str() == name || target.last() == name || at.as_str() == name
        });
        if variant.is_none() {
            let text = format!("`{name}` is not a variant of the union at {}", union.at);
            let known = union.variants.iter();
            let known: Vec<String> = known
                .map(|(at, variant)| self.context.types.resolver.resolve(*variant, at).at.last())
                .collect();
            let known = known.iter().map(String::as_str);
            let help = did_you_mean(name, known, "a variant of the union");
            let diagnostic = Diagnostic::error("unknown-union-variant", at, text).in_config();
            self.context.report(diagnostic.help(help));
        }
        variant.map(|(at, variant)| self.context.types.case(at, *variant, property, name_hint))
    }

    /// Returns the property that all variants of a union have in common, if each has only this property.
    fn common_property(&self, union: &ResolvedSchema<'a>) -> Option<String> {
        let mut common: Option<&str> = None;
        for (at, variant) in &union.variants {
            let variant = self.context.types.resolver.resolve(*variant, at);
            let [only] = variant.properties.keys().copied().collect::<Vec<_>>()[..] else {
                return None;
            };
            if common.replace(only).is_some_and(|other| other != only) {
                return None;
            }
        }
        common.map(str::to_owned)
    }
}
