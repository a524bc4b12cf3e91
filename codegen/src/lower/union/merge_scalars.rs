//! Merges the scalar variants of a union.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::lower::schema::{DiscriminatorMapping, VariantSource};
use crate::lower::schema::{JsonKind, ResolvedSchema, Scalar};
use crate::lower::types::TypeLowering;

/// Scalar variants of one kind, or a single non-scalar variant.
type Group<'a> = Vec<(ResolvedSchema<'a>, Option<Rc<Scalar>>)>;

impl<'a> TypeLowering<'a> {
    /// Merges all strings, all integers, all other numbers, and all booleans into one variant each.
    pub(in crate::lower) fn sources(
        &self,
        union: &ResolvedSchema<'a>,
        schemas: &[ResolvedSchema<'a>],
    ) -> Vec<VariantSource<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut known: HashMap<JsonKind, usize> = HashMap::new();
        for schema in schemas {
            let scalar = self.resolver.scalar(schema);
            // Integers are not merged with other numbers: large ones would lose digits in a float.
            let kind = scalar.as_ref().map(|scalar| scalar.kind);
            let group = kind.and_then(|kind| known.get(&kind).copied());
            if let Some(group) = group.and_then(|group| groups.get_mut(group)) {
                group.push((schema.clone(), scalar));
                continue;
            }
            known.extend(kind.map(|kind| (kind, groups.len())));
            groups.push(vec![(schema.clone(), scalar)]);
        }
        let is_only_group = groups.len() == 1;
        let sources = groups
            .into_iter()
            .map(|group| merge_scalars(union, group, is_only_group));
        let Some(mapping) = DiscriminatorMapping::of(union) else {
            return sources.collect();
        };
        sources
            .flat_map(|source| mapping.split_by_value(&self.resolver, source))
            .collect()
    }
}

/// Merges the variants of one group. `is_only_group` is true for the only group.
fn merge_scalars<'a>(
    union: &ResolvedSchema<'a>,
    mut group: Group<'a>,
    is_only_group: bool,
) -> VariantSource<'a> {
    let is_open = |scalar: &Option<Rc<Scalar>>| scalar.as_ref().is_some_and(|scalar| scalar.open);
    let has_values = |scalar: &Option<Rc<Scalar>>| {
        let values = scalar.as_ref().map(|scalar| !scalar.values.is_empty());
        values.unwrap_or_default()
    };
    let open = group.iter().any(|(_, scalar)| is_open(scalar));
    let unsigned = group.iter().all(|(schema, _)| schema.is_unsigned());
    let binary = group.iter().any(|(schema, _)| schema.is_binary());
    let mut named = group.iter().filter(|(_, scalar)| has_values(scalar));
    let first_named = named.next().map(|(schema, _)| schema.clone());
    let several = named.next().is_some();
    let (first, scalar) = group.remove(0);
    if group.is_empty() {
        return VariantSource {
            is_open: false,
            schema: first,
            tag: None,
        };
    }
    let is_text = scalar
        .as_ref()
        .is_some_and(|scalar| scalar.kind == JsonKind::String);
    if is_text && !several && !binary {
        // Known values and any other string: an open enum, or a plain string.
        let named = first_named.is_some();
        return VariantSource {
            schema: first_named.unwrap_or(first),
            is_open: open && named,
            tag: None,
        };
    }
    let at = if is_only_group {
        union.at.clone()
    } else {
        union.at.key("oneOf")
    };
    let mut schema = ResolvedSchema::empty(&at, union.ref_chain().cloned().collect());
    schema.kind = scalar.as_ref().map(|scalar| scalar.kind);
    if is_only_group {
        schema.description = union.description;
        schema.definition = union.definition;
    }
    schema.format = match (binary, unsigned) {
        (true, _) => Some("binary".to_owned()),
        (_, true) => Some("uint64".to_owned()),
        _ => None,
    };
    let others = group.iter().filter_map(|(_, scalar)| scalar.as_ref());
    let all = scalar.iter().chain(others);
    let labels = all.clone().flat_map(|scalar| &scalar.enum_labels);
    schema.enum_labels = labels.cloned().collect();
    let mut seen = HashSet::new();
    let values = all.flat_map(|scalar| &scalar.values);
    schema.enum_values = values
        .filter(|value| seen.insert(value.to_string()))
        .cloned()
        .collect();
    VariantSource {
        schema,
        is_open: open && is_text,
        tag: None,
    }
}
