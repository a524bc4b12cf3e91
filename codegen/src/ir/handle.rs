//! Handles: groups of operations whose path parameters are set once.

use super::{Api, Argument, Group};

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

impl Handle {
    /// Returns its groups.
    pub fn groups<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Group> {
        let groups = self.groups.iter();
        groups.filter_map(|index| api.groups.get(*index))
    }

    /// Returns the arguments that its groups share.
    pub fn arguments<'a>(&'a self, api: &'a Api) -> &'a [Argument] {
        self.groups(api)
            .next()
            .map_or(&[], |group| &group.arguments)
    }
}
