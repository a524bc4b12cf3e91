//! What makes a struct that is sent: a constructor and setters.

/// Gives a struct that is sent its constructor, where it has no default, and its setters:
///
/// ```text
/// builder! {
///     Type(required: impl Into<String> => required.into(); with kind = Kind::Only; ..rest);
///     optional: i64;
///     other: impl Serialize => Json::new(other);
/// }
/// ```
///
/// What follows `=>` makes the value of what is given. What follows `with` nobody gives.
#[allow(unused_macros)]
macro_rules! builder {
    ($name:ident;) => {};
    ($name:ident; $($(#[$meta:meta])* $setter:ident: $given:ty $(=> $value:expr)?;)+) => {
        #[allow(deprecated, clippy::should_implement_trait)]
        impl $name {$(
            #[doc = concat!("Sets [`", stringify!($setter), "`](field@Self::", stringify!($setter), ").")]
            $(#[$meta])*
            pub fn $setter(mut self, $setter: $given) -> Self {
                $(let $setter = $value;)?
                self.$setter = Some($setter);
                self
            }
        )+}
    };
    (
        $name:ident(
            $($field:ident: $given_field:ty $(=> $value_field:expr)?),*
            $(; with $($always:ident = $constant:expr),+)?
            $(; ..$rest:ident)?
        );
        $($(#[$meta:meta])* $setter:ident: $given:ty $(=> $value:expr)?;)*
    ) => {
        #[allow(deprecated, clippy::too_many_arguments)]
        impl $name {
            #[doc = concat!("A `", stringify!($name), "` with what it must have.")]
            pub fn new($($field: $given_field),*) -> Self {
                $($(let $field = $value_field;)?)*
                Self {
                    $($field,)*
                    $($($always: $constant,)+)?
                    $($setter: None,)*
                    $($rest: Default::default(),)?
                }
            }
        }

        $crate::runtime::builder! {
            $name; $($(#[$meta])* $setter: $given $(=> $value)?;)*
        }
    };
}

#[allow(unused_imports)]
pub(crate) use builder;
