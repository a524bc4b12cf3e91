//! The variants of a union as a flat list.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use crate::lower::schema::component::component_name;
use crate::lower::schema::resolved::ResolvedSchema;
use crate::lower::schema::resolver::SchemaResolver;
use crate::pointer::Pointer;

/// The cases of a union, flat: those of a union inside it that has no name are its own.
#[derive(Default)]
pub(in crate::lower) struct UnionVariants<'a> {
    pub(in crate::lower) schemas: Vec<ResolvedSchema<'a>>,
    /// Whether `null` is one.
    pub(in crate::lower) nullable: bool,
    /// Whether one takes any value.
    pub(in crate::lower) anything: bool,
    /// What there is already: where each is defined and, where a property tells the cases apart by their names, its name.
    seen: HashSet<(Pointer, Option<String>)>,
}

impl<'a> SchemaResolver<'a> {
    /// All cases of a union but `null`.
    pub(in crate::lower) fn variants(&self, view: &ResolvedSchema<'a>) -> Rc<UnionVariants<'a>> {
        let find = || {
            let mut cases = UnionVariants::default();
            self.collect(view, &mut cases, &mut HashSet::new());
            Rc::new(cases)
        };
        if view.is_referred_to() {
            self.union_variants.get(&view.at, find)
        } else {
            find()
        }
    }

    fn collect(
        &self,
        outer: &ResolvedSchema<'a>,
        cases: &mut UnionVariants<'a>,
        seen: &mut HashSet<Pointer>,
    ) {
        seen.insert(outer.at.clone());
        for (at, place) in &outer.cases {
            let case = self.resolve(*place, at);
            if seen.contains(&case.at) {
                // Its cases are there already.
                continue;
            }
            let is_null = !case.values.is_empty() && case.values.iter().all(Value::is_null);
            cases.nullable |= case.nullable || case.values.iter().any(Value::is_null);
            let silent = !case.has_shape() && case.cases.is_empty();
            if is_null || (silent && case.nullable) {
                continue;
            }
            let case = case.within(outer, at);
            if !case.has_shape() && case.cases.is_empty() {
                cases.anything = true;
            } else if seen.contains(&case.at) {
                // So are those of a union that was met inside of another.
            } else if is_part(&case) {
                self.collect(&case, cases, seen);
            } else {
                let name = || case.chain().find_map(component_name);
                let name = outer.discriminator.and_then(|_| name());
                if cases.seen.insert((case.at.clone(), name)) {
                    cases.schemas.push(case);
                }
            }
        }
    }
}

/// Whether a case is a union that has neither a name nor a property that tells its cases apart.
fn is_part(case: &ResolvedSchema<'_>) -> bool {
    !case.cases.is_empty() && component_name(&case.at).is_none() && case.discriminator.is_none()
}
