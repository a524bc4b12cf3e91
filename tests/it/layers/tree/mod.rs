//! The modules of a crate, and the files that its paths lead to.

use std::collections::BTreeMap;

use super::file::{self, File, Import, Path};

/// The modules of a crate by their paths. The crate root has the empty path.
pub(super) struct Tree {
    modules: BTreeMap<Vec<String>, Module>,
}

struct Module {
    /// The path of the file in the source folder.
    file_path: String,
    file: File,
}

/// A use of one module by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) from: End,
    pub(super) to: End,
    pub(super) line: usize,
    /// The path as written.
    pub(super) path: String,
    /// True if the path ends at the module itself, not at an item in it.
    pub(super) of_module: bool,
}

/// An end of a [`Use`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// The path of the file in the source folder.
    pub(super) file: String,
}

/// The module that a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Module(Vec<String>),
    ItemIn(Vec<String>),
}

impl Tree {
    /// Reads `lib.rs` and all modules that it declares. `source` returns the text of a file.
    pub(super) fn read(source: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut tree = Self {
            modules: BTreeMap::new(),
        };
        tree.add(&[], source);
        tree
    }

    fn add(&mut self, module: &[String], source: &dyn Fn(&str) -> Option<String>) {
        let path = module.join("/");
        let candidates = if module.is_empty() {
            vec!["lib.rs".to_owned()]
        } else {
            vec![format!("{path}.rs"), format!("{path}/mod.rs")]
        };
        let found = candidates
            .into_iter()
            .find_map(|path| Some((source(&path)?, path)));
        let Some((text, file_path)) = found else {
            panic!("module `{path}` has no file");
        };
        let file = file::read(&text);
        let children = file.children.clone();
        self.modules
            .insert(module.to_vec(), Module { file_path, file });
        for child in children {
            let child: Vec<_> = module.iter().cloned().chain([child]).collect();
            self.add(&child, source);
        }
    }

    /// Returns the paths of all files in the source folder.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let modules = self.modules.values();
        modules.map(|module| module.file_path.as_str())
    }

    /// Returns all uses between different files.
    pub(super) fn uses(&self) -> Vec<Use> {
        let of_module = |(path, module): (&Vec<String>, &Module)| {
            let imports = module
                .file
                .imports
                .iter()
                .filter(|i| is_used(&module.file, i));
            let imports = imports.map(|import| (&import.path, import.name.is_none()));
            let paths = module.file.paths.iter().map(|path| (path, false));
            let uses = imports.chain(paths);
            uses.filter_map(|(used, glob)| self.use_of(path, used, glob))
                .collect::<Vec<_>>()
        };
        self.modules.iter().flat_map(of_module).collect()
    }

    /// Returns the uses that make one file depend on another. A module that is imported counts only for the items that
    /// are used through it.
    pub(super) fn edges(&self) -> Vec<Use> {
        let mut uses = self.uses();
        uses.retain(|used| !used.of_module);
        uses
    }

    fn use_of(&self, from: &[String], path: &Path, glob: bool) -> Option<Use> {
        let target = self.resolve(from, &path.segments, false, 0)?;
        let of_module = matches!(target, Target::Module(_)) && !glob;
        let (Target::Module(to) | Target::ItemIn(to)) = target;
        let end = |module: &[String]| End {
            file: self.modules[module].file_path.clone(),
        };
        (to != from).then(|| Use {
            from: end(from),
            to: end(&to),
            line: path.line,
            path: path.segments.join("::"),
            of_module,
        })
    }

    /// Follows a path through modules and re-exports. Returns `None` for paths of other crates and of local names.
    ///
    /// A name may mean a module and an item. `as_module` prefers the module, for a path that continues.
    fn resolve(
        &self,
        from: &[String],
        path: &[String],
        as_module: bool,
        imports: usize,
    ) -> Option<Target> {
        if imports > 16 {
            return None;
        }
        let mut here = from.to_vec();
        for (index, name) in path.iter().enumerate() {
            let last = index + 1 == path.len();
            match name.as_str() {
                "crate" => here.clear(),
                "self" => {}
                "super" => {
                    here.pop()?;
                }
                _ => match self.member(&here, name, as_module || !last, imports) {
                    Some(Target::Module(module)) => here = module,
                    Some(item) => return Some(item),
                    None if index == 0 => return None,
                    // A macro defines the item.
                    None => return Some(Target::ItemIn(here)),
                },
            }
        }
        Some(Target::Module(here))
    }

    /// Looks up a name in a module.
    fn member(
        &self,
        module: &[String],
        name: &str,
        as_module: bool,
        imports: usize,
    ) -> Option<Target> {
        let child: Vec<_> = module.iter().cloned().chain([name.to_owned()]).collect();
        let child = self.modules.contains_key(&child).then_some(child);
        if as_module && let Some(child) = child {
            return Some(Target::Module(child));
        }
        let file = &self.modules[module].file;
        if file.items.contains(name) {
            return Some(Target::ItemIn(module.to_vec()));
        }
        let follow = |import: &Import, rest: Option<&str>| {
            let mut path = import.path.segments.clone();
            path.extend(rest.map(str::to_owned));
            self.resolve(module, &path, as_module, imports + 1)
        };
        let named = |import: &&Import| import.name.as_deref() == Some(name);
        let named = file.imports.iter().filter(named);
        if let Some(target) = named.into_iter().find_map(|import| follow(import, None)) {
            return Some(target);
        }
        if let Some(child) = child {
            return Some(Target::Module(child));
        }
        let globs = file.imports.iter().filter(|import| import.name.is_none());
        globs
            .filter_map(|import| follow(import, Some(name)))
            .find(|target| self.defines(target, name))
    }

    /// True if the target is a module, or an item that its file defines by name.
    fn defines(&self, target: &Target, name: &str) -> bool {
        match target {
            Target::Module(_) => true,
            Target::ItemIn(module) => self.modules[module].file.items.contains(name),
        }
    }
}

/// False for a re-export of a name that the file itself does not use.
fn is_used(file: &File, import: &Import) -> bool {
    let name = import.name.as_ref();
    !import.reexport || name.is_some_and(|name| file.words.contains(name))
}

#[cfg(test)]
pub(super) mod tests;
