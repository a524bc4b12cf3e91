//! Parses the command line.

use std::ffi::OsString;
use std::iter::Peekable;
use std::path::PathBuf;

/// The usage text of `--help` and of errors in the command line.
pub(crate) const USAGE: &str = "\
usage: cargo xtask codegen [--check] [--strict] [--verbose]
       cargo xtask codegen --spec DOC [--config FILE] --out DIR [--only TAG|PATH]... [--check] [--strict] [--verbose]

Generates a client crate from an OpenAPI 3.0 or 3.1 document.
Without --spec, reads the document and the config in spec/, and writes generated/.

  --spec DOC      the document, YAML or JSON
  --config FILE   the config, TOML (default: no config)
  --out DIR       the folder of the crate
  --only TAG      generate only operations with this tag, or in the group with this name; repeatable
  --only PATH     generate only operations whose path starts with PATH, for example `--only /pets`; repeatable
  --check         write no file; print a diff and exit with status 1 if the folder is not up to date
  --strict        treat warnings as errors
  --verbose       print all diagnostics, including similar ones";

/// A parsed command line.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Codegen(Options),
}

/// Options of `codegen`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// The document and the folder. `None` selects `spec/` and `generated/`.
    pub(crate) other: Option<Other>,
    pub(crate) check: bool,
    pub(crate) generate: codegen::Options,
}

/// A document outside `spec/`, and the folder of its crate.
#[derive(Debug, PartialEq)]
pub(crate) struct Other {
    pub(crate) spec: PathBuf,
    pub(crate) config: Option<PathBuf>,
    pub(crate) out: PathBuf,
}

/// Parses the arguments after `cargo xtask`.
pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let not_utf8 = |argument: OsString| format!("`{}` is not UTF-8", argument.display());
    let arguments: Result<Vec<String>, String> = arguments
        .map(|argument| argument.into_string().map_err(not_utf8))
        .collect();
    parse(arguments?.into_iter())
}

fn parse(words: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut words = words.peekable();
    match words.next().as_deref() {
        Some("codegen") => {}
        Some("help" | "--help" | "-h") => return Ok(Command::Help),
        Some(other) => {
            let text = format!("unknown command `{other}`");
            return Err(text + &did_you_mean(other, &["codegen", "help"]));
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
            _ => return Err(format!("unknown option `{word}`") + &did_you_mean(option, OPTIONS)),
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

/// All options of `codegen`.
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

/// Returns a suggestion if a known word is similar to an unknown one.
fn did_you_mean(word: &str, known: &[&str]) -> String {
    match codegen::nearest(word, known.iter().copied()) {
        Some(nearest) if nearest != word => format!("; did you mean `{nearest}`?"),
        _ => String::new(),
    }
}

/// Returns the value of an option: the text after `=`, or the next word.
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
    fn valid_command_lines_are_parsed() {
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
    fn invalid_command_lines_are_rejected() {
        for (line, message) in [
            ("", "a command is missing"),
            ("code", "unknown command `code`"),
            (
                "codgen --check",
                "unknown command `codgen`; did you mean `codegen`?",
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
            assert_eq!(parsed(line), Err(message.to_owned()), "{line}");
        }
    }
}
