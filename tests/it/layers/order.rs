//! The order of the modules of the generator and of the runtime, and the uses that break it.

use std::collections::BTreeSet;

use super::tree::{Tree, Use};

/// A table of modules in ARCHITECTURE.md.
pub(super) struct Table {
    heading: &'static str,
    folder: &'static str,
    /// True if a module uses modules above it. False if it uses modules below it.
    uses_above: bool,
    /// Returns the module of a file. Files without a module may use all others.
    module: fn(&str) -> Option<&str>,
}

pub(super) const GENERATOR: Table = Table {
    heading: "## Generator modules",
    folder: "codegen/src",
    uses_above: false,
    module: |file| Some(first_segment(file)),
};

pub(super) const RUNTIME: Table = Table {
    heading: "## Runtime modules",
    folder: "codegen/runtime/src/runtime",
    uses_above: true,
    module: |file| {
        let module = first_segment(file.strip_prefix("runtime/")?);
        // The root module, and the exports for tests.
        (module != "mod" && module != "exports").then_some(module)
    },
};

pub(super) const LOWERING: Table = Table {
    heading: "### Lowering",
    folder: "codegen/src/lower",
    uses_above: false,
    module: |file| {
        let module = first_segment(file.strip_prefix("lower/")?);
        // The stage itself, which uses all parts.
        (module != "mod").then_some(module)
    },
};

/// Returns `emit` for `emit/mod.rs`, and `lib` for `lib.rs`.
fn first_segment(file: &str) -> &str {
    let first = file.split('/').next().unwrap_or_default();
    first.trim_end_matches(".rs")
}

/// Returns the module names in the first column of the first table, from top to bottom. A cell may contain several.
pub(super) fn of_table(markdown: &str, table: &Table) -> Vec<String> {
    let section = markdown.lines();
    let section = section.skip_while(|line| line.trim() != table.heading);
    let section = section.skip(1).take_while(|line| !line.starts_with("## "));
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let rows = section
        .skip_while(|line| !is_row(line))
        .take_while(|line| is_row(line));
    rows.filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(name)
        .collect()
}

/// Returns the module name of `emit/`, `pointer.rs` or `codegen/src/lib.rs`.
fn name(path: &str) -> String {
    let path = path.trim_start_matches("codegen/src/");
    path.trim_end_matches(".rs")
        .trim_end_matches('/')
        .to_owned()
}

/// Returns a line for each module without a place in the order, and for each use in the wrong direction.
pub(super) fn violations(table: &Table, order: &[String], tree: &Tree) -> Vec<String> {
    let files = tree.files();
    let modules: BTreeSet<&str> = files.filter_map(table.module).collect();
    let heading = table.heading;
    let unlisted = modules
        .iter()
        .filter(|module| place(order, module).is_none());
    let unlisted =
        unlisted.map(|module| format!("`{module}` is not in the table under \"{heading}\""));
    let missing = order.iter().filter(|module| !modules.contains(&***module));
    let missing =
        missing.map(|module| format!("`{module}` is in the table but not in {}", table.folder));
    let uses = tree.uses();
    let upward = uses.iter().filter_map(|used| violation(table, order, used));
    unlisted.chain(missing).chain(upward).collect()
}

fn place(order: &[String], module: &str) -> Option<usize> {
    order.iter().position(|listed| listed == module)
}

/// Returns a line if the use has the wrong direction.
fn violation(table: &Table, order: &[String], used: &Use) -> Option<String> {
    let from = (table.module)(&used.from.file)?;
    let to = (table.module)(&used.to.file)?;
    let (first, second) = (place(order, from)?, place(order, to)?);
    let (is_wrong, direction) = if table.uses_above {
        (first < second, "below")
    } else {
        (first > second, "above")
    };
    is_wrong.then(|| {
        format!(
            "{}:{}: `{from}` uses `{to}` {direction} it by `{}`",
            used.from.file, used.line, used.path
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    const TABLE: &str = "\
## Generator modules

Text with `words` in backticks.

| module | task |
|---|---|
| `lib.rs` | the pipeline |
| `emit/` | `ir` to files |
| `ir/`, `pointer.rs` | data |

Folders of a module:

| `lower/` |

## Other

| `more/` |
";

    #[test]
    fn order_is_read_from_the_first_column() {
        assert_eq!(
            of_table(TABLE, &GENERATOR),
            ["lib", "emit", "ir", "pointer"]
        );
        assert!(of_table("# No table", &GENERATOR).is_empty());
    }

    fn check(ir: &str) -> Vec<String> {
        let files = [
            (
                "lib.rs",
                "mod emit; mod ir; mod pointer; pub struct Options;",
            ),
            (
                "emit/mod.rs",
                "mod text; use crate::ir::Type; use crate::pointer;",
            ),
            ("emit/text.rs", "pub fn print() { crate::ir::Type }"),
            ("ir.rs", ir),
            ("pointer.rs", ""),
        ];
        violations(&GENERATOR, &of_table(TABLE, &GENERATOR), &tree(&files))
    }

    #[test]
    fn downward_uses_are_accepted() {
        assert!(check("pub struct Type; use crate::pointer;").is_empty());
    }

    #[test]
    fn upward_uses_are_reported() {
        let expected = "ir.rs:2: `ir` uses `emit` above it by `crate::emit::text::print`";
        assert_eq!(
            check("pub struct Type;\nuse crate::emit::text::print;"),
            [expected]
        );
        let expected = "ir.rs:1: `ir` uses `emit` above it by `crate::emit`";
        assert_eq!(check("use crate::emit; pub struct Type;"), [expected]);
        let expected = "ir.rs:1: `ir` uses `lib` above it by `crate::Options`";
        assert_eq!(
            check("pub struct Type; fn f(_: crate::Options) {}"),
            [expected]
        );
    }

    #[test]
    fn modules_and_table_must_agree() {
        let files = [
            ("lib.rs", "mod emit; mod extra;"),
            ("emit.rs", ""),
            ("extra.rs", ""),
        ];
        let expected = [
            "`extra` is not in the table under \"## Generator modules\"",
            "`ir` is in the table but not in codegen/src",
            "`pointer` is in the table but not in codegen/src",
        ];
        let order = of_table(TABLE, &GENERATOR);
        assert_eq!(violations(&GENERATOR, &order, &tree(&files)), expected);
    }

    #[test]
    fn runtime_modules_that_use_modules_below_are_reported() {
        let order = ["util", "http", "call"].map(str::to_owned);
        let files = [
            ("lib.rs", "pub mod runtime;"),
            (
                "runtime/mod.rs",
                "mod call; mod http; mod util; pub use call::Call;",
            ),
            (
                "runtime/call.rs",
                "use crate::runtime::http::Head; pub struct Call;",
            ),
            ("runtime/http/mod.rs", "mod head; pub use head::Head;"),
            (
                "runtime/http/head.rs",
                "pub struct Head;\nfn f(_: crate::runtime::call::Call) {}",
            ),
            ("runtime/util.rs", ""),
        ];
        let expected =
            "runtime/http/head.rs:2: `http` uses `call` below it by `crate::runtime::call::Call`";
        assert_eq!(violations(&RUNTIME, &order, &tree(&files)), [expected]);
    }
}
