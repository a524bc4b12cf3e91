//! Schemas that allow only strings, only numbers or only booleans.

use std::rc::Rc;

use serde_json::Value;

use crate::ir::JsonKind;
use crate::lower::schema::resolved::ResolvedSchema;
use crate::lower::schema::resolver::SchemaResolver;

/// So many cases are looked at, those of unions in unions among them: these may lead back and forth between each other. A
/// larger union counts as no scalar.
const MOST_CASES: usize = 1000;

/// Cases that are all strings, numbers or booleans.
pub(in crate::lower) struct Scalar {
    pub(in crate::lower) kind: JsonKind,
    /// The values that are named.
    pub(in crate::lower) values: Vec<Value>,
    /// What is said of single ones.
    pub(in crate::lower) meanings: Vec<(Value, String)>,
    /// Whether other values may stand beside these.
    pub(in crate::lower) open: bool,
}

impl<'a> SchemaResolver<'a> {
    /// The values that a schema allows, where its type does not tell them, each with what the document calls it.
    pub(in crate::lower) fn values_in_words(&self, view: &ResolvedSchema<'a>) -> Vec<String> {
        let told = match self.scalar(view) {
            Some(scalar) => scalar.kind == JsonKind::String || scalar.open,
            None => !view.cases.is_empty(),
        };
        let mut values = Vec::new();
        if told {
            return values;
        }
        let cases = self.variants(view);
        for view in std::iter::once(view).chain(&cases.schemas) {
            let title = view.title.filter(|_| view.values.len() == 1);
            let named = view.values.iter().filter(|value| !value.is_null());
            values.extend(named.map(|value| match title {
                Some(title) => format!("`{value}` ({title})"),
                None => format!("`{value}`"),
            }));
        }
        values
    }

    /// What a schema is, if it is nothing but strings, numbers or booleans.
    pub(in crate::lower) fn scalar(&self, view: &ResolvedSchema<'a>) -> Option<Rc<Scalar>> {
        let find = || self.find_scalar(view, &mut { MOST_CASES }).map(Rc::new);
        if view.is_referred_to() && !view.cases.is_empty() {
            self.scalars.get(&view.at, find)
        } else {
            find()
        }
    }

    fn find_scalar(&self, view: &ResolvedSchema<'a>, left: &mut usize) -> Option<Scalar> {
        *left = left.checked_sub(1)?;
        if view.cases.is_empty() {
            return Some(Scalar {
                kind: scalar_kind(view)?,
                values: view.values.clone(),
                meanings: view
                    .meaning()
                    .into_iter()
                    .chain(view.meanings.clone())
                    .collect(),
                open: view.values.is_empty(),
            });
        }
        let cases = self.variants(view);
        let mut scalars = cases
            .schemas
            .iter()
            .map(|case| self.find_scalar(case, left));
        let mut all = scalars.next()??;
        for scalar in scalars {
            let scalar = scalar?;
            if all.kind != scalar.kind {
                return None;
            }
            all.values.extend(scalar.values);
            all.meanings.extend(scalar.meanings);
            all.open |= scalar.open;
        }
        (!cases.anything).then_some(all)
    }
}

fn scalar_kind(view: &ResolvedSchema<'_>) -> Option<JsonKind> {
    match view.kind {
        Some(JsonKind::Array | JsonKind::Object) => None,
        None if view.values.is_empty() => None,
        None if view.values.iter().all(Value::is_string) => Some(JsonKind::String),
        None if view.values.iter().all(Value::is_i64) => Some(JsonKind::Integer),
        None if view.values.iter().all(Value::is_number) => Some(JsonKind::Number),
        None if view.values.iter().all(Value::is_boolean) => Some(JsonKind::Boolean),
        kind => kind,
    }
}
