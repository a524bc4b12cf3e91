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
    let seed = EnvelopeSeed {
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

struct EnvelopeSeed<T, I> {
    envelope: &'static Envelope,
    content: PhantomData<fn() -> (T, I)>,
}

impl<T, I> Clone for EnvelopeSeed<T, I> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<'de, T: Deserialize<'de>, I: Deserialize<'de>> DeserializeSeed<'de> for EnvelopeSeed<T, I> {
    type Value = EnvelopeContent<T, I>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<EnvelopeContent<T, I>, D::Error> {
        deserializer.deserialize_struct("Envelope", &[], self)
    }
}

impl<'de, T: Deserialize<'de>, I: Deserialize<'de>> Visitor<'de> for EnvelopeSeed<T, I> {
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
        while let Some(property) = map.next_key_seed(PropertyName(self.envelope))? {
            match property {
                EnvelopeProperty::Success => content.success = map.next_value()?,
                // The result of a failed call may have any type.
                EnvelopeProperty::Result if content.success == Some(false) => {
                    map.next_value::<IgnoredAny>()?;
                }
                EnvelopeProperty::Result => content.result = Some(map.next_value()?),
                EnvelopeProperty::Info => content.info = map.next_value()?,
                EnvelopeProperty::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if content.success.is_none() && content.result.is_none() {
            return Err(A::Error::missing_field(self.envelope.success));
        }
        Ok(content)
    }
}

enum EnvelopeProperty {
    Success,
    Result,
    Info,
    Other,
}

/// Matches a property name without copying it.
struct PropertyName(&'static Envelope);

impl<'de> DeserializeSeed<'de> for PropertyName {
    type Value = EnvelopeProperty;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<EnvelopeProperty, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for PropertyName {
    type Value = EnvelopeProperty;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<EnvelopeProperty, E> {
        Ok(match name {
            _ if name == self.0.success => EnvelopeProperty::Success,
            _ if name == self.0.result => EnvelopeProperty::Result,
            _ if name == self.0.info => EnvelopeProperty::Info,
            _ => EnvelopeProperty::Other,
        })
    }
}
