//! Operations: one operation of the document becomes one operation of the crate.
//!
//! Input: all operations (`operation_ref`). Output: `ir::Group`s with methods and operations. `groups` is the entry: it
//! divides the operations (`group_plan`), names their methods (`method_names`) and lowers each (`build`, then
//! `parameters` and `parameter_style`). `handles` joins groups with the same parameters.

pub(in crate::lower) mod arguments;
mod batches;
pub(in crate::lower) mod build;
pub(in crate::lower) mod bulk;
pub(in crate::lower) mod docs;
pub(in crate::lower) mod group_plan;
pub(in crate::lower) mod groups;
mod handles;
pub(in crate::lower) mod lowering;
pub(in crate::lower) mod method_names;
pub(in crate::lower) mod operation_ref;
pub(in crate::lower) mod parameter_style;
pub(in crate::lower) mod parameters;
pub(in crate::lower) mod reserved_parameters;
pub(in crate::lower) mod webhooks;

pub(in crate::lower) use self::lowering::OperationLowering;
