//! Units of integers that are times or durations, from the `[units]` of the config.

use crate::config::Unit;
use crate::diagnostic::Diagnostic;
use crate::ir::{TimeUnit, Type};
use crate::lower::schema::ResolvedSchema;
use crate::lower::types::TypeLowering;
use crate::pointer::Pointer;

impl<'a> TypeLowering<'a> {
    /// Returns the unit of a value of this schema and type. `at` is the location of the parameter or property.
    pub(crate) fn unit(
        &mut self,
        at: &Pointer,
        schema: &ResolvedSchema<'a>,
        ty: &Type,
    ) -> Option<TimeUnit> {
        let mut locations = std::iter::once(at).chain(schema.ref_chain());
        let units = &mut self.units;
        let (at, unit) = locations.find_map(|at| Some((at, units.take(&[at])?)))?;
        let unit = match unit {
            Unit::Seconds => TimeUnit::Seconds,
            Unit::UnixSeconds => TimeUnit::UnixSeconds,
        };
        if *ty == Type::Int {
            return Some(unit);
        }
        let text = format!("{} is not an integer, so it has no unit", schema.at);
        let location = self.units.location(at.as_str());
        let diagnostic = Diagnostic::error("unit-of-non-integer", &location, text).in_config();
        let help =
            "remove the entry, or correct it to a schema of type `integer` that is not nullable";
        self.diagnostics.push(diagnostic.at_key().help(help));
        None
    }
}
