//! Several success responses: an enum with one variant each, or an `Option` if one of two has no body.

use crate::ir::{Content, ResponseCase, ResponseVariant, Shape, Success, Type};
use crate::lower::media::{self, Reading};
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::responses::statuses;
use crate::lower::responses::{Likeness, Offer};
use crate::lower::schema::ResolvedSchema;
use crate::names::{self, Scope};
use crate::pointer::Pointer;

impl<'a> OperationLowering<'a> {
    /// Returns the result of an operation with different success responses. `kinds` are their distinct bodies.
    pub(in crate::lower) fn several(
        &mut self,
        found: &Found<'a>,
        offers: &[Offer<'a>],
        kinds: &[Likeness],
        hint: &str,
    ) -> Success {
        if kinds.len() == 2 && kinds.contains(&Likeness::Nothing) {
            return self.optional(offers, hint);
        }
        let at = found.at.key("responses");
        let mut scope = Scope::default();
        let mut known: Vec<(Likeness, Content)> = Vec::new();
        let mut outcomes: Vec<(&str, Likeness, ResponseVariant)> = Vec::new();
        let mut receptions = Vec::with_capacity(offers.len());
        for offer in offers {
            let likeness = offer.likeness();
            let same = outcomes
                .iter()
                .find(|(status, other, _)| *status == offer.status && *other == likeness);
            let outcome = if let Some((.., outcome)) = same {
                outcome.clone()
            } else {
                let mut variant = variant(offer, offers);
                if scope.claim(&variant, &offer.at).is_err() {
                    variant = scope.numbered(&variant);
                    let _ = scope.claim(&variant, &offer.at);
                }
                let same = known.iter().find(|(other, _)| *other == likeness);
                let content = match same {
                    Some((_, content)) => content.clone(),
                    None => self.content(offer, &format!("{hint} {variant}")),
                };
                known.push((offer.likeness(), content.clone()));
                let outcome = ResponseVariant {
                    variant,
                    docs: offer.response.description.clone(),
                    content,
                };
                outcomes.push((&offer.status, likeness, outcome.clone()));
                outcome
            };
            receptions.push(ResponseCase {
                status: offer.status.clone(),
                media_type: offer.media_type(),
                variant: Some(outcome.variant),
                content: outcome.content,
            });
        }
        let outcomes = outcomes.into_iter().map(|(.., outcome)| outcome).collect();
        let mut view = ResolvedSchema::empty(&at, vec![at.clone()]);
        view.set_description(Some("A success response of the operation."));
        let name = self.free_hint([format!("{hint} response"), format!("{hint} outcome")]);
        let output = self
            .types
            .model(&view, &name, |_, _| Shape::ResponseEnum(outcomes));
        Success::Variants {
            output,
            cases: receptions,
        }
    }

    /// Returns the first name if no schema of the document has it, else the second.
    fn free_hint(&self, hints: [String; 2]) -> String {
        let taken = self.schema_names.get_or_init(|| {
            let components = self.document.api.components.iter();
            let schemas = components.flat_map(|components| components.schemas.keys());
            schemas.map(|name| names::pascal(name)).collect()
        });
        let [first, last] = hints;
        if taken.contains(&names::pascal(&first)) {
            last
        } else {
            first
        }
    }

    /// Returns an `Option`: one of the responses has a body, the other has none.
    fn optional(&mut self, offers: &[Offer<'a>], hint: &str) -> Success {
        let mut something = Content::Nothing;
        let mut receptions = Vec::with_capacity(offers.len());
        for offer in offers {
            if offer.content.is_some() && something == Content::Nothing {
                something = self.content(offer, &format!("{hint} response"));
            }
            receptions.push(ResponseCase {
                status: offer.status.clone(),
                media_type: offer.media_type(),
                variant: None,
                content: if offer.content.is_some() {
                    something.clone()
                } else {
                    Content::Nothing
                },
            });
        }
        let output = match something {
            Content::Json(ty @ Type::Option(_)) => ty,
            Content::Json(ty) => Type::Option(Box::new(ty)),
            _ => Type::Option(Box::new(Type::String)),
        };
        Success::Variants {
            output,
            cases: receptions,
        }
    }

    /// Returns the type of a response body. `hint` names an inline type.
    fn content(&mut self, offer: &Offer<'a>, hint: &str) -> Content {
        let Some(content) = &offer.content else {
            return Content::Nothing;
        };
        match content.reading {
            Reading::Text => Content::Text,
            Reading::Binary | Reading::Events => Content::Binary,
            Reading::Json => {
                let at = content.at.key("schema");
                let schema = content.media.schema.as_ref();
                let view = schema.map(|schema| self.types.resolver.resolve(schema, &at));
                let hint = shared_response(&offer.at).unwrap_or_else(|| hint.to_owned());
                Content::Json(view.map_or(Type::Json, |view| self.types.type_of(&view, &hint)))
            }
        }
    }
}

/// Returns the name of a response in `components/responses`.
pub(in crate::lower) fn shared_response(at: &Pointer) -> Option<String> {
    let responses = Pointer::root().key("components").key("responses");
    (at.parent()? == responses).then(|| at.last())
}

/// Returns the variant name of a response: its status, if statuses differ, and its media type, if those differ.
fn variant(offer: &Offer<'_>, all: &[Offer<'_>]) -> String {
    let beside: Vec<&Offer<'_>> = all
        .iter()
        .filter(|other| other.status == offer.status)
        .collect();
    let mut name = String::new();
    if beside.len() < all.len() {
        name = statuses::variant(&offer.status);
    }
    let differs = |other: &&Offer<'_>| other.likeness() != offer.likeness();
    if let Some(content) = &offer.content
        && (name.is_empty() || beside.iter().any(differs))
    {
        name += &media::variant(content.name, content.reading);
    }
    name
}
