//! Problems -> the text that is printed, each with its place in one of the two sources.

use std::fmt::{self, Write as _};

use crate::problem::{Mark, Origin, Problem, Problems, Severity, Spot};
use crate::source::Source;
use crate::source::positions::Positions;

/// Problems as they are printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many of them are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// All of them.
    pub text: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Problems {
    /// Every problem by file and position, each once:
    ///
    /// ```text
    /// FILE:LINE:COLUMN: error: TEXT
    ///   at #/json/pointer
    ///   help: TEXT
    /// ```
    pub fn report(&self, document: &Source, config: Option<&Source>) -> Report {
        let mut report = Report::default();
        for (origin, source) in [(Origin::Document, Some(document)), (Origin::Config, config)] {
            let problems: Vec<&Problem> = self
                .iter()
                .filter(|problem| problem.origin == origin)
                .collect();
            for (mark, problem) in placed(&problems, source, origin) {
                match problem.severity {
                    Severity::Error => report.errors += 1,
                    Severity::Warning => report.warnings += 1,
                }
                print(
                    &mut report.text,
                    source.map_or("", |source| &source.name),
                    mark,
                    problem,
                );
            }
        }
        report
    }
}

fn placed<'a>(
    problems: &[&'a Problem],
    source: Option<&Source>,
    origin: Origin,
) -> Vec<(Mark, &'a Problem)> {
    let sought = problems
        .iter()
        .filter(|problem| !matches!(problem.spot, Spot::Mark(_)));
    let mut sought = sought.map(|problem| &problem.at).peekable();
    let positions = match source {
        Some(source) if sought.peek().is_some() => Positions::find(source, origin, sought),
        _ => Positions::default(),
    };
    let mark = |problem: &Problem| match problem.spot {
        Spot::Mark(mark) => mark,
        Spot::Key => positions.key(&problem.at),
        Spot::Value => positions.value(&problem.at),
    };
    let mut placed: Vec<(Mark, &Problem)> = problems
        .iter()
        .map(|problem| (mark(problem), *problem))
        .collect();
    placed.sort_by_key(|(mark, _)| *mark);
    placed.dedup();
    placed
}

fn print(report: &mut String, name: &str, mark: Mark, problem: &Problem) {
    let Mark { line, column } = mark;
    let Problem {
        severity,
        at,
        text,
        help,
        ..
    } = problem;
    // Writing to a String cannot fail.
    let _ = writeln!(
        report,
        "{name}:{line}:{column}: {severity}: {text}\n  at {at}"
    );
    if let Some(help) = help {
        let _ = writeln!(report, "  help: {help}");
    }
}
