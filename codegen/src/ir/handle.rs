//! Handles: groups of operations whose path parameters are set once.

/// Several groups that have the same arguments.
#[derive(Clone, Debug)]
pub struct Handle {
    /// Method of the client, as in `project`.
    pub name: String,
    /// Type name, as in `ProjectHandle`.
    pub type_name: String,
    /// Description.
    pub docs: String,
    /// Indices of its groups, at least one.
    pub groups: Vec<usize>,
    /// Environment variables of the arguments. Empty if the arguments have no defaults.
    pub variables: Vec<String>,
}
