//! The responses of one operation.

use crate::config::OperationConfig;
use crate::ir::{Argument, ErrorResponse, Header, Success};
use crate::lower::context::Context;
use crate::lower::operation_ref::OperationRef;
use crate::pointer::Pointer;

/// Lowers the responses of one operation.
pub(in crate::lower) struct ResponseLowering<'c, 'a> {
    pub(in crate::lower) context: &'c mut Context<'a>,
    pub(in crate::lower) operation_ref: &'c OperationRef<'a>,
    /// The settings of the operation in the config.
    pub(in crate::lower) settings: &'c OperationConfig,
    pub(in crate::lower) arguments: &'c [Argument],
    /// Prefix of the names of inline types.
    pub(in crate::lower) name_hint: &'c str,
}

/// The lowered responses of an operation.
pub(in crate::lower) struct Responses {
    pub(in crate::lower) success: Success,
    /// True if the success response is a text, bytes or a stream of events.
    pub(in crate::lower) streamed: bool,
    /// The `Accept` header.
    pub(in crate::lower) accept: Option<String>,
    pub(in crate::lower) errors: Vec<ErrorResponse>,
    /// Headers of the success responses that have no accessor.
    pub(in crate::lower) headers: Vec<Header>,
}

impl ResponseLowering<'_, '_> {
    /// Lowers all responses.
    pub(in crate::lower) fn responses(mut self) -> Responses {
        let responses = self.success_responses();
        let success = self.success(&responses.all);
        Responses {
            streamed: responses.has_events
                || matches!(success, Success::Text | Success::Binary { .. }),
            accept: self.accept(&responses),
            errors: self.error_responses(),
            headers: self.headers_without_accessor(&responses, &success),
            success,
        }
    }

    /// Returns the location of the settings of the operation in the config.
    pub(in crate::lower) fn settings_at(&self) -> Pointer {
        self.context.operations.location(&self.operation_ref.id)
    }
}
