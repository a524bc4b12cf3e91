//! Text -> a tree of values, its order kept. `serde_yaml` reads YAML that is as it should be; all else, and every search
//! for a place, goes by [`Step`]s, which YAML, JSON and TOML become alike: [`positions`] walks them again.

mod json;
pub(crate) mod positions;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod yaml;

use std::borrow::Cow;
use std::path::Path;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Position};
use crate::pointer::Pointer;
use positions::Positions;

/// More levels than any real document has, and few enough for every later stage to walk by recursion.
const DEPTH: usize = 100;

/// A text and what it is called in problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As the user gave it: a path.
    pub name: String,
    /// All of it.
    pub text: String,
    /// Where the bytes it was made of stop to be UTF-8.
    broken: Option<Position>,
}

impl Source {
    /// Takes a text, or the bytes of a file; bytes that are no UTF-8 become a problem when the source is read.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        let name = name.into();
        match String::from_utf8(content.into()) {
            Ok(text) => Self {
                name,
                text,
                broken: None,
            },
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let broken = Some(mark_at(&text, good));
                Self { name, text, broken }
            }
        }
    }

    /// The text without a byte order mark.
    fn body(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// The text step by step, up to the first step that cannot be made out.
    fn steps(&self, origin: Origin) -> Result<Steps<'_>, Diagnostics> {
        if let Some(mark) = self.broken {
            let diagnostic = Diagnostic::error(
                "invalid-utf8",
                &Pointer::root(),
                "the text is not UTF-8 from here on",
            )
            .at_position(mark);
            return Err(diagnostic
                .help("save the file with the encoding UTF-8")
                .into());
        }
        let text = self.body();
        match self.format(origin) {
            Format::Toml => toml::steps(text),
            Format::Json => json::steps(text),
            Format::JsonOrYaml => json::steps(text).or_else(|_| yaml::steps(text)),
            Format::Yaml => yaml::steps(text),
        }
    }

    fn format(&self, origin: Origin) -> Format {
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

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Toml,
    Json,
    /// JSON is nearly YAML: what fails as JSON may still be YAML in braces.
    JsonOrYaml,
    Yaml,
}

/// One step through a text.
#[derive(Clone)]
enum Step<'t> {
    /// An object begins.
    Map,
    /// A list begins.
    List,
    /// The innermost object or list ends.
    End,
    /// What the next value is called in the object around.
    Key(Cow<'t, str>),
    /// A value that is neither object nor list.
    Leaf(Value),
}

type Steps<'t> = Box<dyn Iterator<Item = Result<(Step<'t>, Position), Box<Diagnostic>>> + 't>;

/// Reads a text; none, and a problem, when there is nothing to go on with. Of keys that repeat, the first one counts.
pub(crate) fn read(
    source: &Source,
    origin: Origin,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    if source.format(origin) == Format::Yaml
        && source.broken.is_none()
        && let Some(tree) = tree::read(source.body())
    {
        return Some(tree);
    }
    let steps = match source.steps(origin) {
        Ok(steps) => steps,
        Err(broken) => {
            diagnostics.extend(broken);
            return None;
        }
    };
    let mut builder = Builder::default();
    for step in steps {
        match step {
            Ok((step, mark)) => {
                if builder.is_too_deep(&step) {
                    let text = format!(
                        "what is nested in more than {DEPTH} levels is left out, as if it said nothing"
                    );
                    let diagnostic = Diagnostic::warning("nested-too-deep", &builder.place(), text)
                        .at_position(mark);
                    let help = "move inner parts under `components`, and refer to them";
                    diagnostics.push(diagnostic.help(help));
                }
                builder.take(step, mark);
            }
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                return None;
            }
        }
    }
    if !builder.repeated.is_empty() {
        let first = Positions::find(source, origin, builder.repeated.iter().map(|(at, _)| at));
        diagnostics.extend(builder.repeated.into_iter().map(|(at, mark)| {
            let help = format!(
                "the first one stands at line {}; remove or rename one of them",
                first.key(&at).line
            );
            let text = format!(
                "the key `{}` stands here twice; the first one counts",
                at.last()
            );
            Diagnostic::warning("duplicate-key", &at, text)
                .at_position(mark)
                .help(help)
        }));
    }
    let empty = matches!(builder.root, None | Some(Value::Null));
    if empty {
        let diagnostic = Diagnostic::error("empty-document", &Pointer::root(), "the text is empty");
        diagnostics.push(diagnostic.help("is this the right file?"));
    }
    builder.root.filter(|_| !empty)
}

/// Makes a tree of steps.
#[derive(Default)]
struct Builder {
    root: Option<Value>,
    /// The objects and lists around the next step.
    open: Vec<Open>,
    /// How many objects and lists are open that lie too deep.
    skipped: usize,
    repeated: Vec<(Pointer, Position)>,
}

enum Open {
    /// With the key that waits for its value.
    Map(Map<String, Value>, String),
    List(Vec<Value>),
    /// Like an object, but what goes in is not kept: it belongs to a key that repeats.
    Dropped,
}

impl Builder {
    /// Whether this begins something that lies too deep.
    fn is_too_deep(&self, step: &Step<'_>) -> bool {
        self.skipped == 0 && self.open.len() > DEPTH && matches!(step, Step::Map | Step::List)
    }

    fn take(&mut self, step: Step<'_>, mark: Position) {
        if self.skipped > 0 {
            match step {
                Step::Map | Step::List => self.skipped += 1,
                Step::End => self.skipped -= 1,
                Step::Key(_) | Step::Leaf(_) => {}
            }
            return;
        }
        if self.is_too_deep(&step) {
            self.skipped = 1;
            self.put(match step {
                Step::List => Value::Array(Vec::new()),
                _ => Value::Object(Map::new()),
            });
            return;
        }
        match step {
            Step::Map => self.open.push(Open::Map(Map::new(), String::new())),
            Step::List => self.open.push(Open::List(Vec::new())),
            Step::Leaf(value) => self.put(value),
            Step::Key(key) => self.key(key.into_owned(), mark),
            Step::End => match self.open.pop() {
                Some(Open::Map(map, _)) => self.put(Value::Object(map)),
                Some(Open::List(list)) => self.put(Value::Array(list)),
                Some(Open::Dropped) | None => {}
            },
        }
    }

    fn key(&mut self, key: String, mark: Position) {
        let Some(Open::Map(map, waiting)) = self.open.last_mut() else {
            return;
        };
        let repeats = map.contains_key(&key);
        *waiting = key;
        if repeats {
            self.repeated.push((self.place(), mark));
            self.open.push(Open::Dropped);
        }
    }

    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(Open::Map(map, waiting)) => {
                map.insert(std::mem::take(waiting), value);
            }
            Some(Open::List(list)) => list.push(value),
            Some(Open::Dropped) => {
                self.open.pop();
            }
            None => self.root = Some(value),
        }
    }

    fn place(&self) -> Pointer {
        self.open
            .iter()
            .fold(Pointer::root(), |at, open| match open {
                Open::Map(_, waiting) => at.key(waiting),
                Open::List(list) => at.index(list.len()),
                Open::Dropped => at,
            })
    }
}

/// The position of a byte.
fn mark_at(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    Position {
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
    }
}
