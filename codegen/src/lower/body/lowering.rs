//! The state of body lowering.

use crate::ir::Argument;
use crate::lower::context::Context;
use crate::names::Scope;
use crate::pointer::Pointer;

/// Lowers one request body and collects its arguments.
pub(in crate::lower) struct BodyLowering<'c, 'a> {
    pub(in crate::lower) context: &'c mut Context<'a>,
    /// Location of the body in the operation, and location of its definition.
    pub(in crate::lower) locations: [&'c Pointer; 2],
    pub(in crate::lower) arguments: Vec<Argument>,
    /// Names of all arguments of the operation.
    pub(in crate::lower) scope: &'c mut Scope,
    /// Prefix of the names of inline types.
    pub(in crate::lower) name_hint: &'c str,
}
