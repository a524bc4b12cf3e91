//! The calls that a server makes by itself -> the types of what it sends.

use crate::diagnostic::Diagnostic;
use crate::ir::Webhook;
use crate::lower::Lowering;
use crate::lower::operation::operation_ref::{Found, docs, find_webhooks};
use crate::media_type::is_json;

impl Lowering<'_> {
    /// Those that send JSON of some shape.
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
                ty: self.type_of(&view, &format!("{} webhook", found.path)),
            });
        }
        webhooks
    }

    /// Says that what is sent has no type, where it is not JSON.
    fn tell_untyped(&mut self, found: &Found<'_>) {
        let body = found.operation.request_body.as_ref();
        let at = found.at.key("requestBody");
        let Some((at, body)) = body.and_then(|body| self.document.request_body(body, &at)) else {
            return;
        };
        let mut names = body.content.keys();
        if let Some(name) = names.find(|name| !is_json(name)) {
            let text =
                format!("no type is emitted for what this webhook sends: `{name}` is no JSON");
            let at = at.key("content").key(name);
            self.warn_once(Diagnostic::warning("webhook-without-json", &at, text).at_key());
        }
    }
}
