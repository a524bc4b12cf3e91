//! Arguments of an operation: name, type, checks and order.

use indexmap::IndexMap;
use openapiv3::{Example, ReferenceOr};
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, ParamLocation, Style};
use crate::lower::context::Context;
use crate::lower::operation_ref::{OperationRef, path_parameters};
use crate::lower::schema::ResolvedSchema;
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl<'a> Context<'a> {
    /// Returns a required argument with the type of a schema.
    pub(in crate::lower) fn argument(
        &mut self,
        wire_name: &str,
        at: &Pointer,
        schema: &ResolvedSchema<'a>,
        location: ParamLocation,
        scope: &mut Scope,
        name_hint: &str,
    ) -> Argument {
        let name = self.argument_name(wire_name, at, schema, location, scope);
        let ty = self.types.type_of(schema, name_hint);
        Argument {
            name: self.types.claim_field(name, at, scope),
            wire_name: wire_name.to_owned(),
            location,
            style: Style::Default,
            allow_reserved: false,
            media_type: None,
            docs: schema.description.unwrap_or_default().to_owned(),
            unit: self.types.unit(at, schema, &ty),
            ty,
            required: true,
            required_if_body: false,
            deprecated: schema.deprecated,
            checks: self.types.checks(schema),
            example: schema.example.cloned(),
        }
    }

    /// Returns the name from the config, else one made from the wire name.
    fn argument_name(
        &mut self,
        wire_name: &str,
        at: &Pointer,
        schema: &ResolvedSchema<'a>,
        location: ParamLocation,
        scope: &Scope,
    ) -> String {
        let mut locations = vec![at];
        locations.extend(schema.ref_chain());
        if let Some(name) = self.types.names.arguments.take(&locations) {
            return name;
        }
        let name = |text: &str| names::snake(text, names::RESERVED_SETTERS);
        // A path parameter often has the same name as a property of the body.
        if is_in_body(location) && scope.has(&name(wire_name)) {
            name(&format!("body {wire_name}"))
        } else {
            name(wire_name)
        }
    }

    /// Sorts the arguments: path parameters in template order, then other required arguments, then optional ones.
    pub(in crate::lower) fn sort_arguments(
        &mut self,
        arguments: &mut [Argument],
        operation_ref: &OperationRef<'a>,
    ) {
        let order = path_parameters(operation_ref.path);
        let rank = |argument: &Argument| match argument.location {
            ParamLocation::Path => (0, order.iter().position(|name| *name == argument.wire_name)),
            _ if argument.required => (1, None),
            _ => (2, None),
        };
        arguments.sort_by_key(rank);
        let names: Vec<(String, String)> = arguments
            .iter()
            .map(|argument| (argument.wire_name.clone(), argument.name.clone()))
            .collect();
        for argument in arguments {
            self.types
                .name_siblings(&mut argument.checks, &names, &operation_ref.at);
        }
    }

    /// Returns the Rust name of the argument with this wire name. An unknown name is an error of the config at `at`.
    pub(in crate::lower) fn argument_name_of(
        &mut self,
        wire_name: &str,
        arguments: &[Argument],
        at: &Pointer,
    ) -> Option<String> {
        let argument = arguments.iter().find(|it| it.wire_name == wire_name);
        if argument.is_none() {
            let text = format!("this operation has no parameter or body property `{wire_name}`");
            let known = arguments.iter().map(|argument| argument.wire_name.as_str());
            let help = did_you_mean(
                wire_name,
                known,
                "a parameter or property as written in the document",
            );
            let diagnostic = Diagnostic::error("unknown-argument", at, text).in_config();
            self.report(diagnostic.help(help));
        }
        argument.map(|argument| argument.name.clone())
    }

    /// Returns the first of several named examples that has an inline value.
    pub(in crate::lower) fn first_example(
        &self,
        examples: &'a IndexMap<String, ReferenceOr<Example>>,
        at: &Pointer,
    ) -> Option<&'a Value> {
        let at = at.key("examples");
        examples.iter().find_map(|(name, example)| {
            let (_, example) = self.document.example(example, &at.key(name))?;
            example.value.as_ref()
        })
    }
}

fn is_in_body(location: ParamLocation) -> bool {
    matches!(
        location,
        ParamLocation::Body | ParamLocation::Property | ParamLocation::Part
    )
}
