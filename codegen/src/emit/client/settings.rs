//! Prints the static with the settings of the API.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::credentials::static_name;
use crate::emit::code::{Scope, optional};
use crate::emit::item;
use crate::ir::{Api, Envelope};

/// Prints the settings and the security requirements.
pub(super) fn settings(scope: &Scope, api: &Api) -> TokenStream {
    let base_url = optional(api.base_url.as_ref());
    let variable = optional(api.base_url_variable.as_ref());
    let request_id_header = optional(api.request_id_header.as_ref());
    let security = security(api);
    let (security_static, security) = if security.is_empty() {
        (None, None)
    } else {
        let credential = scope.import(item::CREDENTIAL);
        let security_static = quote! {
            /// Security requirements of the operations. An operation refers to one by its index. Each lists
            /// alternatives. An alternative lists the credentials that are sent together.
            static SECURITY: &[&[&[&#credential]]] = &[#(#security),*];
        };
        (Some(security_static), Some(quote!(security: SECURITY,)))
    };
    let envelope = api.envelope.as_ref().map(|it| envelope(scope, it));
    let status_names = (!api.status_names.is_empty()).then(|| {
        let names = api.status_names.iter();
        let names = names.map(|(status, name)| {
            let status = Literal::u16_unsuffixed(*status);
            quote!((#status, #name))
        });
        quote!(status_names: &[#(#names),*],)
    });
    let ty = scope.import(item::SETTINGS);
    quote! {
        #security_static

        static SETTINGS: #ty = #ty {
            base_url: #base_url,
            base_url_variable: #variable,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            #security
            #envelope
            #status_names
            request_id_header: #request_id_header,
        };
    }
}

fn envelope(scope: &Scope, envelope: &Envelope) -> TokenStream {
    let Envelope {
        success,
        result,
        errors,
        messages,
        info,
    } = envelope;
    let ty = scope.import(item::ENVELOPE);
    quote! {
        envelope: Some(&#ty {
            success: #success, result: #result, errors: #errors, messages: #messages, info: #info
        }),
    }
}

/// Returns the security requirements of operations. Empty if no operation has any.
fn security(api: &Api) -> Vec<TokenStream> {
    if api.credentials.is_empty() {
        return Vec::new();
    }
    let alternative = |credentials: &Vec<usize>| {
        let all = credentials.iter().filter_map(|i| api.credentials.get(*i));
        let all = all.map(static_name);
        quote!(&[#(&#all),*])
    };
    let requirements = api.security.iter().map(|alternatives| {
        if alternatives.is_empty() {
            // The crate does not support the credentials: the program adds them.
            return quote!(&[&[]]);
        }
        let alternatives = alternatives.iter().map(alternative);
        quote!(&[#(#alternatives),*])
    });
    requirements.collect()
}
