//! The properties of a JSON object, one after the other: what reads the structs of `json_object!`.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::mem;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::runtime::decode::integer::{DeserializeInteger, Integer};

/// A struct that is an object in JSON.
pub trait JsonObject: Sized {
    /// Its own name.
    const NAME: &'static str;
    /// The names of its properties on the wire.
    const PROPERTIES: &'static [&'static str];
    /// Whether it keeps properties that are not listed.
    const HAS_ADDITIONAL_PROPERTIES: bool;

    /// Makes one of what an object holds.
    fn read<'de, A: MapAccess<'de>>(fields: FieldReader<'de, Self, A>) -> Result<Self, A::Error>;
}

/// Reads an object.
pub fn read<'de, T: JsonObject, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::PROPERTIES, Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: JsonObject> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(FieldReader {
            map,
            likely: 0,
            index: 0,
            candidate: 0,
            additional_name: T::HAS_ADDITIONAL_PROPERTIES.then(String::new),
            error: None,
            of: PhantomData,
        })
    }
}

/// The properties of an object. One at a time is at hand, and offered to each field in turn until one takes it.
///
/// What goes wrong is told by the next [`advance`](Self::advance), so that the code for each field is as short as can be.
pub struct FieldReader<'de, T, A: MapAccess<'de>> {
    map: A,
    /// The field that is likely to take the next property: most objects come in the order of their document.
    likely: usize,
    /// The field that takes the property at hand, if it is known.
    index: usize,
    /// The field whose turn it is.
    candidate: usize,
    /// The name of the property at hand, where it matters because it is not known.
    additional_name: Option<String>,
    error: Option<A::Error>,
    of: PhantomData<T>,
}

impl<'de, T: JsonObject, A: MapAccess<'de>> FieldReader<'de, T, A> {
    /// Goes on to the next property, if there is one.
    #[inline]
    pub fn next_property(&mut self) -> Result<bool, A::Error> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let found = self.map.next_key_seed(PropertySeed {
            first: self.likely,
            additional_name: &mut self.additional_name,
            of: PhantomData::<T>,
        })?;
        let Some(index) = found else {
            return Ok(false);
        };
        if let Some(index) = index {
            self.likely = index + 1;
        }
        self.index = index.unwrap_or(usize::MAX);
        self.candidate = 0;
        Ok(true)
    }

    /// Gives the property at hand to a field whose type knows what a null is. Of two with one name the later counts.
    #[inline]
    pub fn read<V: Deserialize<'de>>(&mut self, field: &mut Option<V>) -> bool {
        self.is_current() && self.value(|value| *field = Some(value))
    }

    /// As [`read`](Self::read), of whole numbers.
    #[inline]
    pub fn read_int<V: DeserializeInteger>(&mut self, field: &mut Option<V>) -> bool {
        self.is_current() && self.value(|Integer(value)| *field = Some(value))
    }

    /// Gives the property at hand to a field that takes null for nothing.
    #[inline]
    pub fn read_nullable<V: Deserialize<'de>>(&mut self, field: &mut Option<V>) -> bool {
        self.is_current() && self.value(|value| *field = value)
    }

    /// As [`read_nullable`](Self::read_nullable), of whole numbers.
    #[inline]
    pub fn read_nullable_int<V: DeserializeInteger>(&mut self, field: &mut Option<V>) -> bool {
        self.is_current() && self.value(|Integer(value)| *field = value)
    }

    /// Gives the property at hand, which no field took, to the one that keeps such.
    pub fn read_additional<V: Deserialize<'de>>(&mut self, rest: &mut BTreeMap<String, V>) -> bool {
        let name = self
            .additional_name
            .as_mut()
            .map(mem::take)
            .unwrap_or_default();
        self.value(|value| drop(rest.insert(name, value)))
    }

    /// As [`read_additional`](Self::read_additional), of whole numbers.
    pub fn read_additional_int<V: DeserializeInteger>(
        &mut self,
        rest: &mut BTreeMap<String, V>,
    ) -> bool {
        let name = self
            .additional_name
            .as_mut()
            .map(mem::take)
            .unwrap_or_default();
        self.value(|Integer(value)| drop(rest.insert(name, value)))
    }

    /// Passes over the property at hand.
    #[inline]
    pub fn skip(&mut self) -> bool {
        self.value(|IgnoredAny| ())
    }

    /// Whether the field whose turn it is takes the property at hand; then it is the next one's turn.
    #[inline]
    fn is_current(&mut self) -> bool {
        let candidate = self.candidate;
        self.candidate += 1;
        candidate == self.index
    }

    #[inline]
    fn value<V: Deserialize<'de>>(&mut self, put: impl FnOnce(V)) -> bool {
        match self.map.next_value() {
            Ok(value) => put(value),
            Err(error) => self.error = Some(error),
        }
        true
    }
}

/// Finds the field for a property by its name.
struct PropertySeed<'a, T> {
    /// Where to look first.
    first: usize,
    /// Where the name goes of one that is not known.
    additional_name: &'a mut Option<String>,
    of: PhantomData<T>,
}

impl<'de, T: JsonObject> DeserializeSeed<'de> for PropertySeed<'_, T> {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<T: JsonObject> Visitor<'_> for PropertySeed<'_, T> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        if T::PROPERTIES.get(self.first) == Some(&name) {
            return Ok(Some(self.first));
        }
        let index = T::PROPERTIES.iter().position(|known| *known == name);
        if let (None, Some(additional_name)) = (index, self.additional_name) {
            name.clone_into(additional_name);
        }
        Ok(index)
    }
}
