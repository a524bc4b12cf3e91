//! Snapshots of the code that is generated for the documents in `specs/ok/`, and a check that it compiles.

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

#[test]
fn generated_crates_compile_without_warnings() {
    let crates: Vec<_> = documents()
        .into_iter()
        .map(|path| (generate(&path), path))
        .collect();
    let folder = write_workspace("emitted", &crates);
    check_workspace(&folder, "blocking,tracing", &[]);
}

/// `small.yaml` has four operations, an array in a query, a JSON body and an error type.
#[test]
fn crates_of_small_documents_contain_only_what_they_use() {
    let generated = generate(&Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/ok/small.yaml"));
    let sources = generated.files.iter();
    let sources = sources.filter(|file| file.path.starts_with("src/"));
    let lines: usize = sources.map(|file| file.text.lines().count()).sum();
    assert!(lines <= 5_000, "{lines} lines");
    let unused = ["auth", "bulk", "download", "paging", "platform/wasm"];
    for folder in unused {
        let folder = format!("src/runtime/{folder}/");
        let file = generated
            .files
            .iter()
            .find(|it| it.path.starts_with(&folder));
        assert!(file.is_none(), "{:?}", file.map(|file| &file.path));
    }
}

/// Each crate has a Cargo feature per group. It is compiled without groups, and with each group alone.
#[test]
fn crates_with_single_groups_compile_without_warnings() {
    let generate = |path: &Path| {
        generate_with(path, |config| {
            Some(with_group_features(&config.unwrap_or_default()))
        })
    };
    let crates: Vec<_> = documents()
        .into_iter()
        .map(|path| (generate(&path), path))
        .collect();
    let folder = write_workspace("groups", &crates);
    let groups: Vec<_> = crates
        .iter()
        .map(|(generated, _)| groups(generated))
        .collect();
    let most = groups.iter().map(Vec::len).max().unwrap_or_default();
    assert!(most > 1);
    check_workspace(&folder, "", &["--no-default-features"]);
    for position in 0..most {
        let features = groups.iter().filter_map(|groups| groups.get(position));
        let features: Vec<&str> = features.map(String::as_str).collect();
        check_workspace(&folder, &features.join(","), &["--no-default-features"]);
    }
}

/// Writes the crates to one workspace, so that their dependencies are compiled once. Returns its folder.
fn write_workspace(name: &str, crates: &[(Generated, PathBuf)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (generated, document) in crates {
        let name = document.file_stem().unwrap_or_default();
        for file in &generated.files {
            let path = folder.join(name).join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.text).unwrap();
        }
    }
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n",
    )
    .unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

/// Compiles the crates of a workspace with features. A warning is an error.
fn check_workspace(folder: &Path, features: &str, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted-target");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--features", features])
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "features {features:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Returns the features of the groups of a crate, as in `package/feature`.
fn groups(generated: &Generated) -> Vec<String> {
    let manifest = generated
        .files
        .iter()
        .find(|file| file.path == "Cargo.toml");
    let mut lines = manifest.unwrap().text.lines();
    let package = lines.find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    let package = package.unwrap();
    let names = lines.skip_while(|line| *line != "full = [").skip(1);
    let names = names.map_while(|line| line.strip_prefix("    \"")?.strip_suffix("\","));
    names.map(|name| format!("{package}/{name}")).collect()
}

/// Returns a config that enables a Cargo feature per group.
fn with_group_features(config: &str) -> String {
    const KEY: &str = "[crate]\ngroup_features = true\n";
    if config.contains("group_features") {
        config.to_owned()
    } else if config.contains("[crate]\n") {
        config.replacen("[crate]\n", KEY, 1)
    } else {
        format!("{config}\n{KEY}")
    }
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
    generate_with(path, |config| config)
}

/// Generates the crate of a document with a change to its config.
fn generate_with(path: &Path, change: impl Fn(Option<String>) -> Option<String>) -> Generated {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let document = Source::new(name(path), fs::read(path).unwrap());
    let path = path.with_extension("toml");
    let config = change(fs::read_to_string(&path).ok());
    let config = config.map(|config| Source::new(name(&path), config));
    codegen::generate(&document, config.as_ref(), &Options::default())
        .unwrap_or_else(|report| panic!("{report}"))
}

/// Returns the warnings, and the files that show the feature.
fn snapshot(path: &Path, generated: &Generated) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let of_features = stem == "features";
    let of_webhooks = stem.starts_with("webhooks");
    let of_handles = stem == "config-handles";
    let of_clients = of_features || of_handles || stem == "servers" || stem.starts_with("security");
    let shown = |path: &str| match path {
        "src/client.rs" => of_clients,
        "Cargo.toml" | "src/api.rs" => of_features,
        "README.md" => of_webhooks,
        // The docs of methods are shown only if they differ by operation.
        _ if of_features || stem == "security" || stem == "security-unused" => false,
        "src/types.rs" | "src/types/json.rs" | "src/handles.rs" => true,
        _ => path.starts_with("src/api/"),
    };
    let mut text = generated.warnings.to_string();
    for file in generated.files.iter().filter(|file| shown(&file.path)) {
        text.extend(["=== ", &file.path, "\n", &file.text]);
    }
    text
}
