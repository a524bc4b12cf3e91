//! The command line -> what to do.

use std::ffi::OsString;
use std::path::PathBuf;

/// What is printed for `--help` and beside a mistake.
pub(crate) const USAGE: &str = "\
usage: cargo xtask codegen [--check]
       cargo xtask codegen --spec DOC [--config FILE] --out DIR [--check]

Writes the client crate that an OpenAPI 3.0 or 3.1 document describes.
Without --spec: the document in spec/, with the config beside it, into generated/.

  --spec DOC      the document, YAML or JSON
  --config FILE   its config, TOML; without one, defaults
  --out DIR       the folder to write the crate into
  --check         write nothing; exit 1 and show a diff if the folder is not as it would be written";

/// One run.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Codegen(Options),
}

/// Options of `codegen`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// The document and the folder, unless the repository's own are meant.
    pub(crate) other: Option<Other>,
    pub(crate) check: bool,
}

/// Another document than the repository's own.
#[derive(Debug, PartialEq)]
pub(crate) struct Other {
    pub(crate) spec: PathBuf,
    pub(crate) config: Option<PathBuf>,
    pub(crate) out: PathBuf,
}

/// Reads the words after `cargo xtask` as the system gives them.
pub(crate) fn read(words: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let unfit = |word: OsString| format!("`{}` is not UTF-8", word.display());
    let words: Result<Vec<String>, String> = words
        .map(|word| word.into_string().map_err(unfit))
        .collect();
    parse(words?.into_iter())
}

fn parse(words: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut words = words.peekable();
    match words.next().as_deref() {
        Some("codegen") => {}
        Some("help" | "--help" | "-h") => return Ok(Command::Help),
        Some(other) => return Err(format!("there is no command `{other}`")),
        None => return Err("a command is missing".to_owned()),
    }
    let (mut spec, mut config, mut out, mut check) = (None, None, None, false);
    while let Some(word) = words.next() {
        let (option, joined) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        let slot = match option {
            "--spec" => &mut spec,
            "--config" => &mut config,
            "--out" => &mut out,
            "--check" if joined.is_none() => {
                check = true;
                continue;
            }
            "--help" | "-h" => return Ok(Command::Help),
            _ => return Err(format!("unknown option `{word}`")),
        };
        let value = joined.or_else(|| words.next_if(|next| !next.starts_with("--")));
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return Err(format!("`{option}` needs a value"));
        };
        if slot.replace(PathBuf::from(value)).is_some() {
            return Err(format!("`{option}` is given twice"));
        }
    }
    let other = match (spec, config, out) {
        (Some(spec), config, Some(out)) => Some(Other { spec, config, out }),
        (None, None, None) => None,
        (Some(_), _, None) => return Err("`--spec` needs `--out`".to_owned()),
        (None, ..) => return Err("`--config` and `--out` need `--spec`".to_owned()),
    };
    Ok(Command::Codegen(Options { other, check }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn the_three_forms() {
        assert_eq!(parsed("codegen"), Ok(Command::Codegen(Options::default())));
        assert_eq!(
            parsed("codegen --check"),
            Ok(Command::Codegen(Options {
                other: None,
                check: true
            }))
        );
        let other = Other {
            spec: "a.yaml".into(),
            config: Some("a.toml".into()),
            out: "b".into(),
        };
        let options = Options {
            other: Some(other),
            check: false,
        };
        assert_eq!(
            parsed("codegen --spec a.yaml --config=a.toml --out b"),
            Ok(Command::Codegen(options))
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (line, mistake) in [
            ("", "a command is missing"),
            ("code", "there is no command `code`"),
            ("codegen --chekc", "unknown option `--chekc`"),
            ("codegen --spec a.yaml", "`--spec` needs `--out`"),
            ("codegen --spec --out b", "`--spec` needs a value"),
            ("codegen --out b", "`--config` and `--out` need `--spec`"),
            (
                "codegen --spec a --spec b --out c",
                "`--spec` is given twice",
            ),
            ("codegen --check=yes", "unknown option `--check=yes`"),
        ] {
            assert_eq!(parsed(line), Err(mistake.to_owned()), "{line}");
        }
    }
}
