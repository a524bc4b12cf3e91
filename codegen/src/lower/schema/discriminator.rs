//! Discriminators of unions.

use std::collections::HashMap;
use std::rc::Rc;

use openapiv3::Discriminator;

use crate::ir::{JsonKind, VariantMatcher};
use crate::lower::schema::component::component_name;
use crate::lower::schema::enum_text::enum_texts;
use crate::lower::schema::resolved::ResolvedSchema;
use crate::lower::schema::resolver::SchemaResolver;
use crate::lower::schema::subtypes::base_of;
use crate::lower::schema::variant_source::VariantSource;
use crate::pointer::Pointer;

/// The property of a discriminator and the schemas that its values select.
pub(in crate::lower) struct DiscriminatorMapping<'a> {
    discriminator: &'a Discriminator,
    /// Values with their position in the mapping, by the location of the schema that they select.
    mapped: HashMap<Pointer, Vec<(usize, &'a str)>>,
}

impl<'a> DiscriminatorMapping<'a> {
    pub(in crate::lower) fn of(union: &ResolvedSchema<'a>) -> Option<Self> {
        let discriminator = union.discriminator?;
        let mut mapped: HashMap<Pointer, Vec<(usize, &str)>> = HashMap::new();
        for (i, (value, target)) in discriminator.mapping.iter().enumerate() {
            mapped
                .entry(mapped_location(target))
                .or_default()
                .push((i, value));
        }
        Some(Self {
            discriminator,
            mapped,
        })
    }

    pub(in crate::lower) fn name(&self) -> &'a str {
        &self.discriminator.property_name
    }

    /// Returns the values that select a variant: those of the mapping and its own enum values, else its component name.
    pub(in crate::lower) fn values(
        &self,
        resolver: &SchemaResolver<'a>,
        variant: &ResolvedSchema<'a>,
    ) -> Vec<String> {
        let locations = locations(variant);
        let mapped = locations.iter().filter_map(|at| self.mapped.get(at));
        let mut mapped: Vec<(usize, &str)> = mapped.flatten().copied().collect();
        mapped.sort_unstable();
        mapped.dedup();
        let mut values: Vec<String> = mapped.iter().map(|(_, text)| (*text).to_owned()).collect();
        let names: Vec<String> = locations.iter().filter_map(component_name).collect();
        let own = variant.properties.get(self.name());
        let own = own.map_or_else(Vec::new, |own| {
            enum_texts(&resolver.resolve_property(own).enum_values)
        });
        let (others, mut own): (Vec<String>, Vec<String>) = own
            .into_iter()
            .filter(|value| !values.contains(value))
            .partition(|value| self.maps_to_other(resolver, value, &names));
        match others.as_slice() {
            [only] if values.is_empty() && own.is_empty() => own.push(only.clone()),
            [] => {}
            // The variant lists the values of all variants. Keep only its own.
            _ if !values.is_empty() => own.clear(),
            _ if own.iter().any(|value| names.contains(value)) => {
                own.retain(|value| names.contains(value));
            }
            _ => {}
        }
        values.extend(own);
        if values.is_empty() {
            values.extend(names.into_iter().next());
        }
        values
    }

    /// True if a value selects another schema than the one with these names.
    fn maps_to_other(&self, resolver: &SchemaResolver<'a>, value: &str, names: &[String]) -> bool {
        let components = resolver.document.api.components.as_ref();
        let is_named = components.is_some_and(|all| all.schemas.contains_key(value));
        let is_own = names.iter().any(|name| name == value);
        self.discriminator.mapping.contains_key(value) || (is_named && !is_own)
    }

    /// Splits a variant that lacks the property into one variant per value, so that the value is not lost.
    pub(in crate::lower) fn split_by_value(
        &self,
        resolver: &SchemaResolver<'a>,
        source: VariantSource<'a>,
    ) -> Vec<VariantSource<'a>> {
        let has_property = source.schema.properties.contains_key(self.name());
        if has_property || !source.schema.variants.is_empty() {
            return vec![source];
        }
        let values = self.values(resolver, &source.schema);
        if values.len() < 2 {
            return vec![source];
        }
        let sources = values.into_iter().map(|value| VariantSource {
            schema: source.schema.clone(),
            is_open: source.is_open,
            tag: Some(value),
        });
        sources.collect()
    }

    /// Returns the property and value that the union adds to a variant that may lack it.
    pub(in crate::lower) fn added_property(
        &self,
        resolver: &SchemaResolver<'a>,
        source: &VariantSource<'a>,
    ) -> Option<(String, String)> {
        let variant = &source.schema;
        let property = variant.properties.get(self.name());
        let has_property = property.is_some_and(|property| property.required);
        if !variant.variants.is_empty() || variant.kind != Some(JsonKind::Object) || has_property {
            return None;
        }
        let first = || self.values(resolver, variant).into_iter().next();
        let value = source.tag.clone().or_else(first)?;
        Some((self.name().to_owned(), value))
    }

    /// Adds the values of the discriminator to matchers. With `only`, adds just this value.
    pub(in crate::lower) fn write_to(
        &self,
        resolver: &SchemaResolver<'a>,
        variant: &ResolvedSchema<'a>,
        only: Option<&String>,
        matchers: &mut [Rc<VariantMatcher>],
    ) {
        let values = match only {
            Some(only) => vec![only.clone()],
            None => self.values(resolver, variant),
        };
        let objects = |matcher: &&mut Rc<VariantMatcher>| matcher.kind == Some(JsonKind::Object);
        for matcher in matchers.iter_mut().filter(objects) {
            let matcher = Rc::make_mut(matcher);
            let tag = matcher.tags.iter_mut().find(|(tag, _)| tag == self.name());
            match tag {
                Some((_, known)) if variant.variants.is_empty() => known.clone_from(&values),
                Some(_) => {}
                None => matcher.tags.push((self.name().to_owned(), values.clone())),
            }
        }
    }
}

/// Returns the location of a schema in the mapping, which is a reference or a component name.
fn mapped_location(target: &str) -> Pointer {
    let at = Pointer::parse(target);
    at.unwrap_or_else(|| {
        let name = target.rsplit('/').next().unwrap_or(target);
        Pointer::root().key("components").key("schemas").key(name)
    })
}

/// Returns the location of a variant and of the references to it, without the parts of its `allOf`.
fn locations(variant: &ResolvedSchema<'_>) -> Vec<Pointer> {
    let base = base_of(&variant.at);
    let own = base.as_ref().unwrap_or(&variant.at);
    match component_name(own) {
        Some(_) => {
            let before = variant.ref_chain().take_while(|at| **at != variant.at);
            before.chain([own]).cloned().collect()
        }
        None => variant.ref_chain().cloned().collect(),
    }
}
