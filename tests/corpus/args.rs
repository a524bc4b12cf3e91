//! Parses the command line.

use std::path::{Path, PathBuf};

pub(crate) const USAGE: &str = "\
usage: cargo run --release -p workers-kv-corpus -- FOLDER [NAME…] [--no-check] [--no-examples] [--verbose]

  NAME            only the documents whose file name holds one of these words
  --no-check      do not let Cargo check the crates
  --no-examples   do not let the examples go through the types
  --verbose       list the examples that do not fit their own schema, too";

#[derive(Debug, PartialEq)]
pub(crate) struct Args {
    pub(crate) folder: PathBuf,
    pub(crate) names: Vec<String>,
    pub(crate) check: bool,
    pub(crate) examples: bool,
    pub(crate) verbose: bool,
}

impl Args {
    pub(crate) fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut folder = None;
        let mut args = Self {
            folder: PathBuf::new(),
            names: Vec::new(),
            check: true,
            examples: true,
            verbose: false,
        };
        for word in words {
            match word.as_str() {
                "--no-check" => args.check = false,
                "--no-examples" => args.examples = false,
                "--verbose" => args.verbose = true,
                option if option.starts_with('-') => {
                    return Err(format!("unknown option `{option}`"));
                }
                _ if folder.is_none() => folder = Some(word),
                _ => args.names.push(word),
            }
        }
        args.folder = folder.ok_or("a folder is missing")?.into();
        Ok(args)
    }

    /// True if the document is selected.
    pub(crate) fn selects(&self, document: &Path) -> bool {
        let file = document.file_name().unwrap_or_default().to_string_lossy();
        self.names.is_empty() || self.names.iter().any(|name| file.contains(name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Args, String> {
        Args::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn folder_and_names_are_parsed() {
        let args = parsed("documents --no-check pet store").unwrap();
        assert_eq!(args.folder, Path::new("documents"));
        assert!(!args.check && args.examples && !args.verbose);
        assert!(args.selects(Path::new("a/petrol.yaml")));
        assert!(args.selects(Path::new("a/store.json")));
        assert!(!args.selects(Path::new("pet/other.json")));
    }

    #[test]
    fn invalid_command_lines_are_rejected() {
        assert_eq!(parsed(""), Err("a folder is missing".to_owned()));
        assert_eq!(
            parsed("documents --chekc"),
            Err("unknown option `--chekc`".to_owned())
        );
    }
}
