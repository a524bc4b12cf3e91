//! Objects are told apart by one property whose value says which it is, else by one that only it has, else by all that
//! they do not share.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;

use crate::ir::{JsonKind, VariantMatcher};
use crate::lower::union::discriminate::{Of, Told, bare, is_one_case, told_apart};

/// More names than this are not worth telling apart by.
const MOST_NAMES: usize = 40;

/// As much of objects as tells them apart; `preferred` is the property that a discriminator names.
pub(in crate::lower) fn apart(looks: &[Of], preferred: Option<&str>) -> Vec<Told> {
    // A property tells all of them only if the first one has it.
    let tags = looks.first().into_iter().flat_map(|(_, look)| &look.tags);
    let names = tags.map(|(name, _)| name.as_str());
    let mut names = preferred.into_iter().chain(names);
    names
        .find_map(|name| by_tag(looks, name, Some(name) == preferred))
        .or_else(|| by_own_names(looks))
        .unwrap_or_else(|| by_all_names(looks))
}

/// By the value of that property. Looks that have the same values there are told apart by what else they say.
fn by_tag(looks: &[Of], name: &str, declared: bool) -> Option<Vec<Told>> {
    // By the values, whatever their order; those are told as the first look has them.
    let mut groups: IndexMap<Vec<&str>, (&[String], Vec<Of>)> = IndexMap::new();
    let mut optional: Option<usize> = None;
    for of in looks {
        let (index, look) = of;
        let (_, values) = look.tags.iter().find(|(tag, _)| tag == name)?;
        let required = declared || look.required.iter().any(|other| other == name);
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
        let rest = if is_one_case(&group) {
            bare(group.get(..1).unwrap_or_default())
        } else {
            apart(&group, None)
        };
        result.extend(rest.into_iter().map(|(index, mut look)| {
            look.tags.retain(|(other, _)| other != name);
            look.required.retain(|other| other != name);
            look.tags.insert(0, (name.to_owned(), values.to_vec()));
            if !is_optional {
                look.required.insert(0, name.to_owned());
            }
            (index, look)
        }));
    }
    Some(result)
}

/// Whether a value stands in two groups that are not of the same case.
fn overlap(groups: &IndexMap<Vec<&str>, (&[String], Vec<Of>)>) -> bool {
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    groups.iter().any(|(values, (_, group))| {
        let first = group.first().map(|(index, _)| *index);
        let case = first.filter(|_| is_one_case(group));
        values.iter().any(|value| {
            let other = known.insert(value, case);
            other.is_some_and(|other| other.is_none() || other != case)
        })
    })
}

/// By a property that a case must have and no other one knows; one case may be without. If a case must have a constant,
/// another value excludes it; not if it is a union, where that may be a case to come.
fn by_own_names(looks: &[Of]) -> Option<Vec<Told>> {
    // The case that knows a name; none if several do.
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    for (index, look) in looks {
        for name in look.required.iter().chain(&look.known) {
            let case = known.entry(name).or_insert(Some(*index));
            *case = case.filter(|case| case == index);
        }
    }
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for (index, _) in looks {
        *counts.entry(*index).or_default() += 1;
    }
    let is_alone = |index: usize| counts.get(&index) == Some(&1);
    let is_always_one = |name: &String| {
        looks.iter().all(|(_, look)| {
            let mut tags = look.tags.iter().filter(|(tag, _)| tag == name);
            let is_known = look.required.contains(name) || look.known.contains(name);
            !is_known || tags.any(|(_, values)| values.len() == 1)
        })
    };
    let mut rest: Option<usize> = None;
    let mut result = bare(looks);
    for ((index, look), (_, told)) in looks.iter().zip(&mut result) {
        let is_own = |name: &&String| known.get(name.as_str()) == Some(&Some(*index));
        let is_constant = |(name, values): &&(String, Vec<String>)| {
            values.len() == 1 && look.required.contains(name) && is_alone(*index)
        };
        let mut constants = look.tags.iter().filter(is_constant);
        let constant = constants.clone().find(|(name, _)| is_own(&name));
        let own = match constant {
            Some((name, _)) => Some(name),
            None => look.required.iter().find(is_own),
        };
        // Without a name of its own it does not go before cases that may have the constant beside theirs.
        let counts = |(name, _): &&(String, Vec<String>)| own.is_some() || is_always_one(name);
        told.tags
            .extend(constant.or_else(|| constants.find(counts)).cloned());
        if own.is_none() && rest.replace(*index).is_some() {
            return None;
        }
        told.required.extend(own.cloned());
    }
    Some(result)
}

/// By all names that they do not have in common and, where these are the same, by what has them.
fn by_all_names(looks: &[Of]) -> Vec<Told> {
    let mut required: HashMap<&str, usize> = HashMap::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (_, look) in looks {
        for name in &look.required {
            *required.entry(name).or_default() += 1;
        }
        for name in look.required.iter().chain(&look.known) {
            *known.entry(name).or_default() += 1;
        }
    }
    let in_some = |of: &HashMap<&str, usize>, name: &String| {
        of.get(name.as_str())
            .is_none_or(|count| *count < looks.len())
    };
    let apart = |(index, look): &Of| {
        let tags = look.tags.iter().filter(|(_, values)| values.len() == 1);
        let required = look.required.iter().filter(|name| in_some(&required, name));
        let known = look.known.iter().filter(|name| in_some(&known, name));
        let look = VariantMatcher {
            kind: look.kind,
            tags: tags.cloned().collect(),
            required: required.cloned().collect(),
            known: known.take(MOST_NAMES).cloned().collect(),
            ..VariantMatcher::default()
        };
        (*index, look)
    };
    let mut result: Vec<Told> = looks.iter().map(apart).collect();
    let mut alike: IndexMap<&VariantMatcher, Vec<usize>> = IndexMap::new();
    for (at, (_, told)) in result.iter().enumerate() {
        alike.entry(told).or_default().push(at);
    }
    let all: Vec<usize> = (0..looks.len()).collect();
    let mut inside = insides(looks, &all, bare);
    let told_by_kind: HashSet<usize> = inside.iter().map(|(at, ..)| *at).collect();
    let by_parts = |group: &[usize]| insides(looks, group, |looks| told_apart(looks, None));
    let mut names: HashSet<String> = HashSet::new();
    for group in alike.into_values().filter(|group| group.len() > 1) {
        if !group.iter().any(|at| told_by_kind.contains(at)) {
            names.extend(by_parts(&group).into_iter().map(|(_, name, _)| name).next());
        }
    }
    if !names.is_empty() {
        // Those with names of their own may come without these.
        let parts = by_parts(&all).into_iter();
        inside.extend(parts.filter(|(_, name, _)| names.contains(name)));
    }
    for (at, name, look) in inside {
        if let Some((_, told)) = result.get_mut(at) {
            told.properties.push((name, look));
        }
    }
    result
}

/// What one of several looks, by its place, says of what a property looks like.
type Inside = (usize, String, VariantMatcher);

/// What the properties of several objects look like, by their places among `looks`, where that differs as far as `told` tells.
fn insides(looks: &[Of], group: &[usize], told: impl Fn(&[Of]) -> Vec<Told>) -> Vec<Inside> {
    let case = |at: usize| looks.get(at).map(|(index, _)| *index);
    let differ = |told: &[Told]| {
        let mut pairs = told.iter().zip(told.iter().skip(1));
        let are_alike = pairs.clone().all(|(one, other)| one.1 == other.1);
        !are_alike && pairs.any(|(one, other)| case(one.0) != case(other.0))
    };
    let mut properties: IndexMap<&str, Vec<Of>> = IndexMap::new();
    for at in group {
        let inside = looks
            .get(*at)
            .into_iter()
            .flat_map(|(_, look)| &look.properties);
        for (name, look) in inside {
            let looks = properties.entry(name).or_default();
            looks.push((*at, Rc::new(look.clone())));
        }
    }
    let mut inside = Vec::new();
    for (name, looks) in properties {
        let broad: Vec<Of> = looks.iter().map(|(at, look)| (*at, broad(look))).collect();
        if differ(&told(&broad)) {
            let told = told(&looks).into_iter();
            inside.extend(told.map(|(at, look)| (at, name.to_owned(), look)));
        }
    }
    inside
}

/// Whole numbers do not tell from other ones.
fn broad(look: &Rc<VariantMatcher>) -> Rc<VariantMatcher> {
    match look.kind {
        Some(JsonKind::Integer) => Rc::new(VariantMatcher {
            kind: Some(JsonKind::Number),
            ..(**look).clone()
        }),
        _ => Rc::clone(look),
    }
}
