//! The kinds of arguments of an API, which decide which parts of a request its crate needs.

use crate::emit::argument::{self, Kind};
use crate::emit::index::Index;
use crate::ir::{Argument, Body, Group, Style, Type};

/// Returns the arguments of all groups, with their kinds.
pub(super) fn arguments<'a>(index: &Index<'a>) -> impl Iterator<Item = (&'a Argument, Kind<'a>)> {
    index.api.groups.iter().flat_map(arguments_of)
}

/// Returns the arguments of a group and of its operations, with their kinds.
pub(super) fn arguments_of(group: &Group) -> impl Iterator<Item = (&Argument, Kind<'_>)> {
    let of_group = group.arguments.iter();
    let of_group = of_group.map(|argument| (argument, argument::kind(argument, &Body::None)));
    let of_operations = group.operations.iter().flat_map(|operation| {
        let arguments = operation.arguments.iter();
        arguments.map(|argument| (argument, argument::kind_in(argument, operation)))
    });
    of_group.chain(of_operations)
}

pub(super) fn allow_reserved(index: &Index) -> bool {
    arguments(index).any(|(argument, _)| argument.allow_reserved)
}

pub(super) fn argument_limits(index: &Index) -> bool {
    arguments(index).any(|(argument, _)| !argument.checks.is_empty())
}

pub(super) fn arrays(index: &Index) -> bool {
    arguments(index).any(|(_, kind)| matches!(kind, Kind::Items(_) | Kind::BulkItems(_)))
}

pub(super) fn required_if_body(index: &Index) -> bool {
    arguments(index).any(|(argument, _)| argument.required_if_body)
}

pub(super) fn styles(index: &Index) -> bool {
    arguments(index).any(|(argument, _)| argument.style != Style::Default)
}

pub(super) fn uploads(index: &Index) -> bool {
    arguments(index).any(|(_, kind)| matches!(kind, Kind::Upload | Kind::Uploads))
}

/// True if an argument is a list of other items than strings.
pub(super) fn lists(index: &Index) -> bool {
    let is_text = |item: &Type| matches!(item, Type::String | Type::Bytes);
    arguments(index)
        .any(|(_, kind)| matches!(kind, Kind::Plain(Type::List(item)) if !is_text(item)))
}

pub(super) fn maps(index: &Index) -> bool {
    arguments(index).any(|(_, kind)| matches!(kind, Kind::Plain(Type::Map(_))))
}

/// True if an argument is checked when it is set.
pub(super) fn checked(index: &Index) -> bool {
    arguments(index).any(|(argument, kind)| match kind {
        Kind::Plain(ty) => !argument.checks.is_empty() || index.analysis.is_checked(ty),
        _ => false,
    })
}
