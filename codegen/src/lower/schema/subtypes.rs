//! Subtypes: schemas that refer in `allOf` to a schema with a discriminator.

use std::collections::{HashMap, HashSet};

use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind};

use crate::document::Document;
use crate::lower::schema::{SchemaData, SchemaRef};
use crate::pointer::Pointer;

/// Last segment of the location of a base schema that is a variant of itself.
const BASE_VARIANT: &str = "discriminator";

/// Base schemas and their subtypes.
#[derive(Default)]
pub(in crate::lower) struct Subtypes<'a> {
    /// Variants of a base schema, by the location of the base.
    variants: HashMap<Pointer, Vec<(Pointer, SchemaRef<'a>)>>,
    /// Nearest base of a subtype and the discriminator of the base, by the location of the subtype.
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
            let mut variants = Vec::new();
            let mut seen = HashSet::from([name]);
            let mut next = vec![at.clone()];
            while let Some(parent) = next.pop() {
                for (name, schema) in direct.get(&parent).into_iter().flatten() {
                    if seen.insert(name) {
                        let variant = around.key(name);
                        variants.push((variant.clone(), SchemaRef::Plain(schema)));
                        all.bases
                            .entry(variant.clone())
                            .or_insert_with(|| (at.clone(), discriminator));
                        // A subtype with its own discriminator has its own subtypes.
                        next.extend(base(schema).is_none().then_some(variant));
                    }
                }
            }
            if variants.is_empty() {
                continue;
            }
            if base_is_variant(document, &at, schema, discriminator) {
                variants.push((at.key(BASE_VARIANT), SchemaRef::Base(schema)));
            }
            all.variants.insert(at, variants);
        }
        all
    }

    /// Reads a schema as a type: a base schema becomes the union of its subtypes.
    pub(in crate::lower) fn resolve(
        &self,
        document: &'a Document,
        schema: &'a Schema,
        at: &Pointer,
    ) -> SchemaData<'a> {
        let mut data = self.with_subtypes(SchemaData::of(document, schema, at));
        if data.discriminator.is_none() {
            data.discriminator = self.shared_discriminator(document, &data.variants);
        }
        data
    }

    /// Returns the discriminator of the base that all variants extend.
    fn shared_discriminator(
        &self,
        document: &'a Document,
        variants: &[(Pointer, SchemaRef<'a>)],
    ) -> Option<&'a Discriminator> {
        let base = |(at, schema): &(Pointer, SchemaRef<'a>)| {
            let (target, _) = schema.find(document, at)?;
            self.bases.get(&target)
        };
        let (first, others) = variants.split_first()?;
        let (at, discriminator) = base(first)?;
        let mut others = others.iter().map(base);
        let is_same = others.all(|base| base.is_some_and(|(other, _)| other == at));
        is_same.then_some(*discriminator)
    }

    /// Turns a base schema into the union of its subtypes.
    fn with_subtypes(&self, data: SchemaData<'a>) -> SchemaData<'a> {
        let Some(variants) = self.variants.get(&data.at) else {
            return data;
        };
        SchemaData {
            at: data.at,
            ref_chain: data.ref_chain,
            nullable: data.nullable,
            deprecated: data.deprecated,
            title: data.title,
            access: data.access,
            description: data.description,
            definition: data.definition,
            example: data.example,
            discriminator: data.discriminator,
            variants: variants.clone(),
            ..SchemaData::default()
        }
    }
}

/// Returns the location of the base schema if `at` is the base as a variant of itself.
pub(in crate::lower) fn base_of(at: &Pointer) -> Option<Pointer> {
    (at.last() == BASE_VARIANT).then(|| at.parent())?
}

/// Returns the discriminator of a schema without `oneOf` and `anyOf`.
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

/// True if a value may be the base itself and no subtype. The discriminator then has the name of the base as its value,
/// unless the mapping uses this name for another schema or the property does not allow it.
fn base_is_variant(
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
    let data = SchemaData::of(document, schema, at);
    let tag = data.properties.get(&*discriminator.property_name);
    let values = tag.map(|tag| {
        SchemaData::read(document, tag.schema, &tag.at, &mut HashSet::new()).enum_values
    });
    values.is_none_or(|values| values.is_empty() || values.contains(&name.into()))
}
