//! One operation of the document -> one of the crate.

use indexmap::IndexMap;
use openapiv3::{
    Content, Parameter, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr,
    Server,
};

use super::Lowering;
use super::body::is_json;
use super::view::{Property, View};
use crate::document::Document;
use crate::ir::{self, Argument, Operation, Success};
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::problem::Problem;

/// An operation as the document has it.
#[derive(Clone)]
pub(crate) struct Found<'a> {
    pub(crate) at: Pointer,
    /// Its operationId, or else its verb and path.
    pub(crate) id: String,
    pub(crate) verb: &'static str,
    pub(crate) path: &'a str,
    pub(crate) operation: &'a openapiv3::Operation,
    /// The servers of its path, and where they stand.
    pub(super) path_servers: (&'a [Server], Pointer),
    /// The parameters of its path, and where they stand.
    shared: (&'a [ReferenceOr<Parameter>], Pointer),
}

impl<'a> Found<'a> {
    /// The parameters of its path and its own ones, and where they stand.
    pub(crate) fn parameters(&self) -> [(&'a [ReferenceOr<Parameter>], Pointer); 2] {
        let own = (
            self.operation.parameters.as_slice(),
            self.at.key("parameters"),
        );
        [self.shared.clone(), own]
    }
}

/// Every operation of a document, in its order.
pub(crate) fn find(document: &Document) -> Vec<Found<'_>> {
    find_in(document, "paths", &document.api.paths.paths)
}

/// Every call that a server makes by itself; the path of each is its name.
pub(super) fn find_webhooks(document: &Document) -> Vec<Found<'_>> {
    find_in(document, "webhooks", &document.webhooks)
}

fn find_in<'a>(
    document: &'a Document,
    section: &str,
    items: &'a IndexMap<String, ReferenceOr<PathItem>>,
) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    let section = Pointer::root().key(section);
    for (path, item) in items {
        let Some((at, item)) = document.path_item(item, &section.key(path)) else {
            continue;
        };
        for (verb, operation) in item.iter() {
            let verb = verb_of(verb);
            found.push(Found {
                at: at.key(&verb.to_lowercase()),
                id: operation
                    .operation_id
                    .clone()
                    .unwrap_or_else(|| format!("{} {path}", verb.to_lowercase())),
                verb,
                path,
                operation,
                path_servers: (&item.servers, at.key("servers")),
                shared: (&item.parameters, at.key("parameters")),
            });
        }
    }
    found
}

/// The parameters in a path template, in order.
pub(crate) fn path_parameters(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

impl<'a> Lowering<'a> {
    /// `name` is the operation's type in its group's module.
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
            verb: found.verb.to_owned(),
            path: found.path.to_owned(),
            arguments,
            body,
            streamed: offers.events || matches!(success, Success::Text | Success::Binary { .. }),
            accept: self.accept(found, &offers),
            faults: self.faults(found, hint),
            headers: self.unnamed_headers(&offers, &success),
            base_url: self.own_base_url(found),
            needs: self.needs(found),
            success,
            idempotent: settings.idempotent,
            absent: settings.absent,
            max_body: settings.max_body_bytes,
            max_answer: settings.max_answer_bytes,
            bulk,
        }
    }

    fn parameters(&mut self, found: &Found<'a>, scope: &mut Scope, hint: &str) -> Vec<Argument> {
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

    /// An argument of a schema; required if nothing else is said.
    pub(crate) fn argument(
        &mut self,
        wire: &str,
        at: &Pointer,
        view: &View<'a>,
        place: ir::Place,
        scope: &mut Scope,
        hint: &str,
    ) -> Argument {
        let mut places = vec![at];
        places.extend(view.chain());
        let given = self.names.arguments.take(&places);
        let name = given.unwrap_or_else(|| names::snake(wire, names::TAKEN_SETTERS));
        Argument {
            name: self.claim_field(name, at, scope),
            wire: wire.to_owned(),
            place,
            style: ir::Style::Usual,
            reserved: false,
            media_type: None,
            docs: view.description.unwrap_or_default().to_owned(),
            ty: self.type_of(view, hint),
            required: true,
            needed: false,
            deprecated: view.deprecated,
            checks: self.checks(view),
            example: view.example.cloned(),
        }
    }

    /// Required arguments first: those of the path in the template's order, then the others as they stand.
    fn sort(&mut self, arguments: &mut [Argument], found: &Found<'a>) {
        let order = path_parameters(found.path);
        let rank = |argument: &Argument| match argument.place {
            ir::Place::Path => (0, order.iter().position(|name| *name == argument.wire)),
            _ if argument.required => (1, None),
            _ => (2, None),
        };
        arguments.sort_by_key(rank);
        let names: Vec<(String, String)> = arguments
            .iter()
            .map(|argument| (argument.wire.clone(), argument.name.clone()))
            .collect();
        for argument in arguments {
            self.name_siblings(&mut argument.checks, &names, &found.at);
        }
    }

    /// The first example of a list that is written out.
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

/// The properties of an object as arguments.
pub(crate) fn properties<'v, 'a>(
    view: &'v View<'a>,
) -> impl Iterator<Item = (&'a str, &'v Property<'a>)> {
    view.properties
        .iter()
        .map(|(wire, property)| (*wire, property))
}

pub(super) fn docs(operation: &openapiv3::Operation) -> String {
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    let description = operation.description.as_deref().unwrap_or_default().trim();
    if summary.is_empty()
        || description.is_empty()
        || stems(description).starts_with(&stems(summary))
    {
        return if description.is_empty() {
            summary
        } else {
            description
        }
        .to_owned();
    }
    let stop = if summary.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{summary}{stop}\n\n{description}")
}

/// The words of a text as far as they say something, so that "List pets" is the beginning of "Lists all the pets".
fn stems(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase);
    let said = words.filter(|word| !matches!(word.as_str(), "" | "a" | "an" | "the" | "all"));
    said.map(|word| word.trim_end_matches('s').to_owned())
        .collect()
}

fn verb_of(verb: &str) -> &'static str {
    match verb {
        "get" => "GET",
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        _ => "TRACE",
    }
}
