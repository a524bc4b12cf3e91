//! Groups of operations: as listed in the config, else one group per tag.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::diagnostic::Diagnostic;
use crate::document::OTHERS;
use crate::ir::{Argument, Group, Method, Operation, ParamLocation, Style};
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::{Found, find, path_parameters};
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

/// A group whose operations are not lowered yet.
struct Plan<'a> {
    name: String,
    docs: String,
    methods: Vec<(String, Found<'a>)>,
}

impl<'a> OperationLowering<'a> {
    pub(crate) fn groups(&mut self) -> Vec<Group> {
        let found = find(self.document);
        let plans = if self.config.groups.is_empty() {
            self.by_tag(found)
        } else {
            self.by_config(found)
        };
        let mut places: HashMap<String, (usize, usize)> = HashMap::new();
        let mut groups: Vec<Group> = Vec::with_capacity(plans.len());
        for plan in &plans {
            let group = self.group(plan, &plans, &groups, &mut places);
            groups.push(group);
        }
        groups
    }

    fn group(
        &mut self,
        plan: &Plan<'a>,
        plans: &[Plan<'a>],
        before: &[Group],
        places: &mut HashMap<String, (usize, usize)>,
    ) -> Group {
        let index = before.len();
        let mut operations: Vec<Operation> = Vec::new();
        let mut methods = Vec::with_capacity(plan.methods.len());
        let mut shared: Option<Vec<Argument>> = None;
        for (name, found) in &plan.methods {
            let key = found.at.to_string();
            let (group, operation) = *places.entry(key).or_insert_with(|| {
                let alone = plans
                    .iter()
                    .flat_map(|plan| &plan.methods)
                    .filter(|(other, _)| other == name)
                    .count()
                    == 1;
                let hint = if alone {
                    name.clone()
                } else {
                    format!("{} {name}", plan.name)
                };
                operations.push(self.operation(found, names::pascal(name), &hint));
                (index, operations.len() - 1)
            });
            methods.push(Method {
                name: name.clone(),
                group,
                operation,
            });
            let owner = if group == index {
                Some(&operations)
            } else {
                before.get(group).map(|group| &group.operations)
            };
            let Some(lowered) = owner.and_then(|operations| operations.get(operation)) else {
                continue;
            };
            shared = Some(share(shared, lowered));
        }
        Group {
            name: plan.name.clone(),
            type_name: names::pascal(&plan.name),
            docs: plan.docs.clone(),
            feature: None,
            arguments: shared.unwrap_or_default(),
            methods,
            operations,
        }
    }

    fn by_config(&mut self, found: Vec<Found<'a>>) -> Vec<Plan<'a>> {
        let mut by_id: IndexMap<String, (Found<'a>, bool)> = found
            .into_iter()
            .map(|found| (found.id.clone(), (found, false)))
            .collect();
        let root = Pointer::root().key("groups");
        let mut plans = Vec::new();
        for (name, group) in &self.config.groups {
            let at = root.key(name);
            let mut methods = Vec::new();
            for (method, id) in &group.methods {
                match by_id.get_mut(id) {
                    Some((found, used)) => {
                        *used = true;
                        methods.push((method.clone(), found.clone()));
                    }
                    None if self.document.partial => {}
                    None => {
                        let known = by_id.keys().map(String::as_str);
                        let help = did_you_mean(id, known, "an operationId of the document");
                        let text = format!("the document has no operation `{id}`");
                        let at = at.key("methods").key(method);
                        self.types.diagnostics.push(
                            Diagnostic::error("unknown-operation-id", &at, text)
                                .in_config()
                                .help(help),
                        );
                    }
                }
            }
            if self.document.partial && methods.is_empty() {
                continue;
            }
            plans.push(Plan {
                name: name.clone(),
                docs: group.docs.clone().unwrap_or_default(),
                methods,
            });
        }
        for (id, (found, used)) in by_id {
            if !used {
                let text = format!(
                    "no group of the config lists the operation `{id}`; the operation is left out"
                );
                let help = "add it to a `[groups.….methods]` table";
                self.types.diagnostics.push(
                    Diagnostic::warning("operation-without-group", &found.at, text)
                        .at_key()
                        .help(help),
                );
            }
        }
        plans
    }

    fn by_tag(&mut self, found: Vec<Found<'a>>) -> Vec<Plan<'a>> {
        let mut by_tag: IndexMap<String, Vec<Found<'a>>> = IndexMap::new();
        for found in found {
            let tag = found.operation.tags.first().map(String::as_str);
            let tag = tag.unwrap_or_else(|| self.document.untagged.group(found.path));
            by_tag.entry(tag.to_owned()).or_default().push(found);
        }
        let tags = &self.document.api.tags;
        let mut scope = Scope::default();
        let mut plans = Vec::with_capacity(by_tag.len());
        for (tag, found) in by_tag {
            let described = tags.iter().position(|other| other.name == tag);
            let at = match described {
                Some(i) => Pointer::root().key("tags").index(i),
                None => found
                    .first()
                    .map(|found| found.at.clone())
                    .unwrap_or_default(),
            };
            let docs = match described.and_then(|i| tags.get(i)) {
                Some(tag) => tag.description.clone().unwrap_or_default(),
                None if tag == OTHERS => "Operations without a tag.".to_owned(),
                None => String::new(),
            };
            let name = names::module(&tag, "group", names::RESERVED_GROUPS);
            let name = self.types.claim_group(name, &at, &mut scope);
            let mut inner = Scope::default();
            let mut methods = Vec::with_capacity(found.len());
            for (name, found) in method_names(&tag, &found).into_iter().zip(found) {
                methods.push((self.types.claim_method(name, &found.at, &mut inner), found));
            }
            plans.push(Plan {
                name,
                docs,
                methods,
            });
        }
        plans
    }
}

/// Returns the path parameters that the preceding operations share with this one, in path order.
///
/// A parameter in the last path segment identifies the resource of the operation, so it remains an argument of the method.
fn share(before: Option<Vec<Argument>>, operation: &Operation) -> Vec<Argument> {
    let last = operation.path.rsplit('/').next().unwrap_or_default();
    let own = operation.arguments.iter().filter(|argument| {
        argument.location == ParamLocation::Path
            && argument.style == Style::Usual
            && path_parameters(last) != [argument.wire_name.as_str()]
    });
    let Some(before) = before else {
        return own.cloned().collect();
    };
    let own: Vec<&Argument> = own.collect();
    let same =
        |one: &Argument, other: &Argument| one.wire_name == other.wire_name && one.ty == other.ty;
    before
        .into_iter()
        .filter(|argument| own.iter().any(|other| same(argument, other)))
        .collect()
}

/// Returns the method names of the operations of a tag. They come from the operationIds.
fn method_names(tag: &str, found: &[Found<'_>]) -> Vec<String> {
    let tag = names::operation_words(tag);
    let name = |words: &[String]| {
        let rest = words.strip_prefix(tag.as_slice());
        let own = rest.filter(|rest| !rest.is_empty()).unwrap_or(words);
        names::snake(&own.join(" "), names::RESERVED_METHODS)
    };
    let words = found.iter().map(|found| names::operation_words(&found.id));
    let words: Vec<Vec<String>> = words.collect();
    let short = words.iter().zip(found);
    let short: Vec<String> = short.map(|(all, it)| name(own_words(all, it))).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &short {
        *counts.entry(name).or_default() += 1;
    }
    let names = short.iter().zip(&words).map(|(short, words)| {
        if counts.get(short.as_str()) == Some(&1) {
            short.clone()
        } else {
            name(words)
        }
    });
    names.collect()
}

/// Returns the words of an operationId without its suffix of path and method.
///
/// Some frameworks append them to make the operationId unique. A short operationId is returned unchanged.
fn own_words<'w>(words: &'w [String], found: &Found<'_>) -> &'w [String] {
    let mut end = names::operation_words(found.path);
    end.push(found.verb.to_lowercase());
    let own = words.strip_suffix(end.as_slice());
    let own = own.filter(|own| !own.is_empty() && end.len() > 1 && words.len() > 3);
    own.unwrap_or(words)
}
