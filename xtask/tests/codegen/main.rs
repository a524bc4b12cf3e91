//! Tests of `cargo xtask codegen`: exit status, output and files.

mod workspace;

use std::fs;

use workspace::{DOCUMENT, Workspace, err, out};

#[test]
fn generated_folder_is_up_to_date() {
    let output = Workspace::new("own").run(&["--check"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        out(&output),
        err(&output)
    );
}

#[test]
fn generating_twice_writes_the_same_files() {
    let workspace = Workspace::new("whole");
    let output = workspace.generate(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(
        out(&output).starts_with("pets: 1 operations, 1 models, "),
        "{}",
        out(&output)
    );
    let first = workspace.files();
    assert!(first.contains_key(&workspace.0.join("pets/Cargo.toml")));
    assert!(workspace.generate(&[]).status.success());
    assert_eq!(workspace.files(), first);
    assert_eq!(workspace.generate(&["--check"]).status.code(), Some(0));
}

#[test]
fn check_lists_differences_and_writes_no_file() {
    let workspace = Workspace::new("check");
    workspace.generate(&[]);
    let whole = workspace.files();
    let types = workspace.0.join("pets/src/types.rs");
    fs::write(
        &types,
        fs::read_to_string(&types)
            .unwrap()
            .replace("pub name: String", "pub nom: String"),
    )
    .unwrap();
    fs::remove_file(workspace.0.join("pets/src/client.rs")).unwrap();
    fs::write(workspace.0.join("pets/src/extra.rs"), "// more\n").unwrap();
    let before = workspace.files();

    let output = workspace.generate(&["--check"]);
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
    assert_eq!(workspace.files(), before);

    assert!(workspace.generate(&[]).status.success());
    assert_eq!(workspace.files(), whole);
}

#[test]
fn strict_warnings_are_errors_and_no_file_is_written() {
    let workspace = Workspace::new("strict");
    workspace.generate(&[]);
    let before = workspace.files();
    fs::write(
        workspace.0.join("pets.yaml"),
        DOCUMENT.replace("schemas/Pet\"", "schemas/Pat\""),
    )
    .unwrap();
    let output = workspace.generate(&["--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).ends_with("\n1 error: no file is written\n"));
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
    assert_eq!(workspace.files(), before);
}

#[test]
fn recoverable_errors_are_warnings() {
    let workspace = Workspace::new("recovered");
    let faulty = DOCUMENT.replace("schemas/Pet\"", "schemas/Pat\"");
    fs::write(workspace.0.join("pets.yaml"), faulty).unwrap();
    let output = workspace.generate(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let diagnostics = err(&output);
    assert!(
        diagnostics.starts_with("pets.yaml:9:91: warning: "),
        "{diagnostics}"
    );
    assert!(
        diagnostics.contains("#/components/schemas/Pat"),
        "{diagnostics}"
    );
    assert!(
        out(&output).ends_with(" ms, 1 warning\n"),
        "{}",
        out(&output)
    );
}

/// A document with two tags. One of them has an error.
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
fn only_selects_operations_and_their_diagnostics() {
    let workspace = Workspace::new("only");
    fs::write(workspace.0.join("pets.yaml"), MIXED).unwrap();
    let all = workspace.generate(&[]);
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
        let output = workspace.generate(words);
        assert!(
            out(&output).starts_with(count),
            "{words:?}: {}{}",
            out(&output),
            err(&output)
        );
        if words.contains(&"pets") {
            assert!(!workspace.0.join("pets/src/api/shops.rs").exists());
        }
        assert!(
            !err(&output).contains("strng") && !err(&output).contains("`path"),
            "{}",
            err(&output)
        );
    }
    let shops = workspace.generate(&["--only", "shops"]);
    assert!(err(&shops).contains("not `strng`"), "{}", err(&shops));

    let before = workspace.files();
    for (word, help) in [
        ("pest", "did you mean `pets`?"),
        ("/pet", "did you mean `/pets`?"),
    ] {
        let output = workspace.generate(&["--only", word]);
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains(help), "{}", err(&output));
    }
    assert_eq!(workspace.files(), before);
}

#[test]
fn output_paths_of_files_are_rejected() {
    let workspace = Workspace::new("file");
    let output = workspace.run(&["--spec", "pets.yaml", "--out", "pets.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        err(&output),
        "error: pets.yaml is a file; choose a folder for the crate\n"
    );
}

#[test]
fn folders_with_other_files_are_not_overwritten() {
    let workspace = Workspace::new("owner");
    fs::create_dir_all(workspace.0.join("js/src")).unwrap();
    fs::write(workspace.0.join("js/src/index.js"), "// mine").unwrap();
    let output = workspace.run(&["--spec", "pets.yaml", "--out", "js"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(workspace.0.join("js/src/index.js").exists());
    assert!(!workspace.0.join("js/Cargo.toml").exists());

    fs::create_dir_all(workspace.0.join("pets/src")).unwrap();
    fs::write(
        workspace.0.join("pets/Cargo.toml"),
        "[package]\nname = \"mine\"\n",
    )
    .unwrap();
    fs::write(workspace.0.join("pets/src/lib.rs"), "// mine").unwrap();
    let before = workspace.files();
    let output = workspace.generate(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("were not generated"),
        "{}",
        err(&output)
    );
    assert_eq!(workspace.files(), before);

    // `--check` makes this test safe if the check of the folder fails.
    let output = workspace.run(&["--spec", "pets.yaml", "--out", "/", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("root of the file"),
        "{}",
        err(&output)
    );
}

#[test]
fn invalid_command_lines_exit_with_status_2() {
    let workspace = Workspace::new("line");
    for words in [
        &["--chekc"][..],
        &["--spec", "pets.yaml"],
        &["--out", "pets"],
    ] {
        let output = workspace.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(err(&output).contains("usage: "), "{}", err(&output));
    }
    let output = workspace.run(&["--spec", "none.yaml", "--out", "pets"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("none.yaml"), "{}", err(&output));
}
