//! Unique names of methods, arguments and variables of credentials.

use crate::names::Scope;
use crate::pointer::Pointer;

/// Claims a name. If it is taken, appends the next free number.
pub(in crate::lower) fn claim_numbered(scope: &mut Scope, name: String) -> String {
    let name = match scope.claim(&name, &Pointer::root()) {
        Ok(()) => return name,
        Err(_) => scope.numbered(&name),
    };
    let _ = scope.claim(&name, &Pointer::root());
    name
}
