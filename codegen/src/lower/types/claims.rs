//! Unique names of fields, groups and methods.

use crate::diagnostic::Diagnostic;
use crate::lower::types::TypeLowering;
use crate::names::Scope;
use crate::pointer::Pointer;

impl TypeLowering<'_> {
    /// Claims a unique name for a field or argument.
    pub(crate) fn claim_field(&mut self, name: String, at: &Pointer, scope: &mut Scope) -> String {
        let place = at.to_string();
        let help = format!(
            "give one of them a name under [names.arguments], as in {place:?} = \"{name}…\""
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
