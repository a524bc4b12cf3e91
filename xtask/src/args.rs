//! The command line -> what to do.

use std::ffi::OsString;
use std::iter::Peekable;
use std::path::PathBuf;

/// What is printed for `--help` and beside a mistake.
pub(crate) const USAGE: &str = "\
usage: cargo xtask codegen [--check] [--strict] [--verbose]
       cargo xtask codegen --spec DOC [--config FILE] --out DIR [--only TAG|PATH]... [--check] [--strict] [--verbose]

Writes the client crate that an OpenAPI 3.0 or 3.1 document describes.
Without --spec: the document in spec/, with the config beside it, into generated/.

  --spec DOC      the document, YAML or JSON
  --config FILE   its config, TOML; without one, defaults
  --out DIR       the folder to write the crate into
  --only TAG      only the operations with this tag, or in the group of this name; may be given several times
  --only PATH     only the operations whose path begins so, as in `--only /pets`
  --check         write nothing; exit 1 and show a diff if the folder is not as it would be written
  --strict        take every warning for an error: write nothing, exit 1
  --verbose       tell every problem, also those that are like others";

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
    pub(crate) generate: codegen::Options,
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
        Some(other) => {
            let text = format!("there is no command `{other}`");
            return Err(text + &meant(other, &["codegen", "help"]));
        }
        None => return Err("a command is missing".to_owned()),
    }
    let (mut spec, mut config, mut out, mut check) = (None, None, None, false);
    let mut generate = codegen::Options::default();
    while let Some(word) = words.next() {
        let (option, joined) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        let slot = match option {
            "--spec" => &mut spec,
            "--config" => &mut config,
            "--out" => &mut out,
            "--check" | "--strict" | "--verbose" if joined.is_none() => {
                match option {
                    "--check" => check = true,
                    "--strict" => generate.strict = true,
                    _ => generate.verbose = true,
                }
                continue;
            }
            "--only" => {
                let value = value_of(option, joined, &mut words)?;
                generate.only.push(value);
                continue;
            }
            "--help" | "-h" => return Ok(Command::Help),
            _ => return Err(format!("unknown option `{word}`") + &meant(option, OPTIONS)),
        };
        let value = value_of(option, joined, &mut words)?;
        if slot.replace(PathBuf::from(value)).is_some() {
            return Err(format!("`{option}` is given twice"));
        }
    }
    let other = match (spec, config, out) {
        (Some(spec), config, Some(out)) => Some(Other { spec, config, out }),
        (None, None, None) if generate.only.is_empty() => None,
        (None, None, None) => return Err("`--only` needs `--spec`".to_owned()),
        (Some(_), _, None) => return Err("`--spec` needs `--out`".to_owned()),
        (None, ..) => return Err("`--config` and `--out` need `--spec`".to_owned()),
    };
    Ok(Command::Codegen(Options {
        other,
        check,
        generate,
    }))
}

/// Options of `codegen`, whether or not they take a value.
const OPTIONS: &[&str] = &[
    "--check",
    "--config",
    "--help",
    "--only",
    "--out",
    "--spec",
    "--strict",
    "--verbose",
];

/// The known word that is closest to one that is not known.
fn meant(word: &str, known: &[&str]) -> String {
    match codegen::nearest(word, known.iter().copied()) {
        Some(meant) if meant != word => format!("; did you mean `{meant}`?"),
        _ => String::new(),
    }
}

/// What is joined to an option by `=`, or else the next word.
fn value_of(
    option: &str,
    joined: Option<String>,
    words: &mut Peekable<impl Iterator<Item = String>>,
) -> Result<String, String> {
    let value = joined.or_else(|| words.next_if(|next| !next.starts_with("--")));
    value
        .filter(|value| !value.is_empty())
        .ok_or_else(|| format!("`{option}` needs a value"))
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
                check: true,
                ..Options::default()
            }))
        );
        let other = Other {
            spec: "a.yaml".into(),
            config: Some("a.toml".into()),
            out: "b".into(),
        };
        let generate = codegen::Options {
            strict: true,
            only: vec!["pets".to_owned(), "/dogs".to_owned()],
            verbose: false,
        };
        let options = Options {
            other: Some(other),
            check: false,
            generate,
        };
        assert_eq!(
            parsed(
                "codegen --spec a.yaml --strict --only pets --config=a.toml --out b --only=/dogs"
            ),
            Ok(Command::Codegen(options))
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (line, mistake) in [
            ("", "a command is missing"),
            ("code", "there is no command `code`"),
            (
                "codgen --check",
                "there is no command `codgen`; did you mean `codegen`?",
            ),
            (
                "codegen --chekc",
                "unknown option `--chekc`; did you mean `--check`?",
            ),
            ("codegen --force", "unknown option `--force`"),
            (
                "codegen --specs=a.yaml",
                "unknown option `--specs=a.yaml`; did you mean `--spec`?",
            ),
            ("codegen --spec a.yaml", "`--spec` needs `--out`"),
            ("codegen --spec --out b", "`--spec` needs a value"),
            ("codegen --out b", "`--config` and `--out` need `--spec`"),
            (
                "codegen --spec a --spec b --out c",
                "`--spec` is given twice",
            ),
            ("codegen --only pets", "`--only` needs `--spec`"),
            ("codegen --only", "`--only` needs a value"),
            ("codegen --check=yes", "unknown option `--check=yes`"),
        ] {
            assert_eq!(parsed(line), Err(mistake.to_owned()), "{line}");
        }
    }
}
