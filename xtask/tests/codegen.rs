//! `cargo xtask codegen` as a maintainer runs it: exit codes, what it prints, and what it leaves in the folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DOCUMENT: &str = r##"openapi: 3.0.3
info: {title: Pets, version: 1.2.3}
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: A pet, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
"##;

/// A folder for one test, gone afterwards.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("xtask-test-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("pets.yaml"), DOCUMENT).unwrap();
        Self(path)
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("codegen")
            .args(words)
            .current_dir(&self.0)
            .output()
            .unwrap()
    }

    fn generate(&self, more: &[&str]) -> Output {
        self.run(&[&["--spec", "pets.yaml", "--out", "pets"], more].concat())
    }

    /// Every file of the crate.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.0.join("pets"), &mut files);
        files
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.clone(), fs::read(path).unwrap());
        }
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn generated_is_what_spec_says() {
    let output = Place::new("own").run(&["--check"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        out(&output),
        err(&output)
    );
}

#[test]
fn a_crate_is_written_whole_and_again_the_same() {
    let place = Place::new("whole");
    let output = place.generate(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(
        out(&output).starts_with("pets: 1 operations, 1 models, "),
        "{}",
        out(&output)
    );
    let first = place.files();
    assert!(first.contains_key(&place.0.join("pets/Cargo.toml")));
    assert!(place.generate(&[]).status.success());
    assert_eq!(place.files(), first);
    assert_eq!(place.generate(&["--check"]).status.code(), Some(0));
}

#[test]
fn a_check_names_each_file_and_writes_nothing() {
    let place = Place::new("check");
    place.generate(&[]);
    let whole = place.files();
    let types = place.0.join("pets/src/types.rs");
    fs::write(
        &types,
        fs::read_to_string(&types)
            .unwrap()
            .replace("pub name: String", "pub nom: String"),
    )
    .unwrap();
    fs::remove_file(place.0.join("pets/src/client.rs")).unwrap();
    fs::write(place.0.join("pets/src/extra.rs"), "// more\n").unwrap();
    let before = place.files();

    let output = place.generate(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    for line in [
        "changed: pets/src/types.rs",
        "missing: pets/src/client.rs",
        "stale: pets/src/extra.rs",
        "-// more",
    ] {
        assert!(text.contains(line), "{line} is missing:\n{text}");
    }
    assert!(
        text.contains("-    pub nom: String,\n+    pub name: String,\n"),
        "{text}"
    );
    assert_eq!(place.files(), before);

    assert!(place.generate(&[]).status.success());
    assert_eq!(place.files(), whole);
}

#[test]
fn a_mistake_is_printed_with_its_place_and_touches_nothing() {
    let place = Place::new("mistake");
    place.generate(&[]);
    let before = place.files();
    fs::write(
        place.0.join("pets.yaml"),
        DOCUMENT.replace("schemas/Pet\"", "schemas/Pat\""),
    )
    .unwrap();
    let output = place.generate(&["--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).ends_with("\n1 error: nothing is written\n"));
    assert!(
        err(&output).starts_with("pets.yaml:9:91: error: "),
        "{}",
        err(&output)
    );
    assert!(
        err(&output).contains("\n  at #/paths/~1pets~1{id}/get/responses/200/"),
        "{}",
        err(&output)
    );
    assert_eq!(place.files(), before);
}

#[test]
fn a_mistake_that_can_be_mended_is_a_warning() {
    let place = Place::new("mended");
    let faulty = DOCUMENT.replace("schemas/Pet\"", "schemas/Pat\"");
    fs::write(place.0.join("pets.yaml"), faulty).unwrap();
    let output = place.generate(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let warning = "pets.yaml:9:91: warning: `#/components/schemas/Pat` leads nowhere; it is emitted as free-form `Json`";
    assert!(err(&output).starts_with(warning), "{}", err(&output));
    assert!(
        out(&output).ends_with(" ms, 1 warning\n"),
        "{}",
        out(&output)
    );
}

/// Two tags, one of which has a mistake.
const MIXED: &str = r##"openapi: 3.0.3
info: {title: Zoo, version: 1.2.3}
paths:
  /pets: {get: {tags: [pets], responses: {"200": {$ref: "#/components/responses/Pets"}}}}
  /pets/{id}/toys: {get: {tags: [toys], responses: {default: {description: Fine.}}}}
  /petshops: {get: {tags: [shops], responses: {"200": {$ref: "#/components/responses/Shops"}}}}
components:
  responses:
    Pets: {description: Pets., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
    Shops: {description: Shops., content: {application/json: {schema: {$ref: "#/components/schemas/Shop"}}}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}, mother: {$ref: "#/components/schemas/Pet"}}}
    Shop: {type: object, properties: {name: {type: strng}}}
"##;

#[test]
fn only_a_part_is_emitted_and_told_of() {
    let place = Place::new("only");
    fs::write(place.0.join("pets.yaml"), MIXED).unwrap();
    let all = place.generate(&[]);
    assert!(
        out(&all).starts_with("pets: 3 operations, 2 models, "),
        "{}",
        out(&all)
    );
    for (words, count) in [
        (&["--only", "pets"][..], "pets: 1 operations, 1 models, "),
        (&["--only", "/pets"], "pets: 2 operations, 1 models, "),
        (&["--only", "/pets/{id}"], "pets: 1 operations, 0 models, "),
        (
            &["--only", "toys", "--only=/pets"],
            "pets: 2 operations, 1 models, ",
        ),
    ] {
        let output = place.generate(words);
        assert!(
            out(&output).starts_with(count),
            "{words:?}: {}{}",
            out(&output),
            err(&output)
        );
        if words.contains(&"pets") {
            assert!(!place.0.join("pets/src/api/shops.rs").exists());
        }
        assert!(
            !err(&output).contains("strng") && !err(&output).contains("`path"),
            "{}",
            err(&output)
        );
    }
    let shops = place.generate(&["--only", "shops"]);
    assert!(err(&shops).contains("not `strng`"), "{}", err(&shops));

    let before = place.files();
    for (word, help) in [
        ("pest", "did you mean `pets`?"),
        ("/pet", "did you mean `/pets`?"),
    ] {
        let output = place.generate(&["--only", word]);
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains(help), "{}", err(&output));
    }
    assert_eq!(place.files(), before);
}

#[test]
fn a_file_is_no_folder() {
    let place = Place::new("file");
    let output = place.run(&["--spec", "pets.yaml", "--out", "pets.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        err(&output),
        "error: pets.yaml is a file; name a folder to write the crate into\n"
    );
}

#[test]
fn somebody_elses_crate_is_left_alone() {
    let place = Place::new("owner");
    fs::create_dir_all(place.0.join("js/src")).unwrap();
    fs::write(place.0.join("js/src/index.js"), "// mine").unwrap();
    let output = place.run(&["--spec", "pets.yaml", "--out", "js"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(place.0.join("js/src/index.js").exists());
    assert!(!place.0.join("js/Cargo.toml").exists());

    fs::create_dir_all(place.0.join("pets/src")).unwrap();
    fs::write(
        place.0.join("pets/Cargo.toml"),
        "[package]\nname = \"mine\"\n",
    )
    .unwrap();
    fs::write(place.0.join("pets/src/lib.rs"), "// mine").unwrap();
    let before = place.files();
    let output = place.generate(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("were not generated"),
        "{}",
        err(&output)
    );
    assert_eq!(place.files(), before);

    // With `--check` nothing could be written there, whatever becomes of it.
    let output = place.run(&["--spec", "pets.yaml", "--out", "/", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("root of the file"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_wrong_command_line_has_a_status_of_its_own() {
    let place = Place::new("line");
    for words in [
        &["--chekc"][..],
        &["--spec", "pets.yaml"],
        &["--out", "pets"],
    ] {
        let output = place.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(err(&output).contains("usage: "), "{}", err(&output));
    }
    let output = place.run(&["--spec", "none.yaml", "--out", "pets"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("none.yaml"), "{}", err(&output));
}
