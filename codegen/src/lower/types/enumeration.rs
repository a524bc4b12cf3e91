//! Enums: one variant for each value.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::ir::{Shape, Type, Variant};
use crate::lower::schema::ResolvedSchema;
use crate::lower::types::lowering::TypeLowering;
use crate::names::{self, Scope};
use crate::pointer::Pointer;

impl<'a> TypeLowering<'a> {
    /// Returns the type of an enum of strings.
    pub(in crate::lower) fn enumeration(
        &mut self,
        schema: &ResolvedSchema<'a>,
        name_hint: &str,
    ) -> Type {
        self.model(schema, name_hint, |lowering, _| {
            let mut scope = Scope::default();
            // Name of the variant for unknown values.
            let _ = scope.claim("Unknown", &schema.at);
            // Validation reports duplicate values.
            let mut seen = HashSet::new();
            let values = schema.enum_values.iter().filter_map(Value::as_str);
            let values: Vec<&str> = values.filter(|value| seen.insert(*value)).collect();
            let cases = CaseVariants::of(&values);
            let variants = values.iter().map(|value| {
                let label = schema.enum_labels.iter().find(|it| it.value == *value);
                let name = label.and_then(|label| label.name.as_deref());
                let name = name.map_or_else(|| cases.name(value), names::variant);
                let docs = label.and_then(|label| label.description.clone());
                Variant {
                    name: lowering.variant_name(name, value, &schema.at, &mut scope),
                    wire_name: (*value).to_owned(),
                    docs: docs.unwrap_or_default(),
                }
            });
            Shape::Enum(variants.collect())
        })
    }

    /// Returns a unique name for the variant of a value: the name from the config, or else `name`.
    fn variant_name(
        &mut self,
        name: String,
        value: &str,
        at: &Pointer,
        scope: &mut Scope,
    ) -> String {
        let at = at.key("enum").key(value);
        let mut name = self.names.variants.take(&[&at]).unwrap_or(name);
        if scope.claim(&name, &at).is_err() {
            name = scope.numbered(&name);
            let _ = scope.claim(&name, &at);
        }
        name
    }
}

/// Values that differ only in case, as in `mW` and `MW`.
struct CaseVariants {
    /// The number of values with the same text in lower case.
    counts: HashMap<String, usize>,
}

impl CaseVariants {
    fn of(values: &[&str]) -> Self {
        let mut counts = HashMap::new();
        for value in values {
            *counts.entry(value.to_lowercase()).or_default() += 1;
        }
        Self { counts }
    }

    /// Returns the name of a value. It states the case if another value differs only in case.
    fn name(&self, value: &str) -> String {
        let lower = value.to_lowercase();
        if self.counts.get(&lower).is_none_or(|count| *count < 2) {
            return names::variant(value);
        }
        let case = if value == lower {
            "lower"
        } else if value == value.to_uppercase() {
            "upper"
        } else {
            "mixed"
        };
        names::pascal(&format!("{lower} {case}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_only_in_case_have_distinct_names() {
        let values = ["mW", "MW", "mw", "kW"];
        let cases = CaseVariants::of(&values);
        let names = values.map(|value| cases.name(value));
        assert_eq!(names[..3], ["MwMixed", "MwUpper", "MwLower"]);
        assert_eq!(names[3], names::variant("kW"));
    }
}
