//! JSON objects with known properties, as structs: what `json_object!` makes of a list of them.
//!
//! Each is read by code of its own, which is what makes reading fast, and written by code that all share.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::json::field_reader::JsonObject;

/// Makes a struct an object in JSON, given its fields in their order:
///
/// ```text
/// json_object! { Type { field, other: opt int = "nameOnTheWire", third; ..rest } }
/// ```
///
/// A field has its own name on the wire unless another one follows. These words may stand with it:
///
/// - `opt`: it is an `Option`, absent when it is `None`, and may come as null;
/// - `kept`: with `opt`, a null that comes is a value of the field's own rather than none;
/// - `null`: it is an `Option`, null when it is `None`, and may come absent;
/// - `int`: it consists of whole numbers, which may come with a fraction of zero.
///
/// The field after `..`, a map, has the properties that are not listed. Without one, they are ignored.
#[allow(unused_macros)] // no API is without objects, but the runtime alone is
macro_rules! json_object {
    ($name:ident {
        $($field:ident $(: $($word:ident)+)? $(= $wire:literal)?),* $(; ..$rest:ident $(: $int:ident)?)?
    }) => {
        #[allow(deprecated)]
        impl $crate::runtime::field_reader::JsonObject for $name {
            const NAME: &'static str = stringify!($name);
            const PROPERTIES: &'static [&'static str] =
                &[$($crate::runtime::json_property!(name $field $($wire)?)),*];
            const HAS_ADDITIONAL_PROPERTIES: bool = $crate::runtime::json_property!(open $($rest)?);

            #[inline]
            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                mut fields: $crate::runtime::field_reader::FieldReader<'de, Self, A>,
            ) -> ::std::result::Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while fields.next_property()? {
                    // The first that takes it is the last that is asked.
                    let _ = $($crate::runtime::json_property!(read fields $field $($($word)+)?) ||)*
                        $crate::runtime::json_property!(rest fields $($rest $($int)?)?);
                }
                $($crate::runtime::json_property!(found $field [$($wire)?] $($($word)+)?);)*
                Ok(Self { $($field,)* $($rest)? })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::field_reader::read(deserializer)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::object::write::<Self, S>(
                    serializer,
                    &[
                        $($crate::runtime::json_property!(part self $field $($($word)+)?),)*
                        $(&$crate::runtime::object::AdditionalProperties(&self.$rest))?
                    ],
                )
            }
        }
    };
}

/// One property of `json_object!`, in each of the places where it is needed.
#[allow(unused_macros)]
macro_rules! json_property {
    (name $field:ident) => {
        stringify!($field)
    };
    (name $field:ident $wire:literal) => {
        $wire
    };

    (open) => {
        false
    };
    (open $rest:ident) => {
        true
    };

    (read $fields:ident $field:ident $(opt kept)?) => {
        $fields.read(&mut $field)
    };
    (read $fields:ident $field:ident $(opt kept)? int) => {
        $fields.read_int(&mut $field)
    };
    (read $fields:ident $field:ident $opt:ident) => {
        $fields.read_nullable(&mut $field)
    };
    (read $fields:ident $field:ident $opt:ident int) => {
        $fields.read_nullable_int(&mut $field)
    };

    (rest $fields:ident) => {
        $fields.skip()
    };
    (rest $fields:ident $rest:ident) => {
        $fields.read_additional(&mut $rest)
    };
    (rest $fields:ident $rest:ident int) => {
        $fields.read_additional_int(&mut $rest)
    };

    (found $field:ident [$($wire:literal)?] $(int)?) => {
        let Some($field) = $field else {
            let name = $crate::runtime::json_property!(name $field $($wire)?);
            return Err(::serde::de::Error::missing_field(name));
        };
    };
    (found $field:ident [$($wire:literal)?] $opt:ident $($word:ident)*) => {};

    (part $self:ident $field:ident opt $($word:ident)*) => {
        &$crate::runtime::object::SkipNone(&$self.$field)
    };
    (part $self:ident $field:ident $($word:ident)*) => {
        &$self.$field
    };
}

#[allow(unused_imports)]
pub(crate) use {json_object, json_property};

/// Writes an object: the values of the known properties in their order, then the others.
pub fn write<T: JsonObject, S: Serializer>(
    serializer: S,
    values: &[&dyn WriteProperty<S>],
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    // The others bring their names.
    let names = T::PROPERTIES.iter().chain([&""]);
    for (name, part) in names.zip(values) {
        part.write(name, &mut map)?;
    }
    map.end()
}

/// A value of a property.
pub trait WriteProperty<S: Serializer> {
    /// Writes it under a name, if it is there.
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error>;
}

/// A value that is there only if it is some.
pub struct SkipNone<'a, T>(pub &'a Option<T>);

impl<S: Serializer, T: Serialize> WriteProperty<S> for T {
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        map.serialize_entry(name, self)
    }
}

impl<S: Serializer, T: Serialize> WriteProperty<S> for SkipNone<'_, T> {
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        match self.0 {
            Some(value) => map.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

/// Properties with names of their own.
pub struct AdditionalProperties<'a, T>(pub &'a BTreeMap<String, T>);

impl<S: Serializer, T: Serialize> WriteProperty<S> for AdditionalProperties<'_, T> {
    fn write(&self, _: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        let mut entries = self.0.iter();
        entries.try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}
