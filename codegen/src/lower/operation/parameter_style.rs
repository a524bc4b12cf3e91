//! Serialization style of parameters: the location, `style` and `explode` of a parameter select a [`Style`].

use openapiv3::{Parameter, PathStyle, QueryStyle};

use crate::ir::{ParamLocation, Style};

/// Returns where a parameter is sent.
pub(in crate::lower) fn location(parameter: &Parameter) -> ParamLocation {
    match parameter {
        Parameter::Path { .. } => ParamLocation::Path,
        Parameter::Query { .. } => ParamLocation::Query,
        Parameter::Header { .. } => ParamLocation::Header,
        Parameter::Cookie { .. } => ParamLocation::Cookie,
    }
}

/// Returns how a list or an object is serialized in a parameter.
pub(in crate::lower) fn style(parameter: &Parameter) -> Style {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        Parameter::Query { style, .. } => query_style(style, explode),
        Parameter::Cookie { .. } => query_style(&QueryStyle::Form, explode),
        Parameter::Path { style, .. } => path_style(style, explode.unwrap_or(false)),
        Parameter::Header { .. } if explode == Some(true) => Style::ExplodedSimple,
        Parameter::Header { .. } => Style::Default,
    }
}

/// Returns how a list or an object is serialized in a query or in a form.
pub(in crate::lower) fn query_style(style: &QueryStyle, explode: Option<bool>) -> Style {
    match style {
        QueryStyle::DeepObject => Style::DeepObject,
        QueryStyle::Form if explode == Some(false) => Style::Delimited(","),
        QueryStyle::SpaceDelimited if explode != Some(true) => Style::Delimited(" "),
        QueryStyle::PipeDelimited if explode != Some(true) => Style::Delimited("|"),
        QueryStyle::Form | QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited => Style::Default,
    }
}

fn path_style(style: &PathStyle, explode: bool) -> Style {
    match style {
        PathStyle::Matrix => Style::Matrix { explode },
        PathStyle::Label => Style::Label { explode },
        PathStyle::Simple if explode => Style::ExplodedSimple,
        PathStyle::Simple => Style::Default,
    }
}
