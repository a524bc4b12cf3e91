//! Builds one operation of the crate.

use crate::config::OperationConfig;
use crate::ir::{Argument, Bulk, Operation, Success};
use crate::lower::arguments::ParameterLowering;
use crate::lower::body::request_body::lower_body;
use crate::lower::context::Context;
use crate::lower::operation::bulk::BulkLowering;
use crate::lower::operation::docs::docs;
use crate::lower::operation_ref::OperationRef;
use crate::lower::responses::ResponseLowering;
use crate::lower::servers::operation_base_url;
use crate::names::Scope;

/// Lowers an operation. `name` is the name of its type in the module of its group.
pub(in crate::lower) fn operation<'a>(
    context: &mut Context<'a>,
    operation_ref: &OperationRef<'a>,
    name: String,
    name_hint: &str,
) -> Operation {
    let mut scope = Scope::default();
    let parameters = ParameterLowering {
        context,
        operation_ref,
        scope: &mut scope,
        name_hint,
    };
    let mut arguments = parameters.parameters();
    let body = lower_body(context, operation_ref, &mut scope, name_hint);
    arguments.extend(body.arguments);
    context.sort_arguments(&mut arguments, operation_ref);
    let settings = context.operations.take_key(&operation_ref.id);
    let settings = settings.unwrap_or_default();
    let responses = ResponseLowering {
        context,
        operation_ref,
        settings: &settings,
        arguments: &arguments,
        name_hint,
    };
    let responses = responses.responses();
    let bulk = bulk(
        context,
        operation_ref,
        &settings,
        &arguments,
        &responses.success,
    );
    Operation {
        name,
        docs: docs(operation_ref.operation),
        deprecated: operation_ref.operation.deprecated,
        http_method: operation_ref.http_method.to_owned(),
        path: without_fragment(operation_ref.path).to_owned(),
        arguments,
        body: body.encoding,
        is_body_required: body.is_required,
        streamed: responses.streamed,
        accept: responses.accept,
        error_responses: responses.errors,
        headers: responses.headers,
        base_url: operation_base_url(context, operation_ref),
        security: context
            .credentials
            .requirements_index(context.document, operation_ref),
        success: responses.success,
        idempotent: settings.idempotent,
        not_found_codes: settings.not_found_codes,
        max_body: settings.max_body_bytes,
        max_response: settings.max_response_bytes,
        bulk,
    }
}

/// Lowers the `bulk` settings of an operation, if it has any.
fn bulk<'a>(
    context: &mut Context<'a>,
    operation_ref: &OperationRef<'a>,
    operation: &OperationConfig,
    arguments: &[Argument],
    success: &Success,
) -> Option<Bulk> {
    let bulk = BulkLowering {
        at: context.operations.location(&operation_ref.id).key("bulk"),
        settings: operation.bulk.as_ref()?,
        context,
        operation_ref,
        operation,
        arguments,
    };
    bulk.bulk(success)
}

/// Removes the fragment of a path template. It distinguishes operations with the same URL, and is never sent.
fn without_fragment(path: &str) -> &str {
    path.split_once('#').map_or(path, |(path, _)| path)
}
