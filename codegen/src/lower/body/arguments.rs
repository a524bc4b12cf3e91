//! Arguments of a request body: one for the whole body, or one for each property.

use crate::ir::{Access, Argument, Body, JsonKind, ParamLocation};
use crate::lower::body::media_types::BodyMediaType;
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::schema::{ResolvedSchema, component_name};
use crate::names::Scope;
use crate::pointer::Pointer;

/// Collects the arguments of a request body.
pub(in crate::lower) struct BodyArguments<'b> {
    /// Location of the body in the operation, and location of its definition.
    pub(in crate::lower) locations: [&'b Pointer; 2],
    pub(in crate::lower) arguments: Vec<Argument>,
    /// Names of all arguments of the operation.
    pub(in crate::lower) scope: &'b mut Scope,
    /// Prefix of the names of inline types.
    pub(in crate::lower) name_hint: &'b str,
}

impl<'a> OperationLowering<'a> {
    /// Returns the schema of a media type.
    pub(in crate::lower) fn media_type_schema(
        &self,
        media_type: &BodyMediaType<'a>,
    ) -> ResolvedSchema<'a> {
        let BodyMediaType { at, object, .. } = media_type;
        match &object.schema {
            Some(schema) => self.types.resolver.resolve(schema, &at.key("schema")),
            None => ResolvedSchema::empty(at, vec![at.clone()]),
        }
    }

    /// Adds one argument for the whole body.
    pub(in crate::lower) fn whole_body(
        &mut self,
        media_type: &BodyMediaType<'a>,
        mut schema: ResolvedSchema<'a>,
        arguments: &mut BodyArguments<'_>,
    ) {
        let BodyMediaType { at, object, .. } = media_type;
        let name = component_name(&schema.at).unwrap_or_else(|| "body".to_owned());
        let wire_name = name
            .strip_prefix(self.types.names.strip_prefix)
            .unwrap_or(&name);
        schema
            .ref_chain
            .extend(arguments.locations.map(Pointer::clone));
        let example = object
            .example
            .as_ref()
            .or_else(|| self.first_example(&object.examples, at))
            .cloned();
        let name_hint = format!("{} body", arguments.name_hint);
        let mut argument = self.argument(
            wire_name,
            at,
            &schema,
            ParamLocation::Body,
            arguments.scope,
            &name_hint,
        );
        argument.example = example.or(argument.example);
        arguments.arguments.push(argument);
    }

    /// Adds one argument for each property that a client may send.
    pub(in crate::lower) fn property_arguments(
        &mut self,
        schema: &ResolvedSchema<'a>,
        location: ParamLocation,
        arguments: &mut BodyArguments<'_>,
    ) {
        for (wire_name, property) in &schema.properties {
            let schema = self.types.resolver.resolve_property(property);
            if schema.access == Some(Access::ReadOnly) {
                continue;
            }
            let name_hint = format!("{} {wire_name}", arguments.name_hint);
            let mut argument = self.argument(
                wire_name,
                &property.at,
                &schema,
                location,
                arguments.scope,
                &name_hint,
            );
            argument.required = property.required;
            arguments.arguments.push(argument);
        }
    }

    /// Body of bytes: neither JSON nor a form.
    pub(in crate::lower) fn raw_body(
        &mut self,
        raw: &BodyMediaType<'a>,
        arguments: &mut BodyArguments<'_>,
    ) -> Body {
        let chain = arguments.locations.map(Pointer::clone).to_vec();
        let mut schema = ResolvedSchema::empty(&raw.at, chain);
        schema.kind = Some(JsonKind::String);
        schema.format = Some("binary".to_owned());
        let argument = self.argument(
            "body",
            &raw.at,
            &schema,
            ParamLocation::Body,
            arguments.scope,
            arguments.name_hint,
        );
        arguments.arguments.push(argument);
        Body::Raw(raw.content_type())
    }
}
