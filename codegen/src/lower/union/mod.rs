//! `oneOf` and `anyOf` -> a type: a simple one where the cases are alike, else an enum of them.

pub(in crate::lower) mod const_value;
pub(in crate::lower) mod discriminate;
pub(in crate::lower) mod discriminator;
pub(in crate::lower) mod matcher;
pub(in crate::lower) mod scalar;
pub(in crate::lower) mod variant_names;

use std::collections::HashMap;

pub(in crate::lower) use self::const_value::note as note_constants;
pub(in crate::lower) use self::discriminator::Tags;

use crate::diagnostic::Diagnostic;
use crate::ir::{Shape, Type, UnionVariant};
use crate::lower::schema::{JsonKind, ResolvedSchema, UnionVariants, component_name};
use crate::lower::types::TypeLowering;

/// One variant to be.
pub(in crate::lower) struct Piece<'a> {
    view: ResolvedSchema<'a>,
    /// Whether it is an enum beside whose values others may stand.
    open: bool,
    /// The one value of the discriminator that means it, where several mean the same case and only this tells which.
    tag: Option<String>,
}

impl<'a> TypeLowering<'a> {
    /// The type of a union.
    pub(in crate::lower) fn union(&mut self, view: &ResolvedSchema<'a>, hint: &str) -> Type {
        let (ty, nullable) = self.registry.known_union(&view.at).unwrap_or_else(|| {
            let cases = self.resolver.variants(view);
            let ty = if self.registry.begin_union(&view.at, cases.nullable) {
                self.union_of(view, &cases, hint)
            } else {
                let text = "a union whose only case is itself is emitted as free-form `Json`";
                let help = "name a case that says what a value is";
                let diagnostic = Diagnostic::warning("recursive-union", &view.at, text);
                self.diagnostics.push(diagnostic.help(help));
                Type::Json
            };
            self.registry.end_union(&view.at, &ty);
            (ty, cases.nullable)
        });
        if nullable && !matches!(ty, Type::Option(_)) {
            Type::Option(Box::new(ty))
        } else {
            ty
        }
    }

    fn union_of(
        &mut self,
        view: &ResolvedSchema<'a>,
        cases: &UnionVariants<'a>,
        hint: &str,
    ) -> Type {
        if view.holds_several_unions() {
            let text = "two unions that hold at once are emitted as free-form `Json`";
            let help = "read it with `.parse::<T>()`";
            self.diagnostics
                .push(Diagnostic::warning("several-unions", &view.at, text).help(help));
            return Type::Json;
        }
        if cases.anything || takes_any_json(&cases.schemas) {
            return Type::Json;
        }
        let hint = component_name(&view.at).unwrap_or_else(|| hint.to_owned());
        let mut pieces = self.pieces(view, &cases.schemas);
        match pieces.len() {
            0 => self.plain(view, &hint),
            1 => self.piece(&pieces.remove(0), &hint),
            _ => self.one_of(view, &pieces, &hint),
        }
    }

    fn one_of(&mut self, view: &ResolvedSchema<'a>, pieces: &[Piece<'a>], hint: &str) -> Type {
        let shape = |lowering: &mut Self, name: &str| {
            let names = lowering.variants(view, pieces, name);
            let looks = lowering.looks_of(view, pieces, &names);
            let tags = Tags::of(view);
            let mut choices: Vec<UnionVariant> = Vec::new();
            let mut known: HashMap<Type, usize> = HashMap::new();
            for ((piece, variant), looks) in pieces.iter().zip(names).zip(looks) {
                let ty = match lowering.piece(piece, &format!("{name} {variant}")) {
                    Type::Option(some) => *some,
                    ty => ty,
                };
                let same = *known.entry(ty.clone()).or_insert(choices.len());
                match choices.get_mut(same).filter(|_| tags.is_none()) {
                    Some(same) => same.matchers.extend(looks),
                    None => choices.push(UnionVariant {
                        variant,
                        docs: piece.view.description.unwrap_or_default().to_owned(),
                        ty,
                        tag: tags
                            .as_ref()
                            .and_then(|tags| tags.added(&lowering.resolver, piece)),
                        matchers: looks,
                    }),
                }
            }
            Shape::OneOf(choices)
        };
        match self.shared(view, pieces) {
            Some((at, name)) => self.model(&ResolvedSchema::silent(&at, vec![]), &name, shape),
            None => self.model(view, hint, shape),
        }
    }

    /// The type of a variant.
    fn piece(&mut self, piece: &Piece<'a>, hint: &str) -> Type {
        let ty = self.type_of(&piece.view, hint);
        if piece.open {
            self.registry.open(&ty);
        }
        ty
    }
}

/// Whether text, numbers, booleans and objects of any kind are among the cases.
fn takes_any_json(views: &[ResolvedSchema<'_>]) -> bool {
    let has = |kind: JsonKind| views.iter().any(|view| view.kind == Some(kind));
    has(JsonKind::String)
        && has(JsonKind::Number)
        && has(JsonKind::Boolean)
        && views.iter().any(|view| view.is_bare_object())
}
