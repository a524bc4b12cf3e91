//! Names the variants of a union, and inline unions.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::lower::schema::VariantSource;
use crate::lower::schema::component_name;
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::lower::types::TypeLowering;
use crate::names::{self, Scope};
use crate::pointer::Pointer;

/// Maximum number of variants in the name of an inline union.
const MAX_NAMED_VARIANTS: usize = 3;
/// Maximum length of the name of an inline union.
const MAX_NAME_LENGTH: usize = 48;

impl<'a> TypeLowering<'a> {
    /// Returns the names of the variants.
    pub(in crate::lower) fn variant_names(
        &mut self,
        union: &ResolvedSchema<'a>,
        sources: &[VariantSource<'a>],
        name: &str,
    ) -> Vec<String> {
        let named: Vec<Option<String>> = sources
            .iter()
            .map(|source| self.component_name(&source.schema))
            .collect();
        let shared_union = common_prefix(name, &named.iter().flatten().collect::<Vec<_>>());
        let unnamed = named.iter().any(Option::is_none);
        let others = if unnamed {
            OtherVariants::of(self, sources)
        } else {
            OtherVariants::default()
        };
        let mut scope = Scope::default();
        // Name of the variant for unknown values.
        let _ = scope.claim("Unknown", &union.at);
        let variant_names = sources.iter().zip(named).map(|(source, named)| {
            let locations: Vec<&Pointer> = source.schema.ref_chain().collect();
            let configured = self.names.variants.take(&locations);
            let name = configured.unwrap_or_else(|| match (&source.tag, named) {
                (Some(tag), _) => names::variant(tag),
                (None, Some(named)) => named.get(shared_union..).unwrap_or(&named).to_owned(),
                (None, None) => self.describe_inline(&source.schema, &others),
            });
            let name = names::not_self(name);
            let free = match scope.claim(&name, &source.schema.at) {
                Ok(()) => name,
                Err(_) => scope.numbered(&name),
            };
            let _ = scope.claim(&free, &source.schema.at);
            free
        });
        variant_names.collect()
    }

    /// Returns the location and the name of the union that all inline unions of the same few variants share. All variants must
    /// have names.
    pub(in crate::lower) fn shared_union(
        &mut self,
        union: &ResolvedSchema<'a>,
        sources: &[VariantSource<'a>],
    ) -> Option<(Pointer, String)> {
        let locations: Vec<&Pointer> = std::iter::once(&union.at)
            .chain(union.ref_chain())
            .collect();
        let own_name =
            component_name(&union.at).is_some() || self.names.types.take(&locations).is_some();
        if own_name || sources.len() > MAX_NAMED_VARIANTS || union.discriminator.is_some() {
            return None;
        }
        let names: Option<Vec<(String, String)>> = sources
            .iter()
            .map(|source| {
                self.structural_name(&source.schema, 0)
                    .filter(|_| !source.is_open)
            })
            .collect();
        let (names, keys): (Vec<String>, Vec<String>) = names?.into_iter().unzip();
        let name = names.join("Or");
        if name.len() > MAX_NAME_LENGTH {
            return None;
        }
        let key = keys.join(" | ");
        let at = self.registry.shared_unions.entry(key);
        Some((at.or_insert_with(|| union.at.clone()).clone(), name))
    }

    /// Returns a name that describes the structure of a schema, and a key that is unique to the structure.
    fn structural_name(
        &self,
        schema: &ResolvedSchema<'a>,
        depth: usize,
    ) -> Option<(String, String)> {
        if let Some(name) = self.component_name(schema) {
            return Some((name, schema.at.to_string()));
        }
        if depth > 2
            || !schema.variants.is_empty()
            || !schema.enum_values.is_empty()
            || schema.nullable
        {
            return None;
        }
        let (kind, inner) = match schema.kind? {
            JsonKind::Array => ("List", schema.items.as_ref()?),
            JsonKind::Object if schema.is_free_form_object() => return Some(same_names("Object")),
            JsonKind::Object if schema.properties.is_empty() => {
                ("Map", schema.additional_properties.as_ref()?)
            }
            JsonKind::Object => return None,
            _ if schema.is_unsigned() => return Some(same_names("Unsigned")),
            kind => return Some(same_names(kind_name(kind))),
        };
        let inner = self.resolver.resolve(inner.1, &inner.0);
        let (name, key) = self.structural_name(&inner, depth + 1)?;
        Some((format!("{name}{kind}"), format!("{key} {kind}")))
    }

    /// Returns the Rust name of the component schema.
    fn component_name(&self, schema: &ResolvedSchema<'a>) -> Option<String> {
        let name = schema.ref_chain().find_map(component_name)?;
        Some(names::pascal(
            name.strip_prefix(self.names.strip_prefix).unwrap_or(&name),
        ))
    }

    /// Names an inline variant by its title, by a constant, by a property that no other variant has, or by its kind.
    fn describe_inline(&self, schema: &ResolvedSchema<'a>, others: &OtherVariants<'a>) -> String {
        let title = schema.title.filter(|title| {
            title.len() <= MAX_NAME_LENGTH && title.chars().any(char::is_alphanumeric)
        });
        if let Some(title) = title {
            return names::pascal(title);
        }
        if let [Value::String(only)] = schema.enum_values.as_slice() {
            return names::variant(only);
        }
        let constants = self.constants(schema);
        let is_own = |(name, value): &&(&'a str, String)| {
            others.are_without(&(schema.kind, *name, Some(value.clone())))
        };
        if let Some((_, own)) = constants.iter().find(is_own) {
            return names::variant(own);
        }
        if others
            .kinds
            .get(&schema.kind)
            .is_some_and(|count| *count > 1)
        {
            if let Some((name, _)) = self.structural_name(schema, 0) {
                return name;
            }
            let names = schema.properties.keys().copied();
            let own = names.filter(|name| others.are_without(&(schema.kind, *name, None)));
            let is_required =
                |name: &&str| schema.properties.get(name).is_some_and(|own| own.required);
            if let Some(own) = own.clone().find(is_required).or(own.clone().next()) {
                return names::pascal(own);
            }
        }
        match schema.kind {
            Some(JsonKind::Object)
                if schema.properties.is_empty() && schema.additional_properties.is_some() =>
            {
                "Map".to_owned()
            }
            Some(kind) => kind_name(kind).to_owned(),
            None if schema.enum_values.iter().all(Value::is_string) => {
                kind_name(JsonKind::String).to_owned()
            }
            None => "Value".to_owned(),
        }
    }
}

impl<'a> TypeLowering<'a> {
    /// Returns required properties with only one allowed string.
    fn constants(&self, schema: &ResolvedSchema<'a>) -> Vec<(&'a str, String)> {
        let required = schema
            .properties
            .iter()
            .filter(|(_, property)| property.required);
        let constant = required.filter_map(|(name, property)| {
            match self
                .resolver
                .resolve_property(property)
                .enum_values
                .as_slice()
            {
                [Value::String(only)] => Some((*name, only.clone())),
                _ => None,
            }
        });
        constant.collect()
    }
}

/// A kind of variant, the name of a property and, if it is constant, its value.
type Trait<'a> = (Option<JsonKind>, &'a str, Option<String>);

/// Numbers of variants per kind and per trait. A variant may be named by a trait that no other variant has.
#[derive(Default)]
struct OtherVariants<'a> {
    kinds: HashMap<Option<JsonKind>, usize>,
    traits: HashMap<Trait<'a>, usize>,
}

impl<'a> OtherVariants<'a> {
    fn of(lowering: &TypeLowering<'a>, sources: &[VariantSource<'a>]) -> Self {
        let mut others = Self::default();
        let mut seen = HashSet::new();
        let schemas = sources.iter().map(|source| &source.schema);
        for schema in schemas.filter(|schema| seen.insert(&schema.at)) {
            *others.kinds.entry(schema.kind).or_default() += 1;
            let constants = lowering.constants(schema).into_iter();
            let constants = constants.map(|(name, value)| (schema.kind, name, Some(value)));
            let names = schema
                .properties
                .keys()
                .map(|name| (schema.kind, *name, None));
            for of in constants.chain(names) {
                *others.traits.entry(of).or_default() += 1;
            }
        }
        others
    }

    /// True if at most one variant has this trait.
    fn are_without(&self, of: &Trait<'a>) -> bool {
        self.traits.get(of).is_none_or(|count| *count < 2)
    }
}

fn same_names(name: &str) -> (String, String) {
    (name.to_owned(), name.to_owned())
}

fn kind_name(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::String => "String",
        JsonKind::Integer => "Integer",
        JsonKind::Number => "Number",
        JsonKind::Boolean => "Boolean",
        JsonKind::Array => "List",
        JsonKind::Object => "Object",
    }
}

/// Returns the length of the words that all names and the name of the union start with. Each name keeps at least one word.
fn common_prefix(union: &str, names: &[&String]) -> usize {
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
            common_prefix(union, &of.iter().collect::<Vec<_>>())
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
