//! Reads JSON and reports the path of the first mismatch.
//!
//! The path is tracked in a second pass, after the first pass failed. Messages contain neither values nor map keys.

use std::cell::RefCell;
use std::fmt::{self, Write};

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_json::error::Category;

/// Location and description of a JSON mismatch.
#[derive(Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Path, for example `result[1].name`. Map keys are replaced by `*`.
    pub(crate) path: String,
    /// Found and expected kinds, with line and column.
    pub(crate) text: String,
}

/// Reads a value from JSON.
pub(crate) fn read<'de, S>(seed: S, json: &'de [u8]) -> Result<S::Value, JsonError>
where
    S: DeserializeSeed<'de> + Clone,
{
    let error = match from_slice(seed.clone(), json) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let path = RefCell::default();
    // This pass fails like the first one and leaves the path of the mismatch.
    let _ = from_slice(PathTracker::new(seed, &path), json);
    Err(JsonError {
        path: path.into_inner(),
        text: describe(&error, json),
    })
}

fn from_slice<'de, S: DeserializeSeed<'de>>(
    seed: S,
    json: &'de [u8],
) -> Result<S::Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Describes an error without the value that caused it.
fn describe(error: &serde_json::Error, json: &[u8]) -> String {
    let start = json.trim_ascii_start();
    if start.is_empty() {
        return "it is empty".to_owned();
    }
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(text, _)| text);
    let text = match error.classify() {
        Category::Data => redact_value(text),
        _ => text.to_owned(),
    };
    format!("{text}, at line {line} column {column}")
}

/// Removes the value from a message of serde.
fn redact_value(text: &str) -> String {
    const STATIC: [&str; 3] = ["missing field", "duplicate field", "invalid length"];
    if STATIC.iter().any(|start| text.starts_with(start)) {
        return text.to_owned();
    }
    let parts = text
        .rsplit_once(", expected ")
        .and_then(|(found, expected)| {
            let known = [
                "invalid type: ",
                "invalid value: ",
                "unknown variant ",
                "unknown field ",
            ];
            known
                .iter()
                .any(|start| found.starts_with(start))
                .then_some((found, expected))
        });
    let Some((found, expected)) = parts else {
        return "invalid value".to_owned();
    };
    let kind = found
        .split(['"', '`'])
        .next()
        .unwrap_or_default()
        .trim_end();
    format!("{kind}, expected {expected}")
}

/// Wraps a serde trait implementation and records the path.
struct PathTracker<'p, X> {
    inner: X,
    /// Grows with each step. A step is removed only if it succeeded.
    path: &'p RefCell<String>,
    /// Names of struct fields, as opposed to map keys. If the list is empty, all names are fields.
    fields: Option<&'static [&'static str]>,
}

impl<'p, X> PathTracker<'p, X> {
    fn new(inner: X, path: &'p RefCell<String>) -> Self {
        Self {
            inner,
            path,
            fields: None,
        }
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for PathTracker<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.inner
            .deserialize(PathTracker::new(deserializer, self.path))
    }
}

macro_rules! deserialize {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* PathTracker::new(visitor, self.path))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for PathTracker<'_, D> {
    type Error = D::Error;

    deserialize! {
        deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
        deserialize_i128() deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string()
        deserialize_bytes() deserialize_byte_buf() deserialize_option() deserialize_unit() deserialize_seq()
        deserialize_map() deserialize_identifier() deserialize_ignored_any()
        deserialize_unit_struct(name: &'static str) deserialize_newtype_struct(name: &'static str)
        deserialize_tuple(len: usize) deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = PathTracker {
            fields: Some(fields),
            ..PathTracker::new(visitor, self.path)
        };
        self.inner.deserialize_struct(name, fields, visitor)
    }
}

macro_rules! visit {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method<E: serde::de::Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for PathTracker<'_, V> {
    type Value = V::Value;

    visit! {
        visit_bool: bool, visit_i64: i64, visit_i128: i128, visit_u64: u64, visit_u128: u128, visit_f64: f64,
        visit_str: &str, visit_borrowed_str: &'de str, visit_string: String,
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(PathTracker::new(inner, self.path))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner
            .visit_newtype_struct(PathTracker::new(inner, self.path))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(TrackedAccess {
            inner,
            path: self.path,
            fields: None,
            index: 0,
            name: String::new(),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(TrackedAccess {
            inner,
            path: self.path,
            fields: self.fields,
            index: 0,
            name: String::new(),
        })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(inner)
    }
}

/// Access to the items of an array or the properties of an object.
struct TrackedAccess<'p, A> {
    inner: A,
    path: &'p RefCell<String>,
    fields: Option<&'static [&'static str]>,
    /// Index of the next item.
    index: usize,
    /// Displayed name of the current property.
    name: String,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for TrackedAccess<'_, A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, A::Error> {
        let index = self.index;
        self.index += 1;
        let seed = PathTracker::new(seed, self.path);
        with_step(self.path, format_args!("[{index}]"), || {
            self.inner.next_element_seed(seed)
        })
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for TrackedAccess<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some(name) = self.inner.next_key::<String>()? else {
            return Ok(None);
        };
        let is_field = self
            .fields
            .is_some_and(|fields| fields.is_empty() || fields.contains(&&*name));
        self.name = if is_field {
            name.clone()
        } else {
            "*".to_owned()
        };
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        let seed = PathTracker::new(seed, self.path);
        let dot = if self.path.borrow().is_empty() {
            ""
        } else {
            "."
        };
        with_step(self.path, format_args!("{dot}{}", self.name), || {
            self.inner.next_value_seed(seed)
        })
    }
}

/// Adds a step to the path, and removes it again if reading succeeds.
fn with_step<T, E>(
    path: &RefCell<String>,
    step: fmt::Arguments<'_>,
    read: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let length = path.borrow().len();
    // Writing to a string does not fail.
    let _ = path.borrow_mut().write_fmt(step);
    let value = read()?;
    path.borrow_mut().truncate(length);
    Ok(value)
}
