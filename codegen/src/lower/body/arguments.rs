//! Arguments of a request body: one for the whole body, or one for each property.

use crate::ir::{Access, Body, JsonKind, ParamLocation};
use crate::lower::body::lowering::BodyLowering;
use crate::lower::body::media_types::BodyMediaType;
use crate::lower::schema::{ResolvedSchema, component_name};
use crate::pointer::Pointer;

impl<'a> BodyLowering<'_, 'a> {
    /// Adds one argument for the whole body.
    pub(in crate::lower) fn whole_body(
        &mut self,
        media_type: &BodyMediaType<'a>,
        mut schema: ResolvedSchema<'a>,
    ) {
        let BodyMediaType { at, object, .. } = media_type;
        let name = component_name(&schema.at).unwrap_or_else(|| "body".to_owned());
        let wire_name = name
            .strip_prefix(self.context.types.names.strip_prefix)
            .unwrap_or(&name);
        schema.ref_chain.extend(self.locations.map(Pointer::clone));
        let example = object
            .example
            .as_ref()
            .or_else(|| self.context.first_example(&object.examples, at))
            .cloned();
        let name_hint = format!("{} body", self.name_hint);
        let mut argument = self.context.argument(
            wire_name,
            at,
            &schema,
            ParamLocation::Body,
            self.scope,
            &name_hint,
        );
        argument.example = example.or(argument.example);
        self.arguments.push(argument);
    }

    /// Adds one argument for each property that a client may send.
    pub(in crate::lower) fn property_arguments(
        &mut self,
        schema: &ResolvedSchema<'a>,
        location: ParamLocation,
    ) {
        for (wire_name, property) in &schema.properties {
            let schema = self.context.types.resolver.resolve_property(property);
            if schema.access == Some(Access::ReadOnly) {
                continue;
            }
            let name_hint = format!("{} {wire_name}", self.name_hint);
            let mut argument = self.context.argument(
                wire_name,
                &property.at,
                &schema,
                location,
                self.scope,
                &name_hint,
            );
            argument.required = property.required;
            self.arguments.push(argument);
        }
    }

    /// Body of bytes: neither JSON nor a form.
    pub(in crate::lower) fn raw_body(&mut self, raw: &BodyMediaType<'a>) -> Body {
        let chain = self.locations.map(Pointer::clone).to_vec();
        let mut schema = ResolvedSchema::empty(&raw.at, chain);
        schema.kind = Some(JsonKind::String);
        schema.format = Some("binary".to_owned());
        let argument = self.context.argument(
            "body",
            &raw.at,
            &schema,
            ParamLocation::Body,
            self.scope,
            self.name_hint,
        );
        self.arguments.push(argument);
        Body::Raw(raw.content_type())
    }
}
