//! The names that models ask for. The naming pass decides who gets which.

use crate::ir::ModelId;
use crate::lower::schema::{ResolvedSchema, component_name};
use crate::lower::types::lowering::TypeLowering;
use crate::names;
use crate::pointer::Pointer;

/// The name that a model asks for.
#[derive(Clone, Debug)]
pub(in crate::lower) struct NameRequest {
    pub(in crate::lower) name: String,
    pub(in crate::lower) source: NameSource,
    /// Location of the schema.
    pub(in crate::lower) at: Pointer,
    /// Model in which the schema is inline. The requested name starts with the name that the parent requests.
    pub(in crate::lower) parent: Option<ModelId>,
}

/// Source of a requested name. Lesser sources take precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum NameSource {
    /// The config.
    Config,
    /// The name of a component schema, which has this index in the document.
    Component(usize),
    /// The location of an inline schema.
    Inline,
}

impl<'a> TypeLowering<'a> {
    /// Returns the name to request for the model of a schema. `hint` is used if the schema is inline.
    pub(in crate::lower) fn name_request(
        &mut self,
        schema: &ResolvedSchema<'a>,
        hint: &str,
    ) -> NameRequest {
        let places = std::iter::once(&schema.at).chain(schema.ref_chain());
        let configured = self.names.types.take(&places.collect::<Vec<_>>());
        let component = component_name(&schema.at);
        let (name, source) = match (configured, component) {
            (Some(name), _) => (name, NameSource::Config),
            (None, Some(component)) => {
                let prefix = self.names.strip_prefix;
                let name = names::pascal(component.strip_prefix(prefix).unwrap_or(&component));
                let index = self.resolver.component_index(&component);
                (name, NameSource::Component(index))
            }
            (None, None) => (names::pascal(hint), NameSource::Inline),
        };
        NameRequest {
            name: not_reserved(name),
            source,
            at: schema.at.clone(),
            parent: self.registry.parent(),
        }
    }
}

/// Adds a suffix to a name that generated code uses for something else.
pub(in crate::lower) fn not_reserved(name: String) -> String {
    if names::is_reserved_type(&name) {
        name + "Model"
    } else {
        name
    }
}
