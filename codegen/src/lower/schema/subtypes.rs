//! Schemas with a discriminator and no cases -> their subtypes, which refer to them in `allOf`.

use std::collections::{HashMap, HashSet};

use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind};

use crate::document::Document;
use crate::lower::schema::{SchemaData, SchemaRef};
use crate::pointer::Pointer;

/// Where what a base says itself is, as one of its own cases.
const OWN: &str = "discriminator";

/// What extends what.
#[derive(Default)]
pub(in crate::lower) struct Subtypes<'a> {
    /// The cases that a value of a base may be, by where the base is.
    cases: HashMap<Pointer, Vec<(Pointer, SchemaRef<'a>)>>,
    /// The nearest base of a subtype, and what tells its subtypes apart.
    bases: HashMap<Pointer, (Pointer, &'a Discriminator)>,
}

impl<'a> Subtypes<'a> {
    pub(in crate::lower) fn of(document: &'a Document) -> Self {
        let around = Pointer::root().key("components").key("schemas");
        let components = document.api.components.as_ref();
        let schemas = || components.into_iter().flat_map(|all| &all.schemas);
        let bases: Vec<(&String, &Schema, &'a Discriminator)> = schemas()
            .filter_map(|(name, schema)| Some((name, schema.as_item()?, base(schema)?)))
            .collect();
        let mut all = Self::default();
        if bases.is_empty() {
            return all;
        }
        let mut direct: HashMap<Pointer, Vec<(&String, &ReferenceOr<Schema>)>> = HashMap::new();
        for (name, schema) in schemas() {
            for branch in all_of(schema).iter().filter(|branch| is_reference(branch)) {
                if let Some((target, _)) = document.schema(branch, &around) {
                    direct.entry(target).or_default().push((name, schema));
                }
            }
        }
        for (name, schema, discriminator) in bases {
            let at = around.key(name);
            let mut cases = Vec::new();
            let mut seen = HashSet::from([name]);
            let mut next = vec![at.clone()];
            while let Some(parent) = next.pop() {
                for (name, schema) in direct.get(&parent).into_iter().flatten() {
                    if seen.insert(name) {
                        let case = around.key(name);
                        cases.push((case.clone(), SchemaRef::Plain(schema)));
                        all.bases
                            .entry(case.clone())
                            .or_insert_with(|| (at.clone(), discriminator));
                        // What has a discriminator of its own has its cases in itself.
                        next.extend(base(schema).is_none().then_some(case));
                    }
                }
            }
            if cases.is_empty() {
                continue;
            }
            if stands_alone(document, &at, schema, discriminator) {
                cases.push((at.key(OWN), SchemaRef::Base(schema)));
            }
            all.cases.insert(at, cases);
        }
        all
    }

    /// What a schema says wherever it is used as a type.
    pub(in crate::lower) fn applied(
        &self,
        document: &'a Document,
        schema: &'a Schema,
        at: &Pointer,
    ) -> SchemaData<'a> {
        let mut said = self.fallback(SchemaData::of(document, schema, at));
        if said.discriminator.is_none() {
            said.discriminator = self.tells_apart(document, &said.cases);
        }
        said
    }

    /// The discriminator of the base that all cases of a union extend.
    fn tells_apart(
        &self,
        document: &'a Document,
        cases: &[(Pointer, SchemaRef<'a>)],
    ) -> Option<&'a Discriminator> {
        let base = |(at, place): &(Pointer, SchemaRef<'a>)| {
            let (target, _) = place.find(document, at)?;
            self.bases.get(&target)
        };
        let (first, others) = cases.split_first()?;
        let (at, discriminator) = base(first)?;
        let mut others = others.iter().map(base);
        let is_same = others.all(|base| base.is_some_and(|(other, _)| other == at));
        is_same.then_some(*discriminator)
    }

    /// One of its subtypes, if it has some.
    fn fallback(&self, said: SchemaData<'a>) -> SchemaData<'a> {
        let Some(cases) = self.cases.get(&said.at) else {
            return said;
        };
        SchemaData {
            at: said.at,
            chain: said.chain,
            nullable: said.nullable,
            deprecated: said.deprecated,
            title: said.title,
            one_way: said.one_way,
            description: said.description,
            definition: said.definition,
            example: said.example,
            discriminator: said.discriminator,
            cases: cases.clone(),
            ..SchemaData::default()
        }
    }
}

/// The base of which this place is its own case.
pub(in crate::lower) fn base_of(at: &Pointer) -> Option<Pointer> {
    (at.last() == OWN).then(|| at.parent())?
}

/// The discriminator of a schema that lists no cases itself.
fn base(schema: &ReferenceOr<Schema>) -> Option<&Discriminator> {
    let schema = schema.as_item()?;
    let lists = match &schema.schema_kind {
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        SchemaKind::Any(any) => !any.one_of.is_empty() || !any.any_of.is_empty(),
        _ => false,
    };
    schema.schema_data.discriminator.as_ref().filter(|_| !lists)
}

fn all_of(schema: &ReferenceOr<Schema>) -> &[ReferenceOr<Schema>] {
    match schema.as_item().map(|schema| &schema.schema_kind) {
        Some(SchemaKind::AllOf { all_of }) => all_of,
        Some(SchemaKind::Any(any)) => &any.all_of,
        _ => &[],
    }
}

fn is_reference(schema: &ReferenceOr<Schema>) -> bool {
    matches!(schema, ReferenceOr::Reference { .. })
}

/// Whether a value may be of the base and of no subtype: something must stand for it in the discriminator. Its name does,
/// unless it means another schema there or the property cannot be it.
fn stands_alone(
    document: &Document,
    at: &Pointer,
    schema: &Schema,
    discriminator: &Discriminator,
) -> bool {
    let name = at.last();
    let mut targets = discriminator.mapping.values();
    if targets.any(|target| target.rsplit('/').next() == Some(&name)) {
        return true;
    }
    if discriminator.mapping.contains_key(&name) {
        return false;
    }
    let said = SchemaData::of(document, schema, at);
    let tag = said.properties.get(&*discriminator.property_name);
    let values =
        tag.map(|tag| SchemaData::read(document, tag.schema, &tag.at, &mut HashSet::new()).values);
    values.is_none_or(|values| values.is_empty() || values.contains(&name.into()))
}
