//! Builds one operation of the crate.

use crate::ir::{Operation, Success};
use crate::lower::operation::docs::docs;
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::operation::operation_ref::OperationRef;
use crate::names::Scope;

impl<'a> OperationLowering<'a> {
    /// Lowers an operation. `name` is the name of its type in the module of its group.
    pub(in crate::lower) fn operation(
        &mut self,
        operation_ref: &OperationRef<'a>,
        name: String,
        name_hint: &str,
    ) -> Operation {
        let mut scope = Scope::default();
        let mut arguments = self.parameters(operation_ref, &mut scope, name_hint);
        let (body, body_arguments) = self.body(operation_ref, &mut scope, name_hint);
        arguments.extend(body_arguments);
        self.sort_arguments(&mut arguments, operation_ref);
        let settings = self.operations.take_key(&operation_ref.id);
        let settings = settings.unwrap_or_default();
        let responses = self.success_responses(operation_ref);
        let success = self.success(operation_ref, &responses, &settings, &arguments, name_hint);
        let bulk = settings
            .bulk
            .as_ref()
            .and_then(|bulk| self.bulk(operation_ref, &settings, bulk, &arguments, &success));
        Operation {
            name,
            docs: docs(operation_ref.operation),
            deprecated: operation_ref.operation.deprecated,
            http_method: operation_ref.http_method.to_owned(),
            path: without_fragment(operation_ref.path).to_owned(),
            arguments,
            body,
            is_body_required: self
                .request_body(operation_ref)
                .is_some_and(|(.., body)| body.required),
            streamed: responses.has_events
                || matches!(success, Success::Text | Success::Binary { .. }),
            accept: self.accept(operation_ref, &responses),
            error_responses: self.error_responses(operation_ref, name_hint),
            headers: self.headers_without_accessor(&responses, &success),
            base_url: self.operation_base_url(operation_ref),
            security: self
                .credentials
                .requirements_index(self.document, operation_ref),
            success,
            idempotent: settings.idempotent,
            not_found_codes: settings.not_found_codes,
            max_body: settings.max_body_bytes,
            max_response: settings.max_response_bytes,
            bulk,
        }
    }
}

/// Removes the fragment of a path template. It distinguishes operations with the same URL, and is never sent.
fn without_fragment(path: &str) -> &str {
    path.split_once('#').map_or(path, |(path, _)| path)
}
