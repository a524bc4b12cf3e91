//! Snapshots of the code that is generated for the documents in `specs/ok/`, and a check that it compiles. Each
//! document has one feature.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::{Generated, Options, Source};

#[test]
fn generated_code_matches_snapshots() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../specs/ok", "*.yaml", |path| {
            insta::assert_snapshot!("emit", snapshot(path, &generate(path)));
        });
    });
}

/// All crates are in one workspace, so their dependencies are compiled once.
#[test]
fn generated_crates_compile_without_warnings() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = target.join("emitted");
    let _ = fs::remove_dir_all(&folder);
    for path in documents() {
        let name = path.file_stem().unwrap_or_default();
        for file in generate(&path).files {
            let path = folder.join(name).join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.text).unwrap();
        }
    }
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n",
    )
    .unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--features", "blocking,tracing"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", target.join("emitted-target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/ok");
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let documents: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    assert!(!documents.is_empty());
    documents
}

/// Generates the crate of a document, with the config next to it if there is one.
fn generate(path: &Path) -> Generated {
    let source = |path: &Path| {
        Source::new(
            path.file_name().unwrap().to_string_lossy(),
            fs::read(path).unwrap(),
        )
    };
    let config = path.with_extension("toml");
    let config = config.exists().then(|| source(&config));
    codegen::generate(&source(path), config.as_ref(), &Options::default())
        .unwrap_or_else(|report| panic!("{report}"))
}

/// Returns the warnings, and the files that show the feature.
fn snapshot(path: &Path, generated: &Generated) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let of_features = stem == "features";
    let of_webhooks = stem.starts_with("webhooks");
    let of_clients = of_features || stem == "servers" || stem.starts_with("security");
    let shown = |path: &str| match path {
        "src/client.rs" => of_clients,
        "Cargo.toml" | "src/api.rs" => of_features,
        "README.md" => of_webhooks,
        // The docs of methods are shown only if they differ by operation.
        _ if of_features || stem == "security" || stem == "security-unused" => false,
        "src/types.rs" => true,
        _ => path.starts_with("src/api/"),
    };
    let mut text = generated.warnings.to_string();
    for file in generated.files.iter().filter(|file| shown(&file.path)) {
        text.extend(["=== ", &file.path, "\n", &file.text]);
    }
    text
}
