//! Security requirements of operations, in terms of the credentials of the client builder.

use indexmap::IndexMap;
use openapiv3::SecurityRequirement;

use crate::ir::{Credential, CredentialLocation, SecurityRequirements};

/// Credentials of the client, and the requirements of its operations.
#[derive(Default)]
pub(in crate::lower) struct Credentials {
    pub(in crate::lower) all: Vec<Credential>,
    /// Distinct requirements of operations. The most frequent one is first.
    pub(in crate::lower) needs: Vec<SecurityRequirements>,
    /// Security schemes of each credential in `all`.
    schemes: Vec<Vec<String>>,
    /// Schemes without a credential: not supported, so the program must send them itself.
    foreign: Vec<String>,
    /// True if an operation requires a scheme.
    pub(in crate::lower) required: bool,
}

/// Reason why no credentials satisfy a requirement.
pub(in crate::lower) enum Unmet {
    /// The config has no credential for a scheme.
    Unknown,
    /// Two credentials use the same location, for example the same header.
    Same(String),
}

impl Credentials {
    pub(in crate::lower) fn add(&mut self, credential: Credential, schemes: Vec<String>) {
        self.all.push(credential);
        self.schemes.push(schemes);
    }

    pub(in crate::lower) fn add_foreign(&mut self, scheme: String) {
        self.foreign.push(scheme);
    }

    /// Returns the alternatives that satisfy these requirements. `None` means that the document has no `security`.
    pub(in crate::lower) fn needs(
        &self,
        requirements: Option<&[SecurityRequirement]>,
    ) -> SecurityRequirements {
        let mut ways = SecurityRequirements::new();
        match requirements {
            // Many documents declare schemes but no `security`: then every credential is optional.
            None if !self.required => {
                ways.extend((0..self.all.len()).map(|credential| vec![credential]));
                ways.push(Vec::new());
            }
            None | Some([]) => ways.push(Vec::new()),
            Some(requirements) => {
                for way in requirements.iter().filter_map(|it| self.way(it).ok()) {
                    if !ways.contains(&way) {
                        ways.push(way);
                    }
                }
                let required = requirements.iter().all(|it| !it.is_empty());
                if required && ways.iter().all(Vec::is_empty) {
                    ways.clear();
                }
            }
        }
        // The anonymous alternative is last.
        ways.sort_by_key(Vec::is_empty);
        ways
    }

    /// Returns the credentials that together satisfy one requirement.
    pub(in crate::lower) fn way(
        &self,
        requirement: &SecurityRequirement,
    ) -> Result<Vec<usize>, Unmet> {
        let names = requirement.keys();
        let wanted: Vec<&String> = names.filter(|name| !self.foreign.contains(name)).collect();
        let is_part = |schemes: &[String]| schemes.iter().all(|name| wanted.contains(&name));
        let is_all = |schemes: &[String]| schemes.len() == wanted.len() && is_part(schemes);
        if let Some(one) = self.schemes.iter().position(|schemes| is_all(schemes)) {
            return Ok(vec![one]);
        }
        let mut left = wanted.clone();
        let mut way = Vec::new();
        for (i, schemes) in self.schemes.iter().enumerate() {
            if is_part(schemes) && schemes.iter().any(|name| left.contains(&name)) {
                left.retain(|name| !schemes.contains(name));
                way.push(i);
            }
        }
        if !left.is_empty() {
            return Err(Unmet::Unknown);
        }
        match self.shared_place(&way) {
            Some(place) => Err(Unmet::Same(place)),
            None => Ok(way),
        }
    }

    /// Returns a location that two of these credentials use, which excludes sending both.
    fn shared_place(&self, way: &[usize]) -> Option<String> {
        let mut places: Vec<String> = Vec::new();
        for credential in way.iter().filter_map(|i| self.all.get(*i)) {
            let mut own: Vec<String> = credential
                .secrets
                .iter()
                .map(|secret| place(&secret.location))
                .collect();
            own.dedup();
            if let Some(shared) = own.iter().find(|place| places.contains(place)) {
                return Some(shared.clone());
            }
            places.extend(own);
        }
        None
    }

    /// Stores the requirements of all operations. Removes the credentials that no operation uses, and returns them.
    pub(in crate::lower) fn settle(&mut self, asked: &[SecurityRequirements]) -> Vec<Credential> {
        let mut needs: Vec<SecurityRequirements> = Vec::new();
        for needed in most(asked).into_iter().chain(asked) {
            if !needs.contains(needed) {
                needs.push(needed.clone());
            }
        }
        let is_used = |i: &usize| needs.iter().flatten().flatten().any(|used| used == i);
        let (used, unused): (Vec<usize>, Vec<usize>) = (0..self.all.len()).partition(is_used);
        for credential in needs.iter_mut().flatten().flatten() {
            *credential = used
                .iter()
                .position(|i| i == credential)
                .unwrap_or_default();
        }
        self.needs = needs;
        let mut left_out = Vec::new();
        for i in unused.into_iter().rev() {
            self.schemes.remove(i);
            left_out.push(self.all.remove(i));
        }
        left_out.reverse();
        left_out
    }
}

/// Describes where a secret is sent. Equal locations have equal descriptions.
fn place(place: &CredentialLocation) -> String {
    match place {
        CredentialLocation::Bearer
        | CredentialLocation::BasicUser
        | CredentialLocation::BasicPassword => "the header `authorization`".to_owned(),
        CredentialLocation::Header(name) => format!("the header `{}`", name.to_lowercase()),
        CredentialLocation::Query(name) => format!("the query parameter `{name}`"),
        CredentialLocation::Cookie(name) => format!("the cookie `{name}`"),
    }
}

/// Returns the most frequent requirements. The first of several equally frequent ones wins.
fn most(asked: &[SecurityRequirements]) -> Option<&SecurityRequirements> {
    let mut counts: IndexMap<&SecurityRequirements, usize> = IndexMap::new();
    for needs in asked {
        *counts.entry(needs).or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(needs, _)| *needs)
}
