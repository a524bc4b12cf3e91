//! The parameters of an operation -> arguments: where each is sent, and how what it holds is written there.

use indexmap::IndexMap;
use openapiv3::{Content, Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle};

use super::Lowering;
use super::body::is_json;
use super::found::Found;
use super::view::View;
use crate::ir::{self, Argument};
use crate::names::Scope;
use crate::pointer::Pointer;
use crate::problem::Problem;

impl<'a> Lowering<'a> {
    pub(super) fn parameters(
        &mut self,
        found: &Found<'a>,
        scope: &mut Scope,
        hint: &str,
    ) -> Vec<Argument> {
        let mut known: IndexMap<(String, ir::Place), (Pointer, &'a Parameter)> = IndexMap::new();
        for (list, at) in found.parameters() {
            for (i, parameter) in list.iter().enumerate() {
                let at = at.index(i);
                let Some((target, parameter)) = self.document.parameter(parameter, &at) else {
                    continue;
                };
                let data = parameter.parameter_data_ref();
                let Some(place) = Self::place(parameter) else {
                    if data.required {
                        self.tell_own_header(&target, &data.name);
                    }
                    continue;
                };
                let name = data.name.clone();
                known.insert((name, place), (target, parameter));
            }
        }
        known
            .into_iter()
            .map(|((_, place), (at, parameter))| self.parameter(parameter, place, &at, scope, hint))
            .collect()
    }

    fn tell_own_header(&mut self, at: &Pointer, name: &str) {
        let help = if name.eq_ignore_ascii_case("authorization") {
            "describe it as a security scheme"
        } else {
            "describe it by the media types under `content`"
        };
        let text = format!("header `{name}` is left out: clients set it themselves");
        self.warn_once(Problem::warning(at, text).help(help));
    }

    fn place(parameter: &Parameter) -> Option<ir::Place> {
        match parameter {
            Parameter::Path { .. } => Some(ir::Place::Path),
            Parameter::Query { .. } => Some(ir::Place::Query),
            Parameter::Header { parameter_data, .. } => {
                // The client sets these itself.
                let own = ["accept", "authorization", "content-type"];
                (!own.contains(&parameter_data.name.to_lowercase().as_str()))
                    .then_some(ir::Place::Header)
            }
            Parameter::Cookie { .. } => Some(ir::Place::Cookie),
        }
    }

    fn parameter(
        &mut self,
        parameter: &'a Parameter,
        place: ir::Place,
        at: &Pointer,
        scope: &mut Scope,
        hint: &str,
    ) -> Argument {
        let data = parameter.parameter_data_ref();
        let (view, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let view = self.view_of(schema, &at.key("schema"));
                (view, style(parameter))
            }
            ParameterSchemaOrContent::Content(content) => self.content_of(content, at),
        };
        let example = data
            .example
            .as_ref()
            .or_else(|| self.first_example(&data.examples, at));
        let mut argument = self.argument(
            &data.name,
            at,
            &view,
            place,
            scope,
            &format!("{hint} {}", data.name),
        );
        argument.style = style;
        argument.reserved = matches!(
            parameter,
            Parameter::Query {
                allow_reserved: true,
                ..
            }
        );
        argument.required = data.required || place == ir::Place::Path;
        argument.deprecated |= data.deprecated.unwrap_or_default();
        argument.example = example.cloned().or(argument.example);
        if let Some(description) = &data.description {
            argument.docs.clone_from(description);
        }
        argument
    }

    /// What a parameter of a media type holds, and how it is written.
    fn content_of(&self, content: &'a Content, at: &Pointer) -> (View<'a>, ir::Style) {
        let Some((name, media)) = content.first() else {
            return (View::silent(at, vec![at.clone()]), ir::Style::Usual);
        };
        let at = at.key("content").key(name);
        let view = match &media.schema {
            Some(schema) => self.view_of(schema, &at.key("schema")),
            None => View::silent(&at, vec![at.clone()]),
        };
        let style = if is_json(name) {
            ir::Style::Json
        } else {
            ir::Style::Usual
        };
        (view, style)
    }
}

/// How a list or an object is written in a parameter.
fn style(parameter: &Parameter) -> ir::Style {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        Parameter::Query { style, .. } => query_style(style, explode),
        Parameter::Cookie { .. } => query_style(&QueryStyle::Form, explode),
        Parameter::Path { style, .. } => {
            let explode = explode.unwrap_or(false);
            match style {
                PathStyle::Matrix => ir::Style::Matrix { explode },
                PathStyle::Label => ir::Style::Label { explode },
                PathStyle::Simple if explode => ir::Style::Pairs,
                PathStyle::Simple => ir::Style::Usual,
            }
        }
        Parameter::Header { .. } if explode == Some(true) => ir::Style::Pairs,
        Parameter::Header { .. } => ir::Style::Usual,
    }
}

/// How a list or an object is written in a query or a form.
pub(crate) fn query_style(style: &QueryStyle, explode: Option<bool>) -> ir::Style {
    match style {
        QueryStyle::DeepObject => ir::Style::Deep,
        QueryStyle::Form if explode == Some(false) => ir::Style::Joined(","),
        QueryStyle::SpaceDelimited if explode != Some(true) => ir::Style::Joined(" "),
        QueryStyle::PipeDelimited if explode != Some(true) => ir::Style::Joined("|"),
        QueryStyle::Form | QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited => {
            ir::Style::Usual
        }
    }
}
