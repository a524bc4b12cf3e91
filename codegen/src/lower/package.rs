//! Package metadata of the generated crate: from the config, else from the document.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::ir::Package;
use crate::names;
use crate::pointer::Pointer;

/// Returns the package name: from the config, else from the title of the document.
pub(in crate::lower) fn name(document: &Document, config: &Config) -> String {
    let from_title = || names::package(&document.api.info.title);
    config.package.name.clone().unwrap_or_else(from_title)
}

/// Returns the name of the environment variable that overrides the base URL.
pub(in crate::lower) fn base_url_variable(document: &Document, config: &Config) -> String {
    let from_package = || format!("{}_BASE_URL", names::shouty(&name(document, config)));
    let from_config = config.client.base_url_variable.clone();
    from_config.unwrap_or_else(from_package)
}

/// Default of the largest number of operations that have an example each.
const MAX_EXAMPLES: usize = 400;

/// Returns the metadata of the generated package.
pub(in crate::lower) fn package(
    document: &Document,
    config: &Config,
    operations: usize,
    source: &str,
) -> Package {
    let settings = &config.package;
    let info = &document.api.info;
    Package {
        name: name(document, config),
        version: settings
            .version
            .clone()
            .or_else(|| semver(&info.version))
            .unwrap_or_else(|| "0.1.0".to_owned()),
        description: settings
            .description
            .clone()
            .or_else(|| info.description.clone()),
        license: settings.license.clone(),
        repository: settings.repository.clone(),
        keywords: settings.keywords.clone(),
        categories: settings.categories.clone(),
        title: info.title.clone(),
        readme: settings.readme.clone(),
        examples: settings.examples.unwrap_or(operations <= MAX_EXAMPLES),
        wasm: settings.wasm,
        // Only the file name, so that the output does not depend on the folder of the document.
        source: source
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or(source)
            .to_owned(),
    }
}

/// Returns a diagnostic for each value of the config that Cargo rejects.
pub(in crate::lower) fn invalid_metadata(config: &Config) -> Vec<Diagnostic> {
    let at = Pointer::root().key("crate");
    let package = &config.package;
    let invalid_name = package.name.iter().filter(|name| !is_package_name(name));
    let invalid_version = package.version.iter().filter(|version| {
        let plain = version.split(['-', '+']).next().unwrap_or_default();
        semver(plain).is_none()
    });
    let name = |name| {
        (
            "invalid-package-name",
            "name",
            format!("`{name}` is not a valid package name"),
        )
    };
    let version = |version| {
        (
            "invalid-package-version",
            "version",
            format!("`{version}` is not a semantic version"),
        )
    };
    let invalid = invalid_name.map(name).chain(invalid_version.map(version));
    invalid
        .map(|(code, key, text)| Diagnostic::error(code, &at.key(key), text).in_config())
        .collect()
}

fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Returns the text if it is a semantic version without suffix.
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
