//! The `Accept` header of an operation.

use std::collections::HashSet;

use openapiv3::StatusCode;

use crate::diagnostic::Diagnostic;
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::operation::operation_ref::OperationRef;
use crate::lower::responses::response::{SuccessResponse, SuccessResponses};
use crate::media_type::essence;

impl<'a> OperationLowering<'a> {
    /// Returns the `Accept` header, if the document has several media types.
    pub(in crate::lower) fn accept(
        &mut self,
        operation_ref: &OperationRef<'a>,
        responses: &SuccessResponses<'a>,
    ) -> Option<String> {
        // An operation without any response has a diagnostic already.
        if responses.all.is_empty() && !operation_ref.operation.responses.responses.is_empty() {
            self.warn_without_success(operation_ref);
        }
        let documented: HashSet<String> = responses
            .all
            .iter()
            .flat_map(|response| response.response.content.keys())
            .map(|name| essence(name))
            .collect();
        let mut names: Vec<String> = Vec::new();
        let events = responses.has_events.then(|| "text/event-stream".to_owned());
        let media_types = responses.all.iter().map(SuccessResponse::media_type);
        for name in media_types.chain(events) {
            if is_header_value(&name) && !names.contains(&name) {
                names.push(name);
            }
        }
        (documented.len() > 1 && !names.is_empty()).then(|| names.join(", "))
    }

    fn warn_without_success(&mut self, operation_ref: &OperationRef<'a>) {
        let mut statuses = operation_ref.operation.responses.responses.keys();
        let is_redirect = |status: &StatusCode| status.to_string().starts_with('3');
        let help = if statuses.any(is_redirect) {
            "redirects are not followed; `ApiError::header(\"location\")` returns the target"
        } else {
            "describe the success response under its 2xx status"
        };
        let text =
            "the operation has no success response; the call returns `()` for any 2xx status";
        let at = operation_ref.at.key("responses");
        let diagnostic = Diagnostic::warning("no-success-response", &at, text);
        self.report(diagnostic.at_key().help(help));
    }
}

/// True if the text is valid in an `Accept` header.
fn is_header_value(name: &str) -> bool {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~/".contains(&b);
    name.contains('/') && name.bytes().all(is_token)
}
