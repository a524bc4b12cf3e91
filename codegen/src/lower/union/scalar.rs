//! Cases that are strings, numbers or booleans -> one case of each.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::lower::types::{is_binary, is_unsigned};
use crate::lower::union::{Lowering, Piece, Tags};

/// So many cases are looked at, those of unions in unions among them: these may lead back and forth between each other. A
/// larger union counts as no scalar.
const MOST_CASES: usize = 1000;

/// Cases that are all strings, numbers or booleans.
pub(in crate::lower) struct Scalar {
    kind: JsonKind,
    /// The values that are named.
    values: Vec<Value>,
    /// What is said of single ones.
    meanings: Vec<(Value, String)>,
    /// Whether other values may stand beside these.
    open: bool,
}

/// Cases of one kind, or a single one that is no scalar.
type Group<'a> = Vec<(ResolvedSchema<'a>, Option<Rc<Scalar>>)>;

impl<'a> Lowering<'a> {
    /// Puts all strings together, all whole numbers, all other numbers, and all booleans.
    pub(in crate::lower) fn pieces(
        &self,
        union: &ResolvedSchema<'a>,
        views: &[ResolvedSchema<'a>],
    ) -> Vec<Piece<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut known: HashMap<JsonKind, usize> = HashMap::new();
        for view in views {
            let scalar = self.scalar(view);
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
            .flat_map(|piece| tags.by_value(self, piece))
            .collect()
    }

    /// The values that a schema allows, where its type does not tell them, each with what the document calls it.
    pub(crate) fn values_in_words(&self, view: &ResolvedSchema<'a>) -> Vec<String> {
        let told = match self.scalar(view) {
            Some(scalar) => scalar.kind == JsonKind::String || scalar.open,
            None => !view.cases.is_empty(),
        };
        let mut values = Vec::new();
        if told {
            return values;
        }
        let cases = self.cases(view);
        for view in std::iter::once(view).chain(&cases.views) {
            let title = view.title.filter(|_| view.values.len() == 1);
            let named = view.values.iter().filter(|value| !value.is_null());
            values.extend(named.map(|value| match title {
                Some(title) => format!("`{value}` ({title})"),
                None => format!("`{value}`"),
            }));
        }
        values
    }

    /// What a schema is, if it is nothing but strings, numbers or booleans.
    fn scalar(&self, view: &ResolvedSchema<'a>) -> Option<Rc<Scalar>> {
        let find = || self.find_scalar(view, &mut { MOST_CASES }).map(Rc::new);
        if view.is_referred_to() && !view.cases.is_empty() {
            self.views.scalars.get(&view.at, find)
        } else {
            find()
        }
    }

    fn find_scalar(&self, view: &ResolvedSchema<'a>, left: &mut usize) -> Option<Scalar> {
        *left = left.checked_sub(1)?;
        if view.cases.is_empty() {
            return Some(Scalar {
                kind: scalar_kind(view)?,
                values: view.values.clone(),
                meanings: view
                    .meaning()
                    .into_iter()
                    .chain(view.meanings.clone())
                    .collect(),
                open: view.values.is_empty(),
            });
        }
        let cases = self.cases(view);
        let mut scalars = cases.views.iter().map(|case| self.find_scalar(case, left));
        let mut all = scalars.next()??;
        for scalar in scalars {
            let scalar = scalar?;
            if all.kind != scalar.kind {
                return None;
            }
            all.values.extend(scalar.values);
            all.meanings.extend(scalar.meanings);
            all.open |= scalar.open;
        }
        (!cases.anything).then_some(all)
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
    let unsigned = group.iter().all(|(view, _)| is_unsigned(view));
    let binary = group.iter().any(|(view, _)| is_binary(view));
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

fn scalar_kind(view: &ResolvedSchema<'_>) -> Option<JsonKind> {
    match view.kind {
        Some(JsonKind::Array | JsonKind::Object) => None,
        None if view.values.is_empty() => None,
        None if view.values.iter().all(Value::is_string) => Some(JsonKind::String),
        None if view.values.iter().all(Value::is_i64) => Some(JsonKind::Integer),
        None if view.values.iter().all(Value::is_number) => Some(JsonKind::Number),
        None if view.values.iter().all(Value::is_boolean) => Some(JsonKind::Boolean),
        kind => kind,
    }
}
