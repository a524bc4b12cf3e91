//! Merges equal models. Documents often repeat the same properties or enum values inline, or under several component
//! names.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use crate::ir::{Field, Group, Model, ModelId, Shape, Type, UnionVariant};

/// Merges models that differ only in docs and examples. A component schema keeps its name as an alias of the first equal
/// component. Models that the config names (`configured`) are not merged. Inline models become the equal component, or one
/// inline model. Returns the models and, by old id, the new ids.
pub(in crate::lower) fn join(
    models: Vec<Model>,
    groups: &mut [Group],
    configured: &HashSet<ModelId>,
) -> (Vec<Model>, Vec<ModelId>) {
    let classes = Classes::of(&models, configured);
    let mut aliases: HashMap<usize, usize> = HashMap::new();
    let mut merged: HashMap<usize, usize> = HashMap::new();
    for class in &classes.members {
        let (named, inline): (Vec<usize>, Vec<usize>) = class
            .iter()
            .copied()
            .partition(|i| is_named(models.get(*i)));
        if let [first, others @ ..] = &named[..] {
            aliases.extend(others.iter().map(|other| (*other, *first)));
            // Inline schemas that repeat a component become the component.
            merged.extend(inline.iter().map(|other| (*other, *first)));
        } else if let [first, others @ ..] = &inline[..] {
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

/// Returns the ids after merging, by old id.
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

/// True if the model is a component schema.
fn is_named(model: Option<&Model>) -> bool {
    let rest = model.and_then(|model| model.origin.strip_prefix("#/components/schemas/"));
    rest.is_some_and(|rest| !rest.contains('/'))
}

/// Classes of equal models.
struct Classes<'a> {
    models: &'a [Model],
    /// The state of each model.
    of: Vec<State>,
    known: HashMap<String, usize>,
    /// The models of each class, in order.
    members: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unseen,
    /// The parts of the model are being classified. A part that refers to the model makes it recursive.
    Open,
    Done(usize),
}

impl<'a> Classes<'a> {
    fn of(models: &'a [Model], configured: &HashSet<ModelId>) -> Self {
        let mut classes = Self {
            models,
            of: vec![State::Unseen; models.len()],
            known: HashMap::new(),
            members: Vec::new(),
        };
        for id in configured {
            classes.alone(id.0);
        }
        for i in 0..models.len() {
            classes.class(i);
        }
        for members in &mut classes.members {
            members.sort_unstable();
        }
        classes
    }

    /// Returns the class of a model, which depends on the classes of its parts. Returns `None` while these are classified.
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

    /// Puts a model into a new class.
    fn alone(&mut self, i: usize) -> usize {
        let class = self.members.len();
        self.members.push(vec![i]);
        if let Some(state) = self.of.get_mut(i) {
            *state = State::Done(class);
        }
        class
    }

    /// Returns a key of the model's structure. Returns `None` for models that are never merged: recursive ones and some shapes.
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

/// Returns the docs of merged inline models: the common docs, or none if they differ.
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

#[cfg(test)]
mod tests;
