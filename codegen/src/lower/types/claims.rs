//! Names of types, fields and methods, each made sure to be its own.

use crate::diagnostic::Diagnostic;
use crate::lower::schema::ResolvedSchema;
use crate::lower::schema::component_name;
use crate::lower::types::TypeLowering;
use crate::names::{self, Scope};
use crate::pointer::Pointer;

impl<'a> TypeLowering<'a> {
    pub(in crate::lower) fn type_name(&mut self, view: &ResolvedSchema<'a>, hint: &str) -> String {
        let places: Vec<&Pointer> = std::iter::once(&view.at).chain(view.chain()).collect();
        let given = self.names.types.take(&places);
        self.registry.given.extend(given.clone());
        let name = given.unwrap_or_else(|| match component_name(&view.at) {
            Some(name) => {
                names::pascal(name.strip_prefix(self.names.strip_prefix).unwrap_or(&name))
            }
            None => names::pascal(hint),
        });
        self.claim_type(name, &view.at)
    }

    /// Makes sure that a type's name is its own.
    pub(crate) fn claim_type(&mut self, name: String, at: &Pointer) -> String {
        let name = if names::is_reserved_type(&name) {
            name + "Model"
        } else {
            name
        };
        let Err(other) = self.registry.scope.claim(&name, at) else {
            return name;
        };
        let free = self.registry.scope.numbered(&name);
        let text =
            format!("the type name `{name}` is taken by {other}; this one is emitted as `{free}`");
        let help =
            format!("give one of them a name under [names.types], as in \"{at}\" = \"{name}…\"");
        self.diagnostics.push(
            Diagnostic::warning("duplicate-type-name", at, text)
                .at_key()
                .help(help),
        );
        let _ = self.registry.scope.claim(&free, at);
        free
    }

    /// Makes sure that the name of a field or argument is its own.
    pub(crate) fn claim_field(&mut self, name: String, at: &Pointer, scope: &mut Scope) -> String {
        let place = at.to_string();
        let help = format!(
            "give one of them a name under [names.arguments], as in {place:?} = \"{name}…\""
        );
        self.claim(name, "name", at, scope, &help)
    }

    /// Makes sure that the name of a group is its own.
    pub(crate) fn claim_group(&mut self, name: String, at: &Pointer, scope: &mut Scope) -> String {
        let help = "rename the tag, or list the operations under [groups.….methods]";
        self.claim(name, "group name", at, scope, help)
    }

    /// Makes sure that the name of a method is its own.
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
