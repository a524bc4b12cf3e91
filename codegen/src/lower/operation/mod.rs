//! Operations: one operation of the document becomes one operation of the crate.

pub(in crate::lower) mod bulk;
pub(in crate::lower) mod groups;
pub(in crate::lower) mod lowering;
pub(in crate::lower) mod operation_ref;
pub(in crate::lower) mod parameters;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

pub(in crate::lower) use self::lowering::OperationLowering;
use crate::ir::{self, Argument, Operation, Success};
use crate::lower::operation::operation_ref::{Found, docs, path_parameters};
use crate::lower::schema::{Property, ResolvedSchema};
use crate::lower::security;
use crate::names::{self, Scope};
use crate::pointer::Pointer;

impl<'a> OperationLowering<'a> {
    /// Lowers an operation. `name` is the name of its type in the module of its group.
    pub(crate) fn operation(&mut self, found: &Found<'a>, name: String, hint: &str) -> Operation {
        let mut scope = Scope::default();
        let mut arguments = self.parameters(found, &mut scope, hint);
        let body = self.body(found, &mut arguments, &mut scope, hint);
        self.sort(&mut arguments, found);
        let settings = self.operations.take_named(&found.id).unwrap_or_default();
        let offers = self.offers(found);
        let success = self.success(found, &offers, &settings, &arguments, hint);
        let bulk = settings
            .bulk
            .as_ref()
            .and_then(|bulk| self.bulk(found, bulk, &arguments, &success));
        Operation {
            name,
            docs: docs(found.operation),
            deprecated: found.operation.deprecated,
            http_method: found.verb.to_owned(),
            path: found.path.to_owned(),
            arguments,
            body,
            streamed: offers.events || matches!(success, Success::Text | Success::Binary { .. }),
            accept: self.accept(found, &offers),
            error_responses: self.faults(found, hint),
            headers: self.unnamed_headers(&offers, &success),
            base_url: self.own_base_url(found),
            security: security::needs(&self.credentials, self.document, found),
            success,
            idempotent: settings.idempotent,
            not_found_codes: settings.absent,
            max_body: settings.max_body_bytes,
            max_response: settings.max_answer_bytes,
            bulk,
        }
    }

    /// Returns a required argument with the type of a schema.
    pub(crate) fn argument(
        &mut self,
        wire: &str,
        at: &Pointer,
        view: &ResolvedSchema<'a>,
        place: ir::ParamLocation,
        scope: &mut Scope,
        hint: &str,
    ) -> Argument {
        let mut places = vec![at];
        places.extend(view.ref_chain());
        let given = self.types.names.arguments.take(&places);
        let name = given.unwrap_or_else(|| {
            let name = |text: &str| names::snake(text, names::RESERVED_SETTERS);
            // A path parameter often has the same name.
            if is_of_body(place) && scope.has(&name(wire)) {
                name(&format!("body {wire}"))
            } else {
                name(wire)
            }
        });
        Argument {
            name: self.types.claim_field(name, at, scope),
            wire_name: wire.to_owned(),
            location: place,
            style: ir::Style::Usual,
            allow_reserved: false,
            media_type: None,
            docs: view.description.unwrap_or_default().to_owned(),
            ty: self.types.type_of(view, hint),
            required: true,
            required_if_body: false,
            deprecated: view.deprecated,
            checks: self.types.checks(view),
            example: view.example.cloned(),
        }
    }

    /// Sorts the arguments: path parameters in template order, then other required arguments, then optional ones.
    fn sort(&mut self, arguments: &mut [Argument], found: &Found<'a>) {
        let order = path_parameters(found.path);
        let rank = |argument: &Argument| match argument.location {
            ir::ParamLocation::Path => {
                (0, order.iter().position(|name| *name == argument.wire_name))
            }
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
                .name_siblings(&mut argument.checks, &names, &found.at);
        }
    }

    /// Returns the first of several named examples that has an inline value.
    pub(crate) fn first_example(
        &self,
        examples: &'a IndexMap<String, ReferenceOr<openapiv3::Example>>,
        at: &Pointer,
    ) -> Option<&'a serde_json::Value> {
        examples.iter().find_map(|(name, example)| {
            let (_, example) = self
                .document
                .example(example, &at.key("examples").key(name))?;
            example.value.as_ref()
        })
    }
}

/// Returns the properties of an object with their wire names.
pub(crate) fn properties<'v, 'a>(
    view: &'v ResolvedSchema<'a>,
) -> impl Iterator<Item = (&'a str, &'v Property<'a>)> {
    view.properties
        .iter()
        .map(|(wire, property)| (*wire, property))
}

fn is_of_body(place: ir::ParamLocation) -> bool {
    matches!(
        place,
        ir::ParamLocation::Body | ir::ParamLocation::Property | ir::ParamLocation::Part
    )
}
