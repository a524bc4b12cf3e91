//! Snapshots of the diagnostics for the documents and configs in `specs/bad/`. Each file has one error.

use std::fs;
use std::path::Path;

use codegen::{Options, Source};

/// The valid document that configs are read with.
const VALID: &str = include_str!("../specs/valid.yaml");

#[test]
fn diagnostics_match_snapshots() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../specs/bad", "*.*", |path| {
            insta::assert_snapshot!("diagnostic", report(path));
        });
    });
}

/// Returns the diagnostics for a document, or for a config with a valid document.
fn report(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = Source::new(name, fs::read(path).unwrap_or_default());
    let options = Options::default();
    let outcome = if path
        .extension()
        .is_some_and(|extension| extension == "toml")
    {
        codegen::generate(&Source::new("valid.yaml", VALID), Some(&source), &options)
    } else {
        codegen::generate(&source, None, &options)
    };
    outcome
        .map_or_else(|report| report, |generated| generated.warnings)
        .to_string()
}

/// Similar diagnostics are one diagnostic. It lists all locations if `verbose` is set.
#[test]
fn verbose_lists_all_locations() {
    let text = "\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths: {/pets: {get: {operationId: list, responses: {'204': {description: Fine.}}}}}
components:
  schemas:
    One: {type: string, xml: {name: one}}
    Two: {type: string, xml: {name: two}}
";
    let diagnostics = |verbose| {
        let options = Options {
            verbose,
            ..Options::default()
        };
        let generated = codegen::generate(&Source::new("pets.yaml", text), None, &options);
        let warnings = generated.expect("the document is valid").warnings;
        assert_eq!(warnings.warnings, 1);
        warnings.text
    };
    let brief = "pets.yaml:6:25: warning: `xml` is ignored: it has no effect on JSON (first of 2 locations)\n  at #/components/schemas/One/xml\n";
    assert_eq!(diagnostics(false), brief);
    let more = "  also at pets.yaml:7:25: #/components/schemas/Two/xml\n";
    assert_eq!(diagnostics(true), format!("{brief}{more}"));
}

#[test]
fn unknown_filters_are_reported_with_suggestions() {
    let only = |word: &str| {
        let options = Options {
            only: vec![word.to_owned()],
            ..Options::default()
        };
        let report = codegen::generate(&Source::new("valid.yaml", VALID), None, &options);
        let text = report.expect_err("the filter matches no operation").text;
        text.lines().map(str::trim).collect::<Vec<_>>().join("; ")
    };
    let at = "valid.yaml:3:1: error:";
    for (word, message, help) in [
        (
            "pet",
            "no operation has the tag `pet`, and no group has this name",
            "did you mean `pets`?",
        ),
        (
            "orders",
            "no operation has the tag `orders`, and no group has this name",
            "use `boxes`, `pets` or `tags`",
        ),
        (
            "/pet",
            "no path begins with `/pet`",
            "did you mean `/pets`?",
        ),
    ] {
        let diagnostics = format!("{at} {message}; at #/paths; help: {help}");
        assert_eq!(only(word), diagnostics);
    }
}
