//! Client-side validation: the `[limits]` of the config become checks of arguments and fields.

use crate::config::Limit;
use crate::diagnostic::Diagnostic;
use crate::ir::{Check, Rule};
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::lower::types::TypeLowering;
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl<'a> TypeLowering<'a> {
    /// Returns the checks of a value of this schema.
    pub(crate) fn checks(&mut self, schema: &ResolvedSchema<'a>) -> Vec<Check> {
        self.checks_within(schema, &mut Vec::new())
    }

    /// Returns the checks of a value and of the items of its lists. Each list schema is visited once.
    fn checks_within(
        &mut self,
        schema: &ResolvedSchema<'a>,
        lists: &mut Vec<Pointer>,
    ) -> Vec<Check> {
        let mut checks = Vec::new();
        for at in schema.ref_chain() {
            if let Some(limit) = self.limits.take(&[at]) {
                self.rules(&limit, schema, at, &mut checks);
            }
        }
        if let Some((at, items)) = &schema.items
            && !lists.contains(at)
        {
            lists.push(at.clone());
            let item = self.resolver.resolve(*items, at);
            if item.kind != Some(JsonKind::Object) {
                checks.extend(self.checks_within(&item, lists)); // structs check their own fields
            }
        }
        checks
    }

    fn rules(
        &mut self,
        limit: &Limit,
        schema: &ResolvedSchema<'a>,
        at: &Pointer,
        checks: &mut Vec<Check>,
    ) {
        let mut rules: Vec<Rule> = limit.max_bytes.map(Rule::MaxBytes).into_iter().collect();
        if limit.segment {
            rules.push(Rule::Segment);
            if schema.kind != Some(JsonKind::String) {
                let location = self.limits.location(at.as_str()).key("segment");
                let diagnostic = Diagnostic::error(
                    "segment-limit-of-non-string",
                    &location,
                    format!("{at} is not a string, so `segment` does not apply"),
                );
                self.diagnostics.push(diagnostic.in_config().at_key());
            }
        }
        let keywords = [
            (
                "minimum",
                limit.minimum,
                schema
                    .minimum
                    .map(|bound| Rule::Minimum(to_integer(bound.ceil()))),
            ),
            (
                "maximum",
                limit.maximum,
                schema
                    .maximum
                    .map(|bound| Rule::Maximum(to_integer(bound.floor()))),
            ),
            (
                "maxLength",
                limit.max_length,
                schema.max_length.map(|n| Rule::MaxLength(n as u64)),
            ),
            (
                "maxItems",
                limit.max_items,
                schema.max_items.map(|n| Rule::MaxItems(n as u64)),
            ),
            (
                "minItems",
                limit.min_items,
                schema.min_items.map(|n| Rule::MinItems(n as u64)),
            ),
        ];
        for (keyword, wanted, rule) in keywords {
            match rule {
                Some(rule) if wanted => rules.push(rule),
                None if wanted => {
                    let text = format!("{at} has no `{keyword}` to check");
                    let location = self.limits.location(at.as_str()).key(keyword);
                    let help = format!(
                        "add `{keyword}` to the schema in the document, or remove this limit"
                    );
                    let diagnostic = Diagnostic::error("limit-keyword-missing", &location, text)
                        .in_config()
                        .at_key();
                    self.diagnostics.push(diagnostic.help(help));
                }
                _ => {}
            }
        }
        let unless = limit.unless.clone();
        checks.extend(rules.into_iter().map(|rule| Check {
            rule,
            unless: unless.clone(),
        }));
    }

    /// Replaces the wire name in `unless` by the Rust name of that sibling.
    pub(crate) fn name_siblings(
        &mut self,
        checks: &mut [Check],
        siblings: &[(String, String)],
        at: &Pointer,
    ) {
        for check in checks {
            let Some(wire) = &check.unless else { continue };
            let sibling = siblings.iter().find(|(sibling, _)| sibling == wire);
            if sibling.is_none() {
                let text = format!(
                    "`unless = \"{wire}\"` of a limit in the config does not name a sibling property"
                );
                let known = siblings.iter().map(|(sibling, _)| sibling.as_str());
                let help = did_you_mean(
                    wire,
                    known,
                    "a sibling of the limited property under `unless`",
                );
                self.diagnostics
                    .push(Diagnostic::error("unknown-limit-sibling", at, text).help(help));
            }
            check.unless = sibling.map(|(_, name)| name.clone());
        }
    }
}

/// Converts a bound to an integer.
#[allow(
    clippy::cast_possible_truncation,
    reason = "bounds beyond `i64` saturate"
)]
fn to_integer(bound: f64) -> i64 {
    bound as i64
}
