//! The modules of the runtime that define the names in generated code.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Imports of all names that generated code uses, or that a crate exports.
const IMPORTS: &str = include_str!("../../../runtime/src/runtime/exports.rs");
/// The root of the runtime in a crate.
const ROOT: &str = "crate::runtime";

/// The module of each name.
static MODULES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let imports = IMPORTS.split("use ").skip(1);
    let imports = imports.filter_map(|import| import.split(';').next()?.rsplit_once("::"));
    imports
        .flat_map(|(module, names)| names_in(names).map(move |name| (name, module)))
        .collect()
});

/// Returns the names in `Name` or `{Name, Name}`.
fn names_in(names: &str) -> impl Iterator<Item = &str> {
    let names = names.trim_matches(['{', '}', '\n']);
    names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

/// Returns the module that defines a name of the runtime, as in `crate::runtime::call`.
pub(in crate::emit) fn module_of(name: &str) -> &'static str {
    MODULES.get(name).copied().unwrap_or(ROOT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_generated_code_has_a_module() {
        for name in crate::names::RUNTIME {
            assert_ne!(module_of(name), ROOT, "{name}");
        }
        assert_eq!(module_of("Result"), "crate::runtime::error");
        assert_eq!(module_of("ParamLocation"), "crate::runtime::request");
    }
}
