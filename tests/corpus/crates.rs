//! Where the crates lie, and Cargo at work on them.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// The folder of all crates, and the command that makes them.
pub(crate) struct Crates {
    root: PathBuf,
    pub(crate) xtask: PathBuf,
    /// Whether the dependencies are compiled, so that they are not measured.
    warm: bool,
}

impl Crates {
    /// Builds the command, as optimised as this program, whose target folder is used.
    pub(crate) fn prepare() -> Result<Self> {
        let this = env::current_exe().context("this program is no file")?;
        let target = this
            .ancestors()
            .nth(2)
            .context("there is no target folder")?;
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
            warm: false,
        })
    }

    /// An empty folder for the crate of a document.
    pub(crate) fn folder(&self, document: &Path) -> Result<PathBuf> {
        let folder = self.root.join(document.file_name().unwrap_or_default());
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Cargo, to be run on a crate, with the versions of the repository.
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
            // Neither is looked at, and both take time.
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        Ok(command)
    }

    /// Compiles what the crates depend on, the same for all, by the manifest of one of them.
    pub(crate) fn warm(&mut self, folder: &Path) -> Result<()> {
        if self.warm {
            return Ok(());
        }
        let empty = self.folder(Path::new("dependencies"))?;
        fs::create_dir(empty.join("src"))?;
        fs::write(empty.join("src/lib.rs"), "//! Nothing.\n")?;
        fs::write(empty.join("README.md"), "")?;
        // Cargo would take two packages of one name and version in one target folder for the same.
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
        self.warm = true;
        Ok(())
    }
}

fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
