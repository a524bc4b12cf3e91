//! What the variants of a union are called, and the union itself where nobody gave it a name.

use serde_json::Value;

use super::{Lowering, Piece};
use crate::lower::types::{component, is_unsigned};
use crate::lower::view::{Kind, View};
use crate::names::{self, Scope};
use crate::pointer::Pointer;

/// A union of so many cases at most is called by them.
const MOST_CASES: usize = 3;
/// And only if the name is no longer than this.
const LONGEST: usize = 48;

impl<'a> Lowering<'a> {
    /// A name for each variant.
    pub(super) fn variants(
        &mut self,
        union: &View<'a>,
        pieces: &[Piece<'a>],
        name: &str,
    ) -> Vec<String> {
        let named: Vec<Option<String>> = pieces
            .iter()
            .map(|piece| self.component_name(&piece.view))
            .collect();
        let shared = shared_start(name, &named.iter().flatten().collect::<Vec<_>>());
        let mut scope = Scope::default();
        // Where values go that fit no case.
        let _ = scope.claim("Unknown", &union.at);
        let variants = pieces.iter().zip(named).map(|(piece, named)| {
            let places: Vec<&Pointer> = piece.view.chain.iter().collect();
            let given = self.names.variants.take(&places);
            let name = given.unwrap_or_else(|| match (&piece.tag, named) {
                (Some(tag), _) => names::variant(tag),
                (None, Some(named)) => named.get(shared..).unwrap_or(&named).to_owned(),
                (None, None) => self.described(&piece.view, pieces),
            });
            let name = names::not_self(name);
            let free = match scope.claim(&name, &piece.view.at) {
                Ok(()) => name,
                Err(_) => scope.numbered(&name),
            };
            let _ = scope.claim(&free, &piece.view.at);
            free
        });
        variants.collect()
    }

    /// Where the one union of just these cases is, and what it is called: for those that stand inside of other schemas
    /// and consist of few cases that have names.
    pub(super) fn shared(
        &mut self,
        union: &View<'a>,
        pieces: &[Piece<'a>],
    ) -> Option<(Pointer, String)> {
        let places: Vec<&Pointer> = std::iter::once(&union.at).chain(&union.chain).collect();
        let own_name = component(&union.at).is_some() || self.names.types.take(&places).is_some();
        if own_name || pieces.len() > MOST_CASES || union.discriminator.is_some() {
            return None;
        }
        let names: Option<Vec<(String, String)>> = pieces
            .iter()
            .map(|piece| self.plain_name(&piece.view, 0).filter(|_| !piece.open))
            .collect();
        let (names, keys): (Vec<String>, Vec<String>) = names?.into_iter().unzip();
        let name = names.join("Or");
        if name.len() > LONGEST {
            return None;
        }
        let key = keys.join(" | ");
        let at = self.types.shared.entry(key);
        Some((at.or_insert_with(|| union.at.clone()).clone(), name))
    }

    /// The name of a type whose looks it tells, and what tells it from all others.
    fn plain_name(&self, view: &View<'a>, depth: usize) -> Option<(String, String)> {
        if let Some(name) = self.component_name(view) {
            return Some((name, view.at.to_string()));
        }
        if depth > 2 || !view.cases.is_empty() || !view.values.is_empty() || view.nullable {
            return None;
        }
        let (kind, inner) = match view.kind? {
            Kind::Array => ("List", view.items.as_ref()?),
            Kind::Object if view.is_bare_object() => return Some(same("Object")),
            Kind::Object if view.properties.is_empty() => ("Map", view.others.as_ref()?),
            Kind::Object => return None,
            _ if is_unsigned(view) => return Some(same("Unsigned")),
            kind => return Some(same(word(kind))),
        };
        let inner = View::of(self.document, inner.1, &inner.0);
        let (name, key) = self.plain_name(&inner, depth + 1)?;
        Some((format!("{name}{kind}"), format!("{key} {kind}")))
    }

    /// The name that the document gives the case.
    fn component_name(&self, view: &View<'a>) -> Option<String> {
        let name = view.chain.iter().find_map(component)?;
        Some(names::pascal(
            name.strip_prefix(self.strip_prefix()).unwrap_or(&name),
        ))
    }

    /// A case without a name: by its title, by the value that tells it, or by its kind.
    fn described(&self, view: &View<'a>, pieces: &[Piece<'a>]) -> String {
        let title = view
            .title
            .filter(|title| title.len() <= LONGEST && title.chars().any(char::is_alphanumeric));
        if let Some(title) = title {
            return names::pascal(title);
        }
        if let [Value::String(only)] = view.values.as_slice() {
            return names::variant(only);
        }
        let others = || {
            let others = pieces.iter().map(|piece| &piece.view);
            others.filter(|other| other.at != view.at && other.kind == view.kind)
        };
        let constants = self.constants(view);
        let is_own = |constant: &&(&str, String)| {
            !others().any(|other| self.constants(other).contains(constant))
        };
        if let Some((_, own)) = constants.iter().find(is_own) {
            return names::variant(own);
        }
        if others().next().is_some() {
            if let Some((name, _)) = self.plain_name(view, 0) {
                return name;
            }
            let is_own = |name: &&str| !others().any(|other| other.properties.contains_key(name));
            let own = view.properties.keys().copied().filter(is_own);
            let is_required =
                |name: &&str| view.properties.get(name).is_some_and(|own| own.required);
            if let Some(own) = own.clone().find(is_required).or(own.clone().next()) {
                return names::pascal(own);
            }
        }
        match view.kind {
            Some(Kind::Object) if view.properties.is_empty() && view.others.is_some() => {
                "Map".to_owned()
            }
            Some(kind) => word(kind).to_owned(),
            None if view.values.iter().all(Value::is_string) => word(Kind::String).to_owned(),
            None => "Value".to_owned(),
        }
    }
}

impl<'a> Lowering<'a> {
    /// Properties that are always there with the same text.
    fn constants(&self, view: &View<'a>) -> Vec<(&'a str, String)> {
        let required = view
            .properties
            .iter()
            .filter(|(_, property)| property.required);
        let constant = required.filter_map(|(name, property)| {
            let values = property.view(self.document).values;
            match values.as_slice() {
                [Value::String(only)] => Some((*name, only.clone())),
                _ => None,
            }
        });
        constant.collect()
    }
}

fn same(name: &str) -> (String, String) {
    (name.to_owned(), name.to_owned())
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "String",
        Kind::Integer => "Integer",
        Kind::Number => "Number",
        Kind::Boolean => "Boolean",
        Kind::Array => "List",
        Kind::Object => "Object",
    }
}

/// How many bytes of all names are whole words that the union's own name starts with as well, so that each keeps a word.
fn shared_start(union: &str, names: &[&String]) -> usize {
    if names.len() < 2 {
        return 0;
    }
    let starts_word = |name: &str, at: usize| {
        let rest = name.get(at..).unwrap_or_default();
        rest.starts_with(|c: char| c.is_ascii_uppercase())
    };
    let ends = (1..=union.len()).rev().filter(|end| {
        union.is_char_boundary(*end) && (*end == union.len() || starts_word(union, *end))
    });
    let fits = |end: &usize| {
        let start = union.get(..*end).unwrap_or_default();
        names
            .iter()
            .all(|name| name.starts_with(start) && starts_word(name, *end))
    };
    let mut ends = ends;
    ends.find(|end| fits(end)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_all_share_with_the_union_are_left_out() {
        let names = |names: [&str; 2]| names.map(str::to_owned);
        let start = |union: &str, of: [&str; 2]| {
            let of = names(of);
            shared_start(union, &of.iter().collect::<Vec<_>>())
        };
        assert_eq!(
            start("ClientEvent", ["ClientEventStart", "ClientEventStop"]),
            11
        );
        assert_eq!(start("ClientEvent", ["ClientStart", "ClientStop"]), 6);
        assert_eq!(start("ClientEvent", ["ClientEvent", "ClientEventStop"]), 6);
        assert_eq!(start("Pet", ["Petrol", "PetCat"]), 0);
        assert_eq!(start("Pet", ["Pet", "PetCat"]), 0);
    }
}
