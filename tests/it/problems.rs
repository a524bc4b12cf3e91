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
