//! Boxes parts of models: those that make a model recursive, and large ones.

use std::collections::{HashMap, HashSet};

use crate::ir::{Model, ModelId, Shape, Type};

/// Models of more bytes are boxed. Decoding a value takes many times its size on the stack of a debug build, and the stack
/// of a thread may have only two megabytes.
const LARGE: usize = 2048;
/// Size of a string, list, map or enum in a struct, as an `Option`.
const TEXT: usize = 24;
const NUMBER: usize = 16;
const BOX: usize = 8;

/// The size of a model.
#[derive(Default)]
struct Node {
    /// Bytes of the model without its parts.
    own_size: usize,
    /// Indices of the models that it contains by value.
    parts: Vec<usize>,
    /// True if it contains one of its parts at a time.
    is_union: bool,
    /// True if its parts may be boxed for their size.
    takes_boxes: bool,
}

/// Boxes the parts of all models where necessary.
pub(in crate::lower) fn mark(models: &mut [Model]) {
    let aliases: HashMap<ModelId, ModelId> = models
        .iter()
        .enumerate()
        .filter_map(|(index, model)| match &model.shape {
            Shape::Alias(Type::Model(other)) => Some((ModelId(index), *other)),
            _ => None,
        })
        .collect();
    let nodes: Vec<Node> = models
        .iter_mut()
        .map(|model| measure(model, &aliases))
        .collect();
    let boxed = boxed(&nodes);
    for (from, model) in models.iter_mut().enumerate() {
        for ty in types(model).into_iter().filter_map(direct) {
            if let (Some(to), Type::Model(id)) = (target(ty, &aliases), &*ty)
                && boxed.contains(&(from, to))
            {
                *ty = Type::Boxed(*id);
            }
        }
    }
}

fn measure(model: &mut Model, aliases: &HashMap<ModelId, ModelId>) -> Node {
    let mut node = Node {
        is_union: matches!(model.shape, Shape::OneOf(_)),
        takes_boxes: matches!(model.shape, Shape::OneOf(_) | Shape::Struct(_)),
        ..Node::default()
    };
    for ty in types(model) {
        let own_size = match ty {
            Type::Bool => 1,
            Type::Int | Type::UInt | Type::Float => NUMBER,
            _ => TEXT,
        };
        match direct(ty).and_then(|ty| target(ty, aliases)) {
            Some(part) => node.parts.push(part),
            None => node.own_size += own_size,
        }
    }
    if node.is_union || node.own_size == 0 {
        node.own_size = TEXT;
    }
    node
}

/// Returns the parts to box, as pairs of indices: those that close a cycle in a depth-first walk, and those that are
/// large.
fn boxed(nodes: &[Node]) -> HashSet<(usize, usize)> {
    let mut boxed = HashSet::new();
    let mut sizes: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut open = vec![false; nodes.len()];
    for start in 0..nodes.len() {
        // The path of the walk, each node with the index of its next part.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, next)) = path.pop() {
            if sizes[at].is_some() {
                continue;
            }
            open[at] = true;
            let Some(to) = nodes[at].parts.get(next).copied() else {
                open[at] = false;
                sizes[at] = Some(size(at, nodes, &sizes, &mut boxed));
                continue;
            };
            path.push((at, next + 1));
            if open[to] {
                boxed.insert((at, to));
            } else {
                path.push((to, 0));
            }
        }
    }
    boxed
}

/// Returns the size of a model whose parts have known sizes. Large parts are boxed.
fn size(
    at: usize,
    nodes: &[Node],
    sizes: &[Option<usize>],
    boxed: &mut HashSet<(usize, usize)>,
) -> usize {
    let node = &nodes[at];
    let mut size = node.own_size;
    for &part in &node.parts {
        let whole = sizes[part].unwrap_or_default();
        if node.takes_boxes && whole > LARGE {
            boxed.insert((at, part));
        }
        let part = if boxed.contains(&(at, part)) {
            BOX
        } else {
            whole
        };
        size = if node.is_union {
            size.max(part)
        } else {
            size.saturating_add(part)
        };
    }
    size
}

/// Returns the parts of a model. An alias has none: its target is used instead.
fn types(model: &mut Model) -> Vec<&mut Type> {
    match &mut model.shape {
        Shape::Alias(_) => Vec::new(),
        shape => shape.types_mut(),
    }
}

/// Returns the model that a type contains by value.
fn direct(ty: &mut Type) -> Option<&mut Type> {
    match ty {
        Type::Option(some) => direct(some),
        Type::Model(_) => Some(ty),
        _ => None,
    }
}

fn target(ty: &Type, aliases: &HashMap<ModelId, ModelId>) -> Option<usize> {
    match ty {
        Type::Model(id) => Some(aliases.get(id).unwrap_or(id).0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{LARGE, Node};

    fn boxed(nodes: &[Node]) -> Vec<(usize, usize)> {
        let mut boxed: Vec<_> = super::boxed(nodes).into_iter().collect();
        boxed.sort_unstable();
        boxed
    }

    fn node(own_size: usize, parts: &[usize]) -> Node {
        Node {
            own_size,
            parts: parts.to_vec(),
            takes_boxes: true,
            ..Node::default()
        }
    }

    #[test]
    fn recursive_types_have_one_box_per_cycle() {
        let closing = |parts: &[&[usize]]| {
            let nodes: Vec<Node> = parts.iter().map(|parts| node(8, parts)).collect();
            boxed(&nodes)
        };
        assert_eq!(closing(&[&[1, 2], &[2], &[]]), []);
        assert_eq!(closing(&[&[0]]), [(0, 0)]);
        assert_eq!(closing(&[&[1, 2], &[2], &[0]]), [(2, 0)]);
        assert_eq!(closing(&[&[], &[2], &[3, 1], &[1]]), [(2, 1), (3, 1)]);
    }

    #[test]
    fn large_types_are_boxed() {
        let half = LARGE / 2 + 1;
        assert_eq!(boxed(&[node(8, &[1]), node(LARGE, &[])]), []);
        assert_eq!(boxed(&[node(8, &[1]), node(LARGE + 1, &[])]), [(0, 1)]);
        // The part is below the limit, but two of them are above it.
        let three = [node(8, &[1]), node(8, &[2, 2]), node(half, &[])];
        assert_eq!(boxed(&three), [(0, 1)]);
        // A union contains one of its parts at a time.
        let mut union = three;
        union[1].is_union = true;
        assert_eq!(boxed(&union), []);
    }
}
