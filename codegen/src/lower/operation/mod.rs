//! Operations: one operation of the document becomes one operation of the crate.
//!
//! Input: all operations. Output: `ir::Group`s with methods and operations. `groups` is the entry: it divides the
//! operations (`group_plan`), names their methods (`method_names`) and lowers each (`build`, and `bulk` where the config
//! has such settings). `handles` joins groups with the same parameters.

mod batches;
pub(in crate::lower) mod build;
pub(in crate::lower) mod bulk;
pub(in crate::lower) mod docs;
pub(in crate::lower) mod group_plan;
pub(in crate::lower) mod groups;
pub(in crate::lower) mod handles;
pub(in crate::lower) mod method_names;
pub(in crate::lower) mod webhooks;
