//! Webhooks: the types of their JSON payloads.

use crate::diagnostic::Diagnostic;
use crate::ir::Webhook;
use crate::lower::body::request_body::{json_body_schema, request_body};
use crate::lower::context::Context;
use crate::lower::operation::docs::docs;
use crate::lower::operation_ref::{OperationRef, webhooks_of};
use crate::media_type::allows_json;

/// Returns the webhooks that have a JSON payload.
pub(in crate::lower) fn webhooks(context: &mut Context<'_>) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for webhook in webhooks_of(context.document) {
        let Some(schema) = json_body_schema(context, &webhook) else {
            warn_about_payload(context, &webhook);
            continue;
        };
        webhooks.push(Webhook {
            name: webhook.path.to_owned(),
            docs: docs(webhook.operation),
            ty: context
                .types
                .type_of(&schema, &format!("{} webhook", webhook.path)),
        });
    }
    webhooks
}

/// Warns about a webhook whose payload is not JSON.
fn warn_about_payload<'a>(context: &mut Context<'a>, webhook: &OperationRef<'a>) {
    let Some((_, at, body)) = request_body(context.document, webhook) else {
        return;
    };
    let mut media_types = body.content.keys();
    if let Some(name) = media_types.find(|name| !allows_json(name)) {
        let text = format!("the payload of this webhook gets no type: `{name}` is not JSON");
        let at = at.key("content").key(name);
        let diagnostic = Diagnostic::warning("webhook-without-json", &at, text);
        context.report_once(diagnostic.at_key());
    }
}
