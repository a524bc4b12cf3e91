//! Bits of Rust that every emitter needs: identifiers, literals, types.

use std::collections::HashSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::{Group, Model, ModelId, Type};

/// A name of the IR, raw or not.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A name without the mark of a raw identifier, as files, docs and serde have it.
pub(super) fn bare(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Lets a setter be called like the method of an operator, which clippy advises against.
pub(super) fn setter_lints(name: &str) -> TokenStream {
    let operators = [
        "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
    ];
    if operators.contains(&name) {
        quote!(#[allow(clippy::should_implement_trait)])
    } else {
        TokenStream::new()
    }
}

/// Leaves out what is of a group whose feature is off.
pub(super) fn condition(group: &Group) -> Option<TokenStream> {
    let feature = group.feature.as_ref()?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// `Some(…)` or `None`.
pub(super) fn optional(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

/// A whole number without a suffix, `_` between the thousands of a large one.
pub(super) fn int(value: i64) -> TokenStream {
    let digits = uint(value.unsigned_abs());
    if value < 0 { quote!(-#digits) } else { digits }
}

/// As [`int`].
pub(super) fn uint(value: u64) -> TokenStream {
    match grouped(value).parse::<Literal>() {
        Ok(literal) => literal.to_token_stream(),
        Err(_) => Literal::u64_unsuffixed(value).to_token_stream(),
    }
}

/// Digits in groups of three from five digits on.
pub(super) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// The names that a module defines or imports: a model of the same name is written by its path there.
#[derive(Default)]
pub(super) struct Scope<'a> {
    models: &'a [Model],
    own: HashSet<&'a str>,
}

impl<'a> Scope<'a> {
    /// A module that has these names.
    pub(super) fn new(models: &'a [Model], own: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            models,
            own: own.into_iter().collect(),
        }
    }

    /// Whether the module has the name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.own.contains(name)
    }

    /// The path of a model.
    pub(super) fn model(&self, id: ModelId) -> TokenStream {
        let name = self.models.get(id.0).map_or("Json", |model| &model.name);
        let ident = ident(name);
        if self.has(name) {
            quote!(types::#ident)
        } else {
            quote!(#ident)
        }
    }

    /// A type as a field has it.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            // Bytes inside of JSON are text.
            Type::String | Type::Bytes => quote!(String),
            Type::Bool => quote!(bool),
            Type::Int => quote!(i64),
            Type::UInt => quote!(u64),
            Type::Float => quote!(f64),
            Type::Json => quote!(Json),
            Type::List(item) => {
                let item = self.inside(item);
                quote!(Vec<#item>)
            }
            Type::Map(value) => {
                let value = self.inside(value);
                quote!(BTreeMap<String, #value>)
            }
            Type::Option(some) => {
                let some = self.ty(some);
                quote!(Option<#some>)
            }
            Type::Model(id) => self.model(*id),
            Type::Boxed(id) => {
                let model = self.model(*id);
                quote!(Box<#model>)
            }
        }
    }

    /// A type inside of a list or map, which needs no box to contain itself.
    pub(super) fn inside(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boxed(id) => self.model(*id),
            _ => self.ty(ty),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Shape;

    #[test]
    fn numbers_are_grouped_as_people_write_them() {
        assert_eq!(grouped(512), "512");
        assert_eq!(grouped(1024), "1024");
        assert_eq!(grouped(26_214_400), "26_214_400");
        assert_eq!(int(-10_000).to_string(), "- 10_000");
        assert_eq!(int(i64::MIN).to_string(), "- 9_223_372_036_854_775_808");
    }

    #[test]
    fn raw_names_stay_raw() {
        assert_eq!(ident("r#type").to_string(), "r#type");
        assert_eq!(bare("r#type"), "type");
    }

    fn model(name: &str) -> Model {
        Model {
            name: name.to_owned(),
            docs: String::new(),
            origin: String::new(),
            shape: Shape::Alias(Type::Json),
            in_request: false,
            in_response: false,
            is_open: false,
        }
    }

    #[test]
    fn a_model_that_a_module_hides_is_written_by_its_path() {
        let models = ["List", "Key"].map(model);
        let scope = Scope::new(&models, ["List"]);
        assert_eq!(
            scope
                .ty(&Type::List(Box::new(Type::Model(ModelId(0)))))
                .to_string(),
            "Vec < types :: List >"
        );
        assert_eq!(
            scope.ty(&Type::Boxed(ModelId(1))).to_string(),
            "Box < Key >"
        );
    }
}
