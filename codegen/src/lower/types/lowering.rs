//! The state of type lowering.

use crate::config::{Config, Limit, Unit};
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::lower::overrides::Overrides;
use crate::lower::schema::SchemaResolver;
use crate::lower::types::registry::ModelRegistry;
use crate::pointer::Pointer;

/// Lowers schemas to types and registers the models that these types refer to.
pub(in crate::lower) struct TypeLowering<'a> {
    pub(in crate::lower) resolver: SchemaResolver<'a>,
    pub(in crate::lower) registry: ModelRegistry,
    pub(in crate::lower) names: ConfigNames<'a>,
    pub(in crate::lower) limits: Overrides<Limit>,
    pub(in crate::lower) units: Overrides<Unit>,
    pub(in crate::lower) diagnostics: &'a mut Diagnostics,
}

/// Names from the config.
pub(in crate::lower) struct ConfigNames<'a> {
    pub(in crate::lower) types: Overrides<String>,
    pub(in crate::lower) arguments: Overrides<String>,
    pub(in crate::lower) variants: Overrides<String>,
    pub(in crate::lower) accessors: Overrides<String>,
    /// Prefix to remove from the names of component schemas.
    pub(in crate::lower) strip_prefix: &'a str,
}

impl<'a> TypeLowering<'a> {
    pub(in crate::lower) fn new(
        document: &'a Document,
        config: &'a Config,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let limits = Pointer::root().key("limits");
        Self {
            resolver: SchemaResolver::new(document),
            registry: ModelRegistry::default(),
            names: ConfigNames::new(config),
            limits: Overrides::new(limits, config.limits.clone()),
            units: Overrides::new(Pointer::root().key("units"), config.units.clone()),
            diagnostics,
        }
    }
}

impl<'a> ConfigNames<'a> {
    fn new(config: &'a Config) -> Self {
        let at = Pointer::root().key("names");
        let names = &config.names;
        Self {
            types: Overrides::new(at.key("types"), names.types.clone()),
            arguments: Overrides::new(at.key("arguments"), names.arguments.clone()),
            variants: Overrides::new(at.key("variants"), names.variants.clone()),
            accessors: Overrides::new(at.key("accessors"), names.accessors.clone()),
            strip_prefix: names.strip_prefix.as_deref().unwrap_or_default(),
        }
    }
}
