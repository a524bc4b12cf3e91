//! Bulk operations: checks the `bulk` settings of an operation against its request body and its result.

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Bulk, Field, ParamLocation, Shape, Success, Type};
use crate::lower::body::request_body::json_body_schema;
use crate::lower::context::Context;
use crate::lower::operation_ref::OperationRef;
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::pointer::Pointer;

/// Lowers the `bulk` settings of one operation.
pub(in crate::lower) struct BulkLowering<'c, 'a> {
    pub(in crate::lower) context: &'c mut Context<'a>,
    pub(in crate::lower) operation_ref: &'c OperationRef<'a>,
    /// The settings of the operation.
    pub(in crate::lower) operation: &'c config::OperationConfig,
    pub(in crate::lower) settings: &'c config::Bulk,
    /// Location of the `bulk` settings in the config.
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) arguments: &'c [Argument],
}

impl<'c, 'a> BulkLowering<'c, 'a> {
    /// Returns the division of the list of an operation into several requests, or `None` if the settings do not fit.
    pub(in crate::lower) fn bulk(mut self, success: &Success) -> Option<Bulk> {
        let settings = self.settings;
        self.check_result(success);
        let failed_keys = self.failed_keys(success);
        let (argument, list) = self.list_argument()?;
        self.check_key(&list);
        let max_items = self.max_items(&list)?;
        let min_items = list.min_items.map_or(0, |min_items| min_items as u64);
        let base64 = self.base64(argument);
        if settings.from_json && settings.key.is_none() {
            let text = "the items are not objects, so `from_json` does not apply".to_owned();
            let help =
                "remove `from_json`, or name the property with the key of an item under `key`";
            self.report("bulk-from-json", &self.at.key("from_json"), text, help);
        }
        Some(Bulk {
            argument: argument.name.clone(),
            min_items,
            max_items,
            base64,
            from_json: settings.from_json,
            batch_items: self.batch_items(min_items.max(1)..=max_items),
            batch_bytes: self.batch_bytes(),
            halve_on: self.halve_on(),
            key: settings.key.clone(),
            failed_keys,
        })
    }

    /// Returns the list argument, and the schema of the list.
    fn list_argument(&mut self) -> Option<(&'c Argument, ResolvedSchema<'a>)> {
        let arguments = self.arguments;
        let wire_name = self.settings.argument.as_deref();
        let at = wire_name.map_or_else(|| self.at.clone(), |_| self.at.key("argument"));
        let argument = match wire_name {
            Some(wire_name) => {
                let name = self.context.argument_name_of(wire_name, arguments, &at)?;
                arguments.iter().find(|argument| argument.name == name)
            }
            None => arguments
                .iter()
                .find(|argument| argument.location == ParamLocation::Body),
        };
        let argument = argument.filter(|argument| matches!(argument.ty, Type::List(_)));
        let list = argument.and_then(|argument| Some((argument, self.schema_in_body(argument)?)));
        let Some((argument, schema)) = list else {
            let text = wire_name.map_or_else(
                || "the request body of this operation is not a list".to_owned(),
                |wire_name| format!("`{wire_name}` is not a list in a JSON body"),
            );
            let help = "set `argument` to a list in the JSON body";
            self.report("bulk-without-list", &at, text, help);
            return None;
        };
        if !argument.required {
            let text = format!(
                "the list `{}` is optional, but `bulk` needs a required list",
                argument.wire_name
            );
            let help = "make it required in the document";
            self.report("bulk-optional-list", &at, text, help);
            return None;
        }
        Some((argument, schema))
    }

    /// Returns the schema of an argument that is a JSON body or one of its properties.
    fn schema_in_body(&self, argument: &Argument) -> Option<ResolvedSchema<'a>> {
        let body = json_body_schema(self.context, self.operation_ref)?;
        match argument.location {
            ParamLocation::Body => Some(body),
            ParamLocation::Property => {
                let property = body.properties.get(argument.wire_name.as_str())?;
                Some(self.context.types.resolver.resolve_property(property))
            }
            _ => None,
        }
    }

    /// Returns the maximum number of items of one request.
    fn max_items(&mut self, list: &ResolvedSchema<'a>) -> Option<u64> {
        let max_items = list.max_items.filter(|max_items| *max_items > 0);
        if max_items.is_none() {
            let text = "this list has no `maxItems`, which `bulk` needs to split the list";
            let help = "add the maximum number of items of one request, as in `maxItems: 100`";
            self.context
                .report(Diagnostic::error("bulk-max-items-missing", &list.at, text).help(help));
        }
        max_items.map(|max_items| max_items as u64)
    }

    /// Checks that each item has a key: the item itself if it is a string, else the property `key`.
    fn check_key(&mut self, list: &ResolvedSchema<'a>) {
        let Some((items_at, items)) = &list.items else {
            let text = "the items of this list have no schema".to_owned();
            let help = "describe the items under `items`";
            self.report("bulk-unknown-items", &self.at.clone(), text, help);
            return;
        };
        let item = self.context.types.resolver.resolve(*items, items_at);
        let help = "set `key` to the property that identifies an item";
        match &self.settings.key {
            None if is_string(&item) => (),
            None => {
                let text = format!("the items of {} are not strings", list.at);
                self.report("bulk-items-without-key", &self.at.clone(), text, help);
            }
            Some(key) => {
                let property = item.properties.get(key.as_str());
                let is_key = property.is_some_and(|property| {
                    property.required
                        && is_string(&self.context.types.resolver.resolve_property(property))
                });
                if !is_key {
                    let text = format!("`{key}` is not a required string property of {}", item.at);
                    self.report("bulk-key", &self.at.key("key"), text, help);
                }
            }
        }
    }

    /// Checks that the results of several requests can be merged.
    fn check_result(&mut self, success: &Success) {
        let is_mergeable = match success {
            Success::Nothing | Success::ByArgument { .. } => true,
            Success::Json { ty, .. } => {
                let ty = non_null(ty);
                ty.is_integer()
                    || matches!(ty, Type::List(_) | Type::Map(_))
                    || !self.result_fields(success).is_empty()
            }
            Success::Page { .. }
            | Success::Text
            | Success::Variants { .. }
            | Success::Binary { .. } => false,
        };
        if !is_mergeable {
            let text = "the results of several requests cannot be merged".to_owned();
            let help = "`bulk` needs a result that is an object, a list, a map or an integer";
            self.report("bulk-result", &self.at.clone(), text, help);
        }
    }

    /// Returns the Rust name of the result field that lists the failed keys.
    fn failed_keys(&mut self, success: &Success) -> Option<String> {
        let wire_name = self.settings.failed.as_ref()?;
        let mut fields = self.result_fields(success).iter();
        let field = fields
            .find(|field| field.wire_name == *wire_name && is_list_of_strings(non_null(&field.ty)))
            .map(|field| field.name.clone());
        if field.is_none() {
            let text = format!("`{wire_name}` is not a list of strings in the result");
            let help =
                "set `failed` to the property that lists the keys to send again, or remove it";
            self.report("bulk-failed", &self.at.key("failed"), text, help);
        }
        field
    }

    /// Returns the fields of a result that is a struct.
    fn result_fields(&self, success: &Success) -> &[Field] {
        let model = match success {
            Success::Json { ty, .. } => match non_null(ty) {
                Type::Model(id) => self.context.types.registry.model(*id),
                _ => None,
            },
            _ => None,
        };
        match model.map(|model| &model.shape) {
            Some(Shape::Struct(fields)) => fields,
            _ => &[],
        }
    }

    /// Adds an error in the `bulk` settings.
    pub(super) fn report(&mut self, code: &'static str, at: &Pointer, text: String, help: &str) {
        self.context
            .report(Diagnostic::error(code, at, text).in_config().help(help));
    }
}

/// Returns the type inside an `Option`, else the type itself.
fn non_null(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) => inner,
        _ => ty,
    }
}

fn is_string(schema: &ResolvedSchema<'_>) -> bool {
    schema.kind == Some(JsonKind::String) && !schema.nullable
}

fn is_list_of_strings(ty: &Type) -> bool {
    matches!(ty, Type::List(item) if **item == Type::String)
}
