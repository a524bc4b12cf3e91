//! Batches of bulk operations: checks the settings of their size.

use std::ops::RangeInclusive;

use crate::config;
use crate::ir::{Argument, Base64, Model, Type};
use crate::lower::operation::bulk::BulkLowering;

impl BulkLowering<'_, '_> {
    /// Returns the default number of items of one request.
    pub(super) fn batch_items(&mut self, allowed: RangeInclusive<u64>) -> Option<u64> {
        let items = self.settings.batch_items?;
        if allowed.contains(&items) {
            return Some(items);
        }
        let (min, max) = allowed.into_inner();
        let text = format!("`batch_items` is {items}, but a request can have {min} to {max} items");
        let help = "set it to a number in this range, or remove it";
        self.report("bulk-batch-items", &self.at.key("batch_items"), text, help);
        None
    }

    /// Returns the default size of the body of one request.
    pub(super) fn batch_bytes(&mut self) -> Option<u64> {
        let bytes = self.settings.batch_bytes?;
        let max = self.operation.max_body_bytes.unwrap_or(u64::MAX);
        if (1..=max).contains(&bytes) {
            return Some(bytes);
        }
        let text = format!("`batch_bytes` is {bytes}, but a body can have 1 to {max} bytes");
        let help = "set it to a number in this range, or remove it";
        self.report("bulk-batch-bytes", &self.at.key("batch_bytes"), text, help);
        None
    }

    /// Returns the fields of an item that can contain bytes as Base64.
    pub(super) fn base64(&mut self, list: &Argument) -> Option<Base64> {
        let config::Base64 { value, flag } = self.settings.base64.as_ref()?;
        let item = match &list.ty {
            Type::List(item) => item
                .model()
                .and_then(|id| self.context.types.registry.model(id)),
            _ => None,
        };
        let fields = item.map_or(&[][..], Model::fields);
        let find = |wire_name: &str, ty: Type, required: bool| {
            let mut fields = fields.iter();
            let field = fields.find(|field| field.wire_name == wire_name)?;
            (field.ty == ty && field.required == required).then(|| field.name.clone())
        };
        let fields = (
            find(value, Type::String, true),
            find(flag, Type::Bool, false),
        );
        let (Some(value), Some(flag)) = fields else {
            let text = format!(
                "`{value}` is not a required string property of an item, or `{flag}` is not an optional boolean one"
            );
            let help = "name two properties of the items of the list";
            self.report("bulk-base64", &self.at.key("base64"), text, help);
            return None;
        };
        Some(Base64 { value, flag })
    }

    /// Returns the error statuses after which a request is halved.
    pub(super) fn halve_on(&mut self) -> Vec<u16> {
        let at = self.at.key("halve_on");
        let http_method = self.operation_ref.http_method;
        let is_repeatable = self.operation.idempotent || !matches!(http_method, "POST" | "PATCH");
        if !self.settings.halve_on.is_empty() && !is_repeatable {
            let text =
                "a request of this operation is never halved, because it must not be repeated";
            let help =
                "set `idempotent = true` if the operation can be repeated, or remove `halve_on`";
            self.report("bulk-not-idempotent", &at, text.to_owned(), help);
        }
        let mut statuses = Vec::new();
        for (index, status) in self.settings.halve_on.iter().enumerate() {
            if let Ok(status @ (413 | 500..=599)) = u16::try_from(*status) {
                statuses.push(status);
            } else {
                let text = format!("a smaller request does not help after the status {status}");
                let help =
                    "list only statuses from 500 to 599; a request is always halved after 413";
                self.report("bulk-halve-on", &at.index(index), text, help);
            }
        }
        statuses
    }
}
