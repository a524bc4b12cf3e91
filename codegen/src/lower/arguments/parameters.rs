//! Parameters of an operation become arguments.

use indexmap::IndexMap;
use openapiv3::{Content, Parameter, ParameterSchemaOrContent};

use crate::ir::{Argument, ParamLocation, Style};
use crate::lower::arguments::parameter_style;
use crate::lower::context::Context;
use crate::lower::operation_ref::OperationRef;
use crate::lower::schema::ResolvedSchema;
use crate::names::Scope;
use crate::pointer::Pointer;

/// Parameters and their locations in the document, by name and location in the request.
type ParameterMap<'a> = IndexMap<(String, ParamLocation), (Pointer, &'a Parameter)>;

/// Lowers the parameters of one operation.
pub(in crate::lower) struct ParameterLowering<'c, 'a> {
    pub(in crate::lower) context: &'c mut Context<'a>,
    pub(in crate::lower) operation_ref: &'c OperationRef<'a>,
    /// Names of all arguments of the operation.
    pub(in crate::lower) scope: &'c mut Scope,
    /// Prefix of the names of inline types.
    pub(in crate::lower) name_hint: &'c str,
}

impl<'a> ParameterLowering<'_, 'a> {
    /// Returns an argument for each parameter that the client does not set itself.
    pub(in crate::lower) fn parameters(mut self) -> Vec<Argument> {
        let parameters = self.parameter_map().into_iter();
        let arguments = parameters
            .map(|((_, location), (at, parameter))| self.parameter(parameter, location, &at));
        arguments.collect()
    }

    /// Collects the parameters. Those of the operation replace those of the path item.
    fn parameter_map(&mut self) -> ParameterMap<'a> {
        let mut parameters = ParameterMap::new();
        for (list, at) in self.operation_ref.parameters() {
            for (i, parameter) in list.iter().enumerate() {
                let at = at.index(i);
                let Some((target, parameter)) = self.context.document.parameter(parameter, &at)
                else {
                    continue;
                };
                let name = &parameter.parameter_data_ref().name;
                let location = parameter_style::location(parameter);
                match self.reserved_parameter(name, location, &target) {
                    Some(diagnostic) => self.context.report_once(diagnostic),
                    None => {
                        parameters.insert((name.clone(), location), (target, parameter));
                    }
                }
            }
        }
        parameters
    }

    fn parameter(
        &mut self,
        parameter: &'a Parameter,
        location: ParamLocation,
        at: &Pointer,
    ) -> Argument {
        let data = parameter.parameter_data_ref();
        let (schema, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let version = &self.context.document.api.openapi;
                let schema = self
                    .context
                    .types
                    .resolver
                    .resolve(schema, &at.key("schema"));
                (schema, parameter_style::style(parameter, version))
            }
            ParameterSchemaOrContent::Content(content) => self.parameter_content(content, at),
        };
        let example = data
            .example
            .as_ref()
            .or_else(|| self.context.first_example(&data.examples, at));
        let name_hint = format!("{} {}", self.name_hint, data.name);
        let mut argument = self
            .context
            .argument(&data.name, at, &schema, location, self.scope, &name_hint);
        argument.style = style;
        argument.allow_reserved = allows_reserved(parameter);
        argument.required = data.required || location == ParamLocation::Path;
        argument.deprecated |= data.deprecated.unwrap_or_default();
        argument.example = example.cloned().or(argument.example);
        if let Some(description) = &data.description {
            argument.docs.clone_from(description);
        }
        argument
    }

    /// Returns the schema and the style of a parameter that is described by `content`.
    fn parameter_content(&self, content: &'a Content, at: &Pointer) -> (ResolvedSchema<'a>, Style) {
        let Some((name, media)) = content.first() else {
            let schema = ResolvedSchema::empty(at, vec![at.clone()]);
            return (schema, Style::Default);
        };
        let at = at.key("content").key(name);
        let schema = match &media.schema {
            Some(schema) => self
                .context
                .types
                .resolver
                .resolve(schema, &at.key("schema")),
            None => ResolvedSchema::empty(&at, vec![at.clone()]),
        };
        (schema, parameter_style::content_style(name))
    }
}

fn allows_reserved(parameter: &Parameter) -> bool {
    matches!(
        parameter,
        Parameter::Query {
            allow_reserved: true,
            ..
        }
    )
}
