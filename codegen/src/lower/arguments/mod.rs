//! Arguments of operations: parameters, and what they have in common with the properties of a body.
//!
//! Input: the parameters of an operation. Output: `ir::Argument`s. `parameters` is the entry. It leaves out
//! `reserved_parameters`, and takes the location and the style of each from `parameter_style`. `argument` makes an argument
//! of a schema.

pub(in crate::lower) mod argument;
pub(in crate::lower) mod parameter_style;
pub(in crate::lower) mod parameters;
pub(in crate::lower) mod reserved_parameters;

pub(in crate::lower) use self::parameters::ParameterLowering;
