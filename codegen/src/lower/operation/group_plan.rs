//! Assigns operations to groups: as listed in the config, else one group per tag.

use indexmap::IndexMap;

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::document::SHARED_GROUP;
use crate::lower::context::Context;
use crate::lower::operation::method_names::method_names;
use crate::lower::operation_ref::{OperationRef, operations_of};
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

/// A group whose operations are not lowered yet.
pub(in crate::lower) struct GroupPlan<'a> {
    pub(in crate::lower) name: String,
    pub(in crate::lower) docs: String,
    /// Method names and operations.
    pub(in crate::lower) methods: Vec<(String, OperationRef<'a>)>,
}

/// Operations by their id. The flag is true if a group contains the operation.
type OperationsById<'a> = IndexMap<String, (OperationRef<'a>, bool)>;

/// Returns the groups of the config, else one group per tag.
pub(in crate::lower) fn group_plans<'a>(context: &mut Context<'a>) -> Vec<GroupPlan<'a>> {
    let operations = operations_of(context.document);
    if context.config.groups.is_empty() {
        groups_by_tag(context, operations)
    } else {
        groups_by_config(context, operations)
    }
}

fn groups_by_config<'a>(
    context: &mut Context<'a>,
    operations: Vec<OperationRef<'a>>,
) -> Vec<GroupPlan<'a>> {
    let mut operations: OperationsById<'a> = operations
        .into_iter()
        .map(|operation| (operation.id.clone(), (operation, false)))
        .collect();
    let at = Pointer::root().key("groups");
    let mut plans = Vec::new();
    for (name, group) in &context.config.groups {
        let methods = methods_by_config(context, group, &at.key(name), &mut operations);
        if context.document.partial && methods.is_empty() {
            continue;
        }
        plans.push(GroupPlan {
            name: name.clone(),
            docs: group.docs.clone().unwrap_or_default(),
            methods,
        });
    }
    warn_about_ungrouped(context, &operations);
    plans
}

/// Returns the methods of a group of the config, which is at `at`, and marks their operations.
fn methods_by_config<'a>(
    context: &mut Context<'a>,
    group: &config::Group,
    at: &Pointer,
    operations: &mut OperationsById<'a>,
) -> Vec<(String, OperationRef<'a>)> {
    let mut methods = Vec::new();
    for (method, id) in &group.methods {
        match operations.get_mut(id) {
            Some((operation, is_grouped)) => {
                *is_grouped = true;
                methods.push((method.clone(), operation.clone()));
            }
            None if context.document.partial => {}
            None => {
                let known = operations.keys().map(String::as_str);
                let help = did_you_mean(id, known, "an operationId of the document");
                let text = format!("the document has no operation `{id}`");
                let at = at.key("methods").key(method);
                let diagnostic = Diagnostic::error("unknown-operation-id", &at, text);
                context.report(diagnostic.in_config().help(help));
            }
        }
    }
    methods
}

fn warn_about_ungrouped(context: &mut Context<'_>, operations: &OperationsById<'_>) {
    for (id, (operation, is_grouped)) in operations {
        if !is_grouped {
            let text = format!(
                "no group of the config lists the operation `{id}`; the operation is left out"
            );
            let help = "add it to a `[groups.….methods]` table";
            let diagnostic = Diagnostic::warning("operation-without-group", &operation.at, text);
            context.report(diagnostic.at_key().help(help));
        }
    }
}

fn groups_by_tag<'a>(
    context: &mut Context<'a>,
    operations: Vec<OperationRef<'a>>,
) -> Vec<GroupPlan<'a>> {
    let mut by_tag: IndexMap<String, Vec<OperationRef<'a>>> = IndexMap::new();
    for operation_ref in operations {
        let tag = operation_ref.operation.tags.first().map(String::as_str);
        let tag = tag.unwrap_or_else(|| context.document.untagged.group(operation_ref.path));
        by_tag
            .entry(tag.to_owned())
            .or_default()
            .push(operation_ref);
    }
    let mut scope = Scope::default();
    by_tag
        .into_iter()
        .map(|(tag, operations)| group_of_tag(context, &tag, operations, &mut scope))
        .collect()
}

fn group_of_tag<'a>(
    context: &mut Context<'a>,
    tag: &str,
    operations: Vec<OperationRef<'a>>,
    scope: &mut Scope,
) -> GroupPlan<'a> {
    let tags = &context.document.api.tags;
    let index = tags.iter().position(|other| other.name == tag);
    let at = match index {
        Some(index) => Pointer::root().key("tags").index(index),
        None => operations
            .first()
            .map(|operation| operation.at.clone())
            .unwrap_or_default(),
    };
    let docs = match index.and_then(|index| tags.get(index)) {
        Some(tag) => tag.description.clone().unwrap_or_default(),
        None if tag == SHARED_GROUP => "Operations without a tag.".to_owned(),
        None => String::new(),
    };
    let name = names::module(tag, "group", names::RESERVED_GROUPS);
    let name = context.types.claim_group(name, &at, scope);
    let mut method_scope = Scope::default();
    let methods = method_names(tag, &operations)
        .into_iter()
        .zip(operations)
        .map(|(name, operation)| {
            let name = context
                .types
                .claim_method(name, &operation.at, &mut method_scope);
            (name, operation)
        })
        .collect();
    GroupPlan {
        name,
        docs,
        methods,
    }
}
