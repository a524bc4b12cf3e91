//! Document and config -> the crate as data. The last stage that can fail.

mod body;
mod media;
mod operation;
mod overrides;
mod package;
mod passes;
mod responses;
mod samples;
mod schema;
mod security;
mod servers;
mod settings;
mod types;
mod union;
mod webhooks;

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::config::{Config, Limit, OperationConfig};
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::{Api, Envelope, ErrorHeader, Model};
use crate::pointer::Pointer;
use overrides::Entries;
pub(crate) use samples::Sample;
use schema::SchemaResolver;
use security::Credentials;
use types::Types;

/// What all of lowering reads and writes.
struct Lowering<'a> {
    document: &'a Document,
    views: SchemaResolver<'a>,
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    names: Names,
    /// What the document's schemas are called in Rust, once somebody asks.
    schema_names: OnceCell<HashSet<String>>,
    operations: Entries<OperationConfig>,
    limits: Entries<Limit>,
    types: Types,
    credentials: Credentials,
}

/// The names that a config gives.
struct Names {
    types: Entries<String>,
    arguments: Entries<String>,
    variants: Entries<String>,
}

/// Says in data what the crate is to be; what cannot be said is a problem.
pub(crate) fn lower(
    document: &Document,
    config: &Config,
    source: &str,
    diagnostics: &mut Diagnostics,
) -> Api {
    let mut lowering = Lowering::new(document, config, diagnostics);
    lowering.credentials = lowering.credentials();
    let mut groups = lowering.groups();
    let mut webhooks = lowering.webhooks();
    lowering.check_config();
    lowering.check_base_url();
    let package = lowering.package(source);
    let base_url_variable = lowering.base_url_variable();
    let (base_url, servers) = (lowering.base_url(), lowering.servers());
    let credentials = lowering.credentials;
    drop(lowering.views);
    let (models, given) = lowering.types.finish();
    let (mut models, ids) = passes::dedup::join(models, &mut groups, &given);
    for webhook in &mut webhooks {
        webhook
            .ty
            .visit_models(&mut |id| *id = ids.get(id.0).copied().unwrap_or(*id));
    }
    passes::boxing::mark(&mut models);
    passes::direction::mark(&mut models, &groups, &webhooks);
    let names: Vec<String> = models.iter().map(|model| model.name.clone()).collect();
    operation::groups::rename(&mut groups, &names);
    passes::cargo_features::name(&mut groups, config.package.group_features);
    Api {
        base_url,
        servers,
        base_url_variable: Some(base_url_variable),
        package,
        credentials: credentials.all,
        security: credentials.needs,
        envelope: config.envelope.as_ref().map(|envelope| Envelope {
            success: envelope.success.clone(),
            result: envelope.result.clone(),
            errors: envelope.errors.clone(),
            messages: envelope.messages.clone(),
            info: envelope.info.clone(),
        }),
        request_id_header: config.client.request_id_header.clone(),
        error_headers: config
            .errors
            .headers
            .iter()
            .map(|(method, header)| ErrorHeader {
                method: method.clone(),
                header: header.clone(),
            })
            .collect(),
        groups,
        webhooks,
        models,
    }
}

/// The examples of a document, by what [`lower`] makes of it; nothing is said of problems.
pub(crate) fn samples(document: &Document, config: &Config) -> (Vec<Sample>, Vec<Model>) {
    let mut diagnostics = Diagnostics::default();
    let mut lowering = Lowering::new(document, config, &mut diagnostics);
    let mut groups = lowering.groups();
    lowering.webhooks();
    // Looking for samples may make types that no operation needs.
    let (models, given) = lowering.types.clone().finish();
    let mut samples = lowering.samples();
    let (models, ids) = passes::dedup::join(models, &mut groups, &given);
    for sample in &mut samples {
        sample
            .ty
            .visit_models(&mut |id| *id = ids.get(id.0).copied().unwrap_or(*id));
    }
    (samples, models)
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document, config: &'a Config, diagnostics: &'a mut Diagnostics) -> Self {
        let root = Pointer::root();
        let names = root.key("names");
        Self {
            document,
            views: SchemaResolver::new(document),
            config,
            diagnostics,
            names: Names {
                types: Entries::new(names.key("types"), config.names.types.clone()),
                arguments: Entries::new(names.key("arguments"), config.names.arguments.clone()),
                variants: Entries::new(names.key("variants"), config.names.variants.clone()),
            },
            schema_names: OnceCell::new(),
            operations: Entries::new(root.key("operations"), config.operations.clone()),
            limits: Entries::new(root.key("limits"), config.limits.clone()),
            types: Types::default(),
            credentials: Credentials::default(),
        }
    }

    fn strip_prefix(&self) -> &'a str {
        self.config
            .names
            .strip_prefix
            .as_deref()
            .unwrap_or_default()
    }
}
