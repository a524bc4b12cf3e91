//! What the cases of a union look like -> as much of it as tells one from the others.

use crate::ir::{Kind, Look};

/// More names than this are not worth telling apart by.
const MOST_NAMES: usize = 40;

/// A look of one case, by its index.
pub(super) type Of = (usize, Look);

/// As much as tells the cases apart.
pub(super) fn told_apart(all: &[Of], preferred: Option<&str>) -> Vec<Of> {
    let mut result = Vec::new();
    let mut kinds: Vec<Option<Kind>> = Vec::new();
    for (_, look) in all {
        if !kinds.contains(&look.kind) {
            kinds.push(look.kind);
        }
    }
    for kind in kinds {
        let of_kind: Vec<Of> = all
            .iter()
            .filter(|(_, look)| look.kind == kind)
            .cloned()
            .collect();
        let first = of_kind.first().map(|(index, _)| *index);
        if of_kind.iter().all(|(index, _)| Some(*index) == first) {
            result.extend(
                of_kind
                    .into_iter()
                    .map(|(index, look)| (index, bare(&look))),
            );
            continue;
        }
        result.extend(match kind {
            Some(Kind::Object) => objects_apart(&of_kind, preferred),
            Some(Kind::Array) => arrays_apart(&of_kind),
            _ => of_kind,
        });
    }
    result
}

/// The kind alone.
fn bare(look: &Look) -> Look {
    Look {
        kind: look.kind,
        ..Look::default()
    }
}

fn arrays_apart(looks: &[Of]) -> Vec<Of> {
    let inner = |(at, (_, look)): (usize, &Of)| {
        let items = look.items.iter().cloned();
        items.map(move |item| (at, item)).collect::<Vec<_>>()
    };
    let items: Vec<Of> = looks.iter().enumerate().flat_map(inner).collect();
    let items = told_apart(&items, None);
    let mut result: Vec<Of> = looks
        .iter()
        .map(|(index, look)| (*index, bare(look)))
        .collect();
    for (at, item) in items {
        if let Some((_, look)) = result.get_mut(at)
            && !look.items.contains(&item)
        {
            look.items.push(item);
        }
    }
    result
}

/// By one property whose value says which it is, else by one that only it has, else by all that they do not share.
fn objects_apart(looks: &[Of], preferred: Option<&str>) -> Vec<Of> {
    let tags = looks.iter().flat_map(|(_, look)| &look.tags);
    let names = preferred
        .into_iter()
        .chain(tags.map(|(name, _)| name.as_str()));
    let mut tried: Vec<&str> = Vec::new();
    for name in names {
        if tried.contains(&name) {
            continue;
        }
        tried.push(name);
        if let Some(tagged) = by_tag(looks, name, Some(name) == preferred) {
            return tagged;
        }
    }
    by_own_names(looks).unwrap_or_else(|| by_all_names(looks))
}

/// By the value of that property. Looks that have the same values there are told apart by what else they say.
fn by_tag(looks: &[Of], name: &str, declared: bool) -> Option<Vec<Of>> {
    let mut groups: Vec<(&[String], Vec<Of>)> = Vec::new();
    let mut optional: Option<usize> = None;
    for (index, look) in looks {
        let (_, values) = look.tags.iter().find(|(tag, _)| tag == name)?;
        let required = declared || look.required.iter().any(|other| other == name);
        if values.is_empty()
            || !required
                && optional
                    .replace(*index)
                    .is_some_and(|other| other != *index)
        {
            return None;
        }
        let is_same = |taken: &[String]| {
            taken.len() == values.len() && taken.iter().all(|value| values.contains(value))
        };
        if let Some((_, group)) = groups.iter_mut().find(|(taken, _)| is_same(taken)) {
            group.push((*index, look.clone()));
            continue;
        }
        let overlaps = |(taken, group): &(&[String], Vec<Of>)| {
            group.iter().any(|(other, _)| other != index)
                && values.iter().any(|value| taken.contains(value))
        };
        if groups.iter().any(overlaps) {
            return None;
        }
        groups.push((values, vec![(*index, look.clone())]));
    }
    if groups.len() < 2 {
        return None;
    }
    let mut result = Vec::new();
    for (values, group) in groups {
        let tag = (name.to_owned(), values.to_vec());
        let is_optional = group.iter().any(|(index, _)| optional == Some(*index));
        let first = group.first().map(|(index, _)| *index);
        let alone = group.iter().all(|(index, _)| Some(*index) == first);
        let rest = if alone {
            group
                .iter()
                .take(1)
                .map(|(index, look)| (*index, bare(look)))
                .collect()
        } else {
            objects_apart(&group, None)
        };
        result.extend(rest.into_iter().map(|(index, mut look)| {
            look.tags.retain(|(other, _)| other != name);
            look.required.retain(|other| other != name);
            look.tags.insert(0, tag.clone());
            if !is_optional {
                look.required.insert(0, name.to_owned());
            }
            (index, look)
        }));
    }
    Some(result)
}

/// By a property that a case must have and no other one knows; one case may be without.
fn by_own_names(looks: &[Of]) -> Option<Vec<Of>> {
    let own = |(index, look): &Of| {
        let is_known = |name: &String| {
            let mut others = looks.iter().filter(|(other, _)| other != index);
            others.any(|(_, other)| has(other, name))
        };
        look.required.iter().find(|name| !is_known(name)).cloned()
    };
    let mut rest: Option<usize> = None;
    let mut result = Vec::new();
    for of in looks {
        let (index, look) = of;
        let own = own(of);
        if own.is_none() && rest.replace(*index).is_some() {
            return None;
        }
        let mut look = bare(look);
        look.required.extend(own);
        result.push((*index, look));
    }
    Some(result)
}

/// By all names that they do not have in common and, where these are the same, by the kinds of what has them.
fn by_all_names(looks: &[Of]) -> Vec<Of> {
    let in_all = |test: &dyn Fn(&Look) -> bool| looks.iter().all(|(_, look)| test(look));
    let apart = |(index, look): &Of| {
        let tags = look.tags.iter().filter(|(_, values)| values.len() == 1);
        let required = look
            .required
            .iter()
            .filter(|name| !in_all(&|look| look.required.contains(name)));
        let known = look
            .known
            .iter()
            .filter(|name| !in_all(&|look| has(look, name)));
        let look = Look {
            kind: look.kind,
            tags: tags.cloned().collect(),
            required: required.cloned().collect(),
            known: known.take(MOST_NAMES).cloned().collect(),
            ..Look::default()
        };
        (*index, look)
    };
    let mut result: Vec<Of> = looks.iter().map(apart).collect();
    for (at, (index, look)) in looks.iter().enumerate() {
        let like = |(other, _): &(&Of, &Of)| other.0 != *index;
        let same: Vec<&Look> = result
            .iter()
            .zip(looks)
            .filter(like)
            .filter(|(other, _)| {
                result
                    .get(at)
                    .is_some_and(|own| same_names(&own.1, &other.1))
            })
            .map(|(_, (_, other))| other)
            .collect();
        let differs = |(name, kind): &&(String, Kind)| {
            same.iter().any(|other| {
                let mut kinds = other.kinds.iter();
                kinds.any(|(of, other)| of == name && !is_like(*kind, *other))
            })
        };
        let kinds: Vec<(String, Kind)> = look.kinds.iter().filter(differs).cloned().collect();
        if let Some((_, own)) = result.get_mut(at) {
            own.kinds = kinds;
        }
    }
    result
}

fn has(look: &Look, name: &String) -> bool {
    look.required.contains(name) || look.known.contains(name)
}

fn same_names(one: &Look, other: &Look) -> bool {
    one.tags == other.tags && one.required == other.required && one.known == other.known
}

fn is_like(one: Kind, other: Kind) -> bool {
    let number = |kind: Kind| matches!(kind, Kind::Integer | Kind::Number);
    one == other || (number(one) && number(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An object with a tag, required names and known names.
    fn object(tag: Option<&str>, required: &[&str], known: &[&str]) -> Look {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Look {
            kind: Some(Kind::Object),
            tags: tag
                .map(|tag| ("type".to_owned(), vec![tag.to_owned()]))
                .into_iter()
                .collect(),
            required: names(required),
            known: names(known),
            ..Look::default()
        }
    }

    #[track_caller]
    fn check<const N: usize>(looks: [Look; N], expected: [Look; N]) {
        let looks: Vec<Of> = looks.into_iter().enumerate().collect();
        let told = told_apart(&looks, None);
        assert_eq!(told, expected.into_iter().enumerate().collect::<Vec<_>>());
    }

    #[test]
    fn the_only_one_of_a_kind_says_no_more() {
        let string = Look {
            kind: Some(Kind::String),
            values: vec!["a".to_owned()],
            ..Look::default()
        };
        check(
            [object(Some("a"), &["type"], &["b"]), string.clone()],
            [object(None, &[], &[]), bare(&string)],
        );
    }

    #[test]
    fn a_constant_is_enough_where_each_has_another() {
        check(
            [
                object(Some("a"), &["type", "x"], &["y"]),
                object(Some("b"), &["type"], &["x"]),
            ],
            [
                object(Some("a"), &["type"], &[]),
                object(Some("b"), &["type"], &[]),
            ],
        );
    }

    #[test]
    fn one_may_lack_the_constant_but_not_two() {
        check(
            [
                object(Some("a"), &[], &["type"]),
                object(Some("b"), &["type"], &[]),
            ],
            [
                object(Some("a"), &[], &[]),
                object(Some("b"), &["type"], &[]),
            ],
        );
        check(
            [
                object(Some("a"), &["x"], &["type"]),
                object(Some("b"), &["y"], &["type"]),
            ],
            [object(None, &["x"], &[]), object(None, &["y"], &[])],
        );
    }

    #[test]
    fn of_those_with_the_same_constant_a_name_of_their_own_tells() {
        check(
            [
                object(Some("a"), &["type", "x"], &[]),
                object(Some("a"), &["type", "y"], &[]),
                object(Some("b"), &["type", "y"], &[]),
            ],
            [
                object(Some("a"), &["type", "x"], &[]),
                object(Some("a"), &["type", "y"], &[]),
                object(Some("b"), &["type"], &[]),
            ],
        );
    }

    #[test]
    fn one_without_a_name_of_its_own_is_what_is_left() {
        check(
            [
                object(None, &["id"], &[]),
                object(None, &["id", "gone"], &[]),
            ],
            [object(None, &[], &[]), object(None, &["gone"], &[])],
        );
    }

    #[test]
    fn else_all_names_tell_that_not_all_have() {
        check(
            [
                object(None, &["id", "x"], &[]),
                object(None, &["id", "x", "y"], &["z"]),
                object(None, &["id"], &["x", "u"]),
            ],
            [
                object(None, &["x"], &[]),
                object(None, &["x", "y"], &["z"]),
                object(None, &[], &["u"]),
            ],
        );
    }
}
