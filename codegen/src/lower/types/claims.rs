//! Names of models, fields, groups and methods.

use crate::diagnostic::Diagnostic;
use crate::lower::schema::{ResolvedSchema, component_name};
use crate::lower::types::lowering::TypeLowering;
use crate::lower::types::name_request::{NameRequest, NameSource, not_reserved};
use crate::names::{self, Scope};
use crate::pointer::Pointer;

impl<'a> TypeLowering<'a> {
    /// Returns the name to request for the model of a schema. `name_hint` is used if the schema is inline.
    pub(in crate::lower) fn name_request(
        &mut self,
        schema: &ResolvedSchema<'a>,
        name_hint: &str,
    ) -> NameRequest {
        let locations = std::iter::once(&schema.at).chain(schema.ref_chain());
        let configured = self.names.types.take(&locations.collect::<Vec<_>>());
        let component = component_name(&schema.at);
        let (name, source) = match (configured, component) {
            (Some(name), _) => (name, NameSource::Config),
            (None, Some(component)) => {
                let prefix = self.names.strip_prefix;
                let name = names::pascal(component.strip_prefix(prefix).unwrap_or(&component));
                let index = self.resolver.component_index(&component);
                (name, NameSource::Component(index))
            }
            (None, None) => (names::pascal(name_hint), NameSource::Inline),
        };
        NameRequest {
            name: not_reserved(name),
            source,
            at: schema.at.clone(),
            parent: self.registry.parent(),
        }
    }
}

impl TypeLowering<'_> {
    /// Claims a unique name for a field or argument.
    pub(crate) fn claim_field(&mut self, name: String, at: &Pointer, scope: &mut Scope) -> String {
        let location = at.to_string();
        let help = format!(
            "give one of them a name under [names.arguments], as in {location:?} = \"{name}…\""
        );
        self.claim(name, "name", at, scope, &help)
    }

    /// Claims a unique name for a group.
    pub(crate) fn claim_group(&mut self, name: String, at: &Pointer, scope: &mut Scope) -> String {
        let help = "rename the tag, or list the operations under [groups.….methods]";
        self.claim(name, "group name", at, scope, help)
    }

    /// Claims a unique name for a method.
    pub(crate) fn claim_method(&mut self, name: String, at: &Pointer, scope: &mut Scope) -> String {
        let help = "list the operations under [groups.….methods], by names of your own";
        self.claim(name, "method name", at, scope, help)
    }

    fn claim(
        &mut self,
        name: String,
        what: &str,
        at: &Pointer,
        scope: &mut Scope,
        help: &str,
    ) -> String {
        let Err(other) = scope.claim(&name, at) else {
            return name;
        };
        let free = scope.numbered(&name);
        let text =
            format!("the {what} `{name}` is taken by {other}; this one is emitted as `{free}`");
        self.diagnostics.push(
            Diagnostic::warning("duplicate-name", at, text)
                .at_key()
                .help(help),
        );
        let _ = scope.claim(&free, at);
        free
    }
}
