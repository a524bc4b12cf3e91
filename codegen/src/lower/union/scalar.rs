//! Cases that are strings, numbers or booleans -> one case of each.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::lower::schema::{JsonKind, ResolvedSchema, Scalar};
use crate::lower::types::TypeLowering;
use crate::lower::union::{Piece, Tags};

/// Cases of one kind, or a single one that is no scalar.
type Group<'a> = Vec<(ResolvedSchema<'a>, Option<Rc<Scalar>>)>;

impl<'a> TypeLowering<'a> {
    /// Puts all strings together, all whole numbers, all other numbers, and all booleans.
    pub(in crate::lower) fn pieces(
        &self,
        union: &ResolvedSchema<'a>,
        views: &[ResolvedSchema<'a>],
    ) -> Vec<Piece<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut known: HashMap<JsonKind, usize> = HashMap::new();
        for view in views {
            let scalar = self.resolver.scalar(view);
            // Whole numbers stay apart from others: as a float, a large one would lose digits.
            let kind = scalar.as_ref().map(|scalar| scalar.kind);
            let group = kind.and_then(|kind| known.get(&kind).copied());
            if let Some(group) = group.and_then(|group| groups.get_mut(group)) {
                group.push((view.clone(), scalar));
                continue;
            }
            known.extend(kind.map(|kind| (kind, groups.len())));
            groups.push(vec![(view.clone(), scalar)]);
        }
        let alone = groups.len() == 1;
        let pieces = groups
            .into_iter()
            .map(|group| together(union, group, alone));
        let Some(tags) = Tags::of(union) else {
            return pieces.collect();
        };
        pieces
            .flat_map(|piece| tags.by_value(&self.resolver, piece))
            .collect()
    }
}

/// One piece of all the cases of one group; `alone` if there is no other.
fn together<'a>(union: &ResolvedSchema<'a>, mut group: Group<'a>, alone: bool) -> Piece<'a> {
    let is_open = |scalar: &Option<Rc<Scalar>>| scalar.as_ref().is_some_and(|scalar| scalar.open);
    let has_values = |scalar: &Option<Rc<Scalar>>| {
        let values = scalar.as_ref().map(|scalar| !scalar.values.is_empty());
        values.unwrap_or_default()
    };
    let open = group.iter().any(|(_, scalar)| is_open(scalar));
    let unsigned = group.iter().all(|(view, _)| view.is_unsigned());
    let binary = group.iter().any(|(view, _)| view.is_binary());
    let mut named = group.iter().filter(|(_, scalar)| has_values(scalar));
    let first_named = named.next().map(|(view, _)| view.clone());
    let several = named.next().is_some();
    let (first, scalar) = group.remove(0);
    if group.is_empty() {
        return Piece {
            open: false,
            view: first,
            tag: None,
        };
    }
    let is_text = scalar
        .as_ref()
        .is_some_and(|scalar| scalar.kind == JsonKind::String);
    if is_text && !several && !binary {
        // Known values beside any text: an enum that takes any text, or no enum at all.
        let named = first_named.is_some();
        return Piece {
            view: first_named.unwrap_or(first),
            open: open && named,
            tag: None,
        };
    }
    let at = if alone {
        union.at.clone()
    } else {
        union.at.key("oneOf")
    };
    let mut view = ResolvedSchema::silent(&at, union.chain().cloned().collect());
    view.kind = scalar.as_ref().map(|scalar| scalar.kind);
    if alone {
        view.description = union.description;
        view.definition = union.definition;
    }
    view.format = match (binary, unsigned) {
        (true, _) => Some("binary".to_owned()),
        (_, true) => Some("uint64".to_owned()),
        _ => None,
    };
    let others = group.iter().filter_map(|(_, scalar)| scalar.as_ref());
    let all = scalar.iter().chain(others);
    let meanings = all.clone().flat_map(|scalar| &scalar.meanings);
    view.meanings = meanings.cloned().collect();
    let mut seen = HashSet::new();
    let values = all.flat_map(|scalar| &scalar.values);
    view.values = values
        .filter(|value| seen.insert(value.to_string()))
        .cloned()
        .collect();
    Piece {
        view,
        open: open && is_text,
        tag: None,
    }
}
