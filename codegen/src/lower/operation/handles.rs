//! Handles of the config: groups whose path parameters are set once.

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::ir::{Group, Handle, Type};
use crate::lower::context::Context;
use crate::names;
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

/// Returns the handles of the config.
pub(in crate::lower) fn handles(context: &mut Context<'_>, groups: &[Group]) -> Vec<Handle> {
    let table = Pointer::root().key("handles");
    let handles = context.config.handles.iter();
    let handles = handles
        .filter_map(|(name, settings)| handle(context, name, settings, groups, &table.key(name)));
    handles.collect()
}

/// Returns a handle, which is at `at` in the config. Returns `None` after an error.
fn handle(
    context: &mut Context<'_>,
    name: &str,
    handle: &config::Handle,
    groups: &[Group],
    at: &Pointer,
) -> Option<Handle> {
    let default = format!("default_{name}");
    let same = groups
        .iter()
        .find(|group| [name, &default].contains(&group.name.as_str()));
    if let Some(group) = same {
        let text = format!(
            "the handle and the group `{}` have the same method name in the client",
            group.name
        );
        invalid_handle(context, "handle-name", at, text, "rename the handle");
        return None;
    }
    let mut members = Vec::new();
    for (position, name) in handle.groups.iter().enumerate() {
        let at = at.key("groups").index(position);
        members.extend(member(context, handle, name, groups, &at));
    }
    let first = members.first().and_then(|index| groups.get(*index))?;
    let arguments = &first.arguments;
    if !handle.variables.is_empty() {
        let at = at.key("variables");
        if handle.variables.len() != arguments.len() {
            let text = "the number of `variables` differs from the number of `parameters`";
            invalid_handle(
                context,
                "handle-variables",
                &at,
                text.to_owned(),
                "add a variable for each parameter",
            );
        } else if arguments.iter().any(|argument| argument.ty != Type::String) {
            let text = "a parameter of the handle is not a string, so it has no variable";
            invalid_handle(
                context,
                "handle-variables",
                &at,
                text.to_owned(),
                "remove `variables`",
            );
        }
    }
    Some(Handle {
        name: name.to_owned(),
        type_name: names::pascal(&format!("{name} handle")),
        docs: handle.docs.clone().unwrap_or_default(),
        groups: members,
        variables: handle.variables.clone(),
    })
}

/// Returns the index of a group of a handle. The arguments of the group must be the parameters of the handle.
fn member(
    context: &mut Context<'_>,
    handle: &config::Handle,
    name: &str,
    groups: &[Group],
    at: &Pointer,
) -> Option<usize> {
    let Some(index) = groups.iter().position(|group| group.name == name) else {
        if !context.document.partial {
            let text = format!("the group `{name}` does not exist");
            let known = groups.iter().map(|group| group.name.as_str());
            let help = did_you_mean(name, known, "a group of the client");
            invalid_handle(context, "unknown-group", at, text, &help);
        }
        return None;
    };
    let arguments = groups.get(index).map(|group| &group.arguments);
    let arguments: Vec<&str> = arguments
        .into_iter()
        .flatten()
        .map(|argument| argument.wire_name.as_str())
        .collect();
    if arguments != handle.parameters {
        let text = format!(
            "the group `{name}` has the path parameters [{}], and the handle has others",
            arguments.join(", ")
        );
        let help = "list groups with the `parameters` of the handle, in the order of the path";
        invalid_handle(context, "handle-parameters", at, text, help);
        return None;
    }
    Some(index)
}

fn invalid_handle(
    context: &mut Context<'_>,
    code: &'static str,
    at: &Pointer,
    text: String,
    help: &str,
) {
    let diagnostic = Diagnostic::error(code, at, text).in_config();
    context.report(diagnostic.help(help));
}
