//! Changes of a namespace, as data.

use super::{Entry, Namespaces};

/// A change of one namespace.
pub(crate) enum Change {
    /// Creates the namespace, or changes its properties and keeps its pairs.
    SetNamespace {
        title: String,
        jurisdiction: Option<String>,
    },
    RemoveNamespace,
    Put {
        key: String,
        entry: Entry,
    },
    Delete {
        key: String,
    },
}

impl Change {
    /// Changes the namespace `id`. Pairs of a missing namespace are ignored.
    pub(super) fn apply(self, namespaces: &mut Namespaces, id: &str) {
        match self {
            Self::SetNamespace {
                title,
                jurisdiction,
            } => {
                let namespace = namespaces.entry(id.to_owned()).or_default();
                namespace.title = title;
                namespace.jurisdiction = jurisdiction;
            }
            Self::RemoveNamespace => drop(namespaces.remove(id)),
            Self::Put { key, entry } => {
                if let Some(namespace) = namespaces.get_mut(id) {
                    namespace.put(key, entry);
                }
            }
            Self::Delete { key } => {
                if let Some(namespace) = namespaces.get_mut(id) {
                    namespace.delete(&key);
                }
            }
        }
    }
}
