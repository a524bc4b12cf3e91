//! Prints the result type of an operation, and the expression that decodes its response.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::OperationContext;
use super::request::location;
use crate::emit::code::ident;
use crate::emit::{header, item};
use crate::ir::{ArgumentCase, Content, NullResult, Paging, ResponseCase, Shape, Success, Type};

/// Prints the result type.
pub(super) fn output(context: OperationContext) -> TokenStream {
    match &context.operation.success {
        Success::Nothing => quote!(()),
        Success::Text => quote!(String),
        Success::Variants { output, .. } => context.scope.ty(output),
        Success::Json { ty, .. } => context.scope.ty(ty),
        Success::Page { item, .. } => {
            let page = context.scope.import(item::PAGE);
            let item = context.scope.ty(item);
            quote!(#page<#item>)
        }
        Success::ByArgument { model, .. } | Success::Binary { model: Some(model) } => {
            context.scope.model(*model)
        }
        Success::Binary { model: None } => {
            let binary = context.scope.import(item::BINARY);
            quote!(#binary)
        }
    }
}

/// True if the response is the JSON of the result, without an envelope and without integers to convert.
pub(in crate::emit) fn is_plain_json(success: &Success) -> bool {
    match success {
        Success::Json { ty, enveloped, .. } => !enveloped && !ty.has_integers(),
        _ => false,
    }
}

/// Prints the expression that decodes `response`. It may use `request`.
pub(super) fn decode(context: OperationContext) -> TokenStream {
    match &context.operation.success {
        Success::Nothing => quote!(response.empty()),
        Success::Text => quote!(response.text()),
        Success::Variants { output, cases } => variants(context, output, cases),
        Success::Json {
            ty,
            enveloped: false,
            ..
        } => json(context, ty, &quote!(json)),
        Success::Json { ty, null, .. } => match null {
            NullResult::Error => json(context, ty, &quote!(result)),
            NullResult::Default if matches!(ty, Type::Option(_)) => {
                json(context, ty, &quote!(result))
            }
            NullResult::Default => quote!(response.result_or_default()),
            NullResult::Arguments(given) => from_arguments(context, ty, given),
        },
        Success::Page {
            paging: Paging::Cursor(_),
            ..
        } => {
            let paging = context.scope.import(item::PAGING);
            quote!(response.page(#paging::Cursor))
        }
        Success::Page {
            paging: Paging::Number(argument),
            ..
        } => {
            let location = context
                .argument(argument)
                .map(|argument| location(context, argument));
            let paging = context.scope.import(item::PAGING);
            quote!(response.page(#paging::Number(request.value(#location))))
        }
        Success::ByArgument {
            argument,
            if_false,
            if_true,
            enveloped,
            ..
        } => {
            let decides = context
                .argument(argument)
                .map(|argument| location(context, argument));
            let read = if *enveloped {
                quote!(result)
            } else {
                quote!(json)
            };
            let if_true = case(context, if_true, &read);
            let if_false = case(context, if_false, &read);
            quote!(if request.is_true(#decides) { #if_true } else { #if_false })
        }
        Success::Binary { model: Some(model) } => {
            let model = context.scope.model(*model);
            quote!(Ok(#model::new(response)))
        }
        Success::Binary { model: None } => quote!(Ok(response.binary())),
    }
}

/// Prints the table that selects how to decode a response by its status and media type.
fn variants(context: OperationContext, output: &Type, cases: &[ResponseCase]) -> TokenStream {
    let rows = cases.iter().map(|case| {
        let ResponseCase {
            status, media_type, ..
        } = case;
        let made = if let (Some(variant), Type::Model(model)) = (&case.variant, output) {
            let (model, variant) = (context.scope.model(*model), ident(variant));
            quote!(#model::#variant)
        } else {
            quote!(Some)
        };
        let read = match &case.content {
            Content::Nothing if case.variant.is_none() => quote!(Ok(None)),
            Content::Nothing => quote!(Ok(#made)),
            Content::Json(ty) => {
                let read = json(context, ty, &quote!(json));
                // A nullable result is already an `Option`.
                if ty == output {
                    read
                } else {
                    quote!(#read.map(#made))
                }
            }
            Content::Text => quote!(response.text().map(#made)),
            Content::Binary => quote!(Ok(#made(response.binary()))),
        };
        let response = if case.content == Content::Nothing {
            quote!(_)
        } else {
            quote!(response)
        };
        quote!((#status, #media_type, |#response| #read))
    });
    quote!(response.select(&[#(#rows),*]))
}

/// Prints what is needed to download the response while it arrives.
pub(super) fn downloadable(context: OperationContext) -> TokenStream {
    if !context.operation.streamed {
        return TokenStream::new();
    }
    let marker = context.marker();
    let downloadable = context.scope.import(item::DOWNLOADABLE);
    let model = match &context.operation.success {
        Success::Binary { model: Some(id) } => context.index.analysis.model(*id),
        _ => None,
    };
    let accessors = match model.map(|model| &model.shape) {
        Some(Shape::Binary(headers)) => {
            let accessors = headers.iter().map(header::of_download);
            let download = context.scope.import(item::DOWNLOAD);
            quote!(impl<C> #download<C, #marker> { #(#accessors)* })
        }
        _ => TokenStream::new(),
    };
    quote! {
        impl #downloadable for #marker {}

        #accessors
    }
}

/// Prints the struct that contains the result in a property, if there is one.
pub(super) fn wrapper(context: OperationContext) -> TokenStream {
    let Success::ByArgument {
        property: Some(property),
        ..
    } = &context.operation.success
    else {
        return TokenStream::new();
    };
    let name = context.private_type("Response");
    let field = property_field(property);
    let rename = (field != property).then(|| quote!(#[serde(rename = #property)]));
    let field = ident(field);
    let deserialize = context.scope.import(item::DESERIALIZE);
    quote! {
        #[derive(#deserialize)]
        struct #name<T> { #rename #field: T }
    }
}

fn case(context: OperationContext, case: &ArgumentCase, read: &TokenStream) -> TokenStream {
    let Success::ByArgument {
        model, property, ..
    } = &context.operation.success
    else {
        return TokenStream::new();
    };
    let model = context.scope.model(*model);
    let variant = ident(&case.variant);
    let Some(property) = property else {
        return quote!(response.#read().map(#model::#variant));
    };
    let wrapper = context.private_type("Response");
    let field = ident(property_field(property));
    let value = if case.is_optional {
        // The path makes the field an `Option`.
        quote!(Option::unwrap_or_default(#field))
    } else {
        quote!(#field)
    };
    quote!(response.#read().map(|#wrapper { #field }| #model::#variant(#value)))
}

/// Returns the name of a property if it is a valid name of a field, else `content`.
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

/// Prints a call of `response.read()`. Integers are also decoded from `1.0`.
fn json(context: OperationContext, ty: &Type, read: &TokenStream) -> TokenStream {
    if !ty.has_integers() {
        return quote!(response.#read());
    }
    let integer = context.scope.import(item::INTEGER);
    let ty = context.scope.ty(ty);
    quote!(response.#read::<#integer::Integer<#ty>>().map(|number| number.0))
}

/// Prints code that returns the result, or a result made of the arguments if the response has no result.
fn from_arguments(context: OperationContext, ty: &Type, given: &[(String, String)]) -> TokenStream {
    let Some((id, model)) = ty
        .model()
        .and_then(|id| Some((id, context.index.analysis.model(id)?)))
    else {
        return quote!(response.result());
    };
    let name = context.scope.model(id);
    let values = model.fields().iter().map(|field| {
        let name = ident(&field.name);
        let argument = given
            .iter()
            .find(|(of, _)| *of == field.name)
            .and_then(|(_, argument)| context.argument(argument));
        let value = match argument.map(|argument| location(context, argument)) {
            None if field.required => quote!(Default::default()),
            None => quote!(None),
            Some(location) if field.required => {
                quote!(request.value(#location).unwrap_or_default())
            }
            Some(location) => quote!(request.value(#location)),
        };
        quote!(#name: #value)
    });
    quote!(response.result_or_else(|| #name { #(#values),* }))
}
