//! The imports of a file, and their `use` lines.

use std::collections::BTreeMap;

use super::condition::Condition;
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
    names: BTreeMap<String, BTreeMap<String, Condition>>,
}

impl Imports {
    /// Adds a name from a module, for code with a condition. The name `self` imports the module itself.
    pub(super) fn add(&mut self, module: &str, name: &str, condition: &Condition) {
        let module = match module {
            RUNTIME => runtime::module_of(name),
            module => module,
        };
        let names = self.names.get(module);
        if names.and_then(|names| names.get(name)) == Some(&Condition::Always) {
            return;
        }
        let names = self.names.entry(module.to_owned()).or_default();
        let known = names.entry(name.to_owned()).or_insert(Condition::Never);
        *known = known.clone().or(condition.clone());
    }

    /// Prints the `use` lines: one paragraph each for std, for dependencies and for the crate.
    pub(super) fn print(&self) -> String {
        let mut modules = self.by_condition();
        modules
            .sort_by_cached_key(|(module, _, names)| (Origin::of(module), sort_key(module, names)));
        let mut text = String::new();
        let mut previous = None;
        for (module, condition, names) in modules {
            let origin = Origin::of(module);
            if previous.replace(origin) != Some(origin) {
                text.push('\n');
            }
            if let Some(predicate) = condition.predicate() {
                text.push_str(&predicate.attribute_line(0));
            }
            text.push_str(&use_line(module, &names));
        }
        text
    }

    /// Returns the names that each module exports with the same condition.
    fn by_condition(&self) -> Vec<(&str, &Condition, Vec<&str>)> {
        let mut all = BTreeMap::<(&str, &Condition), Vec<&str>>::new();
        for (module, names) in &self.names {
            for (name, condition) in names {
                all.entry((module, condition)).or_default().push(name);
            }
        }
        let all = all.into_iter().map(|((module, condition), mut names)| {
            names.sort_by_key(|name| *name != "self");
            (module, condition, names)
        });
        all.collect()
    }
}

/// Returns the segments by which rustfmt sorts an import. `super` comes first, and braces come last.
fn sort_key(module: &str, names: &[&str]) -> (bool, Vec<String>) {
    let last = match names {
        [only] => *only,
        _ => "{",
    };
    let last = Some(last).filter(|name| *name != "self");
    let segments = module.split("::").chain(last).map(str::to_owned);
    (!module.starts_with("super"), segments.collect())
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
        imports.add("crate::types", "Pet", &Condition::Always);
        imports.add("crate::types", "self", &Condition::Always);
        imports.add("serde", "Serialize", &Condition::Always);
        imports.add("std", "fmt", &Condition::Always);
        imports.add("std::collections", "BTreeMap", &Condition::Always);
        imports.add("serde", "Serialize", &Condition::Always);
        assert_eq!(
            imports.print(),
            "\nuse std::collections::BTreeMap;\nuse std::fmt;\n\nuse serde::Serialize;\n\n\
             use crate::types::{self, Pet};\n"
        );
    }

    #[test]
    fn imports_of_conditional_code_are_conditional() {
        let feature = |name: &str| Condition::Features([name.to_owned()].into());
        let mut imports = Imports::default();
        imports.add("crate::a", "Both", &feature("x"));
        imports.add("crate::a", "Both", &feature("y"));
        imports.add("crate::a", "Some", &feature("x"));
        imports.add("crate::a", "All", &feature("x"));
        imports.add("crate::a", "All", &Condition::Always);
        assert_eq!(
            imports.print(),
            "\nuse crate::a::All;\n#[cfg(any(feature = \"x\", feature = \"y\"))]\nuse crate::a::Both;\n\
             #[cfg(feature = \"x\")]\nuse crate::a::Some;\n"
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
