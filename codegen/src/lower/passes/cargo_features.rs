//! Groups -> the Cargo features that they are behind, in a crate of so many that hardly anyone wants them all.

use std::collections::HashSet;

use crate::ir::Group;
use crate::names;

/// With more groups than this, each has a feature.
const MANY: usize = 16;

/// Names the feature of each group like the group, if there are to be any.
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
