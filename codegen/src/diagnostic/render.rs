//! Problems -> the text that is printed, each with its place in one of the two sources.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};

use crate::diagnostic::{Anchor, Diagnostic, Diagnostics, Origin, Position, Severity};
use crate::source::Source;
use crate::source::positions::Positions;

/// Problems as they are printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many of them are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// What is printed of them.
    pub text: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Diagnostics {
    /// The problems by file and position, each once:
    ///
    /// ```text
    /// FILE:LINE:COLUMN: error: TEXT
    ///   at #/json/pointer
    ///   help: TEXT
    /// ```
    ///
    /// Of many that are alike only the first ones are told, and of one that stands in many places the first of these, and how
    /// many more there are, unless `all` are wanted.
    pub fn report(&self, document: &Source, config: Option<&Source>, all: bool) -> Report {
        let mut report = Report::default();
        for (origin, source) in [(Origin::Document, Some(document)), (Origin::Config, config)] {
            let diagnostics: Vec<&Diagnostic> = self
                .iter()
                .filter(|diagnostic| diagnostic.origin == origin)
                .collect();
            let positions = positions(&diagnostics, source, origin, all);
            let placed = placed(&diagnostics, &positions);
            let mut alike: HashMap<(Severity, &str), Alike> = HashMap::new();
            for (_, diagnostic) in &placed {
                match diagnostic.severity {
                    Severity::Error => report.errors += 1,
                    Severity::Warning => report.warnings += 1,
                }
                alike
                    .entry((diagnostic.severity, diagnostic.code))
                    .or_default()
                    .count += 1;
            }
            let name = source.map_or("", |source| &source.name);
            for (mark, diagnostic) in placed {
                let alike = alike
                    .entry((diagnostic.severity, diagnostic.code))
                    .or_default();
                alike.told += 1;
                if all || alike.told <= SHOWN {
                    print(&mut report.text, name, mark, diagnostic);
                    if all {
                        print_also(&mut report.text, name, &positions, diagnostic);
                    }
                }
                if !all && alike.told == SHOWN && alike.count > SHOWN {
                    let more = alike.count - SHOWN;
                    let line = format!("  … and {more} more like it; `--verbose` shows all\n");
                    report.text.push_str(&line);
                }
            }
        }
        report
    }
}

/// So many of those that are alike are told.
const SHOWN: usize = 3;

/// Problems that say the same of different things.
#[derive(Default)]
struct Alike {
    count: usize,
    told: usize,
}

/// Where everything stands that is told.
fn positions(
    diagnostics: &[&Diagnostic],
    source: Option<&Source>,
    origin: Origin,
    all: bool,
) -> Positions {
    let sought = diagnostics
        .iter()
        .filter(|diagnostic| !matches!(diagnostic.anchor, Anchor::Position(_)));
    let related = diagnostics.iter().filter(|_| all);
    let related = related.flat_map(|diagnostic| diagnostic.related_locations());
    let mut sought = sought
        .map(|diagnostic| &diagnostic.at)
        .chain(related)
        .peekable();
    match source {
        Some(source) if sought.peek().is_some() => Positions::find(source, origin, sought),
        _ => Positions::default(),
    }
}

fn placed<'a>(
    diagnostics: &[&'a Diagnostic],
    positions: &Positions,
) -> Vec<(Position, &'a Diagnostic)> {
    let mark = |diagnostic: &Diagnostic| match diagnostic.anchor {
        Anchor::Position(mark) => mark,
        Anchor::Key => positions.key(&diagnostic.at),
        Anchor::Value => positions.value(&diagnostic.at),
    };
    let mut placed: Vec<(Position, &Diagnostic)> = diagnostics
        .iter()
        .map(|diagnostic| (mark(diagnostic), *diagnostic))
        .collect();
    placed.sort_by_key(|(mark, _)| *mark);
    placed.dedup();
    placed
}

fn print(report: &mut String, name: &str, mark: Position, diagnostic: &Diagnostic) {
    let Position { line, column } = mark;
    let Diagnostic {
        severity,
        at,
        text,
        help,
        ..
    } = diagnostic;
    let (text, at) = (printable(text), printable(at.as_str()));
    let places = match diagnostic.related_locations().len() {
        0 => String::new(),
        more => format!(" ({} places, this is the first)", more + 1),
    };
    // Writing to a String cannot fail.
    let _ = writeln!(
        report,
        "{name}:{line}:{column}: {severity}: {text}{places}\n  at {at}"
    );
    if let Some(help) = help {
        let _ = writeln!(report, "  help: {}", printable(help));
    }
}

/// The other places of what stands in several.
fn print_also(report: &mut String, name: &str, positions: &Positions, diagnostic: &Diagnostic) {
    for at in diagnostic.related_locations() {
        let Position { line, column } = positions.key(at);
        let at = printable(at.as_str());
        let _ = writeln!(report, "  also at {name}:{line}:{column}: {at}");
    }
}

/// A text on one line: names of a document may hold line breaks, and signs that turn the text around.
fn printable(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if is_plain(c) {
            printable.push(c);
        } else {
            printable.extend(c.escape_unicode());
        }
    }
    Cow::Owned(printable)
}
