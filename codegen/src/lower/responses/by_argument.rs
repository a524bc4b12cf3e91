//! Results whose union variant depends on an argument of the request, as the config defines it under `choose`.

use crate::config::Choose;
use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, ArgumentCase, Shape, Success, Type};
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::schema::ResolvedSchema;
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl<'a> OperationLowering<'a> {
    /// Returns a result whose variant is selected by a boolean argument.
    pub(in crate::lower) fn choice(
        &mut self,
        view: &ResolvedSchema<'a>,
        choose: &Choose,
        found: &Found<'a>,
        arguments: &[Argument],
        hint: &str,
    ) -> Success {
        let at = self.operations.place(&found.id).key("choose");
        let argument = self.argument_named(&choose.argument, arguments, &at.key("argument"));
        let property = self.common_property(view);
        let mut cases: [Option<ArgumentCase>; 2] = [None, None];
        let hint = format!("{hint} result");
        for (slot, (key, wanted)) in cases
            .iter_mut()
            .zip([("false", &choose.no), ("true", &choose.yes)])
        {
            let case = view.variants.iter().find(|(at, case)| {
                let target = self.types.resolver.resolve(*case, at);
                target.at.as_str() == wanted || target.at.last() == *wanted || at.as_str() == wanted
            });
            if case.is_none() {
                let text = format!("`{wanted}` is not a variant of the union at {}", view.at);
                let names: Vec<String> = view
                    .variants
                    .iter()
                    .map(|(at, case)| self.types.resolver.resolve(*case, at).at.last())
                    .collect();
                let help = did_you_mean(
                    wanted,
                    names.iter().map(String::as_str),
                    "a variant of the union",
                );
                self.types.diagnostics.push(
                    Diagnostic::error("unknown-union-variant", &at.key(key), text)
                        .in_config()
                        .help(help),
                );
            }
            *slot =
                case.map(|(at, schema)| self.types.case(at, *schema, property.as_deref(), &hint));
        }
        let [Some(no), Some(yes)] = cases else {
            return Success::Nothing;
        };
        let Some(argument) = argument else {
            return Success::Nothing;
        };
        let shape = Shape::ByArgument {
            property: property.clone(),
            cases: vec![no.clone(), yes.clone()],
        };
        let Type::Model(model) = self.types.model(view, &hint, |_, _| shape) else {
            return Success::Nothing;
        };
        Success::ByArgument {
            model,
            argument,
            no,
            yes,
            property,
            enveloped: true,
        }
    }

    /// Returns the property that all variants of a union have in common, if each has only this property.
    fn common_property(&self, view: &ResolvedSchema<'a>) -> Option<String> {
        let mut common: Option<&str> = None;
        for (at, case) in &view.variants {
            let case = self.types.resolver.resolve(*case, at);
            let [only] = case.properties.keys().copied().collect::<Vec<_>>()[..] else {
                return None;
            };
            if common.replace(only).is_some_and(|other| other != only) {
                return None;
            }
        }
        common.map(str::to_owned)
    }

    /// Returns the Rust name of the argument with this wire name. An unknown name is an error of the config.
    pub(in crate::lower) fn argument_named(
        &mut self,
        wire: &str,
        arguments: &[Argument],
        at: &Pointer,
    ) -> Option<String> {
        let found = arguments.iter().find(|argument| argument.wire_name == wire);
        if found.is_none() {
            let text = format!("this operation has no parameter or body property `{wire}`");
            let known = arguments.iter().map(|argument| argument.wire_name.as_str());
            let help = did_you_mean(
                wire,
                known,
                "a parameter or property as written in the document",
            );
            self.types.diagnostics.push(
                Diagnostic::error("unknown-argument", at, text)
                    .in_config()
                    .help(help),
            );
        }
        found.map(|argument| argument.name.clone())
    }
}
