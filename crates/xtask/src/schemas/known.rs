//! Types whose JSON form is not told by a derive: those that serde hands to a constructor or a hand-written implementation.

use serde_json::{Value, json};

/// The JSON form of a type that is no struct or enum to serde, and the names it refers to.
pub fn schema(name: &str) -> Option<(Value, &'static [&'static str])> {
    Some(match name {
        "Decimal" => (
            json!({
                "description": "An exact decimal number as text: \"19.99\". A JSON number would be a binary fraction and is refused.",
                "type": "string",
                "pattern": "^-?[0-9]{1,20}(\\.[0-9]{1,8})?$"
            }),
            &[],
        ),
        "Instant" => (
            json!({
                "description": "An instant in UTC: 2026-01-15T12:00:00Z, with up to nine decimals of a second.",
                "type": "string",
                "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]|29|30|31)T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z$"
            }),
            &[],
        ),
        "TimeOfDay" => (
            json!({
                "description": "A time on a clock to the minute, from 00:00 to 24:00.",
                "type": "string",
                "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
            }),
            &[],
        ),
        "Currency" => {
            (json!({"description": "An ISO 4217 code: CNY.", "type": "string", "pattern": "^[A-Z]{3}$"}), &[])
        }
        "Selector" => (
            json!({
                "description": "Which units of a cart are meant: all, or those for which every stated key holds.",
                "anyOf": [{"const": "all"}, {"$ref": "#/$defs/Keys"}]
            }),
            &["Keys"],
        ),
        "Target" => (
            json!({
                "description": "What a benefit is taken off: all lines together, shipping, both, or the units that match.",
                "anyOf": [{"enum": ["order", "shipping", "total"]}, {"$ref": "#/$defs/Selector"}]
            }),
            &["Selector"],
        ),
        _ => return None,
    })
}

/// A typed id is a short text.
pub fn id(description: &str) -> Value {
    json!({"description": description, "type": "string", "minLength": 1, "maxLength": 191})
}

/// The choices of rules: what a document calls the choice, and the module of its list.
pub const CHOICES: [(&str, &str); 2] = [("Condition", "condition"), ("Benefit", "benefit")];

/// What a benefit of any rule may carry besides the rule's own fields: its name, its type and what it means, as `benefit::Benefit` reads it.
pub const OF_EVERY_BENEFIT: (&str, &str, &str) =
    ("cap", "Decimal", "The most that the promotion takes off in one cart, in major units.");
