//! Lowers a document and its config to [`crate::ir`]. This is the last stage that can fail.
//!
//! [`lower`] is the whole stage: `security` lowers the credentials, `operation` the groups and operations, `passes`
//! finish the models. An operation lowers its parameters, then its `body` and its `responses`. These ask `types` for the
//! type of a schema, and `types` asks `union` where a schema has variants. All of them read schemas through `schema`,
//! which resolves `$ref` and `allOf`.

mod arguments;
mod body;
mod check_config;
mod context;
mod header_names;
mod operation;
mod operation_ref;
mod overrides;
mod package;
mod passes;
mod responses;
mod samples;
mod schema;
mod security;
mod servers;
mod types;
mod union;

use std::collections::HashSet;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::{Api, Envelope, ErrorHeader, Model, ModelId};
use context::Context;
use operation::groups::groups;
use operation::handles::handles;
use operation::webhooks::webhooks;
pub(crate) use samples::Sample;
use security::{Credentials, SecurityLowering};
use types::name_request::{NameRequest, NameSource};

/// Lowers a document and its config to the IR. Parts that cannot be lowered are reported as diagnostics.
pub(crate) fn lower(
    document: &Document,
    config: &Config,
    source: &str,
    diagnostics: &mut Diagnostics,
) -> Api {
    let mut security = SecurityLowering {
        document,
        config,
        diagnostics,
    };
    let credentials = security.credentials();
    let mut context = Context::new(document, config, credentials, diagnostics);
    let mut groups = groups(&mut context);
    let handles = handles(&mut context, &groups);
    let mut webhooks = webhooks(&mut context);
    check_config::check_config(&mut context);
    let Context {
        types, credentials, ..
    } = context;
    servers::check_base_url(document, types.diagnostics);
    // The cache is large.
    drop(types.resolver);
    let (mut models, names) = types.registry.finish();
    passes::const_values::set(&mut models);
    let (mut models, ids) = passes::dedup::join(models, &mut groups, &configured(&names));
    for webhook in &mut webhooks {
        webhook.ty.visit_models(&mut |id| ids.replace(id));
    }
    passes::boxing::mark(&mut models);
    passes::direction::mark(&mut models, &groups, &webhooks);
    passes::naming::assign(&mut models, &mut groups, &names, &ids, diagnostics);
    passes::cargo_features::name(&mut groups, config.package.group_features);
    let operations = groups.iter().map(|group| group.operations.len()).sum();
    Api {
        base_url: servers::base_url(document),
        servers: servers::servers(document),
        base_url_variable: Some(package::base_url_variable(document, config)),
        package: package::package(document, config, operations, source),
        credentials: credentials.all,
        security: credentials.requirements,
        envelope: envelope(config),
        request_id_header: config.client.request_id_header.clone(),
        status_names: status_names(config),
        rounds_down_integers: config.client.round_down_integers,
        has_optional_setters: config.client.optional_setters,
        error_headers: error_headers(config),
        groups,
        handles,
        webhooks,
        models,
    }
}

/// Returns the examples of a document with their types, and the models that these refer to. No diagnostics are reported.
pub(crate) fn samples(document: &Document, config: &Config) -> (Vec<Sample>, Vec<Model>) {
    let mut diagnostics = Diagnostics::default();
    let credentials = Credentials::default();
    let mut context = Context::new(document, config, credentials, &mut diagnostics);
    let mut groups = groups(&mut context);
    webhooks(&mut context);
    // Samples may register further models, which no operation needs.
    let (mut models, names) = context.types.registry.clone().finish();
    passes::const_values::set(&mut models);
    let mut samples = context.types.samples(config.envelope.is_some());
    let (mut models, ids) = passes::dedup::join(models, &mut groups, &configured(&names));
    passes::naming::assign(&mut models, &mut groups, &names, &ids, &mut diagnostics);
    for sample in &mut samples {
        sample.ty.visit_models(&mut |id| ids.replace(id));
    }
    (samples, models)
}

/// Returns the models that the config names.
fn configured(requests: &[NameRequest]) -> HashSet<ModelId> {
    let requests = requests.iter().enumerate();
    let configured = requests.filter(|(_, request)| request.source == NameSource::Config);
    configured.map(|(id, _)| ModelId(id)).collect()
}

fn envelope(config: &Config) -> Option<Envelope> {
    config.envelope.as_ref().map(|envelope| Envelope {
        success: envelope.success.clone(),
        result: envelope.result.clone(),
        errors: envelope.errors.clone(),
        messages: envelope.messages.clone(),
        info: envelope.info.clone(),
    })
}

/// Returns the status names of the config. Invalid statuses are reported elsewhere.
fn status_names(config: &Config) -> Vec<(u16, String)> {
    let names = config.errors.statuses.iter();
    names
        .filter_map(|(status, name)| Some((status.parse().ok()?, name.clone())))
        .collect()
}

fn error_headers(config: &Config) -> Vec<ErrorHeader> {
    let headers = config.errors.headers.iter();
    headers
        .map(|(method, header)| ErrorHeader {
            method: method.clone(),
            header: header.clone(),
        })
        .collect()
}
