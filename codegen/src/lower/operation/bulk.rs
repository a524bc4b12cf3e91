//! Bulk operations: checks the `bulk` settings of an operation against its request body and its result.

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Bulk, Field, ParamLocation, Shape, Success, Type};
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::pointer::Pointer;

impl<'a> OperationLowering<'a> {
    /// Returns how the list of an operation is split over several requests, or `None` if the settings do not fit.
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

    /// Returns the Rust name of the list argument, and the schema of the list.
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
                            let view = self.types.resolver.resolve_property(property);
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
                || "the request body of this operation is not a list".to_owned(),
                |wire| format!("`{wire}` is not a list in a JSON body"),
            );
            self.bulk_problem(
                "bulk-without-list",
                &at,
                text,
                "set `argument` to a list in the JSON body",
            );
            return None;
        };
        if !argument.required {
            let text = format!(
                "the list `{}` is optional, but `bulk` needs a required list",
                argument.wire_name
            );
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

    /// Returns the maximum number of items of one request.
    fn most(&mut self, list: &ResolvedSchema<'a>) -> Option<u64> {
        let most = list.max_items.filter(|most| *most > 0);
        if most.is_none() {
            let text = "this list has no `maxItems`, which `bulk` needs to split the list";
            let help = "add the maximum number of items of one request, as in `maxItems: 100`";
            self.types
                .diagnostics
                .push(Diagnostic::error("bulk-max-items-missing", &list.at, text).help(help));
        }
        most.map(|most| most as u64)
    }

    /// Checks that each item has a key: the item itself if it is a string, else the property `key`.
    fn check_key(&mut self, settings: &config::Bulk, list: &ResolvedSchema<'a>, at: &Pointer) {
        let Some((items_at, items)) = &list.items else {
            self.bulk_problem(
                "bulk-unknown-items",
                at,
                "the items of this list have no schema".to_owned(),
                "describe the items under `items`",
            );
            return;
        };
        let item = self.types.resolver.resolve(*items, items_at);
        let is_text = |view: &ResolvedSchema| view.kind == Some(JsonKind::String) && !view.nullable;
        match &settings.key {
            None if is_text(&item) => (),
            None => {
                let text = format!("the items of {} are not strings", list.at);
                self.bulk_problem(
                    "bulk-items-without-key",
                    at,
                    text,
                    "set `key` to the property that identifies an item",
                );
            }
            Some(key) => {
                let property = item.properties.get(key.as_str());
                let is_name = property.is_some_and(|property| {
                    let view = self.types.resolver.resolve_property(property);
                    property.required && is_text(&view)
                });
                if !is_name {
                    let text = format!("`{key}` is not a required string property of {}", item.at);
                    let help = "set `key` to the property that identifies an item";
                    self.bulk_problem("bulk-key", &at.key("key"), text, help);
                }
            }
        }
    }

    /// Checks that the results of several requests can be merged.
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
            let help = "`bulk` needs a result that is an object, a list, a map or an integer";
            self.bulk_problem("bulk-result", at, text, help);
        }
    }

    /// Returns the Rust name of the result field that lists the failed keys.
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
            let text = format!("`{wire}` is not a list of strings in the result");
            let help =
                "set `failed` to the property that lists the keys to send again, or remove it";
            self.bulk_problem("bulk-failed", &at.key("failed"), text, help);
        }
        field
    }

    /// Returns the fields of a result that is a struct.
    fn result_fields(&self, success: &Success) -> &[Field] {
        let model = match success {
            Success::Json { ty, .. } => match some(ty) {
                Type::Model(id) => self.types.registry.model(*id),
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
        self.types
            .diagnostics
            .push(Diagnostic::error(code, at, text).in_config().help(help));
    }
}

/// Returns the type inside an `Option`, else the type itself.
fn some(ty: &Type) -> &Type {
    match ty {
        Type::Option(some) => some,
        _ => ty,
    }
}

fn is_list_of_strings(ty: &Type) -> bool {
    matches!(ty, Type::List(item) if **item == Type::String)
}
