//! Assigns Cargo features to groups, so that users of large crates compile only the groups they need.

use std::collections::HashSet;

use crate::ir::Group;
use crate::names;

/// Groups have features if there are more groups than this.
const MANY: usize = 16;

/// Names the feature of each group after the group.
pub(in crate::lower) fn name(groups: &mut [Group], wanted: Option<bool>) {
    if !wanted.unwrap_or(groups.len() > MANY) {
        return;
    }
    let bare = |group: &Group| group.name.trim_start_matches("r#").to_owned();
    let mut taken: HashSet<String> = groups.iter().map(bare).collect();
    for group in groups {
        let mut name = bare(group);
        if names::RESERVED_FEATURES.contains(&name.as_str()) {
            name.push_str("_group");
            while !taken.insert(name.clone()) {
                name.push('_');
            }
        }
        group.feature = Some(name);
    }
}
