//! Groups of operations, which methods of the client return.

use std::collections::HashMap;

use crate::ir::{Argument, Group, Method, Operation, ParamLocation, Style};
use crate::lower::context::Context;
use crate::lower::operation::build::operation;
use crate::lower::operation::group_plan::{GroupPlan, group_plans};
use crate::lower::operation_ref::path_parameters;
use crate::names;

/// Indices of a group and of an operation in that group, by the location of the operation in the document.
type LoweredOperations = HashMap<String, (usize, usize)>;

/// Returns all groups with their operations.
pub(in crate::lower) fn groups(context: &mut Context<'_>) -> Vec<Group> {
    let plans = group_plans(context);
    let mut lowered = LoweredOperations::new();
    let mut groups: Vec<Group> = Vec::with_capacity(plans.len());
    for plan in &plans {
        let group = group(context, plan, &plans, &groups, &mut lowered);
        groups.push(group);
    }
    groups
}

fn group<'a>(
    context: &mut Context<'a>,
    plan: &GroupPlan<'a>,
    plans: &[GroupPlan<'a>],
    preceding: &[Group],
    lowered: &mut LoweredOperations,
) -> Group {
    let index = preceding.len();
    let mut operations: Vec<Operation> = Vec::new();
    let mut methods = Vec::with_capacity(plan.methods.len());
    let mut shared: Option<Vec<Argument>> = None;
    for (name, operation_ref) in &plan.methods {
        let key = operation_ref.at.to_string();
        let (group, operation) = *lowered.entry(key).or_insert_with(|| {
            let name_hint = type_name_hint(name, plan, plans);
            operations.push(operation(
                context,
                operation_ref,
                names::pascal(name),
                &name_hint,
            ));
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
            preceding.get(group).map(|group| &group.operations)
        };
        if let Some(operation) = owner.and_then(|operations| operations.get(operation)) {
            shared = Some(shared_arguments(shared, operation));
        }
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

/// Returns the prefix of the names of inline types: the method name, with the group name if several groups have this
/// method.
fn type_name_hint(method: &str, plan: &GroupPlan<'_>, plans: &[GroupPlan<'_>]) -> String {
    let methods = plans.iter().flat_map(|plan| &plan.methods);
    if methods.filter(|(name, _)| name == method).count() == 1 {
        method.to_owned()
    } else {
        format!("{} {method}", plan.name)
    }
}

/// Returns the path parameters that the preceding operations share with this one, in path order.
///
/// A parameter that is the last path segment identifies the resource of the operation. It remains an argument of the
/// method.
fn shared_arguments(preceding: Option<Vec<Argument>>, operation: &Operation) -> Vec<Argument> {
    let last_segment = operation.path.rsplit('/').next().unwrap_or_default();
    let own = operation.arguments.iter().filter(|argument| {
        argument.location == ParamLocation::Path
            && argument.style == Style::Default
            && path_parameters(last_segment) != [argument.wire_name.as_str()]
    });
    let Some(preceding) = preceding else {
        return own.cloned().collect();
    };
    let own: Vec<&Argument> = own.collect();
    let is_same =
        |one: &Argument, other: &Argument| one.wire_name == other.wire_name && one.ty == other.ty;
    preceding
        .into_iter()
        .filter(|argument| own.iter().any(|other| is_same(argument, other)))
        .collect()
}
