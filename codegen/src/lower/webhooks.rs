//! The calls that a server makes by itself -> the types of what it sends.

use super::Lowering;
use super::found::{docs, find_webhooks};
use crate::ir::Webhook;

impl Lowering<'_> {
    /// Those that send JSON of some shape.
    pub(super) fn webhooks(&mut self) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        for found in find_webhooks(self.document) {
            let Some(view) = self.json_view(&found) else {
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
}
