//! Computes the complete matchers of schemas: everything that a schema states about the kind, the constants and the
//! properties of its values.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use crate::ir::{JsonKind, VariantMatcher};
use crate::lower::schema::DiscriminatorMapping;
use crate::lower::schema::enum_text::enum_texts;
use crate::lower::schema::{Property, ResolvedSchema, SchemaResolver};
use crate::pointer::Pointer;

/// Maximum depth of nested arrays in a matcher.
const MAX_DEPTH: usize = 3;

/// Maximum number of nested unions that are searched for matchers.
const MAX_UNIONS: usize = 256;

impl<'a> SchemaResolver<'a> {
    /// Returns the complete matchers of schemas. Nested unions in `seen` are skipped.
    pub(super) fn matchers(
        &self,
        schemas: &[ResolvedSchema<'a>],
        seen: &mut HashSet<Pointer>,
        depth: usize,
    ) -> Vec<Rc<VariantMatcher>> {
        let mut matchers = Vec::new();
        let mut lists = Vec::new();
        for schema in schemas {
            self.collect_matchers(schema, seen, &mut matchers, &mut lists);
        }
        // All arrays share one matcher, whose items match the items of any of them.
        let items = lists.iter().map(|list| list.items.as_ref());
        let items: Option<Vec<_>> = items.collect();
        if let Some(items) = items.filter(|items| !items.is_empty() && depth < MAX_DEPTH) {
            let items = items.iter().map(|(at, items)| self.resolve(*items, at));
            let items = self.matchers(&items.collect::<Vec<_>>(), seen, depth + 1);
            let list = matchers
                .iter_mut()
                .find(|matcher| matcher.kind == Some(JsonKind::Array));
            if let Some(list) = list {
                Rc::make_mut(list).items = items.iter().map(|item| (**item).clone()).collect();
            }
        }
        matchers
    }

    fn collect_matchers(
        &self,
        schema: &ResolvedSchema<'a>,
        seen: &mut HashSet<Pointer>,
        matchers: &mut Vec<Rc<VariantMatcher>>,
        lists: &mut Vec<ResolvedSchema<'a>>,
    ) {
        if !schema.variants.is_empty() {
            if seen.len() > MAX_UNIONS || !seen.insert(schema.at.clone()) {
                return;
            }
            let mapping = DiscriminatorMapping::of(schema);
            for case in &self.variants(schema).schemas {
                let first = matchers.len();
                self.collect_matchers(case, seen, matchers, lists);
                let own = matchers.get_mut(first..).unwrap_or_default();
                if let Some(mapping) = &mapping {
                    mapping.write_to(self, case, None, own);
                }
            }
            return;
        }
        let mut matcher = VariantMatcher {
            kind: schema.kind,
            ..VariantMatcher::default()
        };
        match schema.kind {
            Some(JsonKind::String) => matcher.values = enum_texts(&schema.enum_values),
            Some(JsonKind::Array) => {
                lists.push(schema.clone());
                if lists.len() > 1 {
                    return;
                }
            }
            Some(JsonKind::Object) => {
                let object = || Rc::new(self.object_matcher(schema));
                return matchers.push(self.objects.get(&schema.at, object));
            }
            None if !schema.enum_values.is_empty() => {
                return matchers.extend(by_values(&schema.enum_values).into_iter().map(Rc::new));
            }
            _ => {}
        }
        matchers.push(Rc::new(matcher));
    }

    /// Returns the matcher of an object, with shallow matchers of its properties.
    pub(super) fn object_matcher(&self, schema: &ResolvedSchema<'a>) -> VariantMatcher {
        let mut matcher = VariantMatcher::default();
        for (name, property) in &schema.properties {
            let inner = self.resolve_property(property);
            if let Some(mut inside) = self.shallow_matcher(&inner) {
                if let Some((at, items)) = &inner.items {
                    inside
                        .items
                        .extend(self.shallow_matcher(&self.resolve(*items, at)));
                }
                matcher.properties.push(((*name).to_owned(), inside));
            }
            add_property(&mut matcher, name, property, &inner);
        }
        matcher.kind = schema.kind;
        matcher
    }

    /// Returns the kind and the property names of a schema without variants.
    fn shallow_matcher(&self, schema: &ResolvedSchema<'a>) -> Option<VariantMatcher> {
        let kind = schema.kind.filter(|_| schema.variants.is_empty())?;
        let mut matcher = VariantMatcher {
            kind: Some(kind),
            ..VariantMatcher::default()
        };
        for (name, property) in &schema.properties {
            add_property(
                &mut matcher,
                name,
                property,
                &self.resolve_property(property),
            );
        }
        Some(matcher)
    }
}

/// Adds the name and the enum values of a property.
fn add_property(
    matcher: &mut VariantMatcher,
    name: &str,
    property: &Property<'_>,
    schema: &ResolvedSchema<'_>,
) {
    if !schema.enum_values.is_empty() {
        matcher
            .tags
            .push((name.to_owned(), enum_texts(&schema.enum_values)));
    }
    let names = if property.required {
        &mut matcher.required
    } else {
        &mut matcher.optional
    };
    names.push(name.to_owned());
}

fn by_values(values: &[Value]) -> Vec<VariantMatcher> {
    let matcher = |kind: JsonKind, values: Vec<String>| VariantMatcher {
        kind: Some(kind),
        values,
        ..VariantMatcher::default()
    };
    let mut matchers = Vec::new();
    let strings: Vec<Value> = values
        .iter()
        .filter(|value| value.is_string())
        .cloned()
        .collect();
    if !strings.is_empty() {
        matchers.push(matcher(JsonKind::String, enum_texts(&strings)));
    }
    if values.iter().any(Value::is_number) {
        matchers.push(matcher(JsonKind::Number, vec![]));
    }
    if values.iter().any(Value::is_boolean) {
        matchers.push(matcher(JsonKind::Boolean, vec![]));
    }
    matchers
}
