//! Security: the credentials of the client builder, and the credentials that each operation needs.
//!
//! Input: `securitySchemes` and `security` of the document, or the credentials of the config. Output: [`Credentials`].
//! `lowering` is the entry. `from_config` and `from_document` create the credentials, `schemes` lowers one scheme, and
//! `requirements` lowers `security`.

pub(in crate::lower) mod checks;
pub(in crate::lower) mod credentials;
pub(in crate::lower) mod from_config;
pub(in crate::lower) mod from_document;
pub(in crate::lower) mod lowering;
pub(in crate::lower) mod requirements;
pub(in crate::lower) mod reserved_methods;
pub(in crate::lower) mod scheme_docs;
pub(in crate::lower) mod schemes;
pub(in crate::lower) mod unique_names;
pub(in crate::lower) mod variables;

pub(in crate::lower) use self::credentials::Credentials;
pub(in crate::lower) use self::lowering::SecurityLowering;
