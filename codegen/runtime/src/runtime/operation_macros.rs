//! What defines the operations of a group.

/// Defines the operations of a group, and what can be set on a call of each:
///
/// ```text
/// operations! {
///     pets Pets;
///     list: List => Vec<Pet> {
///         GET "/pets/{id}", absent: &[404] => |_, answer| answer.result();
///         /// What the setter means.
///         limit: i64 => query json;
///     }
/// }
/// ```
///
/// Where nothing is said of it, an answer is JSON. A setter says where its argument goes, under its own name or the one in
/// parentheses, and by which method of [`Request`]; more of these may follow.
#[allow(unused_macros)] // here and below: no API is without operations, but the runtime alone is
macro_rules! operations {
    ($called:ident $group:ident; $(
        $method:ident: $name:ident => $output:ty {
            $verb:ident $path:literal $(, $key:ident: $value:expr)*
                $(=> |$request:pat_param, $response:pat_param| $decode:expr)?;
            $($setters:tt)*
        }
    )*) => {$(
        #[doc = concat!("The operation behind [`", stringify!($group), "::", stringify!($method), "`].")]
        pub enum $name {}

        impl $crate::runtime::Operation for $name {
            type Output = $output;
            const META: &'static $crate::runtime::Meta = &$crate::runtime::Meta {
                operation: concat!(stringify!($called), ".", stringify!($method)),
                method: stringify!($verb),
                path: $path,
                $($key: $value,)*
                ..$crate::runtime::Meta::DEFAULT
            };

            $crate::runtime::decode! { $output; $(|$request, $response| $decode)? }
        }

        $crate::runtime::setters! { $name; $($setters)* }
    )*};
}

/// How an answer is read.
#[allow(unused_macros)]
macro_rules! decode {
    ($output:ty;) => {
        $crate::runtime::decode! { $output; |_, response| response.json() }
    };
    ($output:ty; |$request:pat_param, $response:pat_param| $decode:expr) => {
        fn decode(
            $request: &$crate::runtime::Request,
            $response: &$crate::runtime::RawResponse,
        ) -> Result<$output, $crate::runtime::DecodeError> {
            $decode
        }
    };
}

/// The part of [`operations!`] that an operation without setters does not need.
#[allow(unused_macros)]
macro_rules! setters {
    ($name:ident;) => {};
    ($name:ident; $(
        $(#[$meta:meta])*
        $setter:ident: $type:ty => $slot:ident $(($($wire:literal),+))? $set:ident $(($given:expr))?
            $(.$more:ident $arguments:tt)*;
    )+) => {
        impl<C> $crate::runtime::Call<C, $name> {$(
            $(#[$meta])*
            pub fn $setter(mut self, $setter: $type) -> Self {
                let slot = $crate::runtime::slot!($slot $setter $(, $($wire),+)?);
                let value = $crate::runtime::given!($setter $(, $given)?);
                self.request = self.request.$set(slot, value)$(.$more $arguments)*;
                self
            }
        )+}
    };
}

/// A place by its word, under the name of a setter or one of its own.
#[allow(unused_macros)]
macro_rules! slot {
    ($slot:ident $setter:ident) => { $crate::runtime::slot!($slot $setter, stringify!($setter)) };
    (query $setter:ident, $name:expr) => { $crate::runtime::ParamLocation::Query($name) };
    (header $setter:ident, $name:expr) => { $crate::runtime::ParamLocation::Header($name) };
    (cookie $setter:ident, $name:expr) => { $crate::runtime::ParamLocation::Cookie($name) };
    (property $setter:ident, $name:expr) => { $crate::runtime::ParamLocation::Property($name) };
    (field $setter:ident, $name:expr) => { $crate::runtime::ParamLocation::Field($name) };
    (body $setter:ident, $name:expr) => { $crate::runtime::ParamLocation::Body($name) };
    (part $setter:ident, $name:expr, $kind:expr) => { $crate::runtime::ParamLocation::Part($name, $kind) };
}

/// What is given for an argument: itself, or what is made of it.
#[allow(unused_macros)]
macro_rules! given {
    ($setter:ident) => {
        $setter
    };
    ($setter:ident, $given:expr) => {
        $given
    };
}

#[allow(unused_imports)]
pub(crate) use {decode, given, operations, setters, slot};
