//! Reads the envelope around a result in one pass, whatever the order of its properties.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use crate::runtime::api::meta::Envelope;
use crate::runtime::decode::path::{JsonError, read};

/// Content of an envelope.
pub(crate) struct EnvelopeContent<T, I> {
    pub(crate) success: Option<bool>,
    /// `None` if the property is absent.
    pub(crate) result: Option<T>,
    pub(crate) info: Option<I>,
}

/// Reads an envelope. `I` is the type of the paging information.
pub(crate) fn read_envelope<'de, T: Deserialize<'de>, I: Deserialize<'de>>(
    envelope: &'static Envelope,
    body: &'de [u8],
) -> Result<EnvelopeContent<T, I>, JsonError> {
    let seed = Seed {
        envelope,
        content: PhantomData,
    };
    read(seed, body)
}

/// True if the envelope reports a failure. The type of the result does not matter.
pub(crate) fn reports_failure(envelope: &'static Envelope, body: &[u8]) -> bool {
    read_envelope::<IgnoredAny, IgnoredAny>(envelope, body)
        .is_ok_and(|content| content.success == Some(false))
}

struct Seed<T, I> {
    envelope: &'static Envelope,
    content: PhantomData<fn() -> (T, I)>,
}

impl<T, I> Clone for Seed<T, I> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<'de, T: Deserialize<'de>, I: Deserialize<'de>> DeserializeSeed<'de> for Seed<T, I> {
    type Value = EnvelopeContent<T, I>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<EnvelopeContent<T, I>, D::Error> {
        deserializer.deserialize_struct("Envelope", &[], self)
    }
}

impl<'de, T: Deserialize<'de>, I: Deserialize<'de>> Visitor<'de> for Seed<T, I> {
    type Value = EnvelopeContent<T, I>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Envelope {
            success, result, ..
        } = self.envelope;
        write!(f, "an object with `{success}` and `{result}`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EnvelopeContent<T, I>, A::Error> {
        let mut content = EnvelopeContent {
            success: None,
            result: None,
            info: None,
        };
        while let Some(property) = map.next_key_seed(Name(self.envelope))? {
            match property {
                Property::Success => content.success = map.next_value()?,
                // The result of a failed call may have any type.
                Property::Result if content.success == Some(false) => {
                    map.next_value::<IgnoredAny>()?;
                }
                Property::Result => content.result = Some(map.next_value()?),
                Property::Info => content.info = map.next_value()?,
                Property::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if content.success.is_none() && content.result.is_none() {
            return Err(A::Error::missing_field(self.envelope.success));
        }
        Ok(content)
    }
}

enum Property {
    Success,
    Result,
    Info,
    Other,
}

/// Matches a property name without copying it.
struct Name(&'static Envelope);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Property;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Property, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Property;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<Property, E> {
        Ok(match name {
            _ if name == self.0.success => Property::Success,
            _ if name == self.0.result => Property::Result,
            _ if name == self.0.info => Property::Info,
            _ => Property::Other,
        })
    }
}
