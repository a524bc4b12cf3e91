//! Types that are the same -> one type. Documents repeat themselves: the same few properties or words stand inline in
//! many places, or under several names.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use crate::ir::{Content, Field, Group, Model, Shape, Success, Type, UnionVariant};
use crate::names;

/// Makes types that are the same one type, docs and examples aside. One that the document names keeps its name, as
/// another name of the first; one that a config names (`given`) is left as it is; all others become that one, or one of their own. Returns the new names as well, by the old ones.
pub(super) fn join(
    models: Vec<Model>,
    groups: &mut [Group],
    given: &HashSet<String>,
) -> (Vec<Model>, HashMap<String, String>) {
    let classes = Classes::of(&models, given);
    let mut taken: HashSet<String> = models.iter().map(|model| model.name.clone()).collect();
    let mut renamed: HashMap<String, String> = HashMap::new();
    let mut aliases: HashMap<usize, usize> = HashMap::new();
    let mut left_out: HashSet<usize> = HashSet::new();
    for class in &classes.members {
        let (named, inline): (Vec<usize>, Vec<usize>) = class
            .iter()
            .copied()
            .partition(|i| is_named(models.get(*i)));
        if let [first, others @ ..] = &named[..] {
            aliases.extend(others.iter().map(|other| (*other, *first)));
        }
        let name_of = |i: &usize| models.get(*i).map(|model| model.name.as_str());
        let olds: Vec<&str> = inline.iter().filter_map(name_of).collect();
        // What has a name in the document has that name wherever it is written out again.
        let name = match named.first().and_then(name_of) {
            Some(named) => named.to_owned(),
            None if olds.len() < 2 => continue,
            None => shared_name(&olds, &taken),
        };
        renamed.extend(olds.iter().map(|old| ((*old).to_owned(), name.clone())));
        left_out.extend(inline.iter().skip(usize::from(named.is_empty())));
        taken.insert(name);
    }
    let names: Vec<String> = models.iter().map(|model| model.name.clone()).collect();
    let docs = common_docs(&models, &classes);
    let mut joined = Vec::with_capacity(models.len() - left_out.len());
    for (i, mut model) in models.into_iter().enumerate() {
        if left_out.contains(&i) {
            continue;
        }
        if let Some(docs) = docs.get(&i) {
            model.docs.clone_from(docs);
        }
        if let Some(name) = aliases.get(&i).and_then(|first| names.get(*first)) {
            model.shape = Shape::Alias(Type::Model(name.clone()));
        }
        rename(&mut model.name, &renamed);
        for ty in model.shape.types_mut() {
            rename_type(ty, &renamed);
        }
        joined.push(model);
    }
    for group in groups {
        for argument in &mut group.arguments {
            rename_type(&mut argument.ty, &renamed);
        }
        for operation in &mut group.operations {
            for argument in &mut operation.arguments {
                rename_type(&mut argument.ty, &renamed);
            }
            match &mut operation.success {
                Success::Json { ty, .. } | Success::Page { item: ty, .. } => {
                    rename_type(ty, &renamed);
                }
                Success::ByArgument { model, no, yes, .. } => {
                    rename(model, &renamed);
                    rename_type(&mut no.ty, &renamed);
                    rename_type(&mut yes.ty, &renamed);
                }
                Success::Variants {
                    output,
                    cases: receptions,
                } => {
                    rename_type(output, &renamed);
                    let contents = receptions
                        .iter_mut()
                        .map(|reception| &mut reception.content);
                    for ty in contents.filter_map(Content::ty_mut) {
                        rename_type(ty, &renamed);
                    }
                }
                Success::Binary { model: Some(model) } => rename(model, &renamed),
                Success::Binary { model: None } | Success::Nothing | Success::Text => {}
            }
            for fault in &mut operation.error_responses {
                rename_type(&mut fault.ty, &renamed);
            }
        }
    }
    (joined, renamed)
}

/// Whether the document itself names a model.
fn is_named(model: Option<&Model>) -> bool {
    let rest = model.and_then(|model| model.origin.strip_prefix("#/components/schemas/"));
    rest.is_some_and(|rest| !rest.contains('/'))
}

/// Models by what they look like.
struct Classes<'a> {
    models: &'a [Model],
    index: HashMap<&'a str, usize>,
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
        let index = models.iter().enumerate();
        let mut classes = Self {
            models,
            index: index.map(|(i, model)| (model.name.as_str(), i)).collect(),
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
            Type::Model(name) | Type::Boxed(name) => {
                let index = self.index.get(name.as_str()).copied()?;
                self.class(index)?.to_string()
            }
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
                && !names::is_taken_type(words)
        })
        .unwrap_or(first)
        .to_owned()
}

fn rename(name: &mut String, renamed: &HashMap<String, String>) {
    if let Some(new) = renamed.get(name) {
        name.clone_from(new);
    }
}

/// Gives the models in a type their new names.
pub(super) fn rename_type(ty: &mut Type, renamed: &HashMap<String, String>) {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Option(inner) => rename_type(inner, renamed),
        Type::Model(name) | Type::Boxed(name) => rename(name, renamed),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
