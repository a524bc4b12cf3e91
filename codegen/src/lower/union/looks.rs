//! What the document says of the cases of a union -> what their values look like.

use serde_json::Value;

use super::apart::{Of, told_apart};
use super::{Lowering, Piece};
use crate::ir::{Kind, Look};
use crate::lower::types::component;
use crate::lower::view::View;
use crate::pointer::Pointer;
use crate::problem::Problem;

/// Lists in lists are told apart by what is in them down to this depth.
const DEEPEST: usize = 3;

impl<'a> Lowering<'a> {
    /// What each piece of a union looks like, as far as that tells it from the others.
    pub(super) fn looks_of(&mut self, union: &View<'a>, pieces: &[Piece<'a>]) -> Vec<Vec<Look>> {
        let mut all: Vec<Of> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            let mut seen = vec![union.at.clone()];
            let mut looks = self.looks(&piece.view, &mut seen, 0);
            self.tag(union, &piece.view, piece.tag.as_ref(), &mut looks);
            if piece.open {
                for look in &mut looks {
                    look.values.clear();
                }
            }
            all.extend(looks.into_iter().map(|look| (index, look)));
        }
        let preferred = union.discriminator.map(|tag| tag.property_name.as_str());
        let mut result = vec![Vec::new(); pieces.len()];
        for (index, look) in told_apart(&all, preferred) {
            if let Some(looks) = result.get_mut(index)
                && !looks.contains(&look)
            {
                looks.push(look);
            }
        }
        self.tell_alike(union, pieces, &result);
        result
    }

    /// Says which cases nothing tells apart: the first of them is taken.
    fn tell_alike(&mut self, union: &View<'a>, pieces: &[Piece<'a>], looks: &[Vec<Look>]) {
        let names = |of: &Look| {
            let alike = pieces
                .iter()
                .zip(looks)
                .filter(|(_, looks)| looks.contains(of));
            let names = alike.map(|(piece, _)| format!("`{}`", piece.view.at.last()));
            names.collect::<Vec<_>>()
        };
        let holds_more = |look: &&Look| matches!(look.kind, Some(Kind::Array | Kind::Object));
        let mut alike: Vec<Vec<String>> = Vec::new();
        for look in looks.iter().flatten().filter(holds_more) {
            let names = names(look);
            if names.len() > 1 && !alike.contains(&names) {
                alike.push(names);
            }
        }
        for names in alike {
            let first = names.first().cloned().unwrap_or_default();
            let text = format!(
                "nothing tells {} apart: each is read as {first}",
                names.join(", ")
            );
            let help = "give each a required property with a constant of its own";
            self.problems
                .push(Problem::warning(&union.at, text).help(help));
        }
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

    /// Everything that a schema says of the looks of its values, but for the unions in it that were seen before.
    fn looks(&mut self, view: &View<'a>, seen: &mut Vec<Pointer>, depth: usize) -> Vec<Look> {
        if !view.cases.is_empty() {
            if seen.contains(&view.at) {
                return vec![];
            }
            seen.push(view.at.clone());
            let mut all = Vec::new();
            for case in self.cases(view).views {
                let mut looks = self.looks(&case, seen, depth);
                self.tag(view, &case, None, &mut looks);
                all.extend(looks);
            }
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
                    look.items = self.looks(&items, seen, depth + 1);
                }
            }
            Some(Kind::Object) => self.look_inside(view, &mut look),
            None if !view.values.is_empty() => return by_values(&view.values),
            _ => {}
        }
        vec![look]
    }

    fn look_inside(&mut self, view: &View<'a>, look: &mut Look) {
        if let Some(known) = self.types.looks.get(&view.at) {
            look.clone_from(known);
            return;
        }
        for (name, property) in &view.properties {
            let inner = property.view(self.document);
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
        self.types.looks.insert(view.at.clone(), look.clone());
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
            for value in texts(&own.view(self.document).values) {
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
