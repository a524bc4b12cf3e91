//! Rust code that every emitter needs: identifiers, literals, types and their imports.

use std::cell::RefCell;
use std::collections::HashSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::condition::Condition;
use super::imports::{Imports, Item};
use super::item;
use crate::ir::{Model, ModelId, Type};

/// Module of the models.
const TYPES: &str = "crate::types";

/// Returns the identifier for a name of the IR, raw or not.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Returns a name without the prefix `r#`, for files and docs.
pub(super) fn unprefixed(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Returns the `allow` for a setter that has the name of an operator's method.
pub(super) fn setter_lints(name: &str) -> TokenStream {
    let operators = [
        "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
    ];
    if operators.contains(&name) {
        quote!(#[allow(clippy::should_implement_trait, reason = "the API's name")])
    } else {
        TokenStream::new()
    }
}

/// Returns `Some(…)` or `None`.
pub(super) fn optional(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

/// Returns an integer literal without a suffix. Long ones have `_` between thousands.
pub(super) fn int(value: i64) -> TokenStream {
    let digits = uint(value.unsigned_abs());
    if value < 0 { quote!(-#digits) } else { digits }
}

/// Same as [`int`], for unsigned integers.
pub(super) fn uint(value: u64) -> TokenStream {
    match grouped(value).parse::<Literal>() {
        Ok(literal) => literal.to_token_stream(),
        Err(_) => Literal::u64_unsuffixed(value).to_token_stream(),
    }
}

/// Prints a number. Numbers of five and more digits have `_` between thousands.
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

/// Names in a file of the emitted crate: those that it defines, and those that its code imports.
///
/// Each method that returns the name of an item records the import that the name needs.
#[derive(Default)]
pub(super) struct Scope<'a> {
    models: &'a [Model],
    own: HashSet<&'a str>,
    defines_models: bool,
    imports: RefCell<Imports>,
    /// Condition of the code that is printed. `None` if it is unconditional.
    condition: RefCell<Option<Condition>>,
}

impl<'a> Scope<'a> {
    /// Creates the scope of a file that defines the names `own`. A model of such a name is written with its path.
    pub(super) fn new(models: &'a [Model], own: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            models,
            own: own.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Creates the scope of the file that defines the models.
    pub(super) fn of_models(models: &'a [Model]) -> Self {
        Self {
            models,
            defines_models: true,
            ..Self::default()
        }
    }

    /// True if the file defines the name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.own.contains(name)
    }

    /// Imports an item and returns its name.
    pub(super) fn import(&self, item: Item) -> Ident {
        self.import_from(item.module, item.name);
        ident(item.name)
    }

    /// Imports a name from a module.
    pub(super) fn import_from(&self, module: &str, name: &str) {
        let condition = self.condition.borrow();
        let condition = condition.as_ref().unwrap_or(&Condition::Always);
        self.imports.borrow_mut().add(module, name, condition);
    }

    /// Prints code with a condition. Imports that only this code needs have the same condition.
    pub(super) fn under<T>(&self, condition: &Condition, print: impl FnOnce() -> T) -> T {
        let outer = self.condition.replace(Some(condition.clone()));
        let printed = print();
        self.condition.replace(outer);
        printed
    }

    /// Returns the imports of the code so far.
    pub(super) fn imports(&self) -> Imports {
        self.imports.borrow().clone()
    }

    /// Returns the name of a model, or its path if the file defines the same name.
    pub(super) fn model(&self, id: ModelId) -> TokenStream {
        let Some(model) = self.models.get(id.0) else {
            return self.import(item::JSON).to_token_stream();
        };
        let name = ident(&model.name);
        if self.has(&model.name) {
            self.import_from(TYPES, "self");
            return quote!(types::#name);
        }
        if !self.defines_models {
            self.import_from(TYPES, &model.name);
        }
        name.to_token_stream()
    }

    /// Returns the type of a field.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            // In JSON, bytes are a string.
            Type::String | Type::Bytes => quote!(String),
            Type::Bool => quote!(bool),
            Type::Int => quote!(i64),
            Type::UInt => quote!(u64),
            Type::Float => quote!(f64),
            Type::Json => self.import(item::JSON).to_token_stream(),
            Type::List(item) => {
                let item = self.generic_argument(item);
                quote!(Vec<#item>)
            }
            Type::Map(value) => {
                let map = self.import(item::BTREE_MAP);
                let value = self.generic_argument(value);
                quote!(#map<String, #value>)
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

    /// Returns the type of an item of a list or map. It needs no `Box` to contain itself.
    pub(super) fn generic_argument(&self, ty: &Type) -> TokenStream {
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
    fn long_numbers_are_grouped() {
        assert_eq!(grouped(512), "512");
        assert_eq!(grouped(1024), "1024");
        assert_eq!(grouped(26_214_400), "26_214_400");
        assert_eq!(int(-10_000).to_string(), "- 10_000");
        assert_eq!(int(i64::MIN).to_string(), "- 9_223_372_036_854_775_808");
    }

    #[test]
    fn raw_identifiers_keep_their_prefix() {
        assert_eq!(ident("r#type").to_string(), "r#type");
        assert_eq!(unprefixed("r#type"), "type");
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
    fn shadowed_models_are_written_with_their_path() {
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
        assert_eq!(
            scope.imports().print(),
            "\nuse crate::types::{self, Key};\n"
        );
    }

    #[test]
    fn types_record_their_imports() {
        let models = [model("Key")];
        let scope = Scope::of_models(&models);
        let ty = Type::Map(Box::new(Type::Model(ModelId(0))));
        assert_eq!(scope.ty(&ty).to_string(), "BTreeMap < String , Key >");
        assert_eq!(
            scope.imports().print(),
            "\nuse std::collections::BTreeMap;\n"
        );
    }
}
