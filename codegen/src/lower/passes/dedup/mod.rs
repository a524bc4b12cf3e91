//! Merges equal models. Documents often repeat the same properties or enum values inline, or under several component
//! names.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use crate::ir::{Field, Group, Model, ModelId, Shape, Type, UnionVariant};

/// Ids of models after the merge.
pub(in crate::lower) struct MergedIds {
    /// New ids, by old id.
    pub(in crate::lower) by_old: Vec<ModelId>,
    /// All new ids. The parts of a model precede the model, unless it is recursive.
    pub(in crate::lower) parts_first: Vec<ModelId>,
}

impl MergedIds {
    /// Replaces an old id by the new one.
    pub(in crate::lower) fn replace(&self, id: &mut ModelId) {
        *id = self.by_old.get(id.0).copied().unwrap_or(*id);
    }
}

/// Merges models that differ only in docs and examples. A component schema keeps its name as an alias of the first equal
/// component. Models that the config names (`configured`) are not merged. Inline models become the equal component, or one
/// inline model. Returns the models and their ids.
pub(in crate::lower) fn join(
    models: Vec<Model>,
    groups: &mut [Group],
    configured: &HashSet<ModelId>,
) -> (Vec<Model>, MergedIds) {
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
    let ids = new_ids(&classes, &merged);
    let mut rename = |id: &mut ModelId| ids.replace(id);
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

/// Returns the ids after merging. `merged` maps a model to the model that replaces it.
fn new_ids(classes: &Classes<'_>, merged: &HashMap<usize, usize>) -> MergedIds {
    let count = classes.models.len();
    let mut next = 0;
    let mut by_old = Vec::with_capacity(count);
    for i in 0..count {
        by_old.push(ModelId(next));
        next += usize::from(!merged.contains_key(&i));
    }
    let classified = classes.members.iter().flatten();
    let kept = classified.filter(|i| !merged.contains_key(*i));
    let parts_first = kept.filter_map(|i| by_old.get(*i).copied()).collect();
    for (from, to) in merged {
        if let Some(new) = by_old.get(*to).copied()
            && let Some(id) = by_old.get_mut(*from)
        {
            *id = new;
        }
    }
    MergedIds {
        by_old,
        parts_first,
    }
}

/// True if the model is a component schema.
fn is_named(model: Option<&Model>) -> bool {
    let name = model.and_then(|model| model.origin.strip_prefix("#/components/schemas/"));
    name.is_some_and(|name| !name.contains('/'))
}

/// Classes of equal models.
struct Classes<'a> {
    models: &'a [Model],
    /// The state of each model.
    states: Vec<State>,
    by_key: HashMap<String, usize>,
    /// The models of each class, in order.
    members: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unseen,
    /// The parts of the model are being classified. A part that refers to the model makes it recursive.
    InProgress,
    Done(usize),
}

impl<'a> Classes<'a> {
    fn of(models: &'a [Model], configured: &HashSet<ModelId>) -> Self {
        let mut classes = Self {
            models,
            states: vec![State::Unseen; models.len()],
            by_key: HashMap::new(),
            members: Vec::new(),
        };
        for id in configured {
            classes.add_class(id.0);
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
        let (Some(state), Some(model)) = (self.states.get_mut(i), self.models.get(i)) else {
            return None;
        };
        match *state {
            State::Done(class) => return Some(class),
            State::InProgress => return None,
            State::Unseen => *state = State::InProgress,
        }
        match self.structure_key(model) {
            Some(key) => {
                let next = self.members.len();
                let class = *self.by_key.entry(key).or_insert(next);
                if class == next {
                    self.members.push(Vec::new());
                }
                if let (Some(members), Some(state)) =
                    (self.members.get_mut(class), self.states.get_mut(i))
                {
                    members.push(i);
                    *state = State::Done(class);
                }
                Some(class)
            }
            None => Some(self.add_class(i)),
        }
    }

    /// Puts a model into a new class.
    fn add_class(&mut self, i: usize) -> usize {
        let class = self.members.len();
        self.members.push(vec![i]);
        if let Some(state) = self.states.get_mut(i) {
            *state = State::Done(class);
        }
        class
    }

    /// Returns a key of the model's structure. Returns `None` for models that are never merged: recursive ones and some shapes.
    fn structure_key(&mut self, model: &Model) -> Option<String> {
        let mut key = String::new();
        // Writing to a string does not fail.
        match &model.shape {
            Shape::Struct(fields) => {
                key.push_str("struct");
                for Field {
                    name,
                    wire_name,
                    ty,
                    unit,
                    required,
                    access,
                    deprecated,
                    checks,
                    const_value,
                    is_additional_properties,
                    ..
                } in fields
                {
                    let parts = (
                        name,
                        wire_name,
                        unit,
                        required,
                        access,
                        deprecated,
                        checks,
                        const_value,
                        is_additional_properties,
                    );
                    let _ = write!(key, "{parts:?}{}", self.type_key(ty)?);
                }
            }
            Shape::Enum(variants) => {
                key.push_str(if model.is_open { "open enum" } else { "enum" });
                for variant in variants {
                    let _ = write!(key, "{:?}", (&variant.name, &variant.wire_name));
                }
            }
            Shape::OneOf(variants) => {
                key.push_str("one of");
                for UnionVariant {
                    variant,
                    ty,
                    tag,
                    matchers,
                    ..
                } in variants
                {
                    let parts = (variant, tag, matchers);
                    let _ = write!(key, "{parts:?}{}", self.type_key(ty)?);
                }
            }
            Shape::Alias(_)
            | Shape::ByArgument { .. }
            | Shape::Binary(_)
            | Shape::ResponseEnum(_) => {
                return None;
            }
        }
        Some(key)
    }

    /// Returns a key of a type. Models are represented by their class.
    fn type_key(&mut self, ty: &Type) -> Option<String> {
        Some(match ty {
            Type::List(item) => format!("[{}]", self.type_key(item)?),
            Type::Map(value) => format!("{{{}}}", self.type_key(value)?),
            Type::Option(some) => format!("{}?", self.type_key(some)?),
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
