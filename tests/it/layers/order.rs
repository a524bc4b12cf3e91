//! The order of the generator's modules, and the uses that break it.

use super::tree::Tree;

/// The heading of ARCHITECTURE.md above the table of modules.
const HEADING: &str = "## Generator modules";

/// Returns the module names in the first column of the first table, from top to bottom. A cell may contain several.
pub(super) fn of_table(markdown: &str) -> Vec<String> {
    let section = markdown.lines().skip_while(|line| line.trim() != HEADING);
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

/// Returns a line for each module without a place in the order, and for each use of a module above.
pub(super) fn violations(order: &[String], tree: &Tree) -> Vec<String> {
    let place = |name: &String| order.iter().position(|module| module == name);
    let tops = tree.tops();
    let unlisted = tops.iter().filter(|top| place(top).is_none());
    let unlisted = unlisted.map(|top| format!("`{top}` is not in the table under \"{HEADING}\""));
    let missing = order.iter().filter(|module| !tops.contains(module));
    let missing =
        missing.map(|module| format!("`{module}` is in the table but not in codegen/src"));
    let mut violations: Vec<_> = unlisted.chain(missing).collect();
    for used in tree.uses() {
        let (from, to) = (place(&used.from.top), place(&used.to.top));
        if from.is_some() && to.is_some() && from > to {
            violations.push(format!(
                "{}:{}: `{}` uses `{}` above it by `{}`",
                used.from.file, used.line, used.from.top, used.to.top, used.path
            ));
        }
    }
    violations
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
        assert_eq!(of_table(TABLE), ["lib", "emit", "ir", "pointer"]);
        assert!(of_table("# No table").is_empty());
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
        violations(&of_table(TABLE), &tree(&files))
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
        assert_eq!(violations(&of_table(TABLE), &tree(&files)), expected);
    }
}
