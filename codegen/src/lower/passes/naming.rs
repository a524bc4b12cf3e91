//! Assigns the names of all types: names from the config first, then component schemas in document order, then inline
//! schemas, then groups and operations.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Group, Model, ModelId};
use crate::lower::types::name_request::{NameRequest, NameSource, not_reserved};
use crate::names::{self, Scope};
use crate::pointer::Pointer;

/// Endings that are too general for the name of a type.
const GENERAL: &[&str] = &["Item", "Value"];

/// Names models, groups and operations. `requests` are the requested names by the ids that models had before the dedup
/// pass; `ids` are the current ids.
pub(in crate::lower) fn assign(
    models: &mut [Model],
    groups: &mut [Group],
    requests: &[NameRequest],
    ids: &[ModelId],
    diagnostics: &mut Diagnostics,
) {
    let names = unique_names(requests, diagnostics);
    let mut taken: HashSet<String> = names.iter().cloned().collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); models.len()];
    for (old, new) in ids.iter().enumerate() {
        members[new.0].push(old);
    }
    for (model, members) in models.iter_mut().zip(members) {
        model.name = merged_name(&members, requests, &names, &taken);
        taken.insert(model.name.clone());
    }
    name_groups(groups, models);
}

/// Makes the requested names unique. Returns them in the order of the requests.
fn unique_names(requests: &[NameRequest], diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by_key(|i| requests[*i].source);
    let mut scope = Scope::default();
    let mut names = vec![String::new(); requests.len()];
    for i in order {
        let request = &requests[i];
        // A parent has its name already: it is not inline, or it precedes its parts.
        let parent = request.parent.map(|id| (&requests[id.0], &names[id.0]));
        let name = match parent {
            Some((parent, name)) if request.source == NameSource::Inline => {
                with_prefix(&request.name, &parent.name, name)
            }
            _ => request.name.clone(),
        };
        names[i] = claim(name, &request.at, &mut scope, diagnostics);
    }
    names
}

/// Replaces the requested name of a parent, at the start of a name, by the name that the parent has.
fn with_prefix(name: &str, requested: &str, assigned: &str) -> String {
    match name.strip_prefix(requested) {
        Some(rest) => not_reserved(format!("{assigned}{rest}")),
        None => name.to_owned(),
    }
}

/// Claims a name. If it is taken, reports that and claims a numbered name.
fn claim(name: String, at: &Pointer, scope: &mut Scope, diagnostics: &mut Diagnostics) -> String {
    let Err(other) = scope.claim(&name, at) else {
        return name;
    };
    let numbered = scope.numbered(&name);
    let text =
        format!("the type name `{name}` is taken by {other}; this type is emitted as `{numbered}`");
    let help = format!("give one of them a name under [names.types], as in \"{at}\" = \"{name}…\"");
    let diagnostic = Diagnostic::warning("duplicate-type-name", at, text);
    diagnostics.push(diagnostic.at_key().help(help));
    let _ = scope.claim(&numbered, at);
    numbered
}

/// Returns the name of a model for one or several equal schemas.
fn merged_name(
    members: &[usize],
    requests: &[NameRequest],
    names: &[String],
    taken: &HashSet<String>,
) -> String {
    let is_inline = |i: &&usize| requests[**i].source == NameSource::Inline;
    let component = members.iter().find(|i| !is_inline(i));
    match (component, members) {
        (Some(only), _) | (None, [only]) => names[*only].clone(),
        _ => {
            let names: Vec<&str> = members.iter().map(|i| names[*i].as_str()).collect();
            shared_name(&names, taken)
        }
    }
}

/// Returns the words that all names end with, unless they are general or taken; else the first name.
pub(super) fn shared_name(names: &[&str], taken: &HashSet<String>) -> String {
    let first = names.first().copied().unwrap_or_default();
    let shared = names.iter().fold(first, |shared, name| {
        let equal = shared.chars().rev().zip(name.chars().rev());
        let length: usize = equal
            .take_while(|(one, other)| one == other)
            .map(|(c, _)| c.len_utf8())
            .sum();
        shared.get(shared.len() - length..).unwrap_or_default()
    });
    // Only whole words of each name count.
    let starts = shared.char_indices().filter(|(at, c)| {
        c.is_uppercase()
            && names.iter().all(|name| {
                let before = name.get(..name.len() - shared.len() + at);
                before.is_some_and(|before| !before.ends_with(char::is_uppercase))
            })
    });
    let mut endings = starts.filter_map(|(at, _)| shared.get(at..));
    endings
        .find(|ending| {
            !GENERAL.contains(ending)
                && !taken.contains(*ending)
                && !names::is_reserved_type(ending)
        })
        .unwrap_or(first)
        .to_owned()
}

/// Renames groups and operations that have the name of a model or of something else that their module uses.
fn name_groups(groups: &mut [Group], models: &[Model]) {
    let models: HashSet<&str> = models.iter().map(|model| model.name.as_str()).collect();
    let is_taken = |name: &String| names::is_reserved_type(name) || models.contains(name.as_str());
    for group in groups {
        if is_taken(&group.type_name) {
            group.type_name.push_str("Api");
        }
        for operation in &mut group.operations {
            if is_taken(&operation.name) || operation.name == group.type_name {
                operation.name.push_str("Operation");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: &str, source: NameSource, parent: Option<usize>) -> NameRequest {
        NameRequest {
            name: name.to_owned(),
            source,
            at: Pointer::root().key(name),
            parent: parent.map(ModelId),
        }
    }

    #[track_caller]
    fn check(requests: &[NameRequest], expected: &[&str]) {
        let mut diagnostics = Diagnostics::default();
        assert_eq!(unique_names(requests, &mut diagnostics), expected);
    }

    #[test]
    fn names_of_the_config_precede_components_and_these_precede_inline_schemas() {
        use NameSource::{Component, Config, Inline};
        check(
            &[
                request("Pet", Inline, None),
                request("Pet", Component(1), None),
                request("Pet", Component(0), None),
                request("Pet", Config, None),
            ],
            &["Pet4", "Pet3", "Pet2", "Pet"],
        );
    }

    #[test]
    fn inline_schemas_have_the_assigned_name_of_their_parent() {
        use NameSource::{Component, Inline};
        check(
            &[
                request("Pet", Component(1), None),
                request("PetStatus", Inline, Some(0)),
                request("Pet", Component(0), None),
                request("PetStatus", Inline, Some(2)),
                request("Owner", Inline, Some(0)),
            ],
            &["Pet2", "Pet2Status", "Pet", "PetStatus", "Owner"],
        );
    }

    #[track_caller]
    fn check_shared(names: &[&str], taken: &[&str], expected: &str) {
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(shared_name(names, &taken), expected);
    }

    #[test]
    fn merged_models_are_named_by_the_words_that_all_names_end_with() {
        check_shared(&["GetAsnFormat", "GetBgpFormat"], &[], "Format");
        check_shared(&["GetListOrder", "PutListOrder"], &[], "ListOrder");
        check_shared(&["GetListOrder", "PutListOrder"], &["ListOrder"], "Order");
        check_shared(&["ReOrder", "BackOrder", "Border"], &[], "ReOrder");
        check_shared(&["GetFormat", "PutFormat"], &["Format"], "GetFormat");
        check_shared(&["GetResult", "PutResult"], &[], "GetResult");
        check_shared(&["GetItem", "PutItem"], &[], "GetItem");
        check_shared(&["GetÖl", "PutÖl"], &[], "Öl");
        check_shared(&["AOrder", "BOrder"], &[], "AOrder");
    }
}
