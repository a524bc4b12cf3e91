//! Resolves schemas: follows `$ref` and merges `allOf`.
//!
//! Input: a schema or a reference with its location ([`SchemaRef`]). Output: a [`ResolvedSchema`], the one view of a
//! schema that all other folders read. [`SchemaResolver`] is the entry. `keywords` reads one schema, `read` merges the
//! branches of `allOf`, and `intersect` the schemas that several branches give to one property. `union` and
//! `union_variants` find the variants of a schema.

pub(in crate::lower) mod component;
pub(in crate::lower) mod discriminator;
pub(in crate::lower) mod enum_labels;
pub(in crate::lower) mod enum_text;
pub(in crate::lower) mod flatten_variants;
pub(in crate::lower) mod intersect;
pub(in crate::lower) mod keywords;
pub(in crate::lower) mod property;
pub(in crate::lower) mod read;
pub(in crate::lower) mod resolved;
pub(in crate::lower) mod resolver;
pub(in crate::lower) mod scalar_kind;
pub(in crate::lower) mod schema_ref;
pub(in crate::lower) mod subtypes;
pub(in crate::lower) mod union_data;
pub(in crate::lower) mod variant_source;

pub(in crate::lower) use self::component::component_name;
pub(in crate::lower) use self::discriminator::DiscriminatorMapping;
pub(in crate::lower) use self::property::Property;
pub(in crate::lower) use self::resolved::{ResolvedSchema, SchemaData};
pub(in crate::lower) use self::resolver::SchemaResolver;
pub(in crate::lower) use self::schema_ref::SchemaRef;
pub(in crate::lower) use self::union_data::{Scalar, UnionVariants};
pub(in crate::lower) use self::variant_source::VariantSource;
pub(in crate::lower) use crate::ir::JsonKind;
