//! Which credentials operations take: what the document requires of each, in terms of what the builder takes.

use indexmap::IndexMap;
use openapiv3::SecurityRequirement;

use crate::ir::{Credential, CredentialLocation, SecurityRequirements};

/// The ways to authenticate.
#[derive(Default)]
pub(in crate::lower) struct Credentials {
    pub(in crate::lower) all: Vec<Credential>,
    /// What operations take, most of them the first.
    pub(in crate::lower) needs: Vec<SecurityRequirements>,
    /// The schemes that each of `all` consists of.
    schemes: Vec<Vec<String>>,
    /// Schemes that no credential is made of: a program sees to them itself.
    foreign: Vec<String>,
    /// Whether some operation requires a scheme.
    pub(in crate::lower) required: bool,
}

/// Why there is no credential for a requirement.
pub(in crate::lower) enum Unmet {
    /// The config gives none.
    Unknown,
    /// Two parts of it are sent in the same place.
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

    /// What these requirements come to; `None` is what a document says nothing of.
    pub(in crate::lower) fn needs(
        &self,
        requirements: Option<&[SecurityRequirement]>,
    ) -> SecurityRequirements {
        let mut ways = SecurityRequirements::new();
        match requirements {
            // Where nothing requires them, a client may still be given some: documents forget to.
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
        // None goes after any.
        ways.sort_by_key(Vec::is_empty);
        ways
    }

    /// The credentials that together are what is required.
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

    /// The place where two of these credentials are sent, so that they cannot be sent both.
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

    /// Sets down what operations take, and gives the credentials back that none of them does.
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

/// Where a secret is sent, in words that are the same for the same place.
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

/// What is asked most often, and of that the first.
fn most(asked: &[SecurityRequirements]) -> Option<&SecurityRequirements> {
    let mut counts: IndexMap<&SecurityRequirements, usize> = IndexMap::new();
    for needs in asked {
        *counts.entry(needs).or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(needs, _)| *needs)
}
