//! What an operation receives when it went well goes out as a type and the expression that decodes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::Operating;
use super::request::slot;
use crate::emit::code::ident;
use crate::emit::header;
use crate::emit::index::{fields, holds, model_id};
use crate::ir::{ArgumentCase, Content, NullResult, Paging, ResponseCase, Shape, Success, Type};

/// The type of a result.
pub(super) fn output(it: Operating) -> TokenStream {
    match &it.operation.success {
        Success::Nothing => quote!(()),
        Success::Text => quote!(String),
        Success::Variants { output, .. } => it.scope.ty(output),
        Success::Json { ty, .. } => it.scope.ty(ty),
        Success::Page { item, .. } => {
            let item = it.scope.ty(item);
            quote!(Page<#item>)
        }
        Success::ByArgument { model, .. } | Success::Binary { model: Some(model) } => {
            it.scope.model(*model)
        }
        Success::Binary { model: None } => quote!(Binary),
    }
}

/// From `response` to the result.
pub(super) fn decode(it: Operating) -> TokenStream {
    match &it.operation.success {
        Success::Nothing => quote!(response.empty()),
        Success::Text => quote!(response.text()),
        Success::Variants {
            output,
            cases: receptions,
        } => several(it, output, receptions),
        Success::Json {
            ty,
            enveloped: false,
            ..
        } => number(it, ty, &quote!(json)),
        Success::Json { ty, null, .. } => match null {
            NullResult::Error => number(it, ty, &quote!(result)),
            // What may be null has a place for it.
            NullResult::Default if matches!(ty, Type::Option(_)) => number(it, ty, &quote!(result)),
            NullResult::Default => quote!(response.result_or_default()),
            NullResult::Arguments(given) => from_arguments(it, ty, given),
        },
        Success::Page {
            by: Paging::Cursor(_),
            ..
        } => quote!(response.page(Paging::Cursor)),
        Success::Page {
            by: Paging::Number(argument),
            ..
        } => {
            let slot = it.argument(argument).map(|argument| slot(it, argument));
            quote!(response.page(Paging::Number(request.value(#slot))))
        }
        Success::ByArgument {
            argument,
            no,
            yes,
            enveloped,
            ..
        } => {
            let decides = it.argument(argument).map(|argument| slot(it, argument));
            let read = if *enveloped {
                quote!(result)
            } else {
                quote!(json)
            };
            let yes = case(it, yes, &read);
            let no = case(it, no, &read);
            quote!(if request.is_true(#decides) { #yes } else { #no })
        }
        Success::Binary { model: Some(model) } => {
            let model = it.scope.model(*model);
            quote!(Ok(#model::new(response)))
        }
        Success::Binary { model: None } => quote!(Ok(response.binary())),
    }
}

/// A table of what may come and how it is read.
fn several(it: Operating, output: &Type, receptions: &[ResponseCase]) -> TokenStream {
    let rows = receptions.iter().map(|reception| {
        let ResponseCase {
            status, media_type, ..
        } = reception;
        let made = if let (Some(variant), Type::Model(model)) = (&reception.variant, output) {
            let (model, variant) = (it.scope.model(*model), ident(variant));
            quote!(#model::#variant)
        } else {
            quote!(Some)
        };
        let read = match &reception.content {
            Content::Nothing if reception.variant.is_none() => quote!(Ok(None)),
            Content::Nothing => quote!(Ok(#made)),
            Content::Json(ty) => {
                let read = number(it, ty, &quote!(json));
                // What may be null is an `Option` already.
                if ty == output {
                    read
                } else {
                    quote!(#read.map(#made))
                }
            }
            Content::Text => quote!(response.text().map(#made)),
            Content::Binary => quote!(Ok(#made(response.binary()))),
        };
        let response = if reception.content == Content::Nothing {
            quote!(_)
        } else {
            quote!(response)
        };
        quote!((#status, #media_type, |#response| #read))
    });
    quote!(response.select(&[#(#rows),*]))
}

/// What makes content that is received as it is one that can be received as it comes.
pub(super) fn downloadable(it: Operating) -> TokenStream {
    if !it.operation.streamed {
        return TokenStream::new();
    }
    let operation = ident(&it.operation.name);
    let model = match &it.operation.success {
        Success::Binary { model: Some(id) } => it.index.model(*id),
        _ => None,
    };
    let accessors = match model.map(|model| &model.shape) {
        Some(Shape::Binary(headers)) => {
            let accessors = headers.iter().map(header::of_download);
            quote!(impl<C> Download<C, #operation> { #(#accessors)* })
        }
        _ => TokenStream::new(),
    };
    quote! {
        impl Downloadable for #operation {}

        #accessors
    }
}

/// The struct around the cases of a choice, if there is one property around them.
pub(super) fn structure(it: Operating) -> TokenStream {
    let Success::ByArgument {
        property: Some(property),
        ..
    } = &it.operation.success
    else {
        return TokenStream::new();
    };
    let name = it.helper("Response");
    let field = property_field(property);
    let rename = (field != property).then(|| quote!(#[serde(rename = #property)]));
    let field = ident(field);
    quote! {
        #[derive(Deserialize)]
        struct #name<T> { #rename #field: T }
    }
}

fn case(it: Operating, case: &ArgumentCase, read: &TokenStream) -> TokenStream {
    let Success::ByArgument {
        model, property, ..
    } = &it.operation.success
    else {
        return TokenStream::new();
    };
    let model = it.scope.model(*model);
    let variant = ident(&case.variant);
    let Some(property) = property else {
        return quote!(response.#read().map(#model::#variant));
    };
    let wrapper = it.helper("Response");
    let field = ident(property_field(property));
    quote!(response.#read().map(|#wrapper { #field }| #model::#variant(#field)))
}

/// The property's own name where Rust takes it for a field.
fn property_field(property: &str) -> &str {
    let snake = property
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if snake && syn::parse_str::<syn::Ident>(property).is_ok() {
        property
    } else {
        "content"
    }
}

/// A call of `response.read()`; whole numbers are also read from `1.0`.
fn number(it: Operating, ty: &Type, read: &TokenStream) -> TokenStream {
    if !holds(ty, &Type::is_whole) {
        return quote!(response.#read());
    }
    let ty = it.scope.ty(ty);
    quote!(response.#read::<integer::Integer<#ty>>().map(|number| number.0))
}

/// The result or, without one, what the call itself says.
fn from_arguments(it: Operating, ty: &Type, given: &[(String, String)]) -> TokenStream {
    let Some((id, model)) = model_id(ty).and_then(|id| Some((id, it.index.model(id)?))) else {
        return quote!(response.result());
    };
    let name = it.scope.model(id);
    let values = fields(model).iter().map(|field| {
        let name = ident(&field.name);
        let argument = given
            .iter()
            .find(|(of, _)| *of == field.name)
            .and_then(|(_, argument)| it.argument(argument));
        let value = match argument.map(|argument| slot(it, argument)) {
            None if field.required => quote!(Default::default()),
            None => quote!(None),
            Some(slot) if field.required => quote!(request.value(#slot).unwrap_or_default()),
            Some(slot) => quote!(request.value(#slot)),
        };
        quote!(#name: #value)
    });
    quote!(response.result_or_else(|| #name { #(#values),* }))
}
