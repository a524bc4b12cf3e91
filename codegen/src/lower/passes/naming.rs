//! Assigns the names of all types: names from the config first, then component schemas in document order, then inline
//! schemas, then groups and operations.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Group, Model};
use crate::lower::passes::dedup::MergedIds;
use crate::lower::passes::merged_names::shared_name;
use crate::lower::types::name_request::{NameRequest, NameSource, not_reserved};
use crate::names::{self, Scope};
use crate::pointer::Pointer;

/// Names models, groups and operations. `requests` are the requested names by the ids that models had before the dedup
/// pass. `ids` are the current ids. Parts are named before the model that contains them, so that a part gets the shorter
/// of two names that both can have.
pub(in crate::lower) fn assign(
    models: &mut [Model],
    groups: &mut [Group],
    requests: &[NameRequest],
    ids: &MergedIds,
    diagnostics: &mut Diagnostics,
) {
    let names = unique_names(requests);
    let mut taken: HashSet<String> = names.iter().map(|name| name.name.clone()).collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); models.len()];
    for (old, new) in ids.by_old.iter().enumerate() {
        members[new.0].push(old);
    }
    for id in &ids.parts_first {
        let name = merged_name(&members[id.0], requests, &names, &taken);
        taken.insert(name.clone());
        models[id.0].name = name;
    }
    let emitted = ids.by_old.iter().map(|id| models[id.0].name.as_str());
    report_taken(&names, emitted, requests, diagnostics);
    name_groups(groups, models);
}

/// A name that no other request has.
struct UniqueName {
    /// The requested name, without a number.
    requested: String,
    /// The requested name, or a numbered one if it is taken.
    name: String,
    /// Location of the schema that has the requested name.
    taken_by: Option<Pointer>,
}

/// Makes the requested names unique. Returns them in the order of the requests.
fn unique_names(requests: &[NameRequest]) -> Vec<UniqueName> {
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by_key(|i| requests[*i].source);
    let mut scope = Scope::default();
    let mut names: Vec<Option<UniqueName>> = requests.iter().map(|_| None).collect();
    for i in order {
        let request = &requests[i];
        // A parent has its name already: it is not inline, or it precedes its parts.
        let parent = request.parent.and_then(|id| {
            let name = names[id.0].as_ref()?;
            Some((&requests[id.0].name, &name.name))
        });
        let name = match parent {
            Some((requested, assigned)) if request.source == NameSource::Inline => {
                with_prefix(&request.name, requested, assigned)
            }
            _ => request.name.clone(),
        };
        names[i] = Some(claim(name, &request.at, &mut scope));
    }
    names.into_iter().flatten().collect()
}

/// Replaces the requested name of a parent, at the start of a name, by the name that the parent has.
fn with_prefix(name: &str, requested: &str, assigned: &str) -> String {
    match name.strip_prefix(requested) {
        Some(rest) => not_reserved(format!("{assigned}{rest}")),
        None => name.to_owned(),
    }
}

/// Claims a name, or a numbered one if it is taken.
fn claim(requested: String, at: &Pointer, scope: &mut Scope) -> UniqueName {
    let taken_by = scope.claim(&requested, at).err();
    let name = match &taken_by {
        None => requested.clone(),
        Some(_) => scope.numbered(&requested),
    };
    // A numbered name is free.
    let _ = scope.claim(&name, at);
    UniqueName {
        requested,
        name,
        taken_by,
    }
}

/// Reports the schemas whose types do not have the requested name because another schema has it. `emitted` are the names
/// of their types.
fn report_taken<'a>(
    names: &[UniqueName],
    emitted: impl Iterator<Item = &'a str>,
    requests: &[NameRequest],
    diagnostics: &mut Diagnostics,
) {
    for ((unique, name), request) in names.iter().zip(emitted).zip(requests) {
        let (at, requested) = (&request.at, &unique.requested);
        let Some(other) = unique.taken_by.as_ref().filter(|_| name != requested) else {
            continue;
        };
        let text = format!(
            "the type name `{requested}` is taken by {other}; this type is emitted as `{name}`"
        );
        let help = format!(
            "give one of them a name under [names.types], as in \"{at}\" = \"{requested}…\""
        );
        let diagnostic = Diagnostic::warning("duplicate-type-name", at, text);
        diagnostics.push(diagnostic.at_key().help(help));
    }
}

/// Returns the name of a model for one or several equal schemas.
fn merged_name(
    members: &[usize],
    requests: &[NameRequest],
    names: &[UniqueName],
    taken: &HashSet<String>,
) -> String {
    let is_inline = |i: &&usize| requests[**i].source == NameSource::Inline;
    let component = members.iter().find(|i| !is_inline(i));
    match (component, members) {
        (Some(only), _) | (None, [only]) => names[*only].name.clone(),
        _ => {
            let names: Vec<&str> = members.iter().map(|i| names[*i].name.as_str()).collect();
            shared_name(&names, taken)
        }
    }
}

/// Renames groups and operations that have the name of a model or of something else that their module uses.
fn name_groups(groups: &mut [Group], models: &[Model]) {
    let models: HashSet<&str> = models.iter().map(|model| model.name.as_str()).collect();
    let is_taken = |name: &String| names::is_reserved_type(name) || models.contains(name.as_str());
    for group in groups {
        while is_taken(&group.type_name) {
            group.type_name.push_str("Api");
        }
        for operation in &mut group.operations {
            while is_taken(&operation.name) || operation.name == group.type_name {
                operation.name.push_str("Operation");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::ModelId;

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
        let names: Vec<String> = unique_names(requests).into_iter().map(|n| n.name).collect();
        assert_eq!(names, expected);
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
}
