//! A result of which only the request tells what it is: the config names the argument and the cases.

use crate::config::Choose;
use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, ArgumentCase, Shape, Success, Type};
use crate::lower::Lowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::schema::ResolvedSchema;
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl<'a> Lowering<'a> {
    /// Which case is received, only the request tells.
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
            let case = view.cases.iter().find(|(at, case)| {
                let target = self.view_of(*case, at);
                target.at.as_str() == wanted || target.at.last() == *wanted || at.as_str() == wanted
            });
            if case.is_none() {
                let text = format!("`{wanted}` is no case of the union at {}", view.at);
                let names: Vec<String> = view
                    .cases
                    .iter()
                    .map(|(at, case)| self.view_of(*case, at).at.last())
                    .collect();
                let help = did_you_mean(wanted, names.iter().map(String::as_str), "a case of it");
                self.diagnostics.push(
                    Diagnostic::error("unknown-union-variant", &at.key(key), text)
                        .in_config()
                        .help(help),
                );
            }
            *slot = case.map(|(at, schema)| self.case(at, *schema, property.as_deref(), &hint));
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
        let Type::Model(model) = self.model(view, &hint, |_, _| shape) else {
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

    /// The one property that every case of a union has, and nothing else.
    fn common_property(&self, view: &ResolvedSchema<'a>) -> Option<String> {
        let mut common: Option<&str> = None;
        for (at, case) in &view.cases {
            let case = self.view_of(*case, at);
            let [only] = case.properties.keys().copied().collect::<Vec<_>>()[..] else {
                return None;
            };
            if common.replace(only).is_some_and(|other| other != only) {
                return None;
            }
        }
        common.map(str::to_owned)
    }

    /// The Rust name of the argument that a config's entry means.
    pub(in crate::lower) fn argument_named(
        &mut self,
        wire: &str,
        arguments: &[Argument],
        at: &Pointer,
    ) -> Option<String> {
        let found = arguments.iter().find(|argument| argument.wire_name == wire);
        if found.is_none() {
            let text = format!("`{wire}` is no parameter or property of this operation");
            let known = arguments.iter().map(|argument| argument.wire_name.as_str());
            let help = did_you_mean(wire, known, "one as the document writes it");
            self.diagnostics.push(
                Diagnostic::error("unknown-argument", at, text)
                    .in_config()
                    .help(help),
            );
        }
        found.map(|argument| argument.name.clone())
    }
}
