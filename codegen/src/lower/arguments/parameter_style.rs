//! Serialization style of parameters: the location, `style` and `explode` of a parameter select a [`Style`].

use openapiv3::{Parameter, PathStyle, QueryStyle};

use crate::ir::{ParamLocation, Style};
use crate::media_type::allows_json;

/// Returns the location of a parameter.
pub(in crate::lower) fn location(parameter: &Parameter) -> ParamLocation {
    match parameter {
        Parameter::Path { .. } => ParamLocation::Path,
        Parameter::Query { .. } => ParamLocation::Query,
        Parameter::Header { .. } => ParamLocation::Header,
        Parameter::Cookie { .. } => ParamLocation::Cookie,
    }
}

/// Returns the style of lists and objects in a parameter. `version` is the OpenAPI version of the document.
pub(in crate::lower) fn style(parameter: &Parameter, version: &str) -> Style {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        Parameter::Query { style, .. } => query_style(style, explode),
        Parameter::Cookie { .. } => query_style(&QueryStyle::Form, explode),
        Parameter::Path { style, .. } => path_style(style, explode.unwrap_or(false), version),
        Parameter::Header { .. } if explode == Some(true) => Style::ExplodedSimple,
        Parameter::Header { .. } => Style::Default,
    }
}

/// Returns the style of a parameter with `content` of this media type.
pub(in crate::lower) fn content_style(media_type: &str) -> Style {
    if allows_json(media_type) {
        Style::Json
    } else {
        Style::Default
    }
}

/// Returns the style of lists and objects in a query or in a form.
pub(in crate::lower) fn query_style(style: &QueryStyle, explode: Option<bool>) -> Style {
    match style {
        QueryStyle::DeepObject => Style::DeepObject,
        QueryStyle::Form if explode == Some(false) => Style::Delimited(","),
        QueryStyle::SpaceDelimited if explode != Some(true) => Style::Delimited(" "),
        QueryStyle::PipeDelimited if explode != Some(true) => Style::Delimited("|"),
        QueryStyle::Form | QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited => Style::Default,
    }
}

fn path_style(style: &PathStyle, explode: bool, version: &str) -> Style {
    match style {
        PathStyle::Matrix => Style::Matrix { explode },
        PathStyle::Label if !explode && has_dotted_labels(version) => Style::DottedLabel,
        PathStyle::Label => Style::Label { explode },
        PathStyle::Simple if explode => Style::ExplodedSimple,
        PathStyle::Simple => Style::Default,
    }
}

/// True if the label style without `explode` is `.a.b`. This is the form in the table "Style Examples" of the first
/// versions. Versions 3.0.4 and 3.1.1 correct the table to `.a,b`, as in RFC 6570.
fn has_dotted_labels(version: &str) -> bool {
    matches!(
        version,
        "3.0" | "3.0.0" | "3.0.1" | "3.0.2" | "3.0.3" | "3.1" | "3.1.0"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of all versions refers to RFC 6570, whose form is `.a,b`. Servers follow the table of their version.
    #[test]
    fn labels_follow_the_table_of_the_version() {
        let label = |version| path_style(&PathStyle::Label, false, version);
        assert_eq!(label("3.0.3"), Style::DottedLabel);
        assert_eq!(label("3.1.0"), Style::DottedLabel);
        assert_eq!(label("3.0.4"), Style::Label { explode: false });
        assert_eq!(label("3.1.1"), Style::Label { explode: false });
        let exploded = path_style(&PathStyle::Label, true, "3.0.3");
        assert_eq!(exploded, Style::Label { explode: true });
    }
}
