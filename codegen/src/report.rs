//! Rendering of diagnostics as text, with positions in the document and the config.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};

use crate::diagnostic::{Anchor, Diagnostic, Diagnostics, Origin, Position, Severity};
use crate::source::{Positions, Source};

/// Rendered diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// The printed text.
    pub text: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Number of similar diagnostics that are shown without `verbose`.
const MAX_SIMILAR: usize = 3;

/// Renders diagnostics in the order of their positions:
///
/// ```text
/// FILE:LINE:COLUMN: error: TEXT
///   at #/json/pointer
///   help: TEXT
/// ```
///
/// Duplicates are removed. Without `verbose`, only the first diagnostics of the same severity and code and only the
/// first location of a diagnostic are shown.
pub fn render(
    diagnostics: &Diagnostics,
    document: &Source,
    config: Option<&Source>,
    verbose: bool,
) -> Report {
    let mut report = Report::default();
    for (origin, source) in [(Origin::Document, Some(document)), (Origin::Config, config)] {
        let diagnostics: Vec<&Diagnostic> = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.origin == origin)
            .collect();
        let positions = find_positions(&diagnostics, source, origin, verbose);
        let mut renderer = Renderer {
            report: &mut report,
            file: source.map_or("", |source| &source.name),
            positions: &positions,
            verbose,
        };
        renderer.render(&sorted(&diagnostics, &positions));
    }
    report
}

/// Finds the positions of all locations that are printed.
fn find_positions(
    diagnostics: &[&Diagnostic],
    source: Option<&Source>,
    origin: Origin,
    verbose: bool,
) -> Positions {
    let without_position = diagnostics
        .iter()
        .filter(|diagnostic| !matches!(diagnostic.anchor, Anchor::Position(_)));
    let related = diagnostics.iter().filter(|_| verbose);
    let related = related.flat_map(|diagnostic| diagnostic.related_locations());
    let mut wanted = without_position
        .map(|diagnostic| &diagnostic.at)
        .chain(related)
        .peekable();
    match source {
        Some(source) if wanted.peek().is_some() => Positions::find(source, origin, wanted),
        _ => Positions::default(),
    }
}

/// Sorts diagnostics by position and removes duplicates.
fn sorted<'a>(
    diagnostics: &[&'a Diagnostic],
    positions: &Positions,
) -> Vec<(Position, &'a Diagnostic)> {
    let position = |diagnostic: &Diagnostic| match diagnostic.anchor {
        Anchor::Position(position) => position,
        Anchor::Key => positions.key(&diagnostic.at),
        Anchor::Value => positions.value(&diagnostic.at),
    };
    let mut sorted: Vec<(Position, &Diagnostic)> = diagnostics
        .iter()
        .map(|diagnostic| (position(diagnostic), *diagnostic))
        .collect();
    sorted.sort_by_key(|(position, _)| *position);
    sorted.dedup();
    sorted
}

/// Diagnostics with the same severity and code are similar.
type Group = (Severity, &'static str);

fn group(diagnostic: &Diagnostic) -> Group {
    (diagnostic.severity, diagnostic.code)
}

struct Renderer<'r> {
    report: &'r mut Report,
    file: &'r str,
    positions: &'r Positions,
    verbose: bool,
}

impl Renderer<'_> {
    fn render(&mut self, diagnostics: &[(Position, &Diagnostic)]) {
        let totals = self.count(diagnostics);
        let mut seen: HashMap<Group, usize> = HashMap::new();
        for (position, diagnostic) in diagnostics {
            let group = group(diagnostic);
            let seen = seen.entry(group).or_default();
            *seen += 1;
            if self.verbose || *seen <= MAX_SIMILAR {
                self.diagnostic(*position, diagnostic);
            }
            let total = totals.get(&group).copied().unwrap_or_default();
            if !self.verbose && *seen == MAX_SIMILAR && total > MAX_SIMILAR {
                let more = total - MAX_SIMILAR;
                self.line(format_args!(
                    "  … and {more} more like it; `--verbose` shows all"
                ));
            }
        }
    }

    /// Counts the diagnostics by severity and by group.
    fn count(&mut self, diagnostics: &[(Position, &Diagnostic)]) -> HashMap<Group, usize> {
        let mut totals = HashMap::new();
        for (_, diagnostic) in diagnostics {
            match diagnostic.severity {
                Severity::Error => self.report.errors += 1,
                Severity::Warning => self.report.warnings += 1,
            }
            *totals.entry(group(diagnostic)).or_default() += 1;
        }
        totals
    }

    fn diagnostic(&mut self, position: Position, diagnostic: &Diagnostic) {
        let (file, Position { line, column }) = (self.file, position);
        let severity = diagnostic.severity;
        let text = printable(&diagnostic.text);
        let related = diagnostic.related_locations();
        if related.is_empty() {
            self.line(format_args!("{file}:{line}:{column}: {severity}: {text}"));
        } else {
            let count = related.len() + 1;
            self.line(format_args!(
                "{file}:{line}:{column}: {severity}: {text} (first of {count} locations)"
            ));
        }
        self.line(format_args!("  at {}", printable(diagnostic.at.as_str())));
        if let Some(help) = &diagnostic.help {
            self.line(format_args!("  help: {}", printable(help)));
        }
        if self.verbose {
            self.related(diagnostic);
        }
    }

    fn related(&mut self, diagnostic: &Diagnostic) {
        let file = self.file;
        for at in diagnostic.related_locations() {
            let Position { line, column } = self.positions.key(at);
            let at = printable(at.as_str());
            self.line(format_args!("  also at {file}:{line}:{column}: {at}"));
        }
    }

    fn line(&mut self, line: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.report.text, "{line}");
    }
}

/// Escapes line breaks and characters that change the direction of a text, so that a text is one readable line.
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
