//! Sizes in bytes.

#[cfg(feature = "part-uploads")]
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;
#[cfg(feature = "part-json")]
use crate::runtime::json::value::Json;
use crate::runtime::request::value::Value;

/// Checks the maximum size in bytes.
pub fn max_bytes<T: Size + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.size() {
        Some(size) if size > max => Err(ValidationError::new(format!(
            "has {size} bytes; the maximum is {max}"
        ))),
        _ => Ok(()),
    }
}

/// A value with a size in bytes.
pub trait Size {
    /// Returns the size, if it is known.
    fn size(&self) -> Option<u64>;
}

impl Size for str {
    fn size(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl Size for String {
    fn size(&self) -> Option<u64> {
        self.as_str().size()
    }
}

#[cfg(feature = "part-json")]
impl Size for Json {
    fn size(&self) -> Option<u64> {
        self.as_str().size()
    }
}

#[cfg(feature = "part-uploads")]
impl Size for Upload {
    fn size(&self) -> Option<u64> {
        Self::size(self)
    }
}

impl<T: Size> Size for Option<T> {
    fn size(&self) -> Option<u64> {
        self.as_ref().and_then(Size::size)
    }
}

impl Size for Value {
    fn size(&self) -> Option<u64> {
        match self {
            Self::Text(text) => text.size(),
            Self::Json(text) => Some(text.len() as u64),
            #[cfg(feature = "part-arrays")]
            Self::Array(_) => None,
            #[cfg(feature = "part-uploads")]
            Self::Content(contents) => match contents.as_slice() {
                [content] => content.size(),
                _ => None,
            },
        }
    }
}
