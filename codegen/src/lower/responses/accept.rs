//! The `Accept` header of an operation.

use openapiv3::{Response, StatusCode};

use crate::diagnostic::Diagnostic;
use crate::lower::responses::errors::responses_of_error;
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::responses::response::{SuccessResponse, SuccessResponses};
use crate::media_type::essence;
use crate::pointer::Pointer;

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns the `Accept` header: the media types of the success responses that the client can decode, then those of
    /// the error responses. `None` if the document has none.
    pub(in crate::lower) fn accept(&mut self, responses: &SuccessResponses<'a>) -> Option<String> {
        let operation_ref = self.operation_ref;
        // An operation without any response has a diagnostic already.
        if responses.all.is_empty() && !operation_ref.operation.responses.responses.is_empty() {
            self.warn_without_success();
        }
        let events = responses.has_events.then(|| "text/event-stream".to_owned());
        let media_types: Vec<String> = if operation_ref.http_method == "HEAD" {
            // A HEAD request selects the same representation as a GET request.
            let all = responses.all.iter();
            all.flat_map(|it| self.media_types(&it.at, it.response))
                .collect()
        } else {
            let all = responses.all.iter();
            all.map(SuccessResponse::media_type).collect()
        };
        let mut names: Vec<String> = Vec::new();
        for name in media_types.into_iter().chain(events) {
            push(&mut names, name);
        }
        let is_success_typed = !names.is_empty();
        for name in self.error_media_types() {
            // A range of an error response would also allow any type of a success response.
            if !is_success_typed || !name.ends_with("/*") {
                push(&mut names, name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Returns the media types of the error responses.
    fn error_media_types(&self) -> Vec<String> {
        let at = self.operation_ref.at.key("responses");
        let mut names = Vec::new();
        for (status, response) in responses_of_error(self.operation_ref) {
            if let Some((at, response)) = self.context.document.response(response, &at.key(&status))
            {
                names.extend(self.media_types(&at, response));
            }
        }
        names
    }

    /// Returns the media types of a response.
    fn media_types(&self, at: &Pointer, response: &'a Response) -> Vec<String> {
        let contents = self.contents(at, response);
        contents
            .iter()
            .map(|content| essence(content.name))
            .collect()
    }

    fn warn_without_success(&mut self) {
        let mut statuses = self.operation_ref.operation.responses.responses.keys();
        let is_redirect = |status: &StatusCode| status.to_string().starts_with('3');
        let help = if statuses.any(is_redirect) {
            "redirects are not followed; `ApiError::header(\"location\")` returns the target"
        } else {
            "describe the success response under its 2xx status"
        };
        let text =
            "the operation has no success response; the call returns `()` for any 2xx status";
        let at = self.operation_ref.at.key("responses");
        let diagnostic = Diagnostic::warning("no-success-response", &at, text);
        self.context.report(diagnostic.at_key().help(help));
    }
}

/// Adds a media type if it is new and valid.
fn push(names: &mut Vec<String>, name: String) {
    if is_header_value(&name) && !names.contains(&name) {
        names.push(name);
    }
}

/// True if the text is valid in an `Accept` header.
fn is_header_value(name: &str) -> bool {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~/".contains(&b);
    name.contains('/') && name.bytes().all(is_token)
}
