//! The `[limits]` of the config -> checks on what is sent.

use crate::config::Limit;
use crate::diagnostic::Diagnostic;
use crate::ir::{Check, Rule};
use crate::lower::Lowering;
use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl<'a> Lowering<'a> {
    /// What is refused of a value of this schema.
    pub(crate) fn checks(&mut self, view: &ResolvedSchema<'a>) -> Vec<Check> {
        self.checks_within(view, &mut Vec::new())
    }

    /// The same inside of lists, each of which is looked at once.
    fn checks_within(&mut self, view: &ResolvedSchema<'a>, lists: &mut Vec<Pointer>) -> Vec<Check> {
        let mut checks = Vec::new();
        for at in view.chain() {
            if let Some(limit) = self.limits.take(&[at]) {
                self.rules(&limit, view, at, &mut checks);
            }
        }
        if let Some((at, items)) = &view.items
            && !lists.contains(at)
        {
            lists.push(at.clone());
            let item = self.view_of(*items, at);
            if item.kind != Some(JsonKind::Object) {
                checks.extend(self.checks_within(&item, lists)); // objects check themselves
            }
        }
        checks
    }

    fn rules(
        &mut self,
        limit: &Limit,
        view: &ResolvedSchema<'a>,
        at: &Pointer,
        checks: &mut Vec<Check>,
    ) {
        let mut rules: Vec<Rule> = limit.max_bytes.map(Rule::MaxBytes).into_iter().collect();
        if limit.segment {
            rules.push(Rule::Segment);
            if view.kind != Some(JsonKind::String) {
                let place = self.limits.place(at.as_str()).key("segment");
                let diagnostic = Diagnostic::error(
                    "segment-limit-of-non-string",
                    &place,
                    format!("{at} is no string"),
                );
                self.diagnostics.push(diagnostic.in_config().at_key());
            }
        }
        let keywords = [
            (
                "minimum",
                limit.minimum,
                view.minimum.map(|bound| Rule::Minimum(whole(bound.ceil()))),
            ),
            (
                "maximum",
                limit.maximum,
                view.maximum
                    .map(|bound| Rule::Maximum(whole(bound.floor()))),
            ),
            (
                "maxLength",
                limit.max_length,
                view.max_length.map(|n| Rule::MaxLength(n as u64)),
            ),
            (
                "maxItems",
                limit.max_items,
                view.max_items.map(|n| Rule::MaxItems(n as u64)),
            ),
            (
                "minItems",
                limit.min_items,
                view.min_items.map(|n| Rule::MinItems(n as u64)),
            ),
        ];
        for (keyword, wanted, rule) in keywords {
            match rule {
                Some(rule) if wanted => rules.push(rule),
                None if wanted => {
                    let text = format!("{at} has no `{keyword}` to check");
                    let place = self.limits.place(at.as_str()).key(keyword);
                    let help = format!("give it a `{keyword}` in the document, or remove this");
                    let diagnostic = Diagnostic::error("limit-keyword-missing", &place, text)
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

    /// Turns `unless` from the wire name of a sibling into its Rust name.
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
                    "the config suspends a limit by `{wire}`, which does not stand beside it"
                );
                let known = siblings.iter().map(|(sibling, _)| sibling.as_str());
                let help = did_you_mean(wire, known, "a property beside it under `unless`");
                self.diagnostics
                    .push(Diagnostic::error("unknown-limit-sibling", at, text).help(help));
            }
            check.unless = sibling.map(|(_, name)| name.clone());
        }
    }
}

/// A bound as a whole number; bounds beyond `i64` saturate.
#[allow(clippy::cast_possible_truncation)]
fn whole(bound: f64) -> i64 {
    bound as i64
}
