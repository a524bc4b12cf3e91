//! Webhooks: the types of their JSON payloads.

use crate::diagnostic::Diagnostic;
use crate::ir::Webhook;
use crate::lower::operation::docs::docs;
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::operation::operation_ref::{OperationRef, webhooks_of};
use crate::media_type::allows_json;

impl<'a> OperationLowering<'a> {
    /// Returns the webhooks that have a JSON payload.
    pub(in crate::lower) fn webhooks(&mut self) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        for webhook in webhooks_of(self.document) {
            let Some(schema) = self.json_body_schema(&webhook) else {
                self.warn_about_payload(&webhook);
                continue;
            };
            webhooks.push(Webhook {
                name: webhook.path.to_owned(),
                docs: docs(webhook.operation),
                ty: self
                    .types
                    .type_of(&schema, &format!("{} webhook", webhook.path)),
            });
        }
        webhooks
    }

    /// Warns about a webhook whose payload is not JSON.
    fn warn_about_payload(&mut self, webhook: &OperationRef<'a>) {
        let Some((_, at, body)) = self.request_body(webhook) else {
            return;
        };
        let mut media_types = body.content.keys();
        if let Some(name) = media_types.find(|name| !allows_json(name)) {
            let text = format!("the payload of this webhook gets no type: `{name}` is not JSON");
            let at = at.key("content").key(name);
            let diagnostic = Diagnostic::warning("webhook-without-json", &at, text);
            self.report_once(diagnostic.at_key());
        }
    }
}
