//! The steps from a text to a [`Document`].

use serde_json::Value;

use super::deserialize::Deserializer;
use super::downgrade::downgrade;
use super::filter::{Filter, Selection};
use super::model::{Document, ReferencedObjects};
use super::recover::recover_until_valid;
use super::untagged::Untagged;
use super::version::{Version, version};
use crate::diagnostic::{Diagnostics, Origin};
use crate::pointer::Location;
use crate::source::{self, Source};

impl Document {
    /// Reads a document and reports its faults. Returns `None` if there is an error.
    pub fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::read_filtered(source, None, diagnostics)
    }

    /// Reads a document with only the operations that the filter selects.
    pub(crate) fn read_filtered(
        source: &Source,
        filter: Option<&Filter<'_>>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut root = read_tree(source, diagnostics)?;
        let untagged = Untagged::of(&root);
        let selection = filter.map(|filter| filter.select(&root, &untagged, diagnostics));
        let targets = recover_until_valid(&mut root, diagnostics);
        if let Some(selection) = &selection {
            diagnostics.retain(|diagnostic| selection.concerns(diagnostic));
        }
        if diagnostics.has_errors() {
            return None;
        }
        let mut deserializer = Deserializer::new(diagnostics);
        let mut referenced = ReferencedObjects::default();
        for (_, target) in &targets {
            referenced.insert(&root, target, &mut deserializer);
        }
        let targets = targets.into_iter();
        let document = Self {
            targets: targets.map(|(text, target)| (text, target.at)).collect(),
            referenced,
            untagged,
            partial: selection.is_some(),
            ..Self::deserialize(root, selection.as_ref(), &mut deserializer)?
        };
        deserializer.complete.then_some(document)
    }

    /// Deserializes the operations and webhooks.
    fn deserialize(
        root: Value,
        selection: Option<&Selection>,
        deserializer: &mut Deserializer<'_>,
    ) -> Option<Self> {
        let Value::Object(mut root) = root else {
            return None;
        };
        let at = Location::Root;
        let mut webhooks = deserializer.path_items(root.remove("webhooks"), &at.key("webhooks"));
        let mut api = deserializer.document(root)?;
        if let Some(selection) = selection {
            selection.apply(&mut api);
            webhooks.clear();
        }
        Some(Self {
            api,
            webhooks,
            ..Self::default()
        })
    }
}

/// Reads a document as a tree of values in the form of OpenAPI 3.0.
pub(crate) fn read_tree(source: &Source, diagnostics: &mut Diagnostics) -> Option<Value> {
    let mut root = source::read(source, Origin::Document, diagnostics)?;
    match version(&root, diagnostics)? {
        Version::V3_0 => {}
        Version::V3_1 => downgrade(&mut root, diagnostics),
    }
    Some(root)
}
