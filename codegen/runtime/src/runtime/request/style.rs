//! Styles of parameters.

/// Style of a parameter that is a list or an object. Other values are encoded the same way in all styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// One pair per item or property in queries, forms and cookies (`form`, exploded). Elsewhere
    /// comma-separated (`simple`).
    #[default]
    Default,
    /// One value, separated by this delimiter. The delimiter is encoded inside items. Property names are items too.
    Delimited(&'static str),
    /// One value, separated by commas. Properties are `name=value` (`simple`, exploded).
    ExplodedSimple,
    /// `.a,b`. If exploded, `.a.b` and `.name=value`.
    Label(bool),
    /// `.a.b`. Property names are items too.
    DottedLabel,
    /// `;name=a,b`. If exploded, `;name=a;name=b` and `;property=value`.
    Matrix(bool),
    /// One pair per leaf, with its path in brackets: `name[property][0]`.
    DeepObject,
    /// JSON.
    Json,
}
