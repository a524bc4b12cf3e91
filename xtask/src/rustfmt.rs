//! Formats generated files with rustfmt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use codegen::File;

/// Formats all Rust files with one process. rustfmt finds them from the crate root.
pub(crate) fn format(files: &mut [File]) -> Result<()> {
    let folder = Scratch::new()?;
    let rust: Vec<&mut File> = files
        .iter_mut()
        .filter(|file| file.path.starts_with("src/"))
        .collect();
    for file in &rust {
        let path = folder.0.join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(&folder.0))?;
        fs::write(path, &file.text)?;
    }
    // An empty file overrides the user's own configuration.
    fs::write(folder.0.join("rustfmt.toml"), "")?;
    run(&folder.0)?;
    for file in rust {
        file.text = fs::read_to_string(folder.0.join(&file.path))?;
    }
    Ok(())
}

fn run(folder: &Path) -> Result<()> {
    let mut command = Command::new("rustfmt");
    command
        .args(["--edition", "2024", "src/lib.rs"])
        .current_dir(folder);
    let output = command
        .output()
        .context("cannot run rustfmt; `rustup component add rustfmt` installs it")?;
    if !output.status.success() {
        bail!(
            "rustfmt rejected the generated code:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}

/// A temporary folder. Dropping it removes it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("codegen-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // The system cleans its temporary folder.
    }
}
