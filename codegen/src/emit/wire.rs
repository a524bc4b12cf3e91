//! Names of Rust and names on the wire come in; the serde attributes that tell the second by the first go out.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::bare;

/// What rustfmt lets stand between the parentheses of an attribute on one line, and a comma.
const WIDTH: usize = 72;

/// A rule of serde's `rename_all`.
#[derive(Clone, Copy)]
struct Case {
    name: &'static str,
    of_field: fn(&str) -> String,
    of_variant: fn(&str) -> String,
}

/// No rule: names on the wire are those of Rust.
const SAME: Case = Case {
    name: "",
    of_field: str::to_owned,
    of_variant: str::to_owned,
};

const CASES: &[Case] = &[
    Case {
        name: "lowercase",
        of_field: str::to_owned,
        of_variant: str::to_ascii_lowercase,
    },
    Case {
        name: "UPPERCASE",
        of_field: str::to_ascii_uppercase,
        of_variant: str::to_ascii_uppercase,
    },
    Case {
        name: "camelCase",
        of_field: |name| lower_first(&joined(name)),
        of_variant: lower_first,
    },
    Case {
        name: "PascalCase",
        of_field: joined,
        of_variant: str::to_owned,
    },
    Case {
        name: "snake_case",
        of_field: str::to_owned,
        of_variant: parted,
    },
    Case {
        name: "SCREAMING_SNAKE_CASE",
        of_field: str::to_ascii_uppercase,
        of_variant: |name| parted(name).to_ascii_uppercase(),
    },
    Case {
        name: "kebab-case",
        of_field: |name| name.replace('_', "-"),
        of_variant: |name| parted(name).replace('_', "-"),
    },
];

/// How the fields of a struct, or the variants of an enum, are named on the wire.
#[derive(Clone, Copy)]
pub(super) struct Naming {
    case: Case,
    of: fn(&Case) -> fn(&str) -> String,
}

impl Naming {
    /// The rule that leaves the fewest fields, given by Rust name and wire name, to be renamed one by one.
    pub(super) fn of_fields(names: &[(&str, &str)]) -> Self {
        Self::best(names, |case| case.of_field)
    }

    /// As [`Naming::of_fields`].
    pub(super) fn of_variants(names: &[(&str, &str)]) -> Self {
        Self::best(names, |case| case.of_variant)
    }

    fn best(names: &[(&str, &str)], of: fn(&Case) -> fn(&str) -> String) -> Self {
        let off = |case: &Case| {
            let renamed = |(name, wire): &&(&str, &str)| of(case)(bare(name)) != *wire;
            names.iter().filter(renamed).count()
        };
        let same = off(&SAME);
        // An attribute of its own has to save more than one other.
        let cases = if same < 2 { &[] } else { CASES };
        let best = cases
            .iter()
            .map(|case| (off(case), case))
            .min_by_key(|(off, _)| *off);
        match best {
            Some((off, case)) if off + 1 < same => Self { case: *case, of },
            _ => Self { case: SAME, of },
        }
    }

    /// What the type itself says.
    pub(super) fn container(self) -> TokenStream {
        let name = self.case.name;
        if name.is_empty() {
            TokenStream::new()
        } else {
            quote!(#[serde(rename_all = #name)])
        }
    }

    /// What a field or variant says that does not follow.
    pub(super) fn rename(self, name: &str, wire: &str) -> Option<TokenStream> {
        ((self.of)(&self.case)(bare(name)) != wire).then(|| quote!(rename = #wire))
    }
}

/// All that there is to say, in as many serde attributes as keep each on one line.
pub(super) fn attributes(said: impl IntoIterator<Item = Option<TokenStream>>) -> TokenStream {
    let mut lines: Vec<(usize, Vec<TokenStream>)> = Vec::new();
    for part in said.into_iter().flatten() {
        let width = part.to_string().len() + 2;
        match lines.last_mut() {
            Some((used, parts)) if *used + width <= WIDTH => {
                *used += width;
                parts.push(part);
            }
            _ => lines.push((width, vec![part])),
        }
    }
    lines
        .into_iter()
        .map(|(_, parts)| quote!(#[serde(#(#parts),*)]))
        .collect()
}

/// `one_two` as `OneTwo`.
fn joined(name: &str) -> String {
    let mut text = String::new();
    let mut starts = true;
    for c in name.chars() {
        match c {
            '_' => starts = true,
            c if starts => {
                text.push(c.to_ascii_uppercase());
                starts = false;
            }
            c => text.push(c),
        }
    }
    text
}

/// `OneTwo` as `one_two`.
fn parted(name: &str) -> String {
    let mut text = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_uppercase() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

/// `OneTwo` as `oneTwo`. Where the first letter is not of ASCII, serde has no such name and neither have we.
fn lower_first(name: &str) -> String {
    match name.chars().next() {
        Some(first) if first.is_ascii() => {
            first.to_ascii_lowercase().to_string() + name.get(1..).unwrap_or_default()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_goes_before_many_names() {
        let fields = [
            ("one_two", "oneTwo"),
            ("three_four", "threeFour"),
            ("type_", "type"),
            ("five", "FIVE"),
        ];
        let naming = Naming::of_fields(&fields);
        assert_eq!(naming.case.name, "camelCase");
        let renamed: Vec<bool> = fields
            .iter()
            .map(|(name, wire)| naming.rename(name, wire).is_some())
            .collect();
        assert_eq!(renamed, [false, false, false, true]);
        assert_eq!(
            Naming::of_fields(&[("one_two", "oneTwo"), ("r#type", "type")])
                .case
                .name,
            ""
        );
    }

    #[test]
    fn rules_are_those_of_serde() {
        let variants = [
            ("OneTwo", "onetwo"),
            ("OneTwo", "ONETWO"),
            ("OneTwo", "oneTwo"),
            ("OneTwo", "one_two"),
            ("OneTwo", "ONE_TWO"),
            ("OneTwo", "one-two"),
        ];
        let names = [
            "lowercase",
            "UPPERCASE",
            "camelCase",
            "snake_case",
            "SCREAMING_SNAKE_CASE",
            "kebab-case",
        ];
        for (pair, name) in variants.into_iter().zip(names) {
            assert_eq!(Naming::of_variants(&[pair, pair]).case.name, name);
        }
    }

    #[test]
    fn attributes_stay_on_one_line() {
        let said = [
            Some(quote!(default)),
            None,
            Some(quote!(rename = "a")),
            Some(quote!(skip_serializing_if = "Option::is_none")),
        ];
        assert_eq!(attributes(said).to_string().matches("serde").count(), 1);
        let long = "a".repeat(40);
        let said = [
            Some(quote!(rename = #long)),
            Some(quote!(skip_serializing_if = "Option::is_none")),
        ];
        assert_eq!(attributes(said).to_string().matches("serde").count(), 2);
    }
}
