//! What the cases of a union look like -> as much of it as tells one from the others.

use serde_json::Value;

use super::{Lowering, Piece};
use crate::ir::{Kind, Look};
use crate::lower::types::component;
use crate::lower::view::View;
use crate::pointer::Pointer;

/// Lists in lists are told apart by what is in them down to this depth.
const DEEPEST: usize = 3;
/// More names than this are not worth telling apart by.
const MOST_NAMES: usize = 40;

/// The looks of one case, by its index.
type Of = (usize, Look);

impl<'a> Lowering<'a> {
    /// What each piece of a union looks like, as far as that tells it from the others.
    pub(super) fn looks_of(&self, union: &View<'a>, pieces: &[Piece<'a>]) -> Vec<Vec<Look>> {
        let mut all: Vec<Of> = Vec::new();
        let mut within = vec![union.at.clone()];
        for (index, piece) in pieces.iter().enumerate() {
            let mut looks = self.looks(&piece.view, &mut within, 0);
            self.tag(union, &piece.view, piece.tag.as_ref(), &mut looks);
            if piece.open {
                looks.iter_mut().for_each(|look| look.values.clear());
            }
            all.extend(looks.into_iter().map(|look| (index, look)));
        }
        let preferred = union.discriminator.map(|tag| tag.property_name.as_str());
        let mut result = vec![Vec::new(); pieces.len()];
        for (index, look) in told_apart(all, preferred) {
            if let Some(looks) = result.get_mut(index)
                && !looks.contains(&look)
            {
                looks.push(look);
            }
        }
        result
    }

    /// A case that has no place for the discriminator becomes one for each of its values, so that none is lost.
    pub(super) fn by_value(&self, union: &View<'a>, piece: Piece<'a>) -> Vec<Piece<'a>> {
        let name = union.discriminator.map(|tag| tag.property_name.as_str());
        let is_there = name.is_some_and(|name| piece.view.properties.contains_key(name));
        let values = self.tag_values(union, &piece.view);
        if is_there || values.len() < 2 || !piece.view.cases.is_empty() {
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
    pub(super) fn added_tag(
        &self,
        union: &View<'a>,
        piece: &Piece<'a>,
    ) -> Option<(String, String)> {
        let name = union.discriminator?.property_name.as_str();
        let case = &piece.view;
        let property = case.properties.get(name);
        let is_there = property.is_some_and(|property| property.required);
        if !case.cases.is_empty() || case.kind != Some(Kind::Object) || is_there {
            return None;
        }
        let values = self.tag_values(union, case);
        let value = piece.tag.clone().or(values.into_iter().next())?;
        Some((name.to_owned(), value))
    }

    /// Everything that a schema says of the looks of its values.
    fn looks(&self, view: &View<'a>, within: &mut Vec<Pointer>, depth: usize) -> Vec<Look> {
        if !view.cases.is_empty() {
            if within.contains(&view.at) {
                return vec![];
            }
            within.push(view.at.clone());
            let mut all = Vec::new();
            for case in self.cases(view).views {
                let mut looks = self.looks(&case, within, depth);
                self.tag(view, &case, None, &mut looks);
                all.extend(looks);
            }
            within.pop();
            return all;
        }
        let mut look = Look {
            kind: view.kind,
            ..Look::default()
        };
        match view.kind {
            Some(Kind::String) => look.values = texts(&view.values),
            Some(Kind::Array) if depth < DEEPEST => {
                if let Some((at, items)) = &view.items {
                    let items = View::of(self.document, *items, at);
                    look.items = self.looks(&items, within, depth + 1);
                }
            }
            Some(Kind::Object) => self.look_inside(view, &mut look),
            None if !view.values.is_empty() => return by_values(&view.values),
            _ => {}
        }
        vec![look]
    }

    fn look_inside(&self, view: &View<'a>, look: &mut Look) {
        for (name, property) in &view.properties {
            let inner = View::of(self.document, property.schema, &property.at);
            if !inner.values.is_empty() {
                look.tags.push(((*name).to_owned(), texts(&inner.values)));
            }
            if let Some(kind) = inner.kind.filter(|_| inner.cases.is_empty()) {
                look.kinds.push(((*name).to_owned(), kind));
            }
            if property.required {
                look.required.push((*name).to_owned());
            } else {
                look.known.push((*name).to_owned());
            }
        }
    }

    /// Writes what a discriminator says of a case into its looks.
    fn tag(&self, union: &View<'a>, case: &View<'a>, only: Option<&String>, looks: &mut [Look]) {
        let Some(discriminator) = union.discriminator else {
            return;
        };
        let name = &discriminator.property_name;
        let values = match only {
            Some(only) => vec![only.clone()],
            None => self.tag_values(union, case),
        };
        for look in looks
            .iter_mut()
            .filter(|look| look.kind == Some(Kind::Object))
        {
            let tag = look.tags.iter_mut().find(|(tag, _)| tag == name);
            match tag {
                Some((_, known)) if case.cases.is_empty() => known.clone_from(&values),
                Some(_) => {}
                None => look.tags.push((name.clone(), values.clone())),
            }
        }
    }

    /// The values of the discriminator that mean a case: what is mapped to it, and what it says itself; else its name.
    fn tag_values(&self, union: &View<'a>, case: &View<'a>) -> Vec<String> {
        let Some(discriminator) = union.discriminator else {
            return vec![];
        };
        let names: Vec<String> = case.chain.iter().filter_map(component).collect();
        let mapping = discriminator.mapping.iter();
        let mapped = mapping.filter(|(_, target)| {
            let target = target.rsplit('/').next().unwrap_or(target);
            names.iter().any(|name| name == target)
        });
        let mut values: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
        let own = case.properties.get(discriminator.property_name.as_str());
        if let Some(own) = own {
            for value in texts(&View::of(self.document, own.schema, &own.at).values) {
                if !values.contains(&value) && !discriminator.mapping.contains_key(&value) {
                    values.push(value);
                }
            }
        }
        if values.is_empty() {
            values.extend(names.into_iter().next());
        }
        values
    }
}

/// As much as tells the cases apart.
fn told_apart(all: Vec<Of>, preferred: Option<&str>) -> Vec<Of> {
    let mut result = Vec::new();
    let mut kinds: Vec<Option<Kind>> = Vec::new();
    for (_, look) in &all {
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
            Some(Kind::Object) => objects_apart(of_kind, preferred),
            Some(Kind::Array) => arrays_apart(of_kind),
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

fn arrays_apart(looks: Vec<Of>) -> Vec<Of> {
    let inner = |(at, (_, look)): (usize, &Of)| {
        let items = look.items.iter().cloned();
        items.map(move |item| (at, item)).collect::<Vec<_>>()
    };
    let items = told_apart(looks.iter().enumerate().flat_map(inner).collect(), None);
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
fn objects_apart(looks: Vec<Of>, preferred: Option<&str>) -> Vec<Of> {
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
        if let Some(tagged) = by_tag(&looks, name, Some(name) == preferred) {
            return tagged;
        }
    }
    by_own_names(&looks).unwrap_or_else(|| by_all_names(&looks))
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
            objects_apart(group, None)
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

fn by_values(values: &[Value]) -> Vec<Look> {
    let of = |kind: Kind, values: Vec<String>| Look {
        kind: Some(kind),
        values,
        ..Look::default()
    };
    let mut looks = Vec::new();
    let strings: Vec<Value> = values
        .iter()
        .filter(|value| value.is_string())
        .cloned()
        .collect();
    if !strings.is_empty() {
        looks.push(of(Kind::String, texts(&strings)));
    }
    if values.iter().any(Value::is_number) {
        looks.push(of(Kind::Number, vec![]));
    }
    if values.iter().any(Value::is_boolean) {
        looks.push(of(Kind::Boolean, vec![]));
    }
    looks
}

/// Strings as they are, other values as JSON.
fn texts(values: &[Value]) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    values.iter().filter_map(text).collect()
}
