//! Checks of list items.

use crate::runtime::error::validation::ValidationError;

/// Checks every item of a list. The error contains the index.
pub fn each<'a, T: 'a>(
    items: impl IntoIterator<Item = &'a T>,
    check: impl Fn(&T) -> Result<(), ValidationError>,
) -> Result<(), ValidationError> {
    for (index, item) in items.into_iter().enumerate() {
        check(item).map_err(|error| error.within(&format!("[{index}]")))?;
    }
    Ok(())
}
