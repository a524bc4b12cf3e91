//! The imports of a file, and their `use` lines.

use std::collections::{BTreeMap, BTreeSet};

use super::runtime;
use super::text::{self, WIDTH};

/// Root of the runtime. Each of its items is imported from the module that defines it.
const RUNTIME: &str = "crate::runtime";

/// An item that emitted code imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Path of the module that contains the item.
    pub(super) module: &'static str,
    /// Name of the item.
    pub(super) name: &'static str,
}

/// The imports of a file: names by module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Imports {
    names: BTreeMap<String, BTreeSet<String>>,
}

impl Imports {
    /// Adds a name from a module. The name `self` imports the module itself.
    pub(super) fn add(&mut self, module: &str, name: &str) {
        let module = match module {
            RUNTIME => runtime::module_of(name),
            module => module,
        };
        let names = self.names.get(module);
        if names.is_some_and(|names| names.contains(name)) {
            return;
        }
        let names = self.names.entry(module.to_owned()).or_default();
        names.insert(name.to_owned());
    }

    /// Prints the `use` lines: one paragraph each for std, for dependencies and for the crate.
    pub(super) fn print(&self) -> String {
        let mut modules: Vec<_> = self.names.iter().collect();
        modules.sort_by_cached_key(|(module, names)| (Origin::of(module), sort_key(module, names)));
        let mut text = String::new();
        let mut previous = None;
        for (module, names) in modules {
            let origin = Origin::of(module);
            if previous.replace(origin) != Some(origin) {
                text.push('\n');
            }
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            text.push_str(&use_line(module, &names));
        }
        text
    }
}

/// Returns the segments by which rustfmt sorts an import. Braces come last.
fn sort_key(module: &str, names: &BTreeSet<String>) -> Vec<String> {
    let last = if names.len() == 1 {
        names.first().cloned()
    } else {
        Some("{".to_owned())
    };
    let last = last.filter(|name| name != "self");
    module.split("::").map(str::to_owned).chain(last).collect()
}

/// Prints the imports from one module as rustfmt does.
fn use_line(module: &str, names: &[&str]) -> String {
    let line = match names {
        ["self"] => format!("use {module};\n"),
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

/// Origin of an import. The paragraphs of imports have this order.
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
            Some("crate" | "super") => Self::Crate,
            _ => Self::Dependency,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_grouped_by_origin() {
        let mut imports = Imports::default();
        imports.add("crate::types", "Pet");
        imports.add("crate::types", "self");
        imports.add("serde", "Serialize");
        imports.add("std", "fmt");
        imports.add("std::collections", "BTreeMap");
        imports.add("serde", "Serialize");
        assert_eq!(
            imports.print(),
            "\nuse std::collections::BTreeMap;\nuse std::fmt;\n\nuse serde::Serialize;\n\n\
             use crate::types::{Pet, self};\n"
        );
    }

    #[test]
    fn long_imports_are_wrapped() {
        let names = ["A".repeat(50), "B".repeat(50)];
        let names = names.each_ref().map(String::as_str);
        assert_eq!(
            use_line("a", &names),
            format!("use a::{{\n    {},\n    {},\n}};\n", names[0], names[1])
        );
    }
}
