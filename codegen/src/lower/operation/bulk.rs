//! A list that may be split over several requests: what the config says of it, and what the document has to.

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Bulk, Field, ParamLocation, Shape, Success, Type};
use crate::lower::Lowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(in crate::lower) fn bulk(
        &mut self,
        found: &Found<'a>,
        settings: &config::Bulk,
        arguments: &[Argument],
        success: &Success,
    ) -> Option<Bulk> {
        let at = self.operations.place(&found.id).key("bulk");
        self.check_result(success, &at);
        let failed = self.failed(settings, success, &at);
        let (argument, list) = self.list(found, settings, arguments, &at)?;
        self.check_key(settings, &list, &at);
        Some(Bulk {
            argument,
            max_items: self.most(&list)?,
            key: settings.key.clone(),
            failed_keys: failed,
        })
    }

    /// The Rust name of the list that is to be split, and what it looks like.
    fn list(
        &mut self,
        found: &Found<'a>,
        settings: &config::Bulk,
        arguments: &[Argument],
        at: &Pointer,
    ) -> Option<(String, ResolvedSchema<'a>)> {
        let at = settings
            .argument
            .as_ref()
            .map_or_else(|| at.clone(), |_| at.key("argument"));
        let argument = match &settings.argument {
            Some(wire) => {
                let name = self.argument_named(wire, arguments, &at)?;
                arguments.iter().find(|argument| argument.name == name)
            }
            None => arguments
                .iter()
                .find(|argument| argument.location == ParamLocation::Body),
        };
        let body = self.json_view(found);
        let list = match (argument, body) {
            (Some(argument), Some(body)) => match argument.location {
                ParamLocation::Body => Some((argument, body)),
                ParamLocation::Property => {
                    body.properties
                        .get(argument.wire_name.as_str())
                        .map(|property| {
                            let view = self.view_of_property(property);
                            (argument, view)
                        })
                }
                _ => None,
            },
            _ => None,
        };
        let list = list.filter(|(argument, _)| matches!(argument.ty, Type::List(_)));
        let Some((argument, view)) = list else {
            let text = settings.argument.as_ref().map_or_else(
                || "the body of this operation is no list".to_owned(),
                |wire| format!("`{wire}` is no list in a body of JSON"),
            );
            self.bulk_problem(
                "bulk-without-list",
                &at,
                text,
                "name a list in the body under `argument`",
            );
            return None;
        };
        if !argument.required {
            let text = format!("the list `{}` may be left out", argument.wire_name);
            self.bulk_problem(
                "bulk-optional-list",
                &at,
                text,
                "make it required in the document",
            );
            return None;
        }
        Some((argument.name.clone(), view))
    }

    /// How many items one request takes.
    fn most(&mut self, list: &ResolvedSchema<'a>) -> Option<u64> {
        let most = list.max_items.filter(|most| *most > 0);
        if most.is_none() {
            let text = "this list has no `maxItems` by which `bulk` could split it";
            let help = "say how many items one request takes, as in `maxItems: 100`";
            self.diagnostics
                .push(Diagnostic::error("bulk-max-items-missing", &list.at, text).help(help));
        }
        most.map(|most| most as u64)
    }

    /// Makes sure that every item has a name.
    fn check_key(&mut self, settings: &config::Bulk, list: &ResolvedSchema<'a>, at: &Pointer) {
        let Some((items_at, items)) = &list.items else {
            self.bulk_problem(
                "bulk-unknown-items",
                at,
                "nothing is known of the items".to_owned(),
                "describe them under `items`",
            );
            return;
        };
        let item = self.view_of(*items, items_at);
        let is_text = |view: &ResolvedSchema| view.kind == Some(JsonKind::String) && !view.nullable;
        match &settings.key {
            None if is_text(&item) => (),
            None => {
                let text = format!("an item of {} is no string", list.at);
                self.bulk_problem(
                    "bulk-items-without-key",
                    at,
                    text,
                    "name the property that names it under `key`",
                );
            }
            Some(key) => {
                let property = item.properties.get(key.as_str());
                let is_name = property.is_some_and(|property| {
                    let view = self.view_of_property(property);
                    property.required && is_text(&view)
                });
                if !is_name {
                    let text = format!("`{key}` is no required string of {}", item.at);
                    let help = "name the property of an item that names it";
                    self.bulk_problem("bulk-key", &at.key("key"), text, help);
                }
            }
        }
    }

    /// Makes sure that the results of several requests make one.
    fn check_result(&mut self, success: &Success, at: &Pointer) {
        let is_sum = match success {
            Success::Nothing | Success::ByArgument { .. } => true,
            Success::Json { ty, .. } => {
                let plain = some(ty).is_whole() || matches!(some(ty), Type::List(_) | Type::Map(_));
                plain || !self.result_fields(success).is_empty()
            }
            Success::Page { .. }
            | Success::Text
            | Success::Variants { .. }
            | Success::Binary { .. } => false,
        };
        if !is_sum {
            let text = "the results of several requests cannot be merged".to_owned();
            let help = "`bulk` needs a result that is an object, a list, a map or a whole number";
            self.bulk_problem("bulk-result", at, text, help);
        }
    }

    /// The Rust name of the field that lists what failed.
    fn failed(
        &mut self,
        settings: &config::Bulk,
        success: &Success,
        at: &Pointer,
    ) -> Option<String> {
        let wire = settings.failed.as_ref()?;
        let mut fields = self.result_fields(success).iter();
        let field = fields
            .find(|field| field.wire_name == *wire && is_list_of_strings(some(&field.ty)))
            .map(|field| field.name.clone());
        if field.is_none() {
            let text = format!("`{wire}` is no list of strings in the result");
            let help = "name the property that lists the keys to send again, or leave this out";
            self.bulk_problem("bulk-failed", &at.key("failed"), text, help);
        }
        field
    }

    /// The fields of a result that is a struct.
    fn result_fields(&self, success: &Success) -> &[Field] {
        let model = match success {
            Success::Json { ty, .. } => match some(ty) {
                Type::Model(id) => self.types.model(*id),
                _ => None,
            },
            _ => None,
        };
        match model.map(|model| &model.shape) {
            Some(Shape::Struct(fields)) => fields,
            _ => &[],
        }
    }

    fn bulk_problem(&mut self, code: &'static str, at: &Pointer, text: String, help: &str) {
        self.diagnostics
            .push(Diagnostic::error(code, at, text).in_config().help(help));
    }
}

/// What is there when it is not null.
fn some(ty: &Type) -> &Type {
    match ty {
        Type::Option(some) => some,
        _ => ty,
    }
}

fn is_list_of_strings(ty: &Type) -> bool {
    matches!(ty, Type::List(item) if **item == Type::String)
}
