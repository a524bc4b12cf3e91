//! `oneOf` and `anyOf` -> a type: a simple one where the cases are alike, else an enum of them.

mod looks;
mod names;

use serde_json::Value;

use super::Lowering;
use super::types::{component, is_binary};
use super::view::{Kind, View};
use crate::ir::{Choice, Shape, Type};
use crate::pointer::Pointer;
use crate::problem::Problem;

/// The cases of a union, flat: those of a union inside it that has no name are its own.
#[derive(Default)]
struct Cases<'a> {
    views: Vec<View<'a>>,
    /// Whether `null` is one.
    nullable: bool,
    /// Whether one takes any value.
    anything: bool,
}

/// Cases that are all strings, numbers or booleans.
struct Scalar {
    kind: Kind,
    /// The values that are named.
    values: Vec<Value>,
    /// Whether other values may stand beside these.
    open: bool,
}

/// One variant to be.
struct Piece<'a> {
    view: View<'a>,
    /// Whether it is an enum beside whose values others may stand.
    open: bool,
    /// The one value of the discriminator that means it, where several mean the same case and only this tells which.
    tag: Option<String>,
}

impl<'a> Lowering<'a> {
    /// The type of a union.
    pub(super) fn union(&mut self, view: &View<'a>, hint: &str) -> Type {
        let cases = self.cases(view);
        let nullable = cases.nullable;
        let ty = self.union_of(view, cases, hint);
        if nullable && !matches!(ty, Type::Option(_)) {
            Type::Option(Box::new(ty))
        } else {
            ty
        }
    }

    fn union_of(&mut self, view: &View<'a>, cases: Cases<'a>, hint: &str) -> Type {
        if view.holds_several_unions() {
            let text = "two unions that hold at once are emitted as free-form `Json`";
            let help = "read it with `.parse::<T>()`";
            self.problems
                .push(Problem::warning(&view.at, text).help(help));
            return Type::Json;
        }
        if cases.anything || takes_any_json(&cases.views) {
            return Type::Json;
        }
        let hint = component(&view.at).unwrap_or_else(|| hint.to_owned());
        let mut pieces = self.pieces(view, cases.views);
        match pieces.len() {
            0 => self.plain(view, &hint),
            1 => self.piece(&pieces.remove(0), &hint),
            _ => self.one_of(view, &pieces, &hint),
        }
    }

    fn one_of(&mut self, view: &View<'a>, pieces: &[Piece<'a>], hint: &str) -> Type {
        let looks = self.looks_of(view, pieces);
        let shape = |lowering: &mut Self, name: &str| {
            let names = lowering.variants(view, pieces, name);
            let mut choices: Vec<Choice> = Vec::new();
            for ((piece, variant), looks) in pieces.iter().zip(names).zip(looks) {
                let ty = match lowering.piece(piece, &format!("{name} {variant}")) {
                    Type::Option(some) => *some,
                    ty => ty,
                };
                let same = choices.iter_mut().find(|choice| choice.ty == ty);
                match same.filter(|_| view.discriminator.is_none()) {
                    Some(same) => same.looks.extend(looks),
                    None => choices.push(Choice {
                        variant,
                        docs: piece.view.description.unwrap_or_default().to_owned(),
                        ty,
                        tag: lowering.added_tag(view, piece),
                        looks,
                    }),
                }
            }
            Shape::OneOf(choices)
        };
        match self.shared(view, pieces) {
            Some((at, name)) => self.model(&View::silent(&at, vec![]), &name, shape),
            None => self.model(view, hint, shape),
        }
    }

    /// The type of a variant.
    fn piece(&mut self, piece: &Piece<'a>, hint: &str) -> Type {
        let ty = self.type_of(&piece.view, hint);
        if piece.open {
            self.types.open(&ty);
        }
        ty
    }

    /// All cases of a union but `null`.
    fn cases(&self, view: &View<'a>) -> Cases<'a> {
        let mut cases = Cases::default();
        self.collect(view, &mut cases, &mut Vec::new());
        cases
    }

    fn collect(&self, outer: &View<'a>, cases: &mut Cases<'a>, within: &mut Vec<Pointer>) {
        within.push(outer.at.clone());
        for (at, place) in &outer.cases {
            let case = View::of(self.document, *place, at);
            let is_null = !case.values.is_empty() && case.values.iter().all(Value::is_null);
            cases.nullable |= case.nullable || case.values.iter().any(Value::is_null);
            let silent = !case.has_shape() && case.cases.is_empty();
            if is_null || (silent && case.nullable) {
                continue;
            }
            let case = case.within(outer, at);
            if !case.has_shape() && case.cases.is_empty() {
                cases.anything = true;
            } else if within.contains(&case.at) {
                // What is itself one of its cases has that one twice.
            } else if !case.cases.is_empty() && component(&case.at).is_none() {
                self.collect(&case, cases, within);
            } else if !cases.views.iter().any(|other| is_same(other, &case, outer)) {
                cases.views.push(case);
            }
        }
        within.pop();
    }

    /// Puts all strings together, all numbers, and all booleans.
    fn pieces(&self, union: &View<'a>, views: Vec<View<'a>>) -> Vec<Piece<'a>> {
        let mut groups: Vec<(Option<Kind>, Vec<(View<'a>, Option<Scalar>)>)> = Vec::new();
        for view in views {
            let scalar = self.scalar(&view, 0);
            let kind = scalar.as_ref().map(|scalar| match scalar.kind {
                Kind::Integer => Kind::Number,
                kind => kind,
            });
            let group = groups
                .iter_mut()
                .find(|(of, _)| kind.is_some() && *of == kind);
            match group {
                Some((_, group)) => group.push((view, scalar)),
                None => groups.push((kind, vec![(view, scalar)])),
            }
        }
        let alone = groups.len() == 1;
        let pieces = groups
            .into_iter()
            .map(|(_, group)| together(union, group, alone));
        pieces
            .flat_map(|piece| self.by_value(union, piece))
            .collect()
    }

    /// The values that a schema allows, where its type does not tell them, each with what the document calls it.
    pub(super) fn values_in_words(&self, view: &View<'a>) -> Vec<String> {
        let told = match self.scalar(view, 0) {
            Some(scalar) => scalar.kind == Kind::String || scalar.open,
            None => !view.cases.is_empty(),
        };
        let mut values = Vec::new();
        if told {
            return values;
        }
        let cases = self.cases(view).views;
        for view in std::iter::once(view).chain(&cases) {
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
    fn scalar(&self, view: &View<'a>, depth: usize) -> Option<Scalar> {
        if depth > 8 {
            return None;
        }
        if view.cases.is_empty() {
            return Some(Scalar {
                kind: scalar_kind(view)?,
                values: view.values.clone(),
                open: view.values.is_empty(),
            });
        }
        let cases = self.cases(view);
        let mut scalars = cases.views.iter().map(|case| self.scalar(case, depth + 1));
        let mut all = scalars.next()??;
        for scalar in scalars {
            let scalar = scalar?;
            all.kind = match (all.kind, scalar.kind) {
                (one, other) if one == other => one,
                (Kind::Integer | Kind::Number, Kind::Integer | Kind::Number) => Kind::Number,
                _ => return None,
            };
            all.values.extend(scalar.values);
            all.open |= scalar.open;
        }
        (!cases.anything).then_some(all)
    }
}

/// One piece of all the cases of one group; `alone` if there is no other.
fn together<'a>(
    union: &View<'a>,
    mut group: Vec<(View<'a>, Option<Scalar>)>,
    alone: bool,
) -> Piece<'a> {
    let is_open = |scalar: &Option<Scalar>| scalar.as_ref().is_some_and(|scalar| scalar.open);
    let has_values = |scalar: &Option<Scalar>| {
        let values = scalar.as_ref().map(|scalar| !scalar.values.is_empty());
        values.unwrap_or_default()
    };
    let open = group.iter().any(|(_, scalar)| is_open(scalar));
    let number = group
        .iter()
        .any(|(view, _)| view.kind == Some(Kind::Number));
    let binary = group.iter().any(|(view, _)| is_binary(view));
    let mut named = group.iter().filter(|(_, scalar)| has_values(scalar));
    let first_named = named.next().map(|(view, _)| view.clone());
    let several = named.next().is_some();
    let (first, scalar) = group.swap_remove(0);
    if group.is_empty() {
        return Piece {
            open: false,
            view: first,
            tag: None,
        };
    }
    let is_text = scalar
        .as_ref()
        .is_some_and(|scalar| scalar.kind == Kind::String);
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
    let mut view = View::silent(&at, union.chain.clone());
    view.kind = scalar.as_ref().map(|scalar| scalar.kind);
    if number {
        view.kind = Some(Kind::Number);
    }
    view.description = union.description.filter(|_| alone);
    view.format = binary.then(|| "binary".to_owned());
    let others = group.into_iter().filter_map(|(_, scalar)| scalar);
    for value in scalar
        .into_iter()
        .chain(others)
        .flat_map(|scalar| scalar.values)
    {
        if !view.values.contains(&value) {
            view.values.push(value);
        }
    }
    Piece {
        view,
        open: open && is_text,
        tag: None,
    }
}

/// Whether two cases are one, as far as the union can tell.
fn is_same(one: &View<'_>, other: &View<'_>, union: &View<'_>) -> bool {
    let named = |view: &View<'_>| view.chain.iter().find_map(component);
    one.at == other.at && (union.discriminator.is_none() || named(one) == named(other))
}

/// Whether text, numbers, booleans and objects of any kind are among the cases.
fn takes_any_json(views: &[View<'_>]) -> bool {
    let has = |kind: Kind| views.iter().any(|view| view.kind == Some(kind));
    has(Kind::String)
        && has(Kind::Number)
        && has(Kind::Boolean)
        && views.iter().any(View::is_bare_object)
}

fn scalar_kind(view: &View<'_>) -> Option<Kind> {
    match view.kind {
        Some(Kind::Array | Kind::Object) => None,
        None if view.values.is_empty() => None,
        None if view.values.iter().all(Value::is_string) => Some(Kind::String),
        None if view.values.iter().all(Value::is_i64) => Some(Kind::Integer),
        None if view.values.iter().all(Value::is_number) => Some(Kind::Number),
        None if view.values.iter().all(Value::is_boolean) => Some(Kind::Boolean),
        kind => kind,
    }
}
