//! Computes the matchers of the variants of a union.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::ir::{JsonKind, VariantMatcher};
use crate::lower::schema::{Property, ResolvedSchema, SchemaResolver};
use crate::lower::types::TypeLowering;
use crate::lower::union::discriminate::{Candidate, minimal_matchers};
use crate::lower::union::enum_text::enum_texts;
use crate::lower::union::{DiscriminatorMapping, VariantSource};
use crate::pointer::Pointer;

/// Maximum depth of nested arrays in a matcher.
const MAX_DEPTH: usize = 3;

/// Maximum number of nested unions that are searched for matchers.
const MAX_UNIONS: usize = 256;

impl<'a> TypeLowering<'a> {
    /// Returns the matchers of each variant. They contain only what distinguishes the variants. `names` are the variant names.
    pub(in crate::lower) fn matchers_of(
        &mut self,
        union: &ResolvedSchema<'a>,
        sources: &[VariantSource<'a>],
        names: &[String],
    ) -> Vec<Vec<VariantMatcher>> {
        let mapping = DiscriminatorMapping::of(union);
        let mut all: Vec<Candidate> = Vec::new();
        for (index, source) in sources.iter().enumerate() {
            let mut seen = HashSet::from([union.at.clone()]);
            let mut matchers =
                self.resolver
                    .matchers(std::slice::from_ref(&source.schema), &mut seen, 0);
            if matchers.is_empty() {
                // All variants of this nested union refer to the outer union. Only its own properties count.
                matchers.push(Rc::new(self.resolver.object_matcher(&source.schema)));
            }
            if source.is_open {
                for matcher in &mut matchers {
                    Rc::make_mut(matcher).values.clear();
                }
            }
            all.extend(matchers.into_iter().map(|matcher| (index, matcher)));
        }
        let mut minimal = match &mapping {
            None => minimal_matchers(&all, None),
            Some(mapping) => self.matchers_by_discriminator(union, mapping, sources, all),
        };
        let mut seen = HashSet::new();
        minimal.retain(|of| seen.insert(of.clone()));
        self.warn_ambiguous(union, names, &minimal);
        let mut result = vec![Vec::new(); sources.len()];
        for (index, matcher) in minimal {
            if let Some(matchers) = result.get_mut(index) {
                matchers.push(matcher);
            }
        }
        result
    }

    /// Returns matchers that use the discriminator, as far as the variants have its property.
    fn matchers_by_discriminator(
        &mut self,
        union: &ResolvedSchema<'a>,
        mapping: &DiscriminatorMapping<'a>,
        sources: &[VariantSource<'a>],
        mut all: Vec<Candidate>,
    ) -> Vec<(usize, VariantMatcher)> {
        let lacks = |source: &VariantSource<'a>| {
            source.schema.variants.is_empty()
                && !source.schema.properties.contains_key(mapping.name())
        };
        let plain = sources
            .iter()
            .all(lacks)
            .then(|| minimal_matchers(&all, None));
        for (index, matcher) in &mut all {
            if let Some(source) = sources.get(*index) {
                let matchers = std::slice::from_mut(matcher);
                mapping.write_to(
                    &self.resolver,
                    &source.schema,
                    source.tag.as_ref(),
                    matchers,
                );
            }
        }
        let Some(plain) = plain else {
            return minimal_matchers(&all, Some(mapping.name()));
        };
        let mut by_matcher: HashMap<&VariantMatcher, usize> = HashMap::new();
        let minimal_object_matchers = plain
            .iter()
            .all(|(index, matcher)| *by_matcher.entry(matcher).or_insert(*index) == *index);
        let otherwise = if minimal_object_matchers {
            "if it is missing, other properties select the variant"
        } else {
            "if it is missing, a value is decoded as `Unknown`"
        };
        let text = format!(
            "no variant has the discriminator property `{}`; {otherwise}",
            mapping.name()
        );
        let at = union.at.key("discriminator").key("propertyName");
        let help = "add it to each variant, as a required property";
        self.diagnostics
            .push(Diagnostic::warning("missing-discriminator-property", &at, text).help(help));
        if !minimal_object_matchers {
            return minimal_matchers(&all, Some(mapping.name()));
        }
        let by_source: HashMap<usize, &Rc<VariantMatcher>> =
            all.iter().map(|(i, matcher)| (*i, matcher)).collect();
        let with_tag = |(index, mut matcher): (usize, VariantMatcher)| {
            let known = by_source.get(&index).map(|matcher| matcher.tags.as_slice());
            let mut known = known.into_iter().flatten();
            if matcher.kind == Some(JsonKind::Object) {
                matcher
                    .tags
                    .extend(known.find(|(name, _)| name == mapping.name()).cloned());
            }
            (index, matcher)
        };
        plain.into_iter().map(with_tag).collect()
    }

    /// Warns about variants that have equal matchers: the first of them is selected.
    fn warn_ambiguous(
        &mut self,
        union: &ResolvedSchema<'a>,
        names: &[String],
        matchers: &[(usize, VariantMatcher)],
    ) {
        let mut by_matcher: HashMap<&VariantMatcher, Vec<usize>> = HashMap::new();
        for (index, matcher) in matchers {
            by_matcher.entry(matcher).or_default().push(*index);
        }
        let mut reported = HashSet::new();
        for (_, matcher) in matchers {
            let variants = by_matcher
                .get(matcher)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let is_composite = matches!(matcher.kind, Some(JsonKind::Array | JsonKind::Object));
            if variants.len() < 2 || !is_composite || !reported.insert(variants) {
                continue;
            }
            let names = variants.iter().filter_map(|index| names.get(*index));
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            let first = names.first().cloned().unwrap_or_default();
            let text = format!(
                "{} cannot be distinguished: each is decoded as {first}",
                names.join(", ")
            );
            let help = "add a required property with a different constant to each";
            self.diagnostics
                .push(Diagnostic::warning("ambiguous-variants", &union.at, text).help(help));
        }
    }
}

impl<'a> SchemaResolver<'a> {
    /// Returns the complete matchers of schemas. Nested unions in `seen` are skipped.
    fn matchers(
        &self,
        schemas: &[ResolvedSchema<'a>],
        seen: &mut HashSet<Pointer>,
        depth: usize,
    ) -> Vec<Rc<VariantMatcher>> {
        let mut matchers = Vec::new();
        let mut lists = Vec::new();
        for schema in schemas {
            self.collect_matchers(schema, seen, &mut matchers, &mut lists);
        }
        // All arrays share one matcher, whose items match the items of any of them.
        let items = lists.iter().map(|list| list.items.as_ref());
        let items: Option<Vec<_>> = items.collect();
        if let Some(items) = items.filter(|items| !items.is_empty() && depth < MAX_DEPTH) {
            let items = items.iter().map(|(at, items)| self.resolve(*items, at));
            let items = self.matchers(&items.collect::<Vec<_>>(), seen, depth + 1);
            let list = matchers
                .iter_mut()
                .find(|matcher| matcher.kind == Some(JsonKind::Array));
            if let Some(list) = list {
                Rc::make_mut(list).items = items.iter().map(|item| (**item).clone()).collect();
            }
        }
        matchers
    }

    fn collect_matchers(
        &self,
        schema: &ResolvedSchema<'a>,
        seen: &mut HashSet<Pointer>,
        matchers: &mut Vec<Rc<VariantMatcher>>,
        lists: &mut Vec<ResolvedSchema<'a>>,
    ) {
        if !schema.variants.is_empty() {
            if seen.len() > MAX_UNIONS || !seen.insert(schema.at.clone()) {
                return;
            }
            let mapping = DiscriminatorMapping::of(schema);
            for case in &self.variants(schema).schemas {
                let first = matchers.len();
                self.collect_matchers(case, seen, matchers, lists);
                let own = matchers.get_mut(first..).unwrap_or_default();
                if let Some(mapping) = &mapping {
                    mapping.write_to(self, case, None, own);
                }
            }
            return;
        }
        let mut matcher = VariantMatcher {
            kind: schema.kind,
            ..VariantMatcher::default()
        };
        match schema.kind {
            Some(JsonKind::String) => matcher.values = enum_texts(&schema.enum_values),
            Some(JsonKind::Array) => {
                lists.push(schema.clone());
                if lists.len() > 1 {
                    return;
                }
            }
            Some(JsonKind::Object) => {
                let object = || Rc::new(self.object_matcher(schema));
                return matchers.push(self.objects.get(&schema.at, object));
            }
            None if !schema.enum_values.is_empty() => {
                return matchers.extend(by_values(&schema.enum_values).into_iter().map(Rc::new));
            }
            _ => {}
        }
        matchers.push(Rc::new(matcher));
    }

    /// Returns the matcher of an object, with shallow matchers of its properties.
    fn object_matcher(&self, schema: &ResolvedSchema<'a>) -> VariantMatcher {
        let mut matcher = VariantMatcher::default();
        for (name, property) in &schema.properties {
            let inner = self.resolve_property(property);
            if let Some(mut inside) = self.shallow_matcher(&inner) {
                if let Some((at, items)) = &inner.items {
                    inside
                        .items
                        .extend(self.shallow_matcher(&self.resolve(*items, at)));
                }
                matcher.properties.push(((*name).to_owned(), inside));
            }
            add_property(&mut matcher, name, property, &inner);
        }
        matcher.kind = schema.kind;
        matcher
    }

    /// Returns the kind and the property names of a schema without variants.
    fn shallow_matcher(&self, schema: &ResolvedSchema<'a>) -> Option<VariantMatcher> {
        let kind = schema.kind.filter(|_| schema.variants.is_empty())?;
        let mut matcher = VariantMatcher {
            kind: Some(kind),
            ..VariantMatcher::default()
        };
        for (name, property) in &schema.properties {
            add_property(
                &mut matcher,
                name,
                property,
                &self.resolve_property(property),
            );
        }
        Some(matcher)
    }
}

/// Adds the name and the enum values of a property.
fn add_property(
    matcher: &mut VariantMatcher,
    name: &str,
    property: &Property<'_>,
    schema: &ResolvedSchema<'_>,
) {
    if !schema.enum_values.is_empty() {
        matcher
            .tags
            .push((name.to_owned(), enum_texts(&schema.enum_values)));
    }
    let names = if property.required {
        &mut matcher.required
    } else {
        &mut matcher.known
    };
    names.push(name.to_owned());
}

fn by_values(values: &[Value]) -> Vec<VariantMatcher> {
    let matcher = |kind: JsonKind, values: Vec<String>| VariantMatcher {
        kind: Some(kind),
        values,
        ..VariantMatcher::default()
    };
    let mut matchers = Vec::new();
    let strings: Vec<Value> = values
        .iter()
        .filter(|value| value.is_string())
        .cloned()
        .collect();
    if !strings.is_empty() {
        matchers.push(matcher(JsonKind::String, enum_texts(&strings)));
    }
    if values.iter().any(Value::is_number) {
        matchers.push(matcher(JsonKind::Number, vec![]));
    }
    if values.iter().any(Value::is_boolean) {
        matchers.push(matcher(JsonKind::Boolean, vec![]));
    }
    matchers
}
