//! Results of paged lists.

use crate::config::OperationConfig;
use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, NullResult, Paging, Success, Type};
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::operation::operation_ref::OperationRef;
use crate::lower::schema::ResolvedSchema;

impl<'a> OperationLowering<'a> {
    /// Returns how the next page is requested, if the config describes it.
    pub(in crate::lower) fn paging(
        &mut self,
        operation_ref: &OperationRef<'a>,
        settings: &OperationConfig,
        arguments: &[Argument],
    ) -> Option<Paging> {
        let paging = settings.paging.as_ref()?;
        let at = self.operations.location(&operation_ref.id).key("paging");
        if let Some(cursor) = &paging.cursor {
            let argument = self.argument_name_of(cursor, arguments, &at.key("cursor"));
            return argument.map(Paging::Cursor);
        }
        let page = paging.page.as_ref()?;
        let argument = self.argument_name_of(page, arguments, &at.key("page"));
        argument.map(Paging::Number)
    }

    /// Returns a page of a list. A result that is not a list is an error.
    pub(in crate::lower) fn page(
        &mut self,
        result: &ResolvedSchema<'a>,
        paging: Paging,
        operation_ref: &OperationRef<'a>,
        name_hint: &str,
    ) -> Success {
        match self.types.type_of(result, &format!("{name_hint} item")) {
            Type::List(item) => Success::Page {
                item: *item,
                paging,
            },
            ty => {
                let at = self.operations.location(&operation_ref.id).key("paging");
                let text = format!(
                    "the result of {} is not a list, but `paging` needs a list",
                    operation_ref.at
                );
                let help = "describe the result as an array, or remove `paging`";
                let diagnostic = Diagnostic::error("paged-result-type", &at, text).in_config();
                self.report(diagnostic.at_key().help(help));
                Success::Json {
                    ty,
                    enveloped: true,
                    null: NullResult::Error,
                }
            }
        }
    }
}
