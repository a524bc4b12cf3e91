//! Encodes arguments as the parts of a multipart body.

use crate::runtime::body::multipart::MultipartForm;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::http::media_type::is_json;
use crate::runtime::request::ParamLocation;
use crate::runtime::request::ValidArgument;
use crate::runtime::request::serialize;
use crate::runtime::request::value::Value;

/// Collects the parts of a multipart body.
pub(crate) fn form(values: &[ValidArgument<'_>]) -> Result<MultipartForm, ValidationError> {
    let mut form = MultipartForm::default();
    for (argument, value) in values {
        let invalid = |error: ValidationError| error.within(argument.location.name());
        match (argument.location, value) {
            (ParamLocation::Part(name, media_type), Value::Content(contents)) => {
                for content in contents {
                    form.file(name, media_type, content.clone());
                }
            }
            (ParamLocation::Part(name, media_type), Value::Text(text)) => {
                form.part(name, media_type, text.clone().into());
            }
            (ParamLocation::Part(name, media_type), _) if is_json(media_type) => {
                form.part(name, media_type, value.to_json().map_err(invalid)?.into());
            }
            (ParamLocation::Part(_, media_type), _) => {
                for pair in serialize::pairs((argument, value)).map_err(invalid)? {
                    let text = pair.values.join(pair.delimiter);
                    form.part(&pair.name, media_type, text.into());
                }
            }
            (ParamLocation::Field(_), _) => {
                for pair in serialize::pairs((argument, value)).map_err(invalid)? {
                    form.text(pair.name, pair.values.join(pair.delimiter));
                }
            }
            _ => (),
        }
    }
    Ok(form)
}
