//! A file of the emitted crate as it grows: items come in one after another; its text, with the imports that the
//! items need, goes out.

mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::TokenStream;

use words::{Word, words};

use super::runtime;
use super::text::{self, WIDTH};
use crate::format;
use crate::ir::Api;
use crate::names::{IMPORTED, RUNTIME};

/// Where the models are.
const TYPES: &str = "crate::types";

/// Where each name that emitted code may use comes from.
pub(super) struct Known<'a> {
    modules: HashMap<&'a str, &'a str>,
}

impl<'a> Known<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let models = api.models.iter().map(|model| (model.name.as_str(), TYPES));
        let runtime = RUNTIME.iter().map(|name| (*name, "crate::runtime"));
        // What the crate itself is built of goes before a model of the same name.
        Self {
            modules: models
                .chain(runtime)
                .chain(IMPORTED.iter().copied())
                .collect(),
        }
    }
}

/// A file as it grows.
pub(super) struct Module<'a> {
    known: &'a Known<'a>,
    /// Names that it defines itself.
    own: HashSet<&'a str>,
    imports: BTreeMap<&'a str, BTreeSet<String>>,
    body: String,
}

impl<'a> Module<'a> {
    pub(super) fn new(known: &'a Known<'a>, own: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            known,
            own: own.into_iter().collect(),
            imports: BTreeMap::new(),
            body: String::new(),
        }
    }

    /// Adds items.
    pub(super) fn push(&mut self, items: TokenStream) {
        if items.is_empty() {
            return;
        }
        self.push_text(&format::items(items));
    }

    /// Adds items that are laid out already.
    pub(super) fn push_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        for Word { text, leads } in words(text) {
            let module = if text == "types" {
                Some(TYPES)
            } else {
                self.known.modules.get(text).copied()
            };
            // Letters of scripts that have no capitals begin types as well.
            let names_an_item = leads || !text.starts_with(|c: char| c.is_lowercase() || c == '_');
            if let Some(module) = module
                && names_an_item
                && !self.own.contains(text)
            {
                self.import(module, if text == "types" { "self" } else { text });
            }
        }
        self.body.push('\n');
        self.body.push_str(text);
    }

    /// Adds text as it is; what it names must be imported by itself.
    pub(super) fn push_raw(&mut self, text: &str) {
        self.body.push('\n');
        self.body.push_str(text);
    }

    /// Imports a name.
    pub(super) fn import(&mut self, module: &'a str, name: &str) {
        let names = self.imports.entry(module).or_default();
        if !names.contains(name) {
            names.insert(name.to_owned());
        }
    }

    /// The whole file: `source` is what it was made from, `docs` are its own.
    pub(super) fn text(self, source: &str, docs: TokenStream) -> String {
        let mut text = format::header(source);
        text.push_str(&format::items(docs));
        let mut imports: Vec<_> = by_module(self.imports).into_iter().collect();
        imports.sort_by_cached_key(|(module, names)| (Origin::of(module), sort_key(module, names)));
        let mut before = None;
        for (module, names) in imports {
            let origin = Origin::of(module);
            if before.replace(origin) != Some(origin) {
                text.push('\n');
            }
            let names: Vec<String> = names.into_iter().collect();
            text.push_str(&import(module, &names));
        }
        text + &self.body
    }
}

/// The root of the runtime, which names are imported from whichever of its modules defines them.
const RUNTIME_ROOT: &str = "crate::runtime";

/// Returns the imports with the modules that define the names of the runtime.
fn by_module(imports: BTreeMap<&str, BTreeSet<String>>) -> BTreeMap<&str, BTreeSet<String>> {
    let mut defined: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (module, names) in imports {
        for name in names {
            let module = match module {
                RUNTIME_ROOT => runtime::module_of(&name),
                _ => module,
            };
            defined.entry(module).or_default().insert(name);
        }
    }
    defined
}

/// Returns the segments by which rustfmt sorts an import. Braces come last.
fn sort_key(module: &str, names: &BTreeSet<String>) -> Vec<String> {
    let last = if names.len() == 1 {
        names.first().cloned()
    } else {
        Some("{".to_owned())
    };
    let segments = module
        .split("::")
        .map(str::to_owned)
        .chain(last.filter(|name| name != "self"));
    segments.collect()
}

/// An import, laid out as rustfmt does: what does not fit on one line stands on as few as there can be.
fn import(module: &str, names: &[String]) -> String {
    let line = match names {
        [only] if only == "self" => format!("use {module};\n"),
        [only] => format!("use {module}::{only};\n"),
        _ => format!("use {module}::{{{}}};\n", names.join(", ")),
    };
    if line.len() <= WIDTH || names.len() < 2 {
        return line;
    }
    let names: Vec<String> = names.iter().map(|name| format!("{name},")).collect();
    let lines = text::fill("    ", WIDTH, names.iter().map(String::as_str));
    format!("use {module}::{{\n{lines}\n}};\n")
}

/// Where an import comes from; imports stand in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Std,
    Dependency,
    Crate,
}

impl Origin {
    fn of(module: &str) -> Self {
        match module.split("::").next() {
            Some("std") => Self::Std,
            Some("crate") => Self::Crate,
            _ => Self::Dependency,
        }
    }
}
