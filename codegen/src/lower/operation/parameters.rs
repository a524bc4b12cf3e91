//! Parameters of an operation become arguments.

use indexmap::IndexMap;
use openapiv3::{Content, Parameter, ParameterSchemaOrContent};

use crate::ir::{Argument, ParamLocation, Style};
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::operation::operation_ref::OperationRef;
use crate::lower::operation::parameter_style;
use crate::lower::schema::ResolvedSchema;
use crate::media_type::allows_json;
use crate::names::Scope;
use crate::pointer::Pointer;

/// Parameters and their locations in the document, by name and location in the request.
type ParameterMap<'a> = IndexMap<(String, ParamLocation), (Pointer, &'a Parameter)>;

impl<'a> OperationLowering<'a> {
    /// Returns an argument for each parameter that the client does not set itself.
    pub(in crate::lower) fn parameters(
        &mut self,
        operation_ref: &OperationRef<'a>,
        scope: &mut Scope,
        name_hint: &str,
    ) -> Vec<Argument> {
        let parameters = self.parameter_map(operation_ref);
        parameters
            .into_iter()
            .map(|((_, location), (at, parameter))| {
                self.parameter(parameter, location, &at, scope, name_hint)
            })
            .collect()
    }

    /// Collects the parameters. Those of the operation replace those of the path item.
    fn parameter_map(&mut self, operation_ref: &OperationRef<'a>) -> ParameterMap<'a> {
        let mut parameters = ParameterMap::new();
        for (list, at) in operation_ref.parameters() {
            for (i, parameter) in list.iter().enumerate() {
                let at = at.index(i);
                let Some((target, parameter)) = self.document.parameter(parameter, &at) else {
                    continue;
                };
                let name = &parameter.parameter_data_ref().name;
                let location = parameter_style::location(parameter);
                match self.reserved_parameter(operation_ref, name, location, &target) {
                    Some(diagnostic) => self.report_once(diagnostic),
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
        scope: &mut Scope,
        name_hint: &str,
    ) -> Argument {
        let data = parameter.parameter_data_ref();
        let (schema, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let schema = self.types.resolver.resolve(schema, &at.key("schema"));
                (
                    schema,
                    parameter_style::style(parameter, &self.document.api.openapi),
                )
            }
            ParameterSchemaOrContent::Content(content) => self.parameter_content(content, at),
        };
        let example = data
            .example
            .as_ref()
            .or_else(|| self.first_example(&data.examples, at));
        let name_hint = format!("{name_hint} {}", data.name);
        let mut argument = self.argument(&data.name, at, &schema, location, scope, &name_hint);
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
            Some(schema) => self.types.resolver.resolve(schema, &at.key("schema")),
            None => ResolvedSchema::empty(&at, vec![at.clone()]),
        };
        let style = if allows_json(name) {
            Style::Json
        } else {
            Style::Default
        };
        (schema, style)
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
