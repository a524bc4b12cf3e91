//! Reduces the matchers of objects. They use one property whose value differs, else one property that only one variant
//! has, else all properties that are not common to all variants.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;

use crate::ir::{JsonKind, VariantMatcher};
use crate::lower::union::discriminate::candidate::{
    Candidate, Minimal, is_single_variant, kinds_only,
};

/// Reduces the matchers of properties.
type Reduce<'r> = &'r dyn Fn(&[Candidate]) -> Vec<Minimal>;

/// Maximum number of optional properties in a matcher.
const MAX_PROPERTIES: usize = 40;

/// Returns minimal matchers of objects. `preferred` is the property of the discriminator. `reduce` returns minimal
/// matchers of any values.
pub(in crate::lower) fn minimal_object_matchers(
    matchers: &[Candidate],
    preferred: Option<&str>,
    reduce: Reduce<'_>,
) -> Vec<Minimal> {
    // All matchers must have the property, so the first one has it.
    let tags = matchers
        .first()
        .into_iter()
        .flat_map(|(_, matcher)| &matcher.tags);
    let names = tags.map(|(name, _)| name.as_str());
    let mut names = preferred.into_iter().chain(names);
    names
        .find_map(|name| by_tag(matchers, name, Some(name) == preferred, reduce))
        .or_else(|| by_distinct_properties(matchers))
        .unwrap_or_else(|| by_differing_properties(matchers, reduce))
}

/// Uses the value of one property. Matchers with equal values of this property also use other properties.
fn by_tag(
    matchers: &[Candidate],
    name: &str,
    declared: bool,
    reduce: Reduce<'_>,
) -> Option<Vec<Minimal>> {
    // Groups by the sorted values. The result has the values in the order of the first matcher.
    let mut groups: IndexMap<Vec<&str>, (&[String], Vec<Candidate>)> = IndexMap::new();
    let mut optional: Option<usize> = None;
    for of in matchers {
        let (index, matcher) = of;
        let (_, values) = matcher.tags.iter().find(|(tag, _)| tag == name)?;
        let required = declared || matcher.required.iter().any(|other| other == name);
        let is_second = |other: usize| other != *index;
        if values.is_empty() || !required && optional.replace(*index).is_some_and(is_second) {
            return None;
        }
        let mut sorted: Vec<&str> = values.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let (_, group) = groups
            .entry(sorted)
            .or_insert_with(|| (values.as_slice(), Vec::new()));
        group.push(of.clone());
    }
    if groups.len() < 2 || overlap(&groups) {
        return None;
    }
    let mut result = Vec::new();
    for (values, group) in groups.into_values() {
        let is_optional = group.iter().any(|(index, _)| optional == Some(*index));
        let rest = if is_single_variant(&group) {
            kinds_only(group.get(..1).unwrap_or_default())
        } else {
            minimal_object_matchers(&group, None, reduce)
        };
        result.extend(rest.into_iter().map(|(index, mut matcher)| {
            matcher.tags.retain(|(other, _)| other != name);
            matcher.required.retain(|other| other != name);
            matcher.tags.insert(0, (name.to_owned(), values.to_vec()));
            if !is_optional {
                matcher.required.insert(0, name.to_owned());
            }
            (index, matcher)
        }));
    }
    Some(result)
}

/// True if a value occurs in two groups that do not belong to the same variant.
fn overlap(groups: &IndexMap<Vec<&str>, (&[String], Vec<Candidate>)>) -> bool {
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    groups.iter().any(|(values, (_, group))| {
        let first = group.first().map(|(index, _)| *index);
        let case = first.filter(|_| is_single_variant(group));
        values.iter().any(|value| {
            let other = known.insert(value, case);
            other.is_some_and(|other| other.is_none() || other != case)
        })
    })
}

/// Uses a required property that no other variant has. One variant may lack such a property. A required constant excludes
/// other values, except for nested unions, which may get further variants.
fn by_distinct_properties(matchers: &[Candidate]) -> Option<Vec<Minimal>> {
    // The variant that has a property; `None` if several have it.
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    for (index, matcher) in matchers {
        for name in matcher.required.iter().chain(&matcher.optional) {
            let case = known.entry(name).or_insert(Some(*index));
            *case = case.filter(|case| case == index);
        }
    }
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for (index, _) in matchers {
        *counts.entry(*index).or_default() += 1;
    }
    let has_one_matcher = |index: usize| counts.get(&index) == Some(&1);
    let is_always_constant = |name: &String| {
        matchers.iter().all(|(_, matcher)| {
            let mut tags = matcher.tags.iter().filter(|(tag, _)| tag == name);
            let is_known = matcher.required.contains(name) || matcher.optional.contains(name);
            !is_known || tags.any(|(_, values)| values.len() == 1)
        })
    };
    let mut fallback: Option<usize> = None;
    let mut result = kinds_only(matchers);
    for ((index, matcher), (_, minimal)) in matchers.iter().zip(&mut result) {
        let is_own = |name: &&String| known.get(name.as_str()) == Some(&Some(*index));
        let is_constant = |(name, values): &&(String, Vec<String>)| {
            values.len() == 1 && matcher.required.contains(name) && has_one_matcher(*index)
        };
        let mut constants = matcher.tags.iter().filter(is_constant);
        let constant = constants.clone().find(|(name, _)| is_own(&name));
        let own = match constant {
            Some((name, _)) => Some(name),
            None => matcher.required.iter().find(is_own),
        };
        // Without a property of its own, the variant must not precede variants that may have the constant as well.
        let counts = |(name, _): &&(String, Vec<String>)| own.is_some() || is_always_constant(name);
        minimal
            .tags
            .extend(constant.or_else(|| constants.find(counts)).cloned());
        if own.is_none() && fallback.replace(*index).is_some() {
            return None;
        }
        minimal.required.extend(own.cloned());
    }
    Some(result)
}

/// Uses all properties that are not common to all variants and, if these are equal, the matchers of properties.
fn by_differing_properties(matchers: &[Candidate], reduce: Reduce<'_>) -> Vec<Minimal> {
    let mut required: HashMap<&str, usize> = HashMap::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (_, matcher) in matchers {
        for name in &matcher.required {
            *required.entry(name).or_default() += 1;
        }
        for name in matcher.required.iter().chain(&matcher.optional) {
            *known.entry(name).or_default() += 1;
        }
    }
    let in_some = |of: &HashMap<&str, usize>, name: &String| {
        of.get(name.as_str())
            .is_none_or(|count| *count < matchers.len())
    };
    let without_common = |(index, matcher): &Candidate| {
        let tags = matcher.tags.iter().filter(|(_, values)| values.len() == 1);
        let required = matcher
            .required
            .iter()
            .filter(|name| in_some(&required, name));
        let known = matcher.optional.iter().filter(|name| in_some(&known, name));
        let matcher = VariantMatcher {
            kind: matcher.kind,
            tags: tags.cloned().collect(),
            required: required.cloned().collect(),
            optional: known.take(MAX_PROPERTIES).cloned().collect(),
            ..VariantMatcher::default()
        };
        (*index, matcher)
    };
    let mut result: Vec<Minimal> = matchers.iter().map(without_common).collect();
    let mut by_minimal: IndexMap<&VariantMatcher, Vec<usize>> = IndexMap::new();
    for (at, (_, minimal)) in result.iter().enumerate() {
        by_minimal.entry(minimal).or_default().push(at);
    }
    let all: Vec<usize> = (0..matchers.len()).collect();
    let mut of_properties = property_matchers(matchers, &all, kinds_only);
    let distinguished_by_kind: HashSet<usize> = of_properties.iter().map(|(at, ..)| *at).collect();
    let by_properties = |group: &[usize]| property_matchers(matchers, group, reduce);
    let mut names: HashSet<String> = HashSet::new();
    for group in by_minimal.into_values().filter(|group| group.len() > 1) {
        if !group.iter().any(|at| distinguished_by_kind.contains(at)) {
            names.extend(
                by_properties(&group)
                    .into_iter()
                    .map(|(_, name, _)| name)
                    .next(),
            );
        }
    }
    if !names.is_empty() {
        // Variants with properties of their own may lack these properties.
        let parts = by_properties(&all).into_iter();
        of_properties.extend(parts.filter(|(_, name, _)| names.contains(name)));
    }
    for (at, name, matcher) in of_properties {
        if let Some((_, minimal)) = result.get_mut(at) {
            minimal.properties.push((name, matcher));
        }
    }
    result
}

/// Index of a matcher, name of a property, matcher of the property.
type PropertyMatcher = (usize, String, VariantMatcher);

/// Returns the matchers of properties for which `minimal` finds a difference. Indices refer to `matchers`.
fn property_matchers(
    matchers: &[Candidate],
    group: &[usize],
    minimal: impl Fn(&[Candidate]) -> Vec<Minimal>,
) -> Vec<PropertyMatcher> {
    let case = |at: usize| matchers.get(at).map(|(index, _)| *index);
    let differ = |minimal: &[Minimal]| {
        let mut pairs = minimal.iter().zip(minimal.iter().skip(1));
        let are_alike = pairs.clone().all(|(one, other)| one.1 == other.1);
        !are_alike && pairs.any(|(one, other)| case(one.0) != case(other.0))
    };
    let mut properties: IndexMap<&str, Vec<Candidate>> = IndexMap::new();
    for at in group {
        let of_properties = matchers
            .get(*at)
            .into_iter()
            .flat_map(|(_, matcher)| &matcher.properties);
        for (name, matcher) in of_properties {
            let matchers = properties.entry(name).or_default();
            matchers.push((*at, Rc::new(matcher.clone())));
        }
    }
    let mut of_properties = Vec::new();
    for (name, matchers) in properties {
        let integer_as_number: Vec<Candidate> = matchers
            .iter()
            .map(|(at, matcher)| (*at, integer_as_number(matcher)))
            .collect();
        if differ(&minimal(&integer_as_number)) {
            let minimal = minimal(&matchers).into_iter();
            of_properties.extend(minimal.map(|(at, matcher)| (at, name.to_owned(), matcher)));
        }
    }
    of_properties
}

/// Integers match as numbers: an integer value may also belong to a variant with a number.
fn integer_as_number(matcher: &Rc<VariantMatcher>) -> Rc<VariantMatcher> {
    match matcher.kind {
        Some(JsonKind::Integer) => Rc::new(VariantMatcher {
            kind: Some(JsonKind::Number),
            ..(**matcher).clone()
        }),
        _ => Rc::clone(matcher),
    }
}
