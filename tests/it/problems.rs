//! What is printed about documents and configs with one mistake each: `specs/bad/`.

use std::fs;
use std::path::Path;

use codegen::{Options, Source};

/// What a config is read beside.
const SOUND: &str = include_str!("../specs/sound.yaml");

#[test]
fn each_mistake_is_told_with_its_place() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../specs/bad", "*.*", |path| {
            insta::assert_snapshot!("problem", report(path));
        });
    });
}

/// All that is printed about a document, or about a config beside a sound document.
fn report(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = Source::new(name, fs::read(path).unwrap_or_default());
    let options = Options::default();
    let outcome = if path
        .extension()
        .is_some_and(|extension| extension == "toml")
    {
        codegen::generate(&Source::new("sound.yaml", SOUND), Some(&source), &options)
    } else {
        codegen::generate(&source, None, &options)
    };
    outcome
        .map_or_else(|report| report, |generated| generated.warnings)
        .to_string()
}

/// What stands in many places is one problem, which names them all where that is asked for.
#[test]
fn verbose_names_all_places() {
    let text = "\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths: {/pets: {get: {operationId: list, responses: {'204': {description: Fine.}}}}}
components:
  schemas:
    One: {type: string, xml: {name: one}}
    Two: {type: string, xml: {name: two}}
";
    let told = |verbose| {
        let options = Options {
            verbose,
            ..Options::default()
        };
        let generated = codegen::generate(&Source::new("pets.yaml", text), None, &options);
        let warnings = generated.expect("a crate comes out").warnings;
        assert_eq!(warnings.warnings, 1);
        warnings.text
    };
    let brief = "pets.yaml:6:25: warning: `xml` is left out: it shapes no type (2 places, this is the first)\n  at #/components/schemas/One/xml\n";
    assert_eq!(told(false), brief);
    let more = "  also at pets.yaml:7:25: #/components/schemas/Two/xml\n";
    assert_eq!(told(true), format!("{brief}{more}"));
}

#[test]
fn what_nothing_fits_is_told_with_what_there_is() {
    let only = |word: &str| {
        let options = Options {
            only: vec![word.to_owned()],
            ..Options::default()
        };
        let report = codegen::generate(&Source::new("sound.yaml", SOUND), None, &options);
        let text = report.expect_err("no operation is meant").text;
        text.lines().map(str::trim).collect::<Vec<_>>().join("; ")
    };
    let at = "sound.yaml:3:1: error:";
    for (word, problem, help) in [
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
        let told = format!("{at} {problem}; at #/paths; help: {help}");
        assert_eq!(only(word), told);
    }
}
