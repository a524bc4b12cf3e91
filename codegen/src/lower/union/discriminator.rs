//! What a discriminator says of the cases of a union.

use std::collections::HashMap;
use std::rc::Rc;

use openapiv3::Discriminator;

use crate::ir::{JsonKind, VariantMatcher};
use crate::lower::schema::component_name;
use crate::lower::schema::{ResolvedSchema, SchemaResolver, base_of};
use crate::lower::union::Piece;
use crate::lower::union::matcher::texts;
use crate::pointer::Pointer;

/// The property that tells the cases apart, and its values.
pub(in crate::lower) struct Tags<'a> {
    discriminator: &'a Discriminator,
    /// The values that mean a schema, each with its number, by where the schema is.
    mapped: HashMap<Pointer, Vec<(usize, &'a str)>>,
}

impl<'a> Tags<'a> {
    pub(in crate::lower) fn of(union: &ResolvedSchema<'a>) -> Option<Self> {
        let discriminator = union.discriminator?;
        let mut mapped: HashMap<Pointer, Vec<(usize, &str)>> = HashMap::new();
        for (i, (value, target)) in discriminator.mapping.iter().enumerate() {
            mapped.entry(meant(target)).or_default().push((i, value));
        }
        Some(Self {
            discriminator,
            mapped,
        })
    }

    pub(in crate::lower) fn name(&self) -> &'a str {
        &self.discriminator.property_name
    }

    /// The values that mean a case: what is mapped to it, and what it says itself; else its name.
    pub(in crate::lower) fn values(
        &self,
        resolver: &SchemaResolver<'a>,
        case: &ResolvedSchema<'a>,
    ) -> Vec<String> {
        let places = places(case);
        let mapped = places.iter().filter_map(|at| self.mapped.get(at));
        let mut mapped: Vec<(usize, &str)> = mapped.flatten().copied().collect();
        mapped.sort_unstable();
        mapped.dedup();
        let mut values: Vec<String> = mapped.iter().map(|(_, text)| (*text).to_owned()).collect();
        let names: Vec<String> = places.iter().filter_map(component_name).collect();
        let own = case.properties.get(self.name());
        let own = own.map_or_else(Vec::new, |own| {
            texts(&resolver.resolve_property(own).values)
        });
        let (others, mut own): (Vec<String>, Vec<String>) = own
            .into_iter()
            .filter(|value| !values.contains(value))
            .partition(|value| self.means_other(resolver, value, &names));
        match others.as_slice() {
            [only] if values.is_empty() && own.is_empty() => own.push(only.clone()),
            [] => {}
            // The values of all cases: those that have no meaning for it are not its own.
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

    /// Whether a value stands for another schema than that of these names.
    fn means_other(&self, resolver: &SchemaResolver<'a>, value: &str, names: &[String]) -> bool {
        let components = resolver.document.api.components.as_ref();
        let is_named = components.is_some_and(|all| all.schemas.contains_key(value));
        let is_own = names.iter().any(|name| name == value);
        self.discriminator.mapping.contains_key(value) || (is_named && !is_own)
    }

    /// A case that has no place for the property becomes one for each of its values, so that none is lost.
    pub(in crate::lower) fn by_value(
        &self,
        resolver: &SchemaResolver<'a>,
        piece: Piece<'a>,
    ) -> Vec<Piece<'a>> {
        let is_there = piece.view.properties.contains_key(self.name());
        if is_there || !piece.view.cases.is_empty() {
            return vec![piece];
        }
        let values = self.values(resolver, &piece.view);
        if values.len() < 2 {
            return vec![piece];
        }
        let pieces = values.into_iter().map(|value| Piece {
            view: piece.view.clone(),
            open: piece.open,
            tag: Some(value),
        });
        pieces.collect()
    }

    /// The property that a union adds to a case that may lack it, and its value.
    pub(in crate::lower) fn added(
        &self,
        resolver: &SchemaResolver<'a>,
        piece: &Piece<'a>,
    ) -> Option<(String, String)> {
        let case = &piece.view;
        let property = case.properties.get(self.name());
        let is_there = property.is_some_and(|property| property.required);
        if !case.cases.is_empty() || case.kind != Some(JsonKind::Object) || is_there {
            return None;
        }
        let first = || self.values(resolver, case).into_iter().next();
        let value = piece.tag.clone().or_else(first)?;
        Some((self.name().to_owned(), value))
    }

    /// Writes what is said of a case into its looks; `only` that value, where there is one.
    pub(in crate::lower) fn write(
        &self,
        resolver: &SchemaResolver<'a>,
        case: &ResolvedSchema<'a>,
        only: Option<&String>,
        looks: &mut [Rc<VariantMatcher>],
    ) {
        let values = match only {
            Some(only) => vec![only.clone()],
            None => self.values(resolver, case),
        };
        let objects = |look: &&mut Rc<VariantMatcher>| look.kind == Some(JsonKind::Object);
        for look in looks.iter_mut().filter(objects) {
            let look = Rc::make_mut(look);
            let tag = look.tags.iter_mut().find(|(tag, _)| tag == self.name());
            match tag {
                Some((_, known)) if case.cases.is_empty() => known.clone_from(&values),
                Some(_) => {}
                None => look.tags.push((self.name().to_owned(), values.clone())),
            }
        }
    }
}

/// The schema to which a value is mapped: by where it is, or by its name.
fn meant(target: &str) -> Pointer {
    let at = Pointer::parse(target);
    at.unwrap_or_else(|| {
        let name = target.rsplit('/').next().unwrap_or(target);
        Pointer::root().key("components").key("schemas").key(name)
    })
}

/// Where the document has a case, and where it refers to it; not where what it holds parts of is.
fn places(case: &ResolvedSchema<'_>) -> Vec<Pointer> {
    let base = base_of(&case.at);
    let own = base.as_ref().unwrap_or(&case.at);
    match component_name(own) {
        Some(_) => {
            let before = case.chain().take_while(|at| **at != case.at);
            before.chain([own]).cloned().collect()
        }
        None => case.chain().cloned().collect(),
    }
}
