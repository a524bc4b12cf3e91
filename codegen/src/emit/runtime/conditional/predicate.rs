//! Evaluates the argument of `cfg`.

use crate::emit::condition::{Cfg, Condition};

/// A `cfg` predicate in a generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Predicate {
    True,
    False,
    /// The predicate depends on features of the crate.
    Depends(Cfg),
}

impl From<Condition> for Predicate {
    fn from(condition: Condition) -> Self {
        match condition {
            Condition::Always => Self::True,
            Condition::Never => Self::False,
            Condition::Features(_) => {
                let predicate = condition.predicate();
                predicate.map_or(Self::True, Self::Depends)
            }
        }
    }
}

/// Evaluates `feature = "…"`, `not(…)`, `any(…, …)` and `all(…, …)`. `part` returns the condition of a feature of the
/// runtime. Features of the crate, such as `blocking`, are kept.
pub(super) fn evaluate(predicate: &str, part: &dyn Fn(&str) -> Condition) -> Predicate {
    let inside = |name: &str| predicate.strip_prefix(name)?.strip_suffix(')');
    let each = |list| arguments(list).map(|one| evaluate(one, part));
    if let Some(inner) = inside("not(") {
        return match evaluate(inner, part) {
            Predicate::True => Predicate::False,
            Predicate::False => Predicate::True,
            Predicate::Depends(inner) => Predicate::Depends(Cfg::One(format!("not({inner})"))),
        };
    }
    if let Some(list) = inside("any(") {
        return join(each(list), &Predicate::True, Predicate::False, Cfg::any);
    }
    if let Some(list) = inside("all(") {
        let all = |list: Vec<String>| Cfg::One(format!("all({})", list.join(", ")));
        return join(each(list), &Predicate::False, Predicate::True, all);
    }
    let name = predicate.strip_prefix("feature = \"");
    match name.and_then(|name| name.strip_suffix('"')) {
        Some(name) if name.starts_with("part-") || name == "exports" => part(name).into(),
        _ => Predicate::Depends(Cfg::One(predicate.to_owned())),
    }
}

/// Joins predicates with `operator`. `decisive` decides the result alone, and `neutral` has no effect.
fn join(
    predicates: impl Iterator<Item = Predicate>,
    decisive: &Predicate,
    neutral: Predicate,
    operator: impl Fn(Vec<String>) -> Cfg,
) -> Predicate {
    let mut open = Vec::new();
    for predicate in predicates {
        if predicate == *decisive {
            return predicate;
        }
        if let Predicate::Depends(cfg) = predicate {
            open.push(cfg);
        }
    }
    open.dedup();
    match open.as_slice() {
        [] => neutral,
        [only] => Predicate::Depends(only.clone()),
        _ => Predicate::Depends(operator(open.iter().map(Cfg::to_string).collect())),
    }
}

/// Splits a list of conditions at the commas outside of parentheses.
pub(super) fn arguments(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let parts = list.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(predicate: &str, expected: &str) {
        let part = |name: &str| match name {
            "part-on" => Condition::Always,
            "part-some" => Condition::Features(["a".to_owned(), "b".to_owned()].into()),
            "part-one" => Condition::Features(["a".to_owned()].into()),
            _ => Condition::Never,
        };
        let found = match evaluate(predicate, &part) {
            Predicate::True => "true".to_owned(),
            Predicate::False => "false".to_owned(),
            Predicate::Depends(cfg) => cfg.to_string(),
        };
        assert_eq!(found, expected, "{predicate}");
    }

    #[test]
    fn known_parts_are_evaluated() {
        check("feature = \"part-on\"", "true");
        check("feature = \"part-off\"", "false");
        check("not(feature = \"part-off\")", "true");
        check("any(feature = \"part-off\", feature = \"part-on\")", "true");
        check(
            "all(feature = \"part-on\", not(any(feature = \"part-on\", feature = \"part-off\")))",
            "false",
        );
    }

    #[test]
    fn features_of_the_crate_are_kept() {
        check("feature = \"part-one\"", "feature = \"a\"");
        check("not(feature = \"part-one\")", "not(feature = \"a\")");
        check(
            "any(feature = \"part-off\", feature = \"part-some\")",
            "any(feature = \"a\", feature = \"b\")",
        );
        check(
            "any(feature = \"part-on\", feature = \"part-some\")",
            "true",
        );
        check(
            "all(feature = \"part-on\", feature = \"blocking\")",
            "feature = \"blocking\"",
        );
        check(
            "all(feature = \"part-one\", not(feature = \"blocking\"))",
            "all(feature = \"a\", not(feature = \"blocking\"))",
        );
        check(
            "all(feature = \"part-off\", feature = \"blocking\")",
            "false",
        );
    }
}
