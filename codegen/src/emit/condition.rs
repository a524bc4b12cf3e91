//! Conditions for code that only some groups need. A crate may have a Cargo feature per group.

use std::collections::BTreeSet;
use std::fmt;

use proc_macro2::TokenStream;
use quote::quote;

use super::text;
use crate::ir::{Api, Group, Handle, ModelId, Operation, Success, Type};

/// The features with which the crate contains an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Condition {
    /// No group needs the item.
    Never,
    /// At least one of these features is enabled.
    Features(BTreeSet<String>),
    /// The item does not depend on features of groups.
    Always,
}

impl Condition {
    /// Returns the condition of a group.
    pub(super) fn of_group(group: &Group) -> Self {
        let feature = group.feature.clone();
        feature.map_or(Self::Always, |name| Self::Features([name].into()))
    }

    /// Returns the condition of the groups of a handle.
    pub(super) fn of_handle(api: &Api, handle: &Handle) -> Self {
        Self::any(handle.groups(api).map(Self::of_group))
    }

    /// Returns the condition that one of two conditions is true.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, one) | (one, Self::Never) => one,
            (Self::Features(mut all), Self::Features(more)) => {
                all.extend(more);
                Self::Features(all)
            }
        }
    }

    /// Returns the condition that one of several conditions is true.
    pub(super) fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        conditions.into_iter().fold(Self::Never, Self::or)
    }

    /// Returns the argument of `cfg`, if the condition depends on features.
    pub(super) fn predicate(&self) -> Option<Cfg> {
        let Self::Features(names) = self else {
            return None;
        };
        let features = names.iter().map(|name| format!("feature = {name:?}"));
        Some(Cfg::any(features.collect()))
    }

    /// Returns the attribute of an item. It is empty if the condition does not depend on features.
    pub(super) fn attribute(&self) -> TokenStream {
        let predicate = self.predicate();
        let predicate = predicate.and_then(|cfg| cfg.to_string().parse().ok());
        predicate.map_or_else(
            TokenStream::new,
            |predicate: TokenStream| quote!(#[cfg(#predicate)]),
        )
    }
}

impl From<bool> for Condition {
    fn from(value: bool) -> Self {
        if value { Self::Always } else { Self::Never }
    }
}

/// The argument of a `cfg` attribute. `Display` prints it on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cfg {
    /// A predicate.
    One(String),
    /// `any` of several predicates.
    Any(Vec<String>),
}

impl Cfg {
    /// Returns the predicate that one of several predicates is true.
    pub(super) fn any(mut predicates: Vec<String>) -> Self {
        match predicates.len() {
            1 => Self::One(predicates.remove(0)),
            _ => Self::Any(predicates),
        }
    }

    /// Prints an attribute on a line of its own. A long list is wrapped, like rustfmt does.
    pub(super) fn attribute_line(&self, indent: usize) -> String {
        let indent = " ".repeat(indent);
        let line = format!("{indent}#[cfg({self})]\n");
        match self {
            Self::Any(predicates) if !text::fits(line.trim_end()) => {
                let list = predicates.join(&format!(",\n{indent}    "));
                format!("{indent}#[cfg(any(\n{indent}    {list}\n{indent}))]\n")
            }
            _ => line,
        }
    }
}

impl fmt::Display for Cfg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(predicate) => f.write_str(predicate),
            Self::Any(predicates) => write!(f, "any({})", predicates.join(", ")),
        }
    }
}

/// Returns the condition of the groups that send a model.
pub(super) fn sends(api: &Api, id: ModelId) -> Condition {
    of_groups(api, |group| {
        let operations = group.operations.iter();
        let of_operations = operations.flat_map(|operation| &operation.arguments);
        let arguments = group.arguments.iter().chain(of_operations);
        contains(api, arguments.map(|argument| &argument.ty), id)
    })
}

/// Returns the condition of the groups that receive a model of bytes and headers.
pub(super) fn receives_binary(api: &Api, id: ModelId) -> Condition {
    let receives = |operation: &Operation| {
        let Success::Binary { model, .. } = &operation.success else {
            return false;
        };
        *model == Some(id)
    };
    of_groups(api, |group| group.operations.iter().any(receives))
}

/// Returns the condition of the groups for which `test` is true.
pub(super) fn of_groups(api: &Api, test: impl Fn(&Group) -> bool) -> Condition {
    let groups = api.groups.iter().filter(|group| test(group));
    Condition::any(groups.map(Condition::of_group))
}

/// True if one of the types, or a model in them, contains the model.
fn contains<'a>(api: &'a Api, types: impl Iterator<Item = &'a Type>, id: ModelId) -> bool {
    let mut open: Vec<ModelId> = types.filter_map(innermost).collect();
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        if next == id {
            return true;
        }
        if let Some(model) = api.model(next).filter(|_| seen.insert(next)) {
            open.extend(model.shape.types().into_iter().filter_map(innermost));
        }
    }
    false
}

/// Returns the model in a type.
fn innermost(ty: &Type) -> Option<ModelId> {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Option(inner) => innermost(inner),
        _ => ty.model(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(names: &[&str]) -> Condition {
        Condition::Features(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn conditions_are_joined() {
        let all = [features(&["b"]), Condition::Never, features(&["a", "b"])];
        assert_eq!(Condition::any(all.clone()), features(&["a", "b"]));
        assert_eq!(Condition::any(all).or(Condition::Always), Condition::Always);
        assert_eq!(Condition::any([]), Condition::Never);
    }

    #[test]
    fn predicates_name_the_features() {
        let predicate = |names| features(names).predicate().unwrap().to_string();
        assert_eq!(predicate(&["a"]), "feature = \"a\"");
        assert_eq!(
            predicate(&["a", "b"]),
            "any(feature = \"a\", feature = \"b\")"
        );
        assert_eq!(Condition::Always.predicate(), None);
        assert!(Condition::Never.attribute().is_empty());
    }

    #[test]
    fn long_attributes_are_wrapped() {
        assert_eq!(
            features(&["a"]).predicate().unwrap().attribute_line(4),
            "    #[cfg(feature = \"a\")]\n"
        );
        let names = ["a", "b"].map(|name| name.repeat(50));
        let [a, b] = &names;
        let predicate = Condition::Features(names.clone().into())
            .predicate()
            .unwrap();
        let expected = format!("#[cfg(any(\n    feature = \"{a}\",\n    feature = \"{b}\"\n))]\n");
        assert_eq!(predicate.attribute_line(0), expected);
    }
}
