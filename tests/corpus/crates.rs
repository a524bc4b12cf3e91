//! The folder of the crates, and Cargo commands that run on them.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// The folder of all crates, and the command that generates them.
pub(crate) struct Crates {
    root: PathBuf,
    pub(crate) xtask: PathBuf,
    /// True if the dependencies are compiled, so they are not measured.
    compile_dependencies: bool,
}

impl Crates {
    /// Builds the command with the profile and the target folder of this program.
    pub(crate) fn prepare() -> Result<Self> {
        let this = env::current_exe().context("the program has no path")?;
        let target = this
            .ancestors()
            .nth(2)
            .context("the target folder is missing")?;
        let mut build = Command::new(cargo());
        build.args(["build", "--quiet", "-p", "xtask", "--manifest-path"]);
        build.arg(repository().join("Cargo.toml"));
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        let status = build.status().context("cannot run cargo")?;
        if !status.success() {
            bail!("xtask does not build");
        }
        Ok(Self {
            root: target.join("corpus"),
            xtask: this
                .with_file_name("xtask")
                .with_extension(env::consts::EXE_EXTENSION),
            compile_dependencies: false,
        })
    }

    /// Creates an empty folder for the crate of a document.
    pub(crate) fn folder(&self, document: &Path) -> Result<PathBuf> {
        let folder = self.root.join(document.file_name().unwrap_or_default());
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Returns a Cargo command for a crate, with the dependency versions of the repository.
    pub(crate) fn cargo(&self, word: &str, folder: &Path) -> Result<Command> {
        fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock"))
            .context("cannot copy Cargo.lock")?;
        let mut command = Command::new(cargo());
        command
            .arg(word)
            .arg("--manifest-path")
            .arg(folder.join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            // Debug information and incremental data are not used and cost time.
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        Ok(command)
    }

    /// Compiles the dependencies, which are the same for all crates.
    pub(crate) fn compile_dependencies(&mut self, folder: &Path) -> Result<()> {
        if self.compile_dependencies {
            return Ok(());
        }
        let empty = self.folder(Path::new("dependencies"))?;
        fs::create_dir(empty.join("src"))?;
        fs::write(empty.join("src/lib.rs"), "//! Nothing.\n")?;
        fs::write(empty.join("README.md"), "")?;
        // Cargo confuses two packages with equal names and versions in one target folder.
        let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
        let manifest = manifest.replacen("\nversion = \"", "\nversion = \"0.0.0-empty+", 1);
        fs::write(empty.join("Cargo.toml"), manifest)?;
        for (word, features) in [
            ("check", "--all-features"),
            ("build", "--no-default-features"),
        ] {
            let status = self
                .cargo(word, &empty)?
                .args(["--quiet", features])
                .status();
            if !status.context("cannot run cargo")?.success() {
                bail!("the dependencies do not compile");
            }
        }
        self.compile_dependencies = true;
        Ok(())
    }
}

fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
