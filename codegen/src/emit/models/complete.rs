//! Emits a check that all items of a bulk call succeeded.

use quote::quote;

use crate::emit::code::{Scope, unprefixed};
use crate::emit::text::inline;
use crate::emit::{docs, failed_keys, item};
use crate::ir::Model;

/// Name of the method.
const COMPLETE: &str = "complete";

/// Returns the method `complete`. `failed_keys` is the field that lists the failed keys.
pub(super) fn complete(scope: &Scope, model: &Model, failed_keys: &str) -> Option<String> {
    // A setter has the same name.
    if model.in_request && model.fields().iter().any(|field| field.name == COMPLETE) {
        return None;
    }
    let list = failed_keys::list(model, failed_keys, &quote!(self))?;
    let (error, result) = (scope.import(item::ERROR), scope.import(item::RESULT));
    let complete = scope.import(item::COMPLETE);
    let docs = format!(
        "Returns the result, or the error [`Incomplete`](crate::Error::Incomplete) if `{}` is not empty.",
        unprefixed(failed_keys)
    );
    let docs = docs::text(&[&docs], "    ");
    let list = inline(&list);
    Some(format!(
        "\
{docs}    pub fn {COMPLETE}(mut self) -> {result}<{complete}<Self>> {{
        {error}::take_failed_keys({list})?;
        Ok({complete}::new(self))
    }}
"
    ))
}
