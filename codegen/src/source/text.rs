//! Text of a document or a config, and its format.

use std::path::Path;

use super::event::Events;
use super::{json, toml, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Position};
use crate::pointer::Pointer;

/// A text and its name in diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path of the file, as the user gave it.
    pub name: String,
    /// Content of the file.
    pub text: String,
    /// Position of the first byte that is not UTF-8.
    invalid_utf8: Option<Position>,
}

impl Source {
    /// Creates a source from a text or from the bytes of a file. Bytes that are not UTF-8 are reported when it is read.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        let name = name.into();
        match String::from_utf8(content.into()) {
            Ok(text) => Self {
                name,
                text,
                invalid_utf8: None,
            },
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let invalid_utf8 = Some(position_at(&text, valid));
                Self {
                    name,
                    text,
                    invalid_utf8,
                }
            }
        }
    }

    /// True if the bytes of the file are UTF-8.
    pub(super) fn is_utf8(&self) -> bool {
        self.invalid_utf8.is_none()
    }

    /// Returns the text without a byte order mark.
    pub(super) fn body(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// Parses the text up to the first error.
    pub(super) fn events(&self, origin: Origin) -> Result<Events<'_>, Diagnostics> {
        if let Some(position) = self.invalid_utf8 {
            let diagnostic = Diagnostic::error(
                "invalid-utf8",
                &Pointer::root(),
                "the file is not UTF-8 from this byte on",
            )
            .at_position(position);
            return Err(diagnostic
                .help("save the file with the encoding UTF-8")
                .into());
        }
        let text = self.body();
        match self.format(origin) {
            Format::Toml => toml::events(text),
            Format::Json => json::events(text),
            Format::JsonOrYaml => json::events(text).or_else(|_| yaml::events(text)),
            Format::Yaml => yaml::events(text),
        }
    }

    pub(super) fn format(&self, origin: Origin) -> Format {
        let extension = Path::new(&self.name).extension();
        if origin == Origin::Config {
            Format::Toml
        } else if extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            Format::Json
        } else if self.body().trim_start().starts_with('{') {
            Format::JsonOrYaml
        } else {
            Format::Yaml
        }
    }
}

/// Format of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Toml,
    Json,
    /// JSON, or YAML in braces if it is not valid JSON.
    JsonOrYaml,
    Yaml,
}

/// Position of a byte.
fn position_at(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    Position {
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
    }
}
