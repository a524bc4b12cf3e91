//! What the document says of the cases of a union -> what their values look like.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::ir::{JsonKind, VariantMatcher};
use crate::lower::schema::{Property, ResolvedSchema, SchemaResolver};
use crate::lower::types::TypeLowering;
use crate::lower::union::discriminate::{Of, told_apart};
use crate::lower::union::{Piece, Tags};
use crate::pointer::Pointer;

/// Lists in lists are told apart by what is in them down to this depth.
const DEEPEST: usize = 3;

/// So many unions inside of a case are looked into; what the others look like is not known.
const MOST_UNIONS: usize = 256;

impl<'a> TypeLowering<'a> {
    /// What each piece of a union looks like, as far as that tells it from the others. `names` are those of the variants.
    pub(in crate::lower) fn looks_of(
        &mut self,
        union: &ResolvedSchema<'a>,
        pieces: &[Piece<'a>],
        names: &[String],
    ) -> Vec<Vec<VariantMatcher>> {
        let tags = Tags::of(union);
        let mut all: Vec<Of> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            let mut seen = HashSet::from([union.at.clone()]);
            let mut looks = self
                .resolver
                .looks(std::slice::from_ref(&piece.view), &mut seen, 0);
            if looks.is_empty() {
                // A union whose cases all lead back here is what it says besides.
                looks.push(Rc::new(self.resolver.look_inside(&piece.view)));
            }
            if piece.open {
                for look in &mut looks {
                    Rc::make_mut(look).values.clear();
                }
            }
            all.extend(looks.into_iter().map(|look| (index, look)));
        }
        let mut told = match &tags {
            None => told_apart(&all, None),
            Some(tags) => self.told_by_tags(union, tags, pieces, all),
        };
        let mut seen = HashSet::new();
        told.retain(|of| seen.insert(of.clone()));
        self.tell_alike(union, names, &told);
        let mut result = vec![Vec::new(); pieces.len()];
        for (index, look) in told {
            if let Some(looks) = result.get_mut(index) {
                looks.push(look);
            }
        }
        result
    }

    /// By a discriminator, as far as the cases have it.
    fn told_by_tags(
        &mut self,
        union: &ResolvedSchema<'a>,
        tags: &Tags<'a>,
        pieces: &[Piece<'a>],
        mut all: Vec<Of>,
    ) -> Vec<(usize, VariantMatcher)> {
        let lacks = |piece: &Piece<'a>| {
            piece.view.cases.is_empty() && !piece.view.properties.contains_key(tags.name())
        };
        let plain = pieces.iter().all(lacks).then(|| told_apart(&all, None));
        for (index, look) in &mut all {
            if let Some(piece) = pieces.get(*index) {
                let looks = std::slice::from_mut(look);
                tags.write(&self.resolver, &piece.view, piece.tag.as_ref(), looks);
            }
        }
        let Some(plain) = plain else {
            return told_apart(&all, Some(tags.name()));
        };
        let mut cases: HashMap<&VariantMatcher, usize> = HashMap::new();
        let apart = plain
            .iter()
            .all(|(index, look)| *cases.entry(look).or_insert(*index) == *index);
        let otherwise = if apart {
            "where it is missing, what else is in them does"
        } else {
            "where it is missing, a value is read as `Unknown`"
        };
        let text = format!(
            "no case has the property `{}` that is to tell them apart; {otherwise}",
            tags.name()
        );
        let at = union.at.key("discriminator").key("propertyName");
        let help = "describe it in each case, as a required property";
        self.diagnostics
            .push(Diagnostic::warning("missing-discriminator-property", &at, text).help(help));
        if !apart {
            return told_apart(&all, Some(tags.name()));
        }
        let written: HashMap<usize, &Rc<VariantMatcher>> =
            all.iter().map(|(i, look)| (*i, look)).collect();
        let with_tag = |(index, mut look): (usize, VariantMatcher)| {
            let known = written.get(&index).map(|look| look.tags.as_slice());
            let mut known = known.into_iter().flatten();
            if look.kind == Some(JsonKind::Object) {
                look.tags
                    .extend(known.find(|(name, _)| name == tags.name()).cloned());
            }
            (index, look)
        };
        plain.into_iter().map(with_tag).collect()
    }

    /// Says which cases nothing tells apart: the first of them is taken.
    fn tell_alike(
        &mut self,
        union: &ResolvedSchema<'a>,
        names: &[String],
        looks: &[(usize, VariantMatcher)],
    ) {
        let mut cases: HashMap<&VariantMatcher, Vec<usize>> = HashMap::new();
        for (index, look) in looks {
            cases.entry(look).or_default().push(*index);
        }
        let mut said = HashSet::new();
        for (_, look) in looks {
            let alike = cases.get(look).map(Vec::as_slice).unwrap_or_default();
            let holds_more = matches!(look.kind, Some(JsonKind::Array | JsonKind::Object));
            if alike.len() < 2 || !holds_more || !said.insert(alike) {
                continue;
            }
            let names = alike.iter().filter_map(|index| names.get(*index));
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            let first = names.first().cloned().unwrap_or_default();
            let text = format!(
                "nothing tells {} apart: each is read as {first}",
                names.join(", ")
            );
            let help = "give each a required property with a constant of its own";
            self.diagnostics
                .push(Diagnostic::warning("ambiguous-variants", &union.at, text).help(help));
        }
    }
}

impl<'a> SchemaResolver<'a> {
    /// Everything that schemas say of the looks of their values, but for the unions in them that were seen before.
    fn looks(
        &self,
        views: &[ResolvedSchema<'a>],
        seen: &mut HashSet<Pointer>,
        depth: usize,
    ) -> Vec<Rc<VariantMatcher>> {
        let mut looks = Vec::new();
        let mut lists = Vec::new();
        for view in views {
            self.looks_within(view, seen, &mut looks, &mut lists);
        }
        // The lists among them make up one: what is in any of them may be in it.
        let items = lists.iter().map(|list| list.items.as_ref());
        let items: Option<Vec<_>> = items.collect();
        if let Some(items) = items.filter(|items| !items.is_empty() && depth < DEEPEST) {
            let items = items.iter().map(|(at, items)| self.resolve(*items, at));
            let items = self.looks(&items.collect::<Vec<_>>(), seen, depth + 1);
            let list = looks
                .iter_mut()
                .find(|look| look.kind == Some(JsonKind::Array));
            if let Some(list) = list {
                Rc::make_mut(list).items = items.iter().map(|item| (**item).clone()).collect();
            }
        }
        looks
    }

    fn looks_within(
        &self,
        view: &ResolvedSchema<'a>,
        seen: &mut HashSet<Pointer>,
        looks: &mut Vec<Rc<VariantMatcher>>,
        lists: &mut Vec<ResolvedSchema<'a>>,
    ) {
        if !view.cases.is_empty() {
            if seen.len() > MOST_UNIONS || !seen.insert(view.at.clone()) {
                return;
            }
            let tags = Tags::of(view);
            for case in &self.variants(view).schemas {
                let first = looks.len();
                self.looks_within(case, seen, looks, lists);
                let own = looks.get_mut(first..).unwrap_or_default();
                if let Some(tags) = &tags {
                    tags.write(self, case, None, own);
                }
            }
            return;
        }
        let mut look = VariantMatcher {
            kind: view.kind,
            ..VariantMatcher::default()
        };
        match view.kind {
            Some(JsonKind::String) => look.values = texts(&view.values),
            Some(JsonKind::Array) => {
                lists.push(view.clone());
                if lists.len() > 1 {
                    return;
                }
            }
            Some(JsonKind::Object) => {
                let object = || Rc::new(self.look_inside(view));
                return looks.push(self.objects.get(&view.at, object));
            }
            None if !view.values.is_empty() => {
                return looks.extend(by_values(&view.values).into_iter().map(Rc::new));
            }
            _ => {}
        }
        looks.push(Rc::new(look));
    }

    /// What an object and its properties look like, but for what is in what these hold.
    fn look_inside(&self, view: &ResolvedSchema<'a>) -> VariantMatcher {
        let mut look = VariantMatcher::default();
        for (name, property) in &view.properties {
            let inner = self.resolve_property(property);
            if let Some(mut inside) = self.outline(&inner) {
                if let Some((at, items)) = &inner.items {
                    inside.items.extend(self.outline(&self.resolve(*items, at)));
                }
                look.properties.push(((*name).to_owned(), inside));
            }
            note(&mut look, name, property, &inner);
        }
        look.kind = view.kind;
        look
    }

    /// The kind and the names of a value that is of one kind.
    fn outline(&self, view: &ResolvedSchema<'a>) -> Option<VariantMatcher> {
        let kind = view.kind.filter(|_| view.cases.is_empty())?;
        let mut look = VariantMatcher {
            kind: Some(kind),
            ..VariantMatcher::default()
        };
        for (name, property) in &view.properties {
            note(&mut look, name, property, &self.resolve_property(property));
        }
        Some(look)
    }
}

/// Notes the name and the values of a property of an object.
fn note(look: &mut VariantMatcher, name: &str, property: &Property<'_>, view: &ResolvedSchema<'_>) {
    if !view.values.is_empty() {
        look.tags.push((name.to_owned(), texts(&view.values)));
    }
    let names = if property.required {
        &mut look.required
    } else {
        &mut look.known
    };
    names.push(name.to_owned());
}

fn by_values(values: &[Value]) -> Vec<VariantMatcher> {
    let of = |kind: JsonKind, values: Vec<String>| VariantMatcher {
        kind: Some(kind),
        values,
        ..VariantMatcher::default()
    };
    let mut looks = Vec::new();
    let strings: Vec<Value> = values
        .iter()
        .filter(|value| value.is_string())
        .cloned()
        .collect();
    if !strings.is_empty() {
        looks.push(of(JsonKind::String, texts(&strings)));
    }
    if values.iter().any(Value::is_number) {
        looks.push(of(JsonKind::Number, vec![]));
    }
    if values.iter().any(Value::is_boolean) {
        looks.push(of(JsonKind::Boolean, vec![]));
    }
    looks
}

/// Strings as they are, other values as JSON.
pub(in crate::lower) fn texts(values: &[Value]) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    values.iter().filter_map(text).collect()
}
