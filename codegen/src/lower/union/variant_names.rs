//! What the variants of a union are called, and the union itself where nobody gave it a name.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::lower::schema::component_name;
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::lower::types::TypeLowering;
use crate::lower::union::Piece;
use crate::names::{self, Scope};
use crate::pointer::Pointer;

/// A union of so many cases at most is called by them.
const MOST_CASES: usize = 3;
/// And only if the name is no longer than this.
const LONGEST: usize = 48;

impl<'a> TypeLowering<'a> {
    /// A name for each variant.
    pub(in crate::lower) fn variants(
        &mut self,
        union: &ResolvedSchema<'a>,
        pieces: &[Piece<'a>],
        name: &str,
    ) -> Vec<String> {
        let named: Vec<Option<String>> = pieces
            .iter()
            .map(|piece| self.component_name(&piece.view))
            .collect();
        let shared = shared_start(name, &named.iter().flatten().collect::<Vec<_>>());
        let unnamed = named.iter().any(Option::is_none);
        let peers = if unnamed {
            Peers::of(self, pieces)
        } else {
            Peers::default()
        };
        let mut scope = Scope::default();
        // Where values go that fit no case.
        let _ = scope.claim("Unknown", &union.at);
        let variants = pieces.iter().zip(named).map(|(piece, named)| {
            let places: Vec<&Pointer> = piece.view.chain().collect();
            let given = self.names.variants.take(&places);
            let name = given.unwrap_or_else(|| match (&piece.tag, named) {
                (Some(tag), _) => names::variant(tag),
                (None, Some(named)) => named.get(shared..).unwrap_or(&named).to_owned(),
                (None, None) => self.described(&piece.view, &peers),
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
    pub(in crate::lower) fn shared(
        &mut self,
        union: &ResolvedSchema<'a>,
        pieces: &[Piece<'a>],
    ) -> Option<(Pointer, String)> {
        let places: Vec<&Pointer> = std::iter::once(&union.at).chain(union.chain()).collect();
        let own_name =
            component_name(&union.at).is_some() || self.names.types.take(&places).is_some();
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
        let at = self.registry.shared.entry(key);
        Some((at.or_insert_with(|| union.at.clone()).clone(), name))
    }

    /// The name of a type whose looks it tells, and what tells it from all others.
    fn plain_name(&self, view: &ResolvedSchema<'a>, depth: usize) -> Option<(String, String)> {
        if let Some(name) = self.component_name(view) {
            return Some((name, view.at.to_string()));
        }
        if depth > 2 || !view.cases.is_empty() || !view.values.is_empty() || view.nullable {
            return None;
        }
        let (kind, inner) = match view.kind? {
            JsonKind::Array => ("List", view.items.as_ref()?),
            JsonKind::Object if view.is_bare_object() => return Some(same("Object")),
            JsonKind::Object if view.properties.is_empty() => ("Map", view.others.as_ref()?),
            JsonKind::Object => return None,
            _ if view.is_unsigned() => return Some(same("Unsigned")),
            kind => return Some(same(word(kind))),
        };
        let inner = self.resolver.resolve(inner.1, &inner.0);
        let (name, key) = self.plain_name(&inner, depth + 1)?;
        Some((format!("{name}{kind}"), format!("{key} {kind}")))
    }

    /// The name that the document gives the case.
    fn component_name(&self, view: &ResolvedSchema<'a>) -> Option<String> {
        let name = view.chain().find_map(component_name)?;
        Some(names::pascal(
            name.strip_prefix(self.names.strip_prefix).unwrap_or(&name),
        ))
    }

    /// A case without a name: by its title, by the value that tells it, or by its kind.
    fn described(&self, view: &ResolvedSchema<'a>, peers: &Peers<'a>) -> String {
        let title = view
            .title
            .filter(|title| title.len() <= LONGEST && title.chars().any(char::is_alphanumeric));
        if let Some(title) = title {
            return names::pascal(title);
        }
        if let [Value::String(only)] = view.values.as_slice() {
            return names::variant(only);
        }
        let constants = self.constants(view);
        let is_own = |(name, value): &&(&'a str, String)| {
            peers.are_without(&(view.kind, *name, Some(value.clone())))
        };
        if let Some((_, own)) = constants.iter().find(is_own) {
            return names::variant(own);
        }
        if peers.kinds.get(&view.kind).is_some_and(|count| *count > 1) {
            if let Some((name, _)) = self.plain_name(view, 0) {
                return name;
            }
            let names = view.properties.keys().copied();
            let own = names.filter(|name| peers.are_without(&(view.kind, *name, None)));
            let is_required =
                |name: &&str| view.properties.get(name).is_some_and(|own| own.required);
            if let Some(own) = own.clone().find(is_required).or(own.clone().next()) {
                return names::pascal(own);
            }
        }
        match view.kind {
            Some(JsonKind::Object) if view.properties.is_empty() && view.others.is_some() => {
                "Map".to_owned()
            }
            Some(kind) => word(kind).to_owned(),
            None if view.values.iter().all(Value::is_string) => word(JsonKind::String).to_owned(),
            None => "Value".to_owned(),
        }
    }
}

impl<'a> TypeLowering<'a> {
    /// Properties that are always there with the same text.
    fn constants(&self, view: &ResolvedSchema<'a>) -> Vec<(&'a str, String)> {
        let required = view
            .properties
            .iter()
            .filter(|(_, property)| property.required);
        let constant = required.filter_map(|(name, property)| {
            match self.resolver.resolve_property(property).values.as_slice() {
                [Value::String(only)] => Some((*name, only.clone())),
                _ => None,
            }
        });
        constant.collect()
    }
}

/// A property of a case of some kind and, where it is always the same, its text.
type Trait<'a> = (Option<JsonKind>, &'a str, Option<String>);

/// How many of the cases there are of each kind, and with each trait: what one of them has alone, it may be called by.
#[derive(Default)]
struct Peers<'a> {
    kinds: HashMap<Option<JsonKind>, usize>,
    traits: HashMap<Trait<'a>, usize>,
}

impl<'a> Peers<'a> {
    fn of(lowering: &TypeLowering<'a>, pieces: &[Piece<'a>]) -> Self {
        let mut peers = Self::default();
        let mut seen = HashSet::new();
        let views = pieces.iter().map(|piece| &piece.view);
        for view in views.filter(|view| seen.insert(&view.at)) {
            *peers.kinds.entry(view.kind).or_default() += 1;
            let constants = lowering.constants(view).into_iter();
            let constants = constants.map(|(name, value)| (view.kind, name, Some(value)));
            let names = view.properties.keys().map(|name| (view.kind, *name, None));
            for of in constants.chain(names) {
                *peers.traits.entry(of).or_default() += 1;
            }
        }
        peers
    }

    /// Whether no case but one has it.
    fn are_without(&self, of: &Trait<'a>) -> bool {
        self.traits.get(of).is_none_or(|count| *count < 2)
    }
}

fn same(name: &str) -> (String, String) {
    (name.to_owned(), name.to_owned())
}

fn word(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::String => "String",
        JsonKind::Integer => "Integer",
        JsonKind::Number => "Number",
        JsonKind::Boolean => "Boolean",
        JsonKind::Array => "List",
        JsonKind::Object => "Object",
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
