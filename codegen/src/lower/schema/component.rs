//! Component schemas.

use crate::pointer::Pointer;

/// Returns the name of the component schema at `at`; `None` if the schema is inline.
pub(in crate::lower) fn component_name(at: &Pointer) -> Option<String> {
    let name = at.as_str().strip_prefix("#/components/schemas/")?;
    (!name.contains('/')).then(|| at.last())
}
