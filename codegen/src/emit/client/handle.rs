//! Prints the methods of the clients that return handles.

use crate::emit::argument::{self, converted, parameter_type};
use crate::emit::code::{Scope, ident, unprefixed};
use crate::emit::condition::Condition;
use crate::emit::index::Index;
use crate::emit::{docs, handle, item, text};
use crate::ir::Handle;

/// Indentation of the methods of a client, and of their bodies.
const INDENT: &str = "            ";
const BODY: &str = "                ";

/// Prints the method that takes the arguments of a handle, and the method that reads them from the environment.
pub(super) fn methods(scope: &Scope, index: &Index, handle: &Handle) -> String {
    let condition = Condition::of_handle(index.api, handle);
    scope.under(&condition, || {
        scope.import_from(handle::MODULE, &handle.type_name);
        let attribute = text::inline(&condition.attribute());
        let attribute = if attribute.is_empty() {
            attribute
        } else {
            format!("{INDENT}{attribute}\n")
        };
        let methods = [entry(scope, index, handle), default(scope, handle)];
        let methods = methods.iter().filter(|(docs, _)| !docs.is_empty());
        let parts = methods.flat_map(|(docs, method)| ["\n", docs, &attribute, method]);
        parts.collect()
    })
}

/// Prints the docs and the code of the method that takes the arguments.
fn entry(scope: &Scope, index: &Index, handle: &Handle) -> (String, String) {
    let arguments = handle.arguments(index.api);
    let list = docs::argument_list(arguments.iter(), |argument| {
        docs::argument_summary(argument, "")
    });
    let description = docs::text_or(
        &handle.docs,
        &format!("Returns the handle `{}`.", handle.name),
    );
    let docs = docs::text(&[&docs::with_list(description, &list)], INDENT);
    let mut parameters = vec!["&self".to_owned()];
    let mut values = vec!["self.clone()".to_owned()];
    for argument in arguments {
        let ty = argument::ty(argument);
        let parameter = text::inline(&parameter_type(ty, scope));
        parameters.push(format!("{}: {parameter}", argument.name));
        values.push(text::inline(&converted(ty, &ident(&argument.name), scope)));
    }
    let ty = &handle.type_name;
    let head = format!("pub fn {}", handle.name);
    let head = text::call(INDENT, &head, &parameters, &format!(" -> {ty}<Self> {{"));
    let body = text::call(BODY, &format!("{ty}::new"), &values, "");
    (docs, format!("{head}{body}{INDENT}}}\n"))
}

/// Prints the docs and the code of the method that reads the arguments from the environment. Both are empty if the
/// handle has no variables.
fn default(scope: &Scope, handle: &Handle) -> (String, String) {
    if handle.variables.is_empty() {
        return Default::default();
    }
    let variables = handle.variables.iter();
    let names: Vec<String> = variables.clone().map(|name| format!("`{name}`")).collect();
    let name = unprefixed(&handle.name);
    let about = format!(
        "Same as [`{name}`](Self::{name}), with arguments from the environment variables\n{}. Returns \
         [`Error::Config`](crate::Error::Config) if one of them is missing.",
        names.join(" and ")
    );
    let docs = docs::text(&[&about], INDENT);
    let result = scope.import(item::RESULT);
    let variable = scope.import(item::ENVIRONMENT_VARIABLE);
    let values = variables.map(|name| format!("{variable}({name:?})?"));
    let values: Vec<String> = ["self.clone()".to_owned()]
        .into_iter()
        .chain(values)
        .collect();
    let ty = &handle.type_name;
    let head = format!("pub fn default_{name}");
    let parameters = ["&self".to_owned()];
    let end = format!(" -> {result}<{ty}<Self>> {{");
    let head = text::call(INDENT, &head, &parameters, &end);
    let lines = values.join(&format!(",\n{BODY}    "));
    let body = format!("{BODY}Ok({ty}::new(\n{BODY}    {lines},\n{BODY}))\n");
    (docs, format!("{head}{body}{INDENT}}}\n"))
}
