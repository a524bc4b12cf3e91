//! Emits the constructor and the setters of a struct that is sent.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::argument::{accepted_times, converted, into, parameter_type, time_parameter_type};
use crate::emit::code::{Scope, ident, setter_lints, unprefixed};
use crate::emit::docs;
use crate::emit::index::Index;
use crate::emit::item;
use crate::emit::optional::OptionalParameter;
use crate::emit::text::{self, inline};
use crate::ir::analysis::Constant;
use crate::ir::{Field, Model, Type};

/// Maximum length of the fields of a struct literal on one line.
const LITERAL: usize = 18;
/// Maximum number of arguments without a lint of clippy.
const ARGUMENTS: usize = 7;

/// Returns the constructor and the setters. A struct with a `Default` has no constructor.
pub(super) fn functions(
    index: &Index,
    scope: &Scope,
    model: &Model,
    fields: &[Field],
) -> Vec<String> {
    let new = (!model.has_default()).then(|| new(index, scope, model, fields));
    let optional = fields
        .iter()
        .filter(|field| !field.required && !field.is_additional_properties);
    let setters = optional.map(|field| setter(index, scope, field));
    new.into_iter().chain(setters).collect()
}

fn new(index: &Index, scope: &Scope, model: &Model, fields: &[Field]) -> String {
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for field in fields {
        let value = if field.is_additional_properties {
            let map = scope.import(item::BTREE_MAP);
            quote!(#map::new())
        } else if !field.required {
            quote!(None)
        } else if let Some(constant) = index.analysis.constant(field) {
            self::constant(scope, constant)
        } else {
            let (ty, value) = parameter(index, scope, field, &ident(&field.name));
            parameters.push(format!("{}: {}", field.name, inline(&ty)));
            value
        };
        let value = inline(&value);
        values.push(if value == field.name {
            value
        } else {
            format!("{}: {value}", field.name)
        });
    }
    let docs = format!("Creates a new `{}` from its required fields.", model.name);
    let mut function = docs::text(&[&docs], "    ");
    for attribute in constructor_lints(fields, parameters.len()) {
        function.extend(["    ", attribute, "\n"]);
    }
    function.push_str(&text::call("    ", "pub fn new", &parameters, " -> Self {"));
    function.push_str(&struct_literal(&values));
    function + "    }\n"
}

/// Returns the lints that a constructor allows.
fn constructor_lints(fields: &[Field], parameters: usize) -> impl Iterator<Item = &'static str> {
    let deprecated = fields.iter().any(|field| field.deprecated);
    let lints = [
        deprecated.then_some("#[allow(deprecated, reason = \"initializes deprecated fields\")]"),
        (parameters > ARGUMENTS)
            .then_some("#[allow(clippy::too_many_arguments, reason = \"one per required field\")]"),
        (parameters == 0).then_some(
            "#[allow(clippy::new_without_default, reason = \"it has required fields\")]",
        ),
    ];
    lints.into_iter().flatten()
}

fn constant(scope: &Scope, constant: Constant) -> TokenStream {
    match constant {
        Constant::String(text) => quote!(#text.to_owned()),
        Constant::Variant(id, variant) => {
            let (ty, variant) = (scope.model(id), ident(&variant.name));
            quote!(#ty::#variant)
        }
    }
}

fn struct_literal(values: &[String]) -> String {
    let line = values.join(", ");
    if line.len() <= LITERAL {
        return format!("        Self {{ {line} }}\n");
    }
    let lines = values.iter().map(|value| format!("            {value},\n"));
    format!("        Self {{\n{}        }}\n", lines.collect::<String>())
}

fn setter(index: &Index, scope: &Scope, field: &Field) -> String {
    let value = ident("value");
    let optional = OptionalParameter::new(index, scope, &field.ty, field.unit);
    let (generics, ty, value) = if let Some(optional) = &optional {
        let value = optional.converted(&value);
        let value = match field.unit {
            Some(_) => quote!(#value.map(|value| value.0)),
            None => value,
        };
        (optional.generics(), optional.ty(), value)
    } else {
        let (ty, value) = parameter(index, scope, field, &value);
        ("", ty, quote!(Some(#value)))
    };
    let docs = format!(
        "Sets [`{}`](field@Self::{}).",
        unprefixed(&field.name),
        field.name
    );
    let accepted = field.unit.map_or("", accepted_times);
    let mut function = docs::text(&[&docs, accepted], "    ");
    for attribute in [
        docs::deprecated(field.deprecated),
        setter_lints(&field.name),
    ] {
        if !attribute.is_empty() {
            function.extend(["    ", &inline(&attribute), "\n"]);
        }
    }
    if field.deprecated {
        function.push_str("    #[allow(deprecated, reason = \"sets a deprecated field\")]\n");
    }
    let head = format!("pub fn {}{generics}", field.name);
    let parameters = ["mut self".to_owned(), format!("value: {}", inline(&ty))];
    function.push_str(&text::call("    ", &head, &parameters, " -> Self {"));
    let name = ident(&field.name);
    function.push_str(&text::statement("        ", &quote!(self.#name = #value;)));
    function + "        self\n    }\n"
}

/// Returns the type of the parameter for a field and the value of the field.
fn parameter(
    index: &Index,
    scope: &Scope,
    field: &Field,
    name: &Ident,
) -> (TokenStream, TokenStream) {
    if let Some(unit) = field.unit {
        return (time_parameter_type(unit, scope), quote!(#name.into().0));
    }
    match &field.ty {
        ty @ Type::Model(_) if index.analysis.is_union(ty) => {
            (into(ty, scope), quote!(#name.into()))
        }
        ty @ Type::Boxed(_) if index.analysis.is_union(ty) => {
            (into(ty, scope), quote!(Box::new(#name.into())))
        }
        ty => (
            parameter_type(ty, scope),
            converted(ty, name, scope).to_token_stream(),
        ),
    }
}
