//! A union of cases that are told apart by their looks comes in; an enum goes out, and a call of the runtime's macro that
//! says what each case looks like.

use std::collections::HashMap;
use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use super::text;
use crate::emit::checks;
use crate::emit::code::ident;
use crate::emit::docs;
use crate::emit::index::{Index, model_id};
use crate::emit::markdown::first_paragraph;
use crate::emit::text::{WIDTH, fill};
use crate::ir::{JsonKind, Model, Type, UnionVariant, VariantMatcher};

/// The enum.
pub(super) fn union(index: &Index, model: &Model, choices: &[UnionVariant]) -> TokenStream {
    let name = ident(&model.name);
    let docs = text(model);
    let scope = &index.types;
    let variants = choices.iter().map(|choice| {
        let name = ident(&choice.variant);
        // A type of the document has docs of its own.
        let text = match model_id(&choice.ty) {
            Some(_) => "",
            None => &choice.docs,
        };
        let docs = docs::outer(&[&docs::text_or(&first_paragraph(text), "")]);
        let ty = scope.ty(&choice.ty);
        quote!(#docs #name(#ty))
    });
    let checked = index.id(&model.name).map(Type::Model);
    let is_checked = checked.is_some_and(|ty| index.is_checked(&ty));
    let check = (model.in_request && is_checked).then(|| check(index, model, choices));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Anything else, which this version of the crate does not know.
            Unknown(Json),
        }

        #check
    }
}

fn check(index: &Index, model: &Model, choices: &[UnionVariant]) -> TokenStream {
    let name = ident(&model.name);
    let checked: Vec<&UnionVariant> = choices
        .iter()
        .filter(|choice| index.is_checked(&choice.ty))
        .collect();
    let arms = checked.iter().map(|choice| {
        let variant = ident(&choice.variant);
        let expression = checks::inside(&index.types, &choice.ty);
        quote!(Self::#variant(item) => #expression)
    });
    quote! {
        impl #name {
            pub(crate) fn check(&self) -> Result<(), ValidationError> {
                match self {
                    #(#arms,)*
                    _ => Ok(()),
                }
            }
        }
    }
}

/// The macros that make it readable, writable and, if it is plain text, showable.
pub(super) fn wire(index: &Index, model: &Model, choices: &[UnionVariant]) -> String {
    let mut text = format!("json_union! {{ {} {{\n", model.name);
    let mut holding: HashMap<String, usize> = HashMap::new();
    for choice in choices {
        *holding.entry(rust(index, &choice.ty)).or_default() += 1;
    }
    for choice in choices {
        case(index, &mut text, choice, &holding);
    }
    text.push_str("} }\n");
    if index.is_one_text(choices) {
        let names = choices.iter().map(|choice| choice.variant.clone());
        let names: Vec<String> = names.collect();
        let line = format!(
            "union_display! {{ {} {{ {} }} }}\n",
            model.name,
            names.join(", ")
        );
        if line.len() <= WIDTH {
            text.push_str(&line);
        } else {
            let _ = writeln!(text, "union_display! {{ {} {{", model.name);
            text.push_str(&list("    ", names));
            text.push_str("} }\n");
        }
    }
    text
}

fn case(index: &Index, text: &mut String, choice: &UnionVariant, holding: &HashMap<String, usize>) {
    let mut line = format!("    {}", choice.variant);
    let _ = match from(index, &choice.ty, holding) {
        Some(types) => write!(line, "({types})"),
        None => Ok(()),
    };
    if holds_whole(&choice.ty) {
        line.push_str(" as Integer");
    }
    if let Some((name, value)) = &choice.tag {
        let _ = write!(line, " + {name:?} = {value:?}");
    }
    line.push(':');
    let looks: Vec<String> = choice.matchers.iter().map(look).collect();
    let short = format!("{line} {};\n", looks.join(", "));
    if short.len() <= WIDTH {
        text.push_str(&short);
        return;
    }
    text.push_str(&line);
    text.push('\n');
    for (index, look) in choice.matchers.iter().enumerate() {
        let end = if index + 1 == choice.matchers.len() {
            ";"
        } else {
            ","
        };
        long_look(text, look, end);
    }
}

/// The types that become the variant by `From`: none if another variant holds the same. `holding` is how many variants
/// hold each.
fn from(index: &Index, ty: &Type, holding: &HashMap<String, usize>) -> Option<String> {
    let own = rust(index, ty);
    if holding.get(&own).is_some_and(|count| *count > 1) {
        return None;
    }
    Some(match ty {
        // Literals are to become it too.
        Type::String | Type::Bytes => "String, &str".to_owned(),
        Type::Int => "i64, i32".to_owned(),
        Type::UInt => "u64, u32".to_owned(),
        _ => own,
    })
}

fn holds_whole(ty: &Type) -> bool {
    match ty {
        Type::Int | Type::UInt => true,
        Type::List(inner) | Type::Map(inner) | Type::Option(inner) => holds_whole(inner),
        _ => false,
    }
}

/// A type as it is written, without a box around it; one of several names under its first.
fn rust(index: &Index, ty: &Type) -> String {
    match ty {
        Type::String | Type::Bytes => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Int => "i64".to_owned(),
        Type::UInt => "u64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Json => "Json".to_owned(),
        Type::List(item) => format!("Vec<{}>", rust(index, item)),
        Type::Map(value) => format!("BTreeMap<String, {}>", rust(index, value)),
        Type::Option(some) => format!("Option<{}>", rust(index, some)),
        Type::Model(id) | Type::Boxed(id) => {
            let model = index.model(*id);
            model.map_or_else(String::new, |model| model.name.clone())
        }
    }
}

fn look(it: &VariantMatcher) -> String {
    let (mut text, it) = start(it);
    for (method, items) in parts(&it) {
        let _ = write!(text, ".{method}(&[{}])", items.join(", "));
    }
    text
}

/// A look over several lines.
fn long_look(text: &mut String, it: &VariantMatcher, end: &str) {
    let short = format!("        {}{end}\n", look(it));
    if short.len() <= WIDTH {
        text.push_str(&short);
        return;
    }
    let (start, it) = start(it);
    let _ = write!(text, "        {start}");
    let parts = parts(&it);
    if let [(method, items)] = parts.as_slice() {
        if let [item] = items.as_slice() {
            let _ = writeln!(text, ".{method}(&[{item}]){end}");
            return;
        }
        let _ = writeln!(text, ".{method}(&[");
        text.push_str(&list("            ", items.clone()));
        let _ = writeln!(text, "        ]){end}");
        return;
    }
    for (method, items) in parts {
        let line = format!("            .{method}(&[{}])", items.join(", "));
        text.push('\n');
        if line.len() < WIDTH {
            text.push_str(&line);
            continue;
        }
        let _ = writeln!(text, "            .{method}(&[");
        text.push_str(&list("                ", items));
        text.push_str("            ])");
    }
    text.push_str(end);
    text.push('\n');
}

/// Items one after another, on as few lines as there can be.
fn list(indent: &str, items: Vec<String>) -> String {
    let last = items.len().saturating_sub(1);
    let items = items.into_iter().enumerate();
    let items = items.map(|(at, item)| if at < last { item + "," } else { item });
    let items: Vec<String> = items.collect();
    fill(indent, WIDTH, items.iter().map(String::as_str)) + "\n"
}

/// The kind, with the one property that decides, if there is one; and what else there is to say.
fn start(it: &VariantMatcher) -> (String, VariantMatcher) {
    let mut text = word(it.kind).to_owned();
    let mut rest = it.clone();
    let decides = |(name, _): &(String, Vec<String>)| it.required.contains(name);
    if let Some(at) = it.tags.iter().position(decides) {
        let (name, values) = rest.tags.remove(at);
        rest.required.retain(|other| *other != name);
        let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
        let _ = write!(text, ".tag({name:?}, &[{}])", values.join(", "));
    }
    (text, rest)
}

fn word(kind: Option<JsonKind>) -> &'static str {
    match kind {
        None => "ANY",
        Some(JsonKind::String) => "STRING",
        Some(JsonKind::Integer) => "INTEGER",
        Some(JsonKind::Number) => "NUMBER",
        Some(JsonKind::Boolean) => "BOOLEAN",
        Some(JsonKind::Array) => "LIST",
        Some(JsonKind::Object) => "OBJECT",
    }
}

/// What is said beside the kind: method and items.
fn parts(it: &VariantMatcher) -> Vec<(&'static str, Vec<String>)> {
    let quoted = |names: &[String]| {
        names
            .iter()
            .map(|name| format!("{name:?}"))
            .collect::<Vec<_>>()
    };
    let tags = it.tags.iter();
    let tags = tags.map(|(name, values)| format!("({name:?}, &[{}])", quoted(values).join(", ")));
    let inside = it.properties.iter();
    let inside = inside.map(|(name, of)| format!("({name:?}, {})", look(of)));
    let parts = [
        ("values", quoted(&it.values)),
        ("tags", tags.collect()),
        ("required", quoted(&it.required)),
        ("known", quoted(&it.known)),
        ("inside", inside.collect()),
        ("of", it.items.iter().map(look).collect()),
    ];
    parts
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .collect()
}
