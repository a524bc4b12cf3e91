//! Parameters of an operation: their location, serialization style and type.

use indexmap::IndexMap;
use openapiv3::{Content, Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle};

use crate::diagnostic::Diagnostic;
use crate::ir::{self, Argument, CredentialLocation};
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::schema::ResolvedSchema;
use crate::lower::security;
use crate::media_type::is_json;
use crate::names::Scope;
use crate::pointer::Pointer;

impl<'a> OperationLowering<'a> {
    /// Returns an argument for each parameter that the client does not set itself.
    pub(in crate::lower) fn parameters(
        &mut self,
        found: &Found<'a>,
        scope: &mut Scope,
        hint: &str,
    ) -> Vec<Argument> {
        let mut known: IndexMap<(String, ir::ParamLocation), (Pointer, &'a Parameter)> =
            IndexMap::new();
        for (list, at) in found.parameters() {
            for (i, parameter) in list.iter().enumerate() {
                let at = at.index(i);
                let Some((target, parameter)) = self.document.parameter(parameter, &at) else {
                    continue;
                };
                let name = &parameter.parameter_data_ref().name;
                let place = place(parameter);
                if let Some(diagnostic) = self.sent_anyway(found, name, place, &target) {
                    self.warn_once(diagnostic);
                } else {
                    known.insert((name.clone(), place), (target, parameter));
                }
            }
        }
        known
            .into_iter()
            .map(|((_, place), (at, parameter))| self.parameter(parameter, place, &at, scope, hint))
            .collect()
    }

    /// Returns a warning if the client sets the parameter itself: by its HTTP stack or by a credential.
    fn sent_anyway(
        &self,
        found: &Found<'a>,
        name: &str,
        place: ir::ParamLocation,
        at: &Pointer,
    ) -> Option<Diagnostic> {
        if place == ir::ParamLocation::Header
            && let Some((_, help)) = OWN_HEADERS.iter().find(|(own, _)| is_same(own, name))
        {
            let text = format!(
                "the header parameter `{name}` is left out: the client sets this header itself"
            );
            let diagnostic = Diagnostic::warning("client-header", at, text);
            return Some(match *help {
                "" => diagnostic,
                help => diagnostic.help(help),
            });
        }
        let needs =
            self.credentials
                .needs
                .get(security::needs(&self.credentials, self.document, found))?;
        let taken = needs.iter().flatten();
        let mut taken = taken.filter_map(|i| self.credentials.all.get(*i));
        let credential = taken.find(|credential| {
            let mut secrets = credential.secrets.iter();
            secrets.any(|secret| match &secret.location {
                CredentialLocation::Header(own) => {
                    place == ir::ParamLocation::Header && is_same(own, name)
                }
                CredentialLocation::Query(own) => place == ir::ParamLocation::Query && own == name,
                CredentialLocation::Cookie(own) => {
                    place == ir::ParamLocation::Cookie && own == name
                }
                CredentialLocation::Bearer
                | CredentialLocation::BasicUser
                | CredentialLocation::BasicPassword => false,
            })
        })?;
        let method = &credential.method;
        let text = format!("the parameter `{name}` is left out: the credential `{method}` sets it");
        Some(Diagnostic::warning("credential-parameter", at, text))
    }

    fn parameter(
        &mut self,
        parameter: &'a Parameter,
        place: ir::ParamLocation,
        at: &Pointer,
        scope: &mut Scope,
        hint: &str,
    ) -> Argument {
        let data = parameter.parameter_data_ref();
        let (view, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let view = self.types.resolver.resolve(schema, &at.key("schema"));
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
        argument.allow_reserved = matches!(
            parameter,
            Parameter::Query {
                allow_reserved: true,
                ..
            }
        );
        argument.required = data.required || place == ir::ParamLocation::Path;
        argument.deprecated |= data.deprecated.unwrap_or_default();
        argument.example = example.cloned().or(argument.example);
        if let Some(description) = &data.description {
            argument.docs.clone_from(description);
        }
        argument
    }

    /// Returns the schema and the style of a parameter that is described by `content`.
    fn content_of(&self, content: &'a Content, at: &Pointer) -> (ResolvedSchema<'a>, ir::Style) {
        let Some((name, media)) = content.first() else {
            return (
                ResolvedSchema::empty(at, vec![at.clone()]),
                ir::Style::Usual,
            );
        };
        let at = at.key("content").key(name);
        let view = match &media.schema {
            Some(schema) => self.types.resolver.resolve(schema, &at.key("schema")),
            None => ResolvedSchema::empty(&at, vec![at.clone()]),
        };
        let style = if is_json(name) {
            ir::Style::Json
        } else {
            ir::Style::Usual
        };
        (view, style)
    }
}

/// Headers that the client sets itself, and how to describe each in the document.
const OWN_HEADERS: &[(&str, &str)] = &[
    ("accept", BY_MEDIA_TYPES),
    ("authorization", "describe it as a security scheme instead"),
    ("connection", ""),
    ("content-length", ""),
    ("content-type", BY_MEDIA_TYPES),
    (
        "cookie",
        "describe each cookie as a parameter with `in: cookie`",
    ),
    ("expect", ""),
    ("host", "describe the host under `servers`"),
    ("keep-alive", ""),
    ("te", ""),
    ("trailer", ""),
    ("transfer-encoding", ""),
    ("upgrade", ""),
];

const BY_MEDIA_TYPES: &str = "list the media types under `content` instead";

/// True if two header names are equal. They are case-insensitive.
fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn place(parameter: &Parameter) -> ir::ParamLocation {
    match parameter {
        Parameter::Path { .. } => ir::ParamLocation::Path,
        Parameter::Query { .. } => ir::ParamLocation::Query,
        Parameter::Header { .. } => ir::ParamLocation::Header,
        Parameter::Cookie { .. } => ir::ParamLocation::Cookie,
    }
}

/// Returns how a list or an object is serialized in a parameter.
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

/// Returns how a list or an object is serialized in a query or in a form.
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
