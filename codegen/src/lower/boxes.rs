//! Models that contain themselves, other than in a list or map -> a box wherever such a circle closes.

use std::collections::{HashMap, HashSet};

use crate::ir::{Model, Shape, Type};

/// Puts boxes where they are needed.
pub(super) fn mark(models: &mut [Model]) {
    let names = models.iter().enumerate();
    let mut index: HashMap<String, usize> =
        names.map(|(at, model)| (model.name.clone(), at)).collect();
    for model in models.iter() {
        if let Shape::Alias(Type::Model(other)) = &model.shape
            && let Some(at) = index.get(other).copied()
        {
            index.insert(model.name.clone(), at);
        }
    }
    let parts: Vec<Vec<usize>> = models
        .iter_mut()
        .map(|model| {
            let direct = types(model).into_iter().filter_map(direct);
            direct.filter_map(|ty| target(ty, &index)).collect()
        })
        .collect();
    let closing = closing(&parts);
    for (from, model) in models.iter_mut().enumerate() {
        for ty in types(model).into_iter().filter_map(direct) {
            if let (Some(to), Type::Model(name)) = (target(ty, &index), &*ty)
                && closing.contains(&(from, to))
            {
                *ty = Type::Boxed(name.clone());
            }
        }
    }
}

/// The steps that lead back to where a walk along the parts has come from: without them there is no circle.
fn closing(parts: &[Vec<usize>]) -> HashSet<(usize, usize)> {
    let mut closing = HashSet::new();
    let mut seen = vec![false; parts.len()];
    let mut open = vec![false; parts.len()];
    for start in 0..parts.len() {
        // Where the walk is, and which part of that comes next.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, next)) = way.pop() {
            if next == 0 && std::mem::replace(&mut seen[at], true) {
                continue;
            }
            open[at] = true;
            let Some(to) = parts[at].get(next).copied() else {
                open[at] = false;
                continue;
            };
            way.push((at, next + 1));
            if open[to] {
                closing.insert((at, to));
            } else if !seen[to] {
                way.push((to, 0));
            }
        }
    }
    closing
}

/// What a model is made of. Another name is the model that it stands for.
fn types(model: &mut Model) -> Vec<&mut Type> {
    match &mut model.shape {
        Shape::Alias(_) => Vec::new(),
        shape => shape.types_mut(),
    }
}

/// The model that a value of the type holds in itself.
fn direct(ty: &mut Type) -> Option<&mut Type> {
    match ty {
        Type::Option(some) => direct(some),
        Type::Model(_) => Some(ty),
        _ => None,
    }
}

fn target(ty: &Type, index: &HashMap<String, usize>) -> Option<usize> {
    match ty {
        Type::Model(name) => index.get(name).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {

    #[test]
    fn every_circle_is_closed_by_a_box_and_nothing_else_has_one() {
        let closing = |parts: &[&[usize]]| {
            let parts: Vec<Vec<usize>> = parts.iter().map(|parts| parts.to_vec()).collect();
            let mut closing: Vec<_> = super::closing(&parts).into_iter().collect();
            closing.sort_unstable();
            closing
        };
        assert_eq!(closing(&[&[1, 2], &[2], &[]]), []);
        assert_eq!(closing(&[&[0]]), [(0, 0)]);
        assert_eq!(closing(&[&[1, 2], &[2], &[0]]), [(2, 0)]);
        assert_eq!(closing(&[&[], &[2], &[3, 1], &[1]]), [(2, 1), (3, 1)]);
    }
}
