//! An operation that may go well in several ways -> an enum of them, or an `Option` where one of two holds nothing.

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
    /// `kinds` are the contents that differ.
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
        let mut view = ResolvedSchema::silent(&at, vec![at.clone()]);
        view.describe(Some("What came of the call."));
        let name = self.free_hint([format!("{hint} response"), format!("{hint} outcome")]);
        let output = self
            .types
            .model(&view, &name, |_, _| Shape::ResponseEnum(outcomes));
        Success::Variants {
            output,
            cases: receptions,
        }
    }

    /// The first that no schema of the document is called, else the last.
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

    /// Something, or nothing.
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

    /// What one answer holds; `hint` is the name of its type if it has no other.
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

/// The name of a response that the document itself names.
pub(in crate::lower) fn shared_response(at: &Pointer) -> Option<String> {
    let responses = Pointer::root().key("components").key("responses");
    (at.parent()? == responses).then(|| at.last())
}

/// By status where it tells the answers apart, by media type where that does.
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
