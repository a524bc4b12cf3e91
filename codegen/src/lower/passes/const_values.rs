//! Sets the constant value of discriminator properties.

use std::collections::HashMap;

use crate::ir::{Model, ModelId, Shape, Type, UnionVariant};

/// Sets the constant of a property to the discriminator value that selects its model, if all unions with this model agree on
/// the value.
pub(in crate::lower) fn set(models: &mut [Model]) {
    // Values by model and property; `None` if two unions have different values.
    let mut known: HashMap<(ModelId, String), Option<String>> = HashMap::new();
    let unions = models.iter().filter_map(|model| match &model.shape {
        Shape::OneOf(choices) => Some(choices),
        _ => None,
    });
    for (model, name, text) in unions.flatten().flat_map(tags) {
        let place = (model, name.to_owned());
        let agreed = known.entry(place).or_insert_with(|| text.cloned());
        agreed.take_if(|agreed| Some(&*agreed) != text);
    }
    for (index, model) in models.iter_mut().enumerate() {
        let Shape::Struct(fields) = &mut model.shape else {
            continue;
        };
        for field in fields {
            let is_open = field.required && field.ty == Type::String && field.const_value.is_none();
            let text = known.remove(&(ModelId(index), field.wire_name.clone()));
            if is_open && !field.is_additional_properties {
                field.const_value = text.flatten();
            }
        }
    }
}

/// Returns the required discriminator properties of a variant, each with its value if there is only one.
fn tags(choice: &UnionVariant) -> Vec<(ModelId, &str, Option<&String>)> {
    let Type::Model(model) = &choice.ty else {
        return Vec::new();
    };
    let tags = choice.matchers.iter().flat_map(|matcher| {
        let required = |(name, _): &&(String, Vec<String>)| matcher.required.contains(name);
        matcher.tags.iter().filter(required)
    });
    tags.map(|(name, values)| match values.as_slice() {
        [only] => (*model, name.as_str(), Some(only)),
        _ => (*model, name.as_str(), None),
    })
    .collect()
}
