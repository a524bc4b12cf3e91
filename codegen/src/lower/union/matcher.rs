//! Computes the matchers of the variants of a union: the complete ones, reduced to what distinguishes the variants.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::ir::{JsonKind, VariantMatcher};
use crate::lower::schema::ResolvedSchema;
use crate::lower::schema::{DiscriminatorMapping, VariantSource};
use crate::lower::types::TypeLowering;
use crate::lower::union::discriminate::{Candidate, minimal_matchers};

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
