//! Types that are the same -> one type. Documents repeat themselves: the same few properties or words stand inline in
//! many places, or under several names.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use crate::ir::{Field, Group, Model, ModelId, Shape, Type, UnionVariant};
use crate::names;

/// Makes types that are the same one type, docs and examples aside. One that the document names keeps its name, as
/// another name of the first; one that a config names (`given`) is left as it is; all others become that one, or one of
/// their own. Returns the new ids as well, by the old ones.
pub(in crate::lower) fn join(
    models: Vec<Model>,
    groups: &mut [Group],
    given: &HashSet<String>,
) -> (Vec<Model>, Vec<ModelId>) {
    let classes = Classes::of(&models, given);
    let mut taken: HashSet<String> = models.iter().map(|model| model.name.clone()).collect();
    let mut renamed: HashMap<usize, String> = HashMap::new();
    let mut aliases: HashMap<usize, usize> = HashMap::new();
    let mut merged: HashMap<usize, usize> = HashMap::new();
    for class in &classes.members {
        let (named, inline): (Vec<usize>, Vec<usize>) = class
            .iter()
            .copied()
            .partition(|i| is_named(models.get(*i)));
        if let [first, others @ ..] = &named[..] {
            aliases.extend(others.iter().map(|other| (*other, *first)));
            // What has a name in the document has that name wherever it is written out again.
            merged.extend(inline.iter().map(|other| (*other, *first)));
        } else if let [first, others @ ..] = &inline[..]
            && !others.is_empty()
        {
            let name_of = |i: &usize| models.get(*i).map(|model| model.name.as_str());
            let names: Vec<&str> = inline.iter().filter_map(name_of).collect();
            let name = shared_name(&names, &taken);
            taken.insert(name.clone());
            renamed.insert(*first, name);
            merged.extend(others.iter().map(|other| (*other, *first)));
        }
    }
    let docs = common_docs(&models, &classes);
    let ids = new_ids(models.len(), &merged);
    let mut rename = |id: &mut ModelId| *id = ids.get(id.0).copied().unwrap_or(*id);
    let mut joined = Vec::with_capacity(models.len() - merged.len());
    for (i, mut model) in models.into_iter().enumerate() {
        if merged.contains_key(&i) {
            continue;
        }
        if let Some(docs) = docs.get(&i) {
            model.docs.clone_from(docs);
        }
        if let Some(first) = aliases.get(&i) {
            model.shape = Shape::Alias(Type::Model(ModelId(*first)));
        }
        if let Some(name) = renamed.remove(&i) {
            model.name = name;
        }
        model.shape.visit_models(&mut rename);
        joined.push(model);
    }
    for group in groups {
        for argument in &mut group.arguments {
            argument.ty.visit_models(&mut rename);
        }
        for operation in &mut group.operations {
            operation.visit_models(&mut rename);
        }
    }
    (joined, ids)
}

/// The ids that models have once the merged ones are gone, by the old ids.
fn new_ids(count: usize, merged: &HashMap<usize, usize>) -> Vec<ModelId> {
    let mut next = 0;
    let mut ids = Vec::with_capacity(count);
    for i in 0..count {
        ids.push(ModelId(next));
        next += usize::from(!merged.contains_key(&i));
    }
    for (from, to) in merged {
        if let Some(new) = ids.get(*to).copied()
            && let Some(id) = ids.get_mut(*from)
        {
            *id = new;
        }
    }
    ids
}

/// Whether the document itself names a model.
fn is_named(model: Option<&Model>) -> bool {
    let rest = model.and_then(|model| model.origin.strip_prefix("#/components/schemas/"));
    rest.is_some_and(|rest| !rest.contains('/'))
}

/// Models by what they look like.
struct Classes<'a> {
    models: &'a [Model],
    /// For each model, the class it is in once that is known.
    of: Vec<State>,
    known: HashMap<String, usize>,
    /// The models of each class, in order.
    members: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unseen,
    /// Its parts are being looked at: a part that leads back here is the model itself.
    Open,
    Done(usize),
}

impl<'a> Classes<'a> {
    fn of(models: &'a [Model], given: &HashSet<String>) -> Self {
        let mut classes = Self {
            models,
            of: vec![State::Unseen; models.len()],
            known: HashMap::new(),
            members: Vec::new(),
        };
        for (i, model) in models.iter().enumerate() {
            if given.contains(&model.name) {
                classes.alone(i);
            }
        }
        for i in 0..models.len() {
            classes.class(i);
        }
        for members in &mut classes.members {
            members.sort_unstable();
        }
        classes
    }

    /// Finds the class of a model, which that of its parts decides; none while those are being looked at.
    fn class(&mut self, i: usize) -> Option<usize> {
        let (Some(state), Some(model)) = (self.of.get_mut(i), self.models.get(i)) else {
            return None;
        };
        match *state {
            State::Done(class) => return Some(class),
            State::Open => return None,
            State::Unseen => *state = State::Open,
        }
        match self.look(model) {
            Some(look) => {
                let next = self.members.len();
                let class = *self.known.entry(look).or_insert(next);
                if class == next {
                    self.members.push(Vec::new());
                }
                if let (Some(members), Some(state)) =
                    (self.members.get_mut(class), self.of.get_mut(i))
                {
                    members.push(i);
                    *state = State::Done(class);
                }
                Some(class)
            }
            None => Some(self.alone(i)),
        }
    }

    /// A class of its own.
    fn alone(&mut self, i: usize) -> usize {
        let class = self.members.len();
        self.members.push(vec![i]);
        if let Some(state) = self.of.get_mut(i) {
            *state = State::Done(class);
        }
        class
    }

    /// All that tells one model from another; none for one that is never the same as another, or contains itself.
    fn look(&mut self, model: &Model) -> Option<String> {
        let mut look = String::new();
        // Writing to a string does not fail.
        match &model.shape {
            Shape::Struct(fields) => {
                look.push_str("struct");
                for Field {
                    name,
                    wire_name: wire,
                    ty,
                    required,
                    access: one_way,
                    deprecated,
                    checks,
                    const_value: always,
                    is_additional_properties: rest,
                    ..
                } in fields
                {
                    let about = (
                        name, wire, required, one_way, deprecated, checks, always, rest,
                    );
                    let _ = write!(look, "{about:?}{}", self.type_look(ty)?);
                }
            }
            Shape::Enum(variants) => {
                look.push_str(if model.is_open { "open enum" } else { "enum" });
                for variant in variants {
                    let _ = write!(look, "{:?}", (&variant.name, &variant.wire_name));
                }
            }
            Shape::OneOf(choices) => {
                look.push_str("one of");
                for UnionVariant {
                    variant,
                    ty,
                    tag,
                    matchers: looks,
                    ..
                } in choices
                {
                    let about = (variant, tag, looks);
                    let _ = write!(look, "{about:?}{}", self.type_look(ty)?);
                }
            }
            Shape::Alias(_)
            | Shape::ByArgument { .. }
            | Shape::Binary(_)
            | Shape::ResponseEnum(_) => {
                return None;
            }
        }
        Some(look)
    }

    fn type_look(&mut self, ty: &Type) -> Option<String> {
        Some(match ty {
            Type::List(item) => format!("[{}]", self.type_look(item)?),
            Type::Map(value) => format!("{{{}}}", self.type_look(value)?),
            Type::Option(some) => format!("{}?", self.type_look(some)?),
            Type::Model(id) | Type::Boxed(id) => self.class(id.0)?.to_string(),
            plain => format!("{plain:?}"),
        })
    }
}

/// The docs of what stands for several inline types: theirs, where they are the same.
fn common_docs(models: &[Model], classes: &Classes<'_>) -> HashMap<usize, String> {
    let mut docs = HashMap::new();
    for class in &classes.members {
        let inline = class.iter().filter(|i| !is_named(models.get(**i)));
        let mut inline = inline.filter_map(|i| Some((*i, models.get(*i)?)));
        if let Some((first, model)) = inline.next()
            && inline.any(|(_, other)| other.docs != model.docs)
        {
            docs.insert(first, String::new());
        }
    }
    docs
}

/// The words that all names end with, where they say something and are free; else the first name.
fn shared_name(names: &[&str], taken: &HashSet<String>) -> String {
    let first = names.first().copied().unwrap_or_default();
    let shared = names.iter().fold(first, |shared, name| {
        let same = shared.chars().rev().zip(name.chars().rev());
        let length: usize = same
            .take_while(|(one, other)| one == other)
            .map(|(c, _)| c.len_utf8())
            .sum();
        shared.get(shared.len() - length..).unwrap_or_default()
    });
    // Whole words only, in each of the names.
    let starts = shared.char_indices().filter(|(at, c)| {
        c.is_uppercase()
            && names.iter().all(|name| {
                let before = name.get(..name.len() - shared.len() + at);
                before.is_some_and(|before| !before.ends_with(char::is_uppercase))
            })
    });
    let mut words = starts.filter_map(|(at, _)| shared.get(at..));
    words
        .find(|words| {
            !["Item", "Value"].contains(words)
                && !taken.contains(*words)
                && !names::is_reserved_type(words)
        })
        .unwrap_or(first)
        .to_owned()
}

#[cfg(test)]
mod tests;
