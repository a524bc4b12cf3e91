//! Intersects the schemas of a property that several branches of an `allOf` describe.

use serde_json::Value;

use crate::ir::JsonKind;
use crate::lower::schema::property::{Property, extend};
use crate::lower::schema::resolved::{ResolvedSchema, SchemaData};
use crate::lower::schema::resolver::SchemaResolver;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::pointer::Pointer;

impl<'a> Property<'a> {
    /// Resolves the property. If two branches contradict each other, the later one counts.
    pub(in crate::lower) fn resolve(&self, resolver: &SchemaResolver<'a>) -> ResolvedSchema<'a> {
        let schema = resolver.resolve(self.schema, &self.at);
        if self.related.is_empty() {
            return schema;
        }
        let chain: Vec<Pointer> = schema.ref_chain().cloned().collect();
        let mut data = (*schema.data).clone();
        data.ref_chain = chain;
        for (at, schema) in self.related.iter().rev() {
            let earlier = resolver.resolve(*schema, at);
            let chain = earlier.ref_chain().cloned().collect();
            let mut earlier = (*earlier.data).clone();
            earlier.variants = data.compatible_variants(earlier.variants, resolver);
            data = data.and(SchemaData {
                ref_chain: chain,
                ..earlier
            });
        }
        data.apply_required();
        data.into()
    }
}

impl<'a> SchemaData<'a> {
    /// Returns the variants of another schema of the same value that are compatible with this schema. Returns none if they
    /// only repeat its type.
    fn compatible_variants(
        &self,
        mut variants: Vec<(Pointer, SchemaRef<'a>)>,
        resolver: &SchemaResolver<'a>,
    ) -> Vec<(Pointer, SchemaRef<'a>)> {
        let Some(kind) = self.kind.filter(|_| self.variants.is_empty()) else {
            return variants;
        };
        let mut say_more = false;
        variants.retain(|(at, schema)| {
            let variant = resolver.resolve(*schema, at);
            let fits = variant
                .kind
                .is_none_or(|other| kind.or_narrower(other).is_some());
            say_more |= fits && variant.constrains_more_than_type(resolver);
            fits
        });
        if say_more { variants } else { Vec::new() }
    }

    fn constrains_more_than_type(&self, resolver: &SchemaResolver<'a>) -> bool {
        let items = self.items.as_ref();
        self.is_type()
            || self.additional_properties.is_some()
            || items.is_some_and(|(at, items)| resolver.resolve(*items, at).is_structural())
    }

    /// Intersects two schemas of one value.
    fn and(mut self, mut earlier: Self) -> Self {
        let fits = match (self.kind, earlier.kind) {
            (Some(one), Some(other)) => one.or_narrower(other).is_some(),
            _ => true,
        };
        if !fits {
            return self;
        }
        match (self.is_type(), earlier.is_type()) {
            _ if self.at == earlier.at => {}
            // The intersection is a new type, so it needs a location of its own.
            (true, true) => self.at = self.at.key("allOf").key(earlier.at.as_str()),
            (false, true) => self.move_to(&earlier),
            (_, false) => {}
        }
        if !self.variants.is_empty() {
            earlier.variants.clear();
        }
        self.nullable = match (self.is_structural(), earlier.is_structural()) {
            (true, true) => self.nullable && earlier.nullable,
            _ => self.nullable || earlier.nullable,
        };
        let own = std::mem::replace(
            &mut self.properties,
            std::mem::take(&mut earlier.properties),
        );
        extend(&mut self.properties, own);
        self.absorb(earlier);
        self
    }

    /// True if the schema can become a model.
    fn is_type(&self) -> bool {
        !(self.enum_values.is_empty()
            && self.properties.is_empty()
            && self.variants.is_empty()
            && self.required.is_empty())
    }

    /// Narrows the type, and keeps the enum values that both schemas allow.
    pub(in crate::lower) fn intersect_type(&mut self, kind: Option<JsonKind>, values: Vec<Value>) {
        self.kind = match (self.kind, kind) {
            (Some(one), Some(other)) => one.or_narrower(other).or(Some(one)),
            (one, other) => one.or(other),
        };
        if self.enum_values.is_empty() {
            self.enum_values = values;
        } else if self.enum_values.iter().any(|value| values.contains(value)) {
            self.enum_values.retain(|value| values.contains(value));
        }
    }
}

impl JsonKind {
    /// Returns the kind that both kinds allow.
    fn or_narrower(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, other) if one == other => Some(one),
            (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => Some(Self::Integer),
            _ => None,
        }
    }
}
