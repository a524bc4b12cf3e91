//! Changes of a tree.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::diagnostic::TreeEdit;
use crate::pointer::Pointer;

/// Applies edits, the innermost first, so that no edit moves the location of another.
pub(super) fn apply(root: &mut Value, mut edits: Vec<(Pointer, TreeEdit)>) {
    edits.sort_by_cached_key(|(at, _)| std::cmp::Reverse(at.segments().count()));
    let mut removed: HashMap<Pointer, HashSet<String>> = HashMap::new();
    let mut depth = usize::MAX;
    for (at, edit) in edits {
        let level = at.segments().count();
        if level < depth {
            depth = level;
            remove(root, &mut removed);
        }
        match edit {
            TreeEdit::Remove => {
                let parent = at.parent().unwrap_or_default();
                removed.entry(parent).or_default().insert(at.last());
            }
            TreeEdit::Set(value) => set(root, &at, value),
            TreeEdit::Append(value) => {
                if at.get(root).is_none_or(|list| !list.is_array()) {
                    set(root, &at, json!([]));
                }
                if let Some(Value::Array(list)) = at.get_mut(root) {
                    list.push(value);
                }
            }
        }
    }
    remove(root, &mut removed);
}

/// Removes entries from their objects and lists.
fn remove(root: &mut Value, removed: &mut HashMap<Pointer, HashSet<String>>) {
    for (parent, keys) in removed.drain() {
        // Lists of parameters keep their indices, so that later diagnostics of other parameters show the right line.
        let keeps_indices = parent.last() == "parameters";
        match parent.get_mut(root) {
            Some(Value::Object(object)) => object.retain(|key, _| !keys.contains(key)),
            Some(Value::Array(items)) if keeps_indices => {
                for (i, item) in items.iter_mut().enumerate() {
                    if keys.contains(&i.to_string()) {
                        *item = Value::Null;
                    }
                }
            }
            Some(Value::Array(items)) => {
                let mut index = 0;
                items.retain(|_| {
                    index += 1;
                    !keys.contains(&(index - 1).to_string())
                });
            }
            _ => {}
        }
    }
}

fn set(root: &mut Value, at: &Pointer, value: Value) {
    let Some(parent) = at.parent() else {
        return;
    };
    let key = at.last();
    match parent.get_mut(root) {
        Some(Value::Object(object)) => {
            object.insert(key, value);
        }
        Some(Value::Array(items)) => {
            let index = key.parse().ok();
            if let Some(item) = index.and_then(|index: usize| items.get_mut(index)) {
                *item = value;
            }
        }
        _ => {}
    }
}
