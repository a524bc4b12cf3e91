//! Maps structs to JSON objects.
//!
//! Each struct has its own code for reading, which makes reading fast. Writing is shared.

#[cfg(feature = "part-additional-properties")]
use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::json::field_reader::JsonObject;

/// Maps a struct to a JSON object. The fields are listed in order:
///
/// ```text
/// json_object! { Type { field, other: opt int = "nameOnTheWire", third; ..rest } }
/// ```
///
/// A property has the name of its field, unless a name follows `=`. Modifiers:
///
/// - `opt`: the field is an `Option`. `None` is absent. Null is read as `None`.
/// - `kept`: with `opt`, null is read as a value of the inner type.
/// - `null`: the field is an `Option`. `None` is written as null. The property may be absent.
/// - `int`: the field consists of integers, which may have a fraction of zero.
///
/// The field after `..` is a map of additional properties. Without it, they are ignored.
macro_rules! json_object {
    ($name:ident {
        $($field:ident $(: $($word:ident)+)? $(= $wire:literal)?),* $(; ..$rest:ident $(: $int:ident)?)?
    }) => {
        #[allow(deprecated, reason = "maps deprecated fields")]
        impl $crate::runtime::json::field_reader::JsonObject for $name {
            const NAME: &'static str = stringify!($name);
            const PROPERTIES: &'static [&'static str] =
                &[$($crate::runtime::json::object::json_property!(name $field $($wire)?)),*];
            const HAS_ADDITIONAL_PROPERTIES: bool = $crate::runtime::json::object::json_property!(open $($rest)?);

            #[inline]
            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                mut fields: $crate::runtime::json::field_reader::FieldReader<'de, Self, A>,
            ) -> ::std::result::Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while fields.next_property()? {
                    // The first field that accepts the property ends the chain.
                    let _ = $($crate::runtime::json::object::json_property!(read fields $field $($($word)+)?) ||)*
                        $crate::runtime::json::object::json_property!(rest fields $($rest $($int)?)?);
                }
                $($crate::runtime::json::object::json_property!(found $field [$($wire)?] $($($word)+)?);)*
                Ok(Self { $($field,)* $($rest)? })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::json::field_reader::read(deserializer)
            }
        }

        #[allow(deprecated, reason = "maps deprecated fields")]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::json::object::write::<Self, S>(
                    serializer,
                    &[
                        $($crate::runtime::json::object::json_property!(part self $field $($($word)+)?),)*
                        $(&$crate::runtime::json::object::AdditionalProperties(&self.$rest))?
                    ],
                )
            }
        }
    };
}

/// Parts of `json_object!` for one property.
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
            let name = $crate::runtime::json::object::json_property!(name $field $($wire)?);
            return Err(::serde::de::Error::missing_field(name));
        };
    };
    (found $field:ident [$($wire:literal)?] $opt:ident $($word:ident)*) => {};

    (part $self:ident $field:ident opt $($word:ident)*) => {
        &$crate::runtime::json::object::SkipNone(&$self.$field)
    };
    (part $self:ident $field:ident $($word:ident)*) => {
        &$self.$field
    };
}

pub(crate) use {json_object, json_property};

/// Writes an object: the properties in order, then the additional properties.
pub fn write<T: JsonObject, S: Serializer>(
    serializer: S,
    values: &[&dyn WriteProperty<S>],
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    // Additional properties have their own names.
    let names = T::PROPERTIES.iter().chain([&""]);
    for (name, part) in names.zip(values) {
        part.write(name, &mut map)?;
    }
    map.end()
}

/// A property value.
pub trait WriteProperty<S: Serializer> {
    /// Writes the property, if it is present.
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error>;
}

/// A property that is absent if it is `None`.
#[cfg(feature = "part-optional-fields")]
pub struct SkipNone<'a, T>(pub &'a Option<T>);

impl<S: Serializer, T: Serialize> WriteProperty<S> for T {
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        map.serialize_entry(name, self)
    }
}

#[cfg(feature = "part-optional-fields")]
impl<S: Serializer, T: Serialize> WriteProperty<S> for SkipNone<'_, T> {
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        match self.0 {
            Some(value) => map.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

#[cfg(feature = "part-additional-properties")]
/// Additional properties.
pub struct AdditionalProperties<'a, T>(pub &'a BTreeMap<String, T>);

#[cfg(feature = "part-additional-properties")]
impl<S: Serializer, T: Serialize> WriteProperty<S> for AdditionalProperties<'_, T> {
    fn write(&self, _: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        let mut entries = self.0.iter();
        entries.try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}
