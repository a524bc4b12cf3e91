//! The crate's own facts: from the config, else from the document.

use crate::diagnostic::Diagnostic;
use crate::ir::Package;
use crate::lower::Lowering;
use crate::names;
use crate::pointer::Pointer;

impl Lowering<'_> {
    pub(in crate::lower) fn package_name(&self) -> String {
        let name = || names::package(&self.document.api.info.title);
        self.config.package.name.clone().unwrap_or_else(name)
    }

    pub(in crate::lower) fn base_url_variable(&self) -> String {
        let name = || format!("{}_BASE_URL", names::shouty(&self.package_name()));
        let given = self.config.client.base_url_variable.clone();
        given.unwrap_or_else(name)
    }

    pub(in crate::lower) fn package(&self, source: &str) -> Package {
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

    /// What Cargo would refuse of the crate's own facts.
    pub(in crate::lower) fn bad_package(&self) -> Vec<Diagnostic> {
        let at = Pointer::root().key("crate");
        let package = &self.config.package;
        let bad_name = package.name.iter().filter(|name| !is_package_name(name));
        let bad_version = package.version.iter().filter(|version| {
            let plain = version.split(['-', '+']).next().unwrap_or_default();
            semver(plain).is_none()
        });
        let name = |name| {
            (
                "invalid-package-name",
                "name",
                format!("`{name}` is no name of a package"),
            )
        };
        let version = |version| {
            (
                "invalid-package-version",
                "version",
                format!("`{version}` is no semantic version"),
            )
        };
        let found = bad_name.map(name).chain(bad_version.map(version));
        found
            .map(|(code, key, text)| Diagnostic::error(code, &at.key(key), text).in_config())
            .collect()
    }
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
