//! Document and config -> the crate as data. The last stage that can fail.

mod body;
mod boxes;
mod bulk;
mod choice;
mod entries;
mod faults;
mod features;
mod groups;
mod limits;
mod meant;
mod media;
mod offers;
mod operations;
mod same;
mod samples;
mod schemes;
mod security;
mod servers;
mod several;
mod statuses;
mod success;
mod types;
mod union;
mod usage;
mod view;
mod webhooks;

use crate::config::{Config, Limit, OperationConfig};
use crate::document::Document;
use crate::ir::{Api, Envelope, ErrorHeader, Package};
use crate::names;
use crate::pointer::Pointer;
use crate::problem::{Problem, Problems};
use entries::Entries;
pub(crate) use samples::Sample;
pub(crate) use schemes::MUTUAL_TLS;
use security::Credentials;
use types::Types;
use view::Views;

/// What all of lowering reads and writes.
struct Lowering<'a> {
    document: &'a Document,
    views: Views<'a>,
    config: &'a Config,
    problems: &'a mut Problems,
    names: Names,
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

/// What to do about an entry of the config that stands for no place.
const PLACE: &str = "remove the entry, or correct it to a place of the document";

/// Says in data what the crate is to be; what cannot be said is a problem.
pub(crate) fn lower(
    document: &Document,
    config: &Config,
    source: &str,
    problems: &mut Problems,
) -> Api {
    let mut lowering = Lowering::new(document, config, problems);
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
    let (mut models, renamed) = same::join(models, &mut groups, &given);
    for webhook in &mut webhooks {
        same::rename_type(&mut webhook.ty, &renamed);
    }
    boxes::mark(&mut models);
    usage::mark(&mut models, &groups, &webhooks);
    let names: Vec<String> = models.iter().map(|model| model.name.clone()).collect();
    groups::rename(&mut groups, &names);
    features::name(&mut groups, config.package.group_features);
    Api {
        base_url,
        servers,
        base_url_variable: Some(base_url_variable),
        package,
        credentials: credentials.all,
        needs: credentials.needs,
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
pub(crate) fn samples(document: &Document, config: &Config) -> Vec<Sample> {
    let mut problems = Problems::default();
    let mut lowering = Lowering::new(document, config, &mut problems);
    let mut groups = lowering.groups();
    // Looking for samples may make types that no operation needs.
    let (models, given) = lowering.types.clone().finish();
    let mut samples = lowering.samples();
    let (_, renamed) = same::join(models, &mut groups, &given);
    for sample in &mut samples {
        same::rename_type(&mut sample.ty, &renamed);
    }
    samples
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document, config: &'a Config, problems: &'a mut Problems) -> Self {
        let root = Pointer::root();
        let names = root.key("names");
        Self {
            document,
            views: Views::new(document),
            config,
            problems,
            names: Names {
                types: Entries::new(names.key("types"), config.names.types.clone()),
                arguments: Entries::new(names.key("arguments"), config.names.arguments.clone()),
                variants: Entries::new(names.key("variants"), config.names.variants.clone()),
            },
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

    /// Entries of the config that nothing asked for, and names that Rust does not take.
    fn check_config(&mut self) {
        let mut found = self.bad_names();
        if !self.document.partial {
            found.extend(self.names.types.unused("type that is emitted", PLACE));
            found.extend(
                self.names
                    .arguments
                    .unused("argument or property that is emitted", PLACE),
            );
            found.extend(self.names.variants.unused("variant that is emitted", PLACE));
            found.extend(self.operations.unused(
                "operation",
                "remove the entry, or correct it to an operationId of the document",
            ));
            found.extend(
                self.limits
                    .unused("schema of something that is sent", PLACE),
            );
        }
        self.problems.extend(found);
    }

    fn bad_names(&self) -> Vec<Problem> {
        let config = self.config;
        let root = Pointer::root();
        let tables = [
            ("types", &config.names.types),
            ("arguments", &config.names.arguments),
            ("variants", &config.names.variants),
        ];
        let mut given: Vec<(Pointer, &String)> = Vec::new();
        for (table, entries) in tables {
            given.extend(
                entries
                    .iter()
                    .map(|(key, name)| (root.key("names").key(table).key(key), name)),
            );
        }
        for (group, entries) in &config.groups {
            let at = root.key("groups").key(group);
            given.extend(
                entries
                    .methods
                    .keys()
                    .map(|method| (at.key("methods").key(method), method)),
            );
            given.push((at, group));
        }
        let credentials = config.client.credentials.iter().enumerate();
        given.extend(credentials.map(|(i, credential)| {
            (
                root.key("client").key("credentials").index(i).key("method"),
                &credential.method,
            )
        }));
        given.extend(
            config
                .errors
                .headers
                .keys()
                .map(|method| (root.key("errors").key("headers").key(method), method)),
        );
        // A group is a module, and a module a file.
        let groups = root.key("groups");
        let bad = given.into_iter().filter(|(at, name)| {
            let is_group = at.parent().is_some_and(|around| around == groups);
            !names::is_identifier(name) || (is_group && !name.is_ascii())
        });
        bad.map(|(at, name)| {
            let problem = Problem::error(&at, format!("`{name}` is no name that Rust takes"));
            problem
                .in_config()
                .help("write one of small letters, digits and `_` that is no keyword")
        })
        .chain(self.bad_headers())
        .chain(self.bad_package())
        .collect()
    }

    /// What HTTP would not take for the name of a header.
    fn bad_headers(&self) -> Vec<Problem> {
        let (client, errors) = (&self.config.client, &self.config.errors);
        let root = Pointer::root();
        let request_id = client.request_id_header.iter();
        let request_id = request_id.map(|name| (root.key("client").key("request_id_header"), name));
        let at = root.key("errors").key("headers");
        let of_errors = errors.headers.iter();
        let of_errors = of_errors.map(|(method, name)| (at.key(method), name));
        let bad = request_id
            .chain(of_errors)
            .filter(|(_, name)| !is_header_name(name));
        bad.map(|(at, name)| {
            let problem = Problem::error(&at, format!("`{name}` is no name of a header"));
            problem
                .in_config()
                .help("write one of letters, digits and `-`, as in `x-request-id`")
        })
        .collect()
    }

    /// What Cargo would refuse of the crate's own facts.
    fn bad_package(&self) -> Vec<Problem> {
        let at = Pointer::root().key("crate");
        let package = &self.config.package;
        let bad_name = package.name.iter().filter(|name| !is_package_name(name));
        let bad_version = package.version.iter().filter(|version| {
            let plain = version.split(['-', '+']).next().unwrap_or_default();
            semver(plain).is_none()
        });
        let name = |name| ("name", format!("`{name}` is no name of a package"));
        let version = |version| ("version", format!("`{version}` is no semantic version"));
        let found = bad_name.map(name).chain(bad_version.map(version));
        found
            .map(|(key, text)| Problem::error(&at.key(key), text).in_config())
            .collect()
    }

    fn package_name(&self) -> String {
        let name = || names::package(&self.document.api.info.title);
        self.config.package.name.clone().unwrap_or_else(name)
    }

    fn base_url_variable(&self) -> String {
        let name = || format!("{}_BASE_URL", names::shouty(&self.package_name()));
        let given = self.config.client.base_url_variable.clone();
        given.unwrap_or_else(name)
    }

    fn package(&self, source: &str) -> Package {
        let given = &self.config.package;
        let info = &self.document.api.info;
        Package {
            name: self.package_name(),
            version: given
                .version
                .clone()
                .or_else(|| semver(&info.version))
                .unwrap_or_else(|| "0.1.0".to_owned()),
            description: given
                .description
                .clone()
                .or_else(|| info.description.clone()),
            license: given.license.clone(),
            repository: given.repository.clone(),
            keywords: given.keywords.clone(),
            categories: given.categories.clone(),
            title: info.title.clone(),
            readme: given.readme.clone(),
            examples: given.examples,
            // Not the whole path: the crate is the same wherever the document lies.
            source: source
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or(source)
                .to_owned(),
        }
    }
}

fn is_header_name(name: &str) -> bool {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(is_token)
}

fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// The text itself if Cargo takes it for a version.
fn semver(text: &str) -> Option<String> {
    let numbers: Vec<&str> = text.split('.').collect();
    let plain = |part: &&str| {
        !part.is_empty()
            && part.len() < 10
            && part.bytes().all(|b| b.is_ascii_digit())
            && (*part == "0" || !part.starts_with('0'))
    };
    (numbers.len() == 3 && numbers.iter().all(plain)).then(|| text.to_owned())
}
