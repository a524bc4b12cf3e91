//! Results of paged lists.

use crate::diagnostic::Diagnostic;
use crate::ir::{NullResult, Paging, Success, Type};
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::schema::ResolvedSchema;

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns the request of the next page, if the config describes it.
    pub(in crate::lower) fn paging(&mut self) -> Option<Paging> {
        let paging = self.settings.paging.as_ref()?;
        let at = self.settings_at().key("paging");
        if let Some(cursor) = &paging.cursor {
            let argument = self
                .context
                .argument_name_of(cursor, self.arguments, &at.key("cursor"));
            return argument.map(Paging::Cursor);
        }
        let page = paging.page.as_ref()?;
        let argument = self
            .context
            .argument_name_of(page, self.arguments, &at.key("page"));
        argument.map(Paging::Number)
    }

    /// Returns a page of a list. A result that is not a list is an error.
    pub(in crate::lower) fn page(
        &mut self,
        result: &ResolvedSchema<'a>,
        paging: Paging,
    ) -> Success {
        let name_hint = format!("{} item", self.name_hint);
        match self.context.types.type_of(result, &name_hint) {
            Type::List(item) => Success::Page {
                item: *item,
                paging,
            },
            ty => {
                let at = self.settings_at().key("paging");
                let text = format!(
                    "the result of {} is not a list, but `paging` needs a list",
                    self.operation_ref.at
                );
                let help = "describe the result as an array, or remove `paging`";
                let diagnostic = Diagnostic::error("paged-result-type", &at, text).in_config();
                self.context.report(diagnostic.at_key().help(help));
                Success::Json {
                    ty,
                    enveloped: true,
                    null: NullResult::Error,
                }
            }
        }
    }
}
