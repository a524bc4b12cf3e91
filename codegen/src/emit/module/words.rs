//! Printed items come in, the words that may be names from outside of them go out.

/// A word of code that stands neither after `.` or `::` nor where a new name is given.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// Whether it leads to something: a module or function, by what follows it.
    pub(super) leads: bool,
}

/// The words of items as prettyplease prints them: comments have lines of their own, variants are indented once.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut in_enum = false;
    let code = text.lines().filter_map(move |line| {
        let trimmed = line.trim_start();
        if trimmed.starts_with("//") {
            return None;
        }
        if line.starts_with("pub enum ") {
            in_enum = true;
        } else if line.starts_with('}') {
            in_enum = false;
        }
        // The name of a variant is its own.
        let is_variant =
            in_enum && trimmed.starts_with(char::is_alphabetic) && line.starts_with(' ');
        let skipped = if is_variant {
            trimmed.find(|c| !is_part(c)).unwrap_or(trimmed.len())
        } else {
            0
        };
        trimmed.get(skipped..)
    });
    code.flat_map(|line| Words { line, at: 0 })
}

/// The words of a line.
struct Words<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let rest = self.line.get(self.at..)?;
            let start = self.at + rest.find(|c| is_part(c) || c == '"')?;
            let rest = self.line.get(start..)?;
            if let Some(inside) = rest.strip_prefix('"') {
                self.at = start + 1 + string_length(inside);
                // serde is given functions as text.
                if self.line.starts_with("#[serde(")
                    && let Some((text, _)) = inside.split_once("::")
                    && text.chars().all(is_part)
                {
                    return Some(Word { text, leads: true });
                }
                continue;
            }
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            self.at = start + length;
            let (before, after) = (self.line.get(..start)?, self.line.get(self.at..)?);
            if is_free(before, after) {
                let leads = ["::", "(", "!"].iter().any(|mark| after.starts_with(mark));
                return Some(Word {
                    text: rest.get(..length)?,
                    leads,
                });
            }
        }
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a string literal from behind its first quote to behind its last.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// Whether a word between these is looked up where it stands.
fn is_free(before: &str, after: &str) -> bool {
    let is_member = before.ends_with('.') && !before.ends_with("..");
    let is_given = before.ends_with("fn ") || before.ends_with("type ");
    // As in `Iterator<Item = T>`, perhaps on a line of its own.
    let is_associated = after.starts_with(" =") && (before.is_empty() || before.ends_with('<'));
    !(is_member || is_given || is_associated || before.ends_with("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text)
            .filter(|word| word.leads || word.text.starts_with(char::is_uppercase))
            .map(|word| word.text)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_stands_alone_is_a_name_from_outside() {
        check(
            "pub fn minimum(mut self, each: A) -> B<C> {",
            &["A", "B", "C"],
        );
        check(
            "    self.minimum(D::E, f::G, check(\"H::\\\"I\", J { ..K::L }))",
            &["D", "f", "check", "J", "K"],
        );
        check(
            "    fn all(self: impl IntoIterator<Item = Item>) {}",
            &["IntoIterator", "Item"],
        );
        check("    Item = Item,", &["Item"]);
        check("    type Output = Page<T>;", &["Page", "T"]);
    }

    #[test]
    fn comments_and_variants_are_not() {
        check(
            "/// A B\npub enum C {\n    /// D\n    E,\n    F(G),\n}\nstruct H {\n    i: J,\n}",
            &["C", "G", "H", "J"],
        );
    }

    #[test]
    fn attributes_name_types_and_functions() {
        check(
            "#[derive(A, B)]\n#[serde(rename = \"C\", with = \"d::e\")]",
            &["derive", "A", "B", "serde", "d"],
        );
    }
}
