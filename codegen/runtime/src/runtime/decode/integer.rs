//! Integers, also if they have a fraction of zero, for example `1577836800.0`. The config of an API can allow other
//! fractions, which are rounded down.

#[cfg(feature = "part-integer-lists")]
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

use crate::runtime::util::integer::integer;

/// A type that consists of integers.
pub trait DeserializeInteger: Sized {
    /// Reads the value.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Wrapper that implements `Deserialize` for a type that consists of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Integer<T>(pub T);

impl<'de, T: DeserializeInteger> Deserialize<'de> for Integer<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

impl DeserializeInteger for i64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(Number(PhantomData))
    }
}

impl DeserializeInteger for u64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_u64(Number(PhantomData))
    }
}

impl<T: DeserializeInteger> DeserializeInteger for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let integer = Option::<Integer<T>>::deserialize(deserializer)?;
        Ok(integer.map(|integer| integer.0))
    }
}

#[cfg(feature = "part-integer-lists")]
impl<T: DeserializeInteger> DeserializeInteger for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let integer = Vec::<Integer<T>>::deserialize(deserializer)?;
        Ok(integer.into_iter().map(|integer| integer.0).collect())
    }
}

#[cfg(feature = "part-integer-lists")]
impl<T: DeserializeInteger> DeserializeInteger for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let integer = BTreeMap::<String, Integer<T>>::deserialize(deserializer)?;
        let numbers = integer.into_iter().map(|(name, integer)| (name, integer.0));
        Ok(numbers.collect())
    }
}

/// Visitor for an `i64` or `u64`.
struct Number<T>(PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Number<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 64-bit integer")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        let read = integer(number).and_then(|integer| T::try_from(integer).ok());
        read.ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }
}
