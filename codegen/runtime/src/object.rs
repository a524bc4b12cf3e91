//! JSON objects with known properties, as structs: what `object!` makes of a list of them.
//!
//! The macro writes little more than the lists of names and fields. How they are read and written is here, once for all.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::integer::{Integers, Whole};

/// Makes a struct an object in JSON, given its fields in their order:
///
/// ```text
/// object! { Type { field, other: opt int = "nameOnTheWire", third; ..rest } }
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
macro_rules! object {
    ($name:ident {
        $($field:ident $(: $($word:ident)+)? $(= $wire:literal)?),* $(; ..$rest:ident $(: $int:ident)?)?
    }) => {
        #[allow(deprecated)]
        impl $crate::runtime::object::Object for $name {
            const NAME: &'static str = stringify!($name);
            const PROPERTIES: &'static [&'static str] =
                &[$($crate::runtime::property!(name $field $($wire)?)),*];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                properties: $crate::runtime::object::Properties<A>,
            ) -> ::std::result::Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $rest = Default::default();)?
                properties.read(
                    &mut [$(&mut $crate::runtime::property!(slot $field $($($word)+)?)),*],
                    &mut $crate::runtime::property!(rest $($rest $($int)?)?),
                )?;
                match ($($field,)*) {
                    ($($crate::runtime::property!(found $field $($($word)+)?),)*) => {
                        Ok(Self { $($field,)* $($rest)? })
                    }
                    #[allow(unreachable_patterns)]
                    _ => Err($crate::runtime::object::incomplete()),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::object::read(deserializer)
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
                        $($crate::runtime::property!(part self $field $($($word)+)?),)*
                        $(&$crate::runtime::object::Entries(&self.$rest))?
                    ],
                )
            }
        }
    };
}

/// One property of `object!`, in each of the places where it is needed.
#[allow(unused_macros)]
macro_rules! property {
    (name $field:ident) => {
        stringify!($field)
    };
    (name $field:ident $wire:literal) => {
        $wire
    };

    (slot $field:ident) => {
        $crate::runtime::object::Required(&mut $field)
    };
    (slot $field:ident int) => {
        $crate::runtime::object::RequiredInt(&mut $field)
    };
    (slot $field:ident opt kept) => {
        $crate::runtime::object::Kept(&mut $field)
    };
    (slot $field:ident opt kept int) => {
        $crate::runtime::object::KeptInt(&mut $field)
    };
    (slot $field:ident $opt:ident) => {
        $crate::runtime::object::Optional(&mut $field)
    };
    (slot $field:ident $opt:ident int) => {
        $crate::runtime::object::OptionalInt(&mut $field)
    };

    (found $field:ident $(int)?) => {
        Some($field)
    };
    (found $field:ident $opt:ident $($word:ident)*) => {
        $field
    };

    (part $self:ident $field:ident opt $($word:ident)*) => {
        &$crate::runtime::object::IfSome(&$self.$field)
    };
    (part $self:ident $field:ident $($word:ident)*) => {
        &$self.$field
    };

    (rest) => {
        $crate::runtime::object::Nowhere
    };
    (rest $rest:ident) => {
        $crate::runtime::object::Others(&mut $rest)
    };
    (rest $rest:ident int) => {
        $crate::runtime::object::OtherInts(&mut $rest)
    };
}

/// Gives a struct that is sent its constructor, where it has no default, and its setters:
///
/// ```text
/// builder! {
///     Type(required: impl Into<String> => required.into(); with kind = Kind::Only; ..rest);
///     optional: i64;
///     other: impl Serialize => Json::new(other);
/// }
/// ```
///
/// What follows `=>` makes the value of what is given. What follows `with` nobody gives.
#[allow(unused_macros)]
macro_rules! builder {
    ($name:ident;) => {};
    ($name:ident; $($(#[$meta:meta])* $setter:ident: $given:ty $(=> $value:expr)?;)+) => {
        #[allow(deprecated, clippy::should_implement_trait)]
        impl $name {$(
            #[doc = concat!("Sets [`", stringify!($setter), "`](field@Self::", stringify!($setter), ").")]
            $(#[$meta])*
            pub fn $setter(mut self, $setter: $given) -> Self {
                $(let $setter = $value;)?
                self.$setter = Some($setter);
                self
            }
        )+}
    };
    (
        $name:ident(
            $($field:ident: $given_field:ty $(=> $value_field:expr)?),*
            $(; with $($always:ident = $constant:expr),+)?
            $(; ..$rest:ident)?
        );
        $($(#[$meta:meta])* $setter:ident: $given:ty $(=> $value:expr)?;)*
    ) => {
        #[allow(deprecated, clippy::too_many_arguments)]
        impl $name {
            #[doc = concat!("A `", stringify!($name), "` with what it must have.")]
            pub fn new($($field: $given_field),*) -> Self {
                $($(let $field = $value_field;)?)*
                Self {
                    $($field,)*
                    $($($always: $constant,)+)?
                    $($setter: None,)*
                    $($rest: Default::default(),)?
                }
            }
        }

        $crate::runtime::builder! {
            $name; $($(#[$meta])* $setter: $given $(=> $value)?;)*
        }
    };
}

#[allow(unused_imports)]
pub(crate) use {builder, object, property};

/// A struct that is an object in JSON.
pub trait Object: Sized {
    /// Its own name.
    const NAME: &'static str;
    /// The names of its properties on the wire.
    const PROPERTIES: &'static [&'static str];

    /// Makes one of what an object holds.
    fn read<'de, A: MapAccess<'de>>(properties: Properties<A>) -> Result<Self, A::Error>;
}

/// Reads an object.
pub fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::PROPERTIES, Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let names = T::PROPERTIES;
        T::read(Properties { map, names })
    }
}

/// What an object holds, not yet read.
pub struct Properties<A> {
    map: A,
    /// Those that are known.
    names: &'static [&'static str],
}

impl<'de, A: MapAccess<'de>> Properties<A> {
    /// Reads each property that is known into the slot at its index, and the others into `rest`. Of two with one name
    /// the later counts.
    pub fn read(
        mut self,
        slots: &mut [&mut dyn Slot<'de, A>],
        rest: &mut impl Rest<'de, A>,
    ) -> Result<(), A::Error> {
        let mut next = 0;
        // So many from the first on have been there.
        let mut seen = 0;
        let mut other = String::new();
        while let Some(index) = self.map.next_key_seed(Lookup {
            names: self.names,
            next,
            other: rest.keeps().then_some(&mut other),
        })? {
            match slots.get_mut(index) {
                Some(slot) => {
                    slot.fill(&mut self.map)?;
                    next = index + 1;
                    if index == seen {
                        seen = next;
                    }
                }
                None => rest.add(std::mem::take(&mut other), &mut self.map)?,
            }
        }
        let mut others = self.names.iter().zip(slots).skip(seen);
        match others.find(|(_, slot)| slot.is_missing()) {
            Some((name, _)) => Err(A::Error::missing_field(name)),
            None => Ok(()),
        }
    }
}

/// What [`Properties::read`] has said already in better words.
pub fn incomplete<E: Error>() -> E {
    E::custom("a property is missing")
}

/// Finds the index of a property by its name; of one that is not known, an index that none has.
struct Lookup<'a> {
    names: &'static [&'static str],
    /// Where to look first: most objects come in the order of their document.
    next: usize,
    /// Where the name of one goes that is not known.
    other: Option<&'a mut String>,
}

impl<'de> DeserializeSeed<'de> for Lookup<'_> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Lookup<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        if self.names.get(self.next) == Some(&name) {
            return Ok(self.next);
        }
        let index = self.names.iter().position(|known| *known == name);
        Ok(index.unwrap_or_else(|| {
            if let Some(other) = self.other {
                name.clone_into(other);
            }
            usize::MAX
        }))
    }
}

/// Where the value of a property goes.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value.
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Whether there must be one and is none.
    fn is_missing(&self) -> bool {
        false
    }
}

/// A property that must be there.
pub struct Required<'a, T>(pub &'a mut Option<T>);
/// As [`Required`], of whole numbers.
pub struct RequiredInt<'a, T>(pub &'a mut Option<T>);
/// A property that may be null or absent, which is the same.
pub struct Optional<'a, T>(pub &'a mut Option<T>);
/// As [`Optional`], of whole numbers.
pub struct OptionalInt<'a, T>(pub &'a mut Option<T>);
/// A property that may be absent, and whose type knows what a null is.
pub struct Kept<'a, T>(pub &'a mut Option<T>);
/// As [`Kept`], of whole numbers.
pub struct KeptInt<'a, T>(pub &'a mut Option<T>);

impl<'de, T: Deserialize<'de>, A: MapAccess<'de>> Slot<'de, A> for Required<'_, T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        Kept(self.0).fill(map)
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

impl<'de, T: Integers, A: MapAccess<'de>> Slot<'de, A> for RequiredInt<'_, T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        KeptInt(self.0).fill(map)
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

impl<'de, T: Deserialize<'de>, A: MapAccess<'de>> Slot<'de, A> for Optional<'_, T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self.0 = map.next_value()?;
        Ok(())
    }
}

impl<'de, T: Integers, A: MapAccess<'de>> Slot<'de, A> for OptionalInt<'_, T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self.0 = map.next_value::<Whole<Option<T>>>()?.0;
        Ok(())
    }
}

impl<'de, T: Deserialize<'de>, A: MapAccess<'de>> Slot<'de, A> for Kept<'_, T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self.0 = Some(map.next_value()?);
        Ok(())
    }
}

impl<'de, T: Integers, A: MapAccess<'de>> Slot<'de, A> for KeptInt<'_, T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self.0 = Some(map.next_value::<Whole<T>>()?.0);
        Ok(())
    }
}

/// Where the properties go that are not known.
pub trait Rest<'de, A: MapAccess<'de>> {
    /// Whether their names matter.
    fn keeps(&self) -> bool {
        true
    }

    /// Reads one.
    fn add(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
}

/// They are ignored.
pub struct Nowhere;
/// They are kept.
pub struct Others<'a, T>(pub &'a mut BTreeMap<String, T>);
/// As [`Others`], of whole numbers.
pub struct OtherInts<'a, T>(pub &'a mut BTreeMap<String, T>);

impl<'de, A: MapAccess<'de>> Rest<'de, A> for Nowhere {
    fn keeps(&self) -> bool {
        false
    }

    fn add(&mut self, _: String, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(|_| ())
    }
}

impl<'de, T: Deserialize<'de>, A: MapAccess<'de>> Rest<'de, A> for Others<'_, T> {
    fn add(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        self.0.insert(name, map.next_value()?);
        Ok(())
    }
}

impl<'de, T: Integers, A: MapAccess<'de>> Rest<'de, A> for OtherInts<'_, T> {
    fn add(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        self.0.insert(name, map.next_value::<Whole<T>>()?.0);
        Ok(())
    }
}

/// Writes an object: the values of the known properties in their order, then the others.
pub fn write<T: Object, S: Serializer>(
    serializer: S,
    parts: &[&dyn Part<S>],
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    // The others bring their names.
    let names = T::PROPERTIES.iter().chain([&""]);
    for (name, part) in names.zip(parts) {
        part.write(name, &mut map)?;
    }
    map.end()
}

/// A value of a property.
pub trait Part<S: Serializer> {
    /// Writes it under a name, if it is there.
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error>;
}

/// A value that is there only if it is some.
pub struct IfSome<'a, T>(pub &'a Option<T>);

impl<S: Serializer, T: Serialize> Part<S> for T {
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        map.serialize_entry(name, self)
    }
}

impl<S: Serializer, T: Serialize> Part<S> for IfSome<'_, T> {
    fn write(&self, name: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        match self.0 {
            Some(value) => map.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

/// Properties with names of their own.
pub struct Entries<'a, T>(pub &'a BTreeMap<String, T>);

impl<S: Serializer, T: Serialize> Part<S> for Entries<'_, T> {
    fn write(&self, _: &str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        let mut entries = self.0.iter();
        entries.try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}
