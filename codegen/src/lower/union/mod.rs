//! Lowers `oneOf` and `anyOf`: to a plain type if all variants have the same type, else to an enum.
//!
//! Reading order: `variant_names` lists and names the variants, `complete_matcher` describes the values
//! of each, and `discriminate` reduces these descriptions to what distinguishes the variants. `matcher` combines the
//! last two and `discriminator`. The runtime selects a variant by the resulting matchers.

pub(in crate::lower) mod complete_matcher;
pub(in crate::lower) mod discriminate;
pub(in crate::lower) mod matcher;
pub(in crate::lower) mod merge_scalars;
pub(in crate::lower) mod variant_names;

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::ir::{Shape, Type, UnionVariant};
use crate::lower::schema::{
    DiscriminatorMapping, JsonKind, ResolvedSchema, UnionVariants, VariantSource, component_name,
};
use crate::lower::types::TypeLowering;

impl<'a> TypeLowering<'a> {
    /// Returns the type of a union.
    pub(in crate::lower) fn union(&mut self, schema: &ResolvedSchema<'a>, name_hint: &str) -> Type {
        let (ty, nullable) = self.registry.known_union(&schema.at).unwrap_or_else(|| {
            let variants = self.resolver.variants(schema);
            let ty = if self.registry.begin_union(&schema.at, variants.nullable) {
                self.union_of(schema, &variants, name_hint)
            } else {
                let text = "a union whose only variant is itself is emitted as free-form `Json`";
                let help = "add a variant with a type";
                let diagnostic = Diagnostic::warning("recursive-union", &schema.at, text);
                self.diagnostics.push(diagnostic.help(help));
                Type::Json
            };
            self.registry.end_union(&schema.at, &ty);
            (ty, variants.nullable)
        });
        if nullable && !matches!(ty, Type::Option(_)) {
            Type::Option(Box::new(ty))
        } else {
            ty
        }
    }

    fn union_of(
        &mut self,
        schema: &ResolvedSchema<'a>,
        variants: &UnionVariants<'a>,
        name_hint: &str,
    ) -> Type {
        if schema.has_several_unions() {
            let text = "a schema with both `oneOf` and `anyOf` is emitted as free-form `Json`";
            let help = "read it with `.parse::<T>()`";
            self.diagnostics
                .push(Diagnostic::warning("several-unions", &schema.at, text).help(help));
            return Type::Json;
        }
        if variants.takes_any || takes_any_json(&variants.schemas) {
            return Type::Json;
        }
        let name_hint = component_name(&schema.at).unwrap_or_else(|| name_hint.to_owned());
        let mut sources = self.sources(schema, &variants.schemas);
        match sources.len() {
            0 => self.plain(schema, &name_hint),
            1 => self.variant_type(&sources.remove(0), &name_hint),
            _ => self.one_of(schema, &sources, &name_hint),
        }
    }

    fn one_of(
        &mut self,
        schema: &ResolvedSchema<'a>,
        sources: &[VariantSource<'a>],
        name_hint: &str,
    ) -> Type {
        let shape = |lowering: &mut Self, name: &str| {
            let names = lowering.variant_names(schema, sources, name);
            let matchers = lowering.matchers_of(schema, sources, &names);
            let mapping = DiscriminatorMapping::of(schema);
            let mut variants: Vec<UnionVariant> = Vec::new();
            let mut known: HashMap<Type, usize> = HashMap::new();
            for ((source, variant), matchers) in sources.iter().zip(names).zip(matchers) {
                let ty = match lowering.variant_type(source, &format!("{name} {variant}")) {
                    Type::Option(some) => *some,
                    ty => ty,
                };
                let index = *known.entry(ty.clone()).or_insert(variants.len());
                match variants.get_mut(index).filter(|_| mapping.is_none()) {
                    Some(same) => same.matchers.extend(matchers),
                    None => variants.push(UnionVariant {
                        variant,
                        docs: source.schema.description.unwrap_or_default().to_owned(),
                        ty,
                        tag: mapping
                            .as_ref()
                            .and_then(|mapping| mapping.added_property(&lowering.resolver, source)),
                        matchers,
                    }),
                }
            }
            Shape::OneOf(variants)
        };
        match self.shared_union(schema, sources) {
            Some((at, name)) => self.model(&ResolvedSchema::empty(&at, vec![]), &name, shape),
            None => self.model(schema, name_hint, shape),
        }
    }

    /// Returns the type of a variant.
    fn variant_type(&mut self, source: &VariantSource<'a>, name_hint: &str) -> Type {
        let ty = self.type_of(&source.schema, name_hint);
        if source.is_open {
            self.registry.set_open(&ty);
        }
        ty
    }
}

/// True if the variants allow strings, numbers, booleans and free-form objects.
fn takes_any_json(schemas: &[ResolvedSchema<'_>]) -> bool {
    let has = |kind: JsonKind| schemas.iter().any(|schema| schema.kind == Some(kind));
    has(JsonKind::String)
        && has(JsonKind::Number)
        && has(JsonKind::Boolean)
        && schemas.iter().any(|schema| schema.is_free_form_object())
}
