//! Which credentials go out with which call: in go those that a client holds and what the API's operations take, out
//! comes what each of them sends. It is chosen once, when the client is made.

use std::cmp::Reverse;

use reqwest::header::HeaderMap;

use crate::runtime::api::auth_scheme::{Credential, Needs, Way};
use crate::runtime::auth::credential::{Sealed, seal};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::header::insert;

/// What the operations of an API without credentials take.
const NOTHING: &[Needs] = &[&[&[]]];

/// What goes out with every call that takes the same credentials.
pub(crate) struct Common {
    pub(crate) headers: HeaderMap,
    pub(crate) query: String,
}

/// The credentials of a client that is being made, one of a kind, in the order in which they came.
#[derive(Default)]
pub(crate) struct Keyring(Vec<Held>);

/// A credential that code gave, or that was found in the environment.
struct Held {
    kind: &'static Credential,
    is_given: bool,
    /// Nothing where no header can hold what was found.
    sealed: Option<Sealed>,
}

impl Keyring {
    /// The methods by which code gave them.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &'static str> {
        self.given().map(|kind| kind.method)
    }

    /// Takes a credential; the last one of a kind counts.
    pub(crate) fn give(&mut self, kind: &'static Credential, sealed: Sealed) {
        self.0.retain(|held| held.kind.method != kind.method);
        self.0.push(Held {
            kind,
            is_given: true,
            sealed: Some(sealed),
        });
    }

    /// Takes from the environment all that operations may need and code does not give.
    pub(crate) fn find(&mut self, all: &[Needs], read: impl Fn(&str) -> Option<String>) {
        self.0.retain(|held| held.is_given);
        for kind in kinds(all) {
            let secrets = kind.secrets.iter();
            let secrets = secrets.map(|secret| secret.variable.and_then(&read));
            if let Some(secrets) = secrets.collect::<Option<Vec<_>>>()
                && self.held(kind).is_none()
            {
                self.0.push(Held {
                    kind,
                    is_given: false,
                    sealed: seal(kind, secrets).ok(),
                });
            }
        }
    }

    /// What goes out with the calls of each of these needs, beside the headers that go out with all; `None` where what
    /// they take is missing. A client that could make no call at all is refused, and so is a credential that no call sends.
    pub(crate) fn open(self, all: &[Needs], headers: &HeaderMap) -> Result<Vec<Option<Common>>> {
        let all = if all.is_empty() { NOTHING } else { all };
        let chosen: Vec<Option<Way>> = all.iter().map(|needs| self.choose(needs)).collect();
        if chosen.iter().all(Option::is_none) {
            return Err(Error::config(self.missing(all)));
        }
        if let Some(text) = self.idle(all, &chosen) {
            return Err(Error::config(text));
        }
        let common = |way: &Way| {
            let mut common = Common {
                headers: headers.clone(),
                query: String::new(),
            };
            for kind in *way {
                common.add(self.get(kind)?);
            }
            Ok(common)
        };
        let opened = chosen
            .iter()
            .map(|way| way.as_ref().map(common).transpose());
        opened.collect()
    }

    /// The way that calls go: the one with most of what code gives, then with least from the environment; of ways that are
    /// alike in that, the first. Any credential goes before none.
    fn choose(&self, needs: Needs) -> Option<Way> {
        let ways = needs.iter().copied().filter(|way| self.holds(way));
        ways.rev().max_by_key(|way| {
            let given = way.iter().filter_map(|kind| self.held(kind));
            let given = given.filter(|held| held.is_given).count();
            (!way.is_empty(), given, Reverse(way.len() - given))
        })
    }

    fn given(&self) -> impl Iterator<Item = &'static Credential> {
        let given = self.0.iter().filter(|held| held.is_given);
        given.map(|held| held.kind)
    }

    fn held(&self, kind: &Credential) -> Option<&Held> {
        self.0.iter().find(|held| held.kind.method == kind.method)
    }

    fn holds(&self, way: &[&Credential]) -> bool {
        way.iter().all(|kind| self.held(kind).is_some())
    }

    fn get(&self, kind: &Credential) -> Result<&Sealed> {
        let sealed = self.held(kind).and_then(|held| held.sealed.as_ref());
        sealed.ok_or_else(|| {
            let variables = kind.secrets.iter().filter_map(|secret| secret.variable);
            let variables = variables.collect::<Vec<_>>().join(" or ");
            Error::config(format!("{variables} holds what no header can hold"))
        })
    }

    /// What to do when there is no way to make any call.
    fn missing(&self, all: &[Needs]) -> String {
        let what = if self.given().next().is_none() {
            "there are no credentials"
        } else {
            "the credentials are not enough"
        };
        format!("{what}: use {}", ways(all.iter().copied().flatten()))
    }

    /// What is wrong with a credential that code gave and that no call sends.
    fn idle(&self, all: &[Needs], chosen: &[Option<Way>]) -> Option<String> {
        let idle = self
            .given()
            .find(|kind| !chosen.iter().flatten().any(|way| has(way, kind)))?;
        let mut taken = all.iter().zip(chosen);
        let rival = taken.find_map(|(needs, chosen)| {
            let mut with = needs.iter().filter(|way| has(way, idle));
            with.find(|way| self.holds(way))?;
            chosen.as_ref()?.first().copied()
        });
        let Some(rival) = rival else {
            let needs = all.iter().copied().flatten();
            let needs = needs.filter(|way| has(way, idle));
            return Some(format!(
                "`{}` is given, but no call sends it by itself: use {}",
                idle.method,
                ways(needs)
            ));
        };
        let is_first = self
            .methods()
            .find(|method| *method == idle.method || *method == rival.method)
            == Some(idle.method);
        let (one, other) = if is_first {
            (idle, rival)
        } else {
            (rival, idle)
        };
        Some(format!(
            "both `{}` and `{}` are given: one is enough",
            one.method, other.method
        ))
    }
}

impl Common {
    fn add(&mut self, sealed: &Sealed) {
        for (name, value) in &sealed.headers {
            insert(&mut self.headers, name, value);
        }
        if !self.query.is_empty() && !sealed.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&sealed.query);
    }
}

/// What to do when a call's credentials are missing.
pub(crate) fn lacking(needs: Needs) -> String {
    format!(
        "the client has no credentials for it: use {}",
        ways(needs.iter())
    )
}

fn has(kinds: &[&Credential], kind: &Credential) -> bool {
    kinds.iter().any(|other| other.method == kind.method)
}

/// Each credential once.
fn kinds(all: &[Needs]) -> Vec<&'static Credential> {
    let mut kinds: Vec<&'static Credential> = Vec::new();
    for kind in all.iter().copied().flatten().copied().flatten() {
        if !has(&kinds, kind) {
            kinds.push(kind);
        }
    }
    kinds
}

/// Ways by the methods and the environment variables that take them.
fn ways(ways: impl Iterator<Item = &'static Way>) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut or = " or ";
    for way in ways.filter(|way| !way.is_empty()) {
        let text = way.iter().map(|kind| words(kind)).collect::<Vec<_>>();
        if text.len() > 1 {
            or = ", or ";
        }
        let text = text.join(" and ");
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join(or)
}

fn words(kind: &Credential) -> String {
    let variables: Option<Vec<_>> = kind.secrets.iter().map(|secret| secret.variable).collect();
    match variables {
        Some(variables) => format!("`{}` ({})", kind.method, variables.join(", ")),
        None => format!("`{}`", kind.method),
    }
}
