//! Several success responses: an enum with one variant each, or an `Option` if one of two has no body.

use crate::ir::{Content, ResponseCase, ResponseVariant, Shape, Success, Type};
use crate::lower::responses::content_kind::{self, ContentKind};
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::responses::response::{BodyType, SuccessResponse, component_response_name};
use crate::lower::responses::statuses;
use crate::lower::schema::ResolvedSchema;
use crate::names::{self, Scope};

/// A variant of the result enum, for one status and body type.
struct NewVariant<'r> {
    status: &'r str,
    body_type: BodyType,
    variant: ResponseVariant,
}

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns the result of an operation with different success responses. `body_types` are the distinct ones.
    pub(in crate::lower) fn response_variants(
        &mut self,
        responses: &[SuccessResponse<'a>],
        body_types: &[BodyType],
    ) -> Success {
        if body_types.len() == 2 && body_types.contains(&BodyType::Nothing) {
            return self.optional_response(responses);
        }
        let mut scope = Scope::default();
        let mut variants: Vec<NewVariant<'_>> = Vec::new();
        let mut cases = Vec::with_capacity(responses.len());
        for response in responses {
            let body_type = response.body_type();
            let existing = variants
                .iter()
                .find(|it| it.status == response.status && it.body_type == body_type);
            let variant = if let Some(existing) = existing {
                existing.variant.clone()
            } else {
                let variant = self.variant(response, responses, &variants, &mut scope);
                variants.push(NewVariant {
                    status: &response.status,
                    body_type,
                    variant: variant.clone(),
                });
                variant
            };
            cases.push(ResponseCase {
                status: response.status.clone(),
                media_type: response.media_type(),
                variant: Some(variant.variant),
                content: variant.content,
            });
        }
        let variants = variants.into_iter().map(|it| it.variant).collect();
        let output = self.response_enum(variants);
        Success::Variants { output, cases }
    }

    /// Returns a new variant for a response. Its content is that of an existing variant with the same body type.
    fn variant(
        &mut self,
        response: &SuccessResponse<'a>,
        responses: &[SuccessResponse<'a>],
        variants: &[NewVariant<'_>],
        scope: &mut Scope,
    ) -> ResponseVariant {
        let mut name = variant_name(response, responses);
        if scope.claim(&name, &response.at).is_err() {
            name = scope.numbered(&name);
            let _ = scope.claim(&name, &response.at);
        }
        let body_type = response.body_type();
        let same = variants.iter().find(|it| it.body_type == body_type);
        let content = match same {
            Some(same) => same.variant.content.clone(),
            None => self.response_content(response, &format!("{} {name}", self.name_hint)),
        };
        ResponseVariant {
            variant: name,
            docs: response.response.description.clone(),
            content,
        }
    }

    fn response_enum(&mut self, variants: Vec<ResponseVariant>) -> Type {
        let name_hint = self.name_hint;
        let at = self.operation_ref.at.key("responses");
        let mut schema = ResolvedSchema::empty(&at, vec![at.clone()]);
        schema.set_description(Some("A success response of the operation."));
        let mut name = format!("{name_hint} response");
        if self.context.is_schema_name(&names::pascal(&name)) {
            name = format!("{name_hint} outcome");
        }
        let shape = Shape::ResponseEnum(variants);
        self.context.types.model(&schema, &name, |_, _| shape)
    }

    /// Returns an `Option`: one of the responses has a body, the other has none.
    fn optional_response(&mut self, responses: &[SuccessResponse<'a>]) -> Success {
        let mut body = Content::Nothing;
        let mut cases = Vec::with_capacity(responses.len());
        for response in responses {
            if response.content.is_some() && body == Content::Nothing {
                body = self.response_content(response, &format!("{} response", self.name_hint));
            }
            cases.push(ResponseCase {
                status: response.status.clone(),
                media_type: response.media_type(),
                variant: None,
                content: if response.content.is_some() {
                    body.clone()
                } else {
                    Content::Nothing
                },
            });
        }
        let output = match body {
            Content::Json(ty @ Type::Option(_)) => ty,
            Content::Json(ty) => Type::Option(Box::new(ty)),
            _ => Type::Option(Box::new(Type::String)),
        };
        Success::Variants { output, cases }
    }

    /// Returns the decoded form of a response body. `name_hint` names an inline type.
    fn response_content(&mut self, response: &SuccessResponse<'a>, name_hint: &str) -> Content {
        let Some(content) = &response.content else {
            return Content::Nothing;
        };
        match content.kind {
            ContentKind::Text => Content::Text,
            ContentKind::Binary | ContentKind::Events => Content::Binary,
            ContentKind::Json => {
                let Some(schema) = &content.object.schema else {
                    return Content::Json(Type::Json);
                };
                let schema = self
                    .context
                    .types
                    .resolver
                    .resolve(schema, &content.at.key("schema"));
                let component = component_response_name(&response.at);
                let name_hint = component.unwrap_or_else(|| name_hint.to_owned());
                Content::Json(self.context.types.type_of(&schema, &name_hint))
            }
        }
    }
}

/// Returns the variant name of a response: its status, if statuses differ, and its media type, if those differ.
fn variant_name(response: &SuccessResponse<'_>, all: &[SuccessResponse<'_>]) -> String {
    let same_status: Vec<&SuccessResponse<'_>> = all
        .iter()
        .filter(|other| other.status == response.status)
        .collect();
    let mut name = String::new();
    if same_status.len() < all.len() {
        name = statuses::variant_name(&response.status);
    }
    let is_different = |other: &&SuccessResponse<'_>| other.body_type() != response.body_type();
    if let Some(content) = &response.content
        && (name.is_empty() || same_status.iter().any(is_different))
    {
        name += &content_kind::variant_name(content.name, content.kind);
    }
    name
}
