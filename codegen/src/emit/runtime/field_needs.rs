//! The kinds of fields of an API, which decide which parts of `json_object!` its crate needs.

use crate::emit::index::Index;
use crate::emit::models::is_nullable;
use crate::ir::{Field, Model, Shape};

/// True if a struct has a field for which `test` is true.
fn has_field(index: &Index, test: impl Fn(&Model, &Field) -> bool) -> bool {
    let mut models = index.api.models.iter();
    models.any(|model| model.fields().iter().any(|field| test(model, field)))
}

/// True if a struct has a field for a listed property that is read like this.
fn has_property(index: &Index, nullable: bool, integers: bool) -> bool {
    has_field(index, |model, field| {
        !field.is_additional_properties
            && is_nullable(model, field) == nullable
            && field.ty.has_integers() == integers
    })
}

pub(super) fn plain_fields(index: &Index) -> bool {
    has_property(index, false, false)
}

pub(super) fn integer_fields(index: &Index) -> bool {
    has_property(index, false, true)
}

pub(super) fn nullable_fields(index: &Index) -> bool {
    has_property(index, true, false)
}

pub(super) fn nullable_integer_fields(index: &Index) -> bool {
    has_property(index, true, true)
}

pub(super) fn optional_fields(index: &Index) -> bool {
    has_field(index, |_, field| {
        !field.required && !field.is_additional_properties
    })
}

/// True if an object keeps properties that are not listed.
pub(super) fn additional_properties(index: &Index) -> bool {
    has_field(index, |_, field| field.is_additional_properties)
}

pub(super) fn additional_integers(index: &Index) -> bool {
    has_field(index, |_, field| {
        field.is_additional_properties && field.ty.has_integers()
    })
}

pub(super) fn additional_values(index: &Index) -> bool {
    has_field(index, |_, field| {
        field.is_additional_properties && !field.ty.has_integers()
    })
}

pub(super) fn ignored_properties(index: &Index) -> bool {
    let mut structs = index
        .api
        .models
        .iter()
        .filter_map(|model| match &model.shape {
            Shape::Struct(fields) => Some(fields),
            _ => None,
        });
    structs.any(|fields| !fields.iter().any(|field| field.is_additional_properties))
}
