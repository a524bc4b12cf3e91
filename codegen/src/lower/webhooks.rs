//! Webhooks: the types of their JSON payloads.

use crate::diagnostic::Diagnostic;
use crate::ir::Webhook;
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::{Found, docs, find_webhooks};
use crate::media_type::is_json;

impl OperationLowering<'_> {
    /// Returns the webhooks that have a JSON payload.
    pub(in crate::lower) fn webhooks(&mut self) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        for found in find_webhooks(self.document) {
            let Some(view) = self.json_view(&found) else {
                self.tell_untyped(&found);
                continue;
            };
            webhooks.push(Webhook {
                name: found.path.to_owned(),
                docs: docs(found.operation),
                ty: self
                    .types
                    .type_of(&view, &format!("{} webhook", found.path)),
            });
        }
        webhooks
    }

    /// Warns about a webhook whose payload is not JSON.
    fn tell_untyped(&mut self, found: &Found<'_>) {
        let body = found.operation.request_body.as_ref();
        let at = found.at.key("requestBody");
        let Some((at, body)) = body.and_then(|body| self.document.request_body(body, &at)) else {
            return;
        };
        let mut names = body.content.keys();
        if let Some(name) = names.find(|name| !is_json(name)) {
            let text = format!("the payload of this webhook gets no type: `{name}` is not JSON");
            let at = at.key("content").key(name);
            self.warn_once(Diagnostic::warning("webhook-without-json", &at, text).at_key());
        }
    }
}
