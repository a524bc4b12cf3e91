//! Reads the properties of a JSON object into the fields of a struct of `json_object!`.

#[cfg(feature = "part-additional-properties")]
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
#[cfg(feature = "part-additional-properties")]
use std::mem;

#[cfg(feature = "part-ignored-properties")]
use serde::de::IgnoredAny;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};

#[cfg(feature = "part-integer-properties")]
use crate::runtime::decode::integer::{DeserializeInteger, Integer};

/// A struct that maps to a JSON object.
pub trait JsonObject: Sized {
    /// Name of the struct.
    const NAME: &'static str;
    /// Names of the properties.
    const PROPERTIES: &'static [&'static str];
    /// True if other properties are kept.
    const HAS_ADDITIONAL_PROPERTIES: bool;

    /// Builds the struct from the properties.
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
            target: PhantomData,
        })
    }
}

/// Reads the properties of an object. Each field is offered the current property in turn, until one accepts it.
///
/// Errors are returned by the next call of [`next_property`](Self::next_property). This keeps the code per field small.
pub struct FieldReader<'de, T, A: MapAccess<'de>> {
    map: A,
    /// Index of the field that is expected next: most objects have the order of their schema.
    likely: usize,
    /// Index of the field for the current property.
    index: usize,
    /// Index of the field that is offered the property.
    candidate: usize,
    /// Name of the current property, if it is an additional property.
    additional_name: Option<String>,
    error: Option<A::Error>,
    target: PhantomData<T>,
}

impl<'de, T: JsonObject, A: MapAccess<'de>> FieldReader<'de, T, A> {
    /// Advances to the next property. Returns false at the end.
    #[inline]
    pub fn next_property(&mut self) -> Result<bool, A::Error> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let found = self.map.next_key_seed(PropertySeed {
            first: self.likely,
            additional_name: &mut self.additional_name,
            target: PhantomData::<T>,
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

    /// Returns true if the current property belongs to this field. Advances to the next field.
    #[cfg(feature = "part-fields")]
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

    /// Reads a field whose type accepts null or has no null. The last of several properties with one name counts.
    #[cfg(feature = "part-plain-fields")]
    #[inline]
    pub fn read<V: Deserialize<'de>>(&mut self, field: &mut Option<V>) -> bool {
        self.is_current() && self.value(|value| *field = Some(value))
    }

    /// Same as `read`, for integers.
    #[cfg(feature = "part-integer-fields")]
    #[inline]
    pub fn read_int<V: DeserializeInteger>(&mut self, field: &mut Option<V>) -> bool {
        self.is_current() && self.value(|Integer(value)| *field = Some(value))
    }

    /// Reads a field for which null is `None`.
    #[cfg(feature = "part-nullable-fields")]
    #[inline]
    pub fn read_nullable<V: Deserialize<'de>>(&mut self, field: &mut Option<V>) -> bool {
        self.is_current() && self.value(|value| *field = value)
    }

    /// Same as `read_nullable`, for integers.
    #[cfg(feature = "part-nullable-integer-fields")]
    #[inline]
    pub fn read_nullable_int<V: DeserializeInteger>(&mut self, field: &mut Option<V>) -> bool {
        self.is_current() && self.value(|Integer(value)| *field = value)
    }

    /// Reads an additional property.
    #[cfg(feature = "part-additional-values")]
    pub fn read_additional<V: Deserialize<'de>>(&mut self, rest: &mut BTreeMap<String, V>) -> bool {
        let name = self
            .additional_name
            .as_mut()
            .map(mem::take)
            .unwrap_or_default();
        self.value(|value| drop(rest.insert(name, value)))
    }

    /// Same as `read_additional`, for integers.
    #[cfg(feature = "part-additional-integers")]
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

    /// Skips the property.
    #[cfg(feature = "part-ignored-properties")]
    #[inline]
    pub fn skip(&mut self) -> bool {
        self.value(|IgnoredAny| ())
    }
}

/// Finds the field of a property by name.
struct PropertySeed<'a, T> {
    /// Index to try first.
    first: usize,
    /// Receives the name of an additional property.
    additional_name: &'a mut Option<String>,
    target: PhantomData<T>,
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
