//! Computing past orders again, each with its own price book and circumstances, and comparing every byte with what was stored.

use crate::{Result, ServiceError, Services};
use ids::{OrderNumber, PriceBookId};
use pricing::{ENGINE_VERSION, Instant, Quote};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use storage::orders::{self, StoredPrice};

/// Orders are read in groups of so many.
const GROUP: i64 = 200;
/// A value is told up to so many characters.
const VALUE_CHARS_MAX: usize = 80;

/// An order that is computed otherwise than it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Which.
    pub number: OrderNumber,
    /// When it was placed.
    pub placed_at: Instant,
    /// The first field that differs, such as `lines[0].total`; keys of an object come in alphabetical order.
    pub field: String,
    /// What is stored there.
    pub stored: String,
    /// What comes out today, or why nothing does.
    pub again: String,
}

/// How many orders were computed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repriced {
    /// All.
    pub orders: u64,
    /// Those of them that another engine had quoted. They too are compared byte by byte, but for the engine's name.
    pub other_engines: u64,
    /// Those that differ.
    pub differing: u64,
}

struct Fault {
    field: String,
    stored: String,
    again: String,
}

fn fault(field: impl Into<String>, stored: impl ToString, again: impl ToString) -> Fault {
    Fault { field: field.into(), stored: stored.to_string(), again: again.to_string() }
}

impl Services {
    /// Computes all orders again that were placed at `since` or later; `tell` gets those that differ, oldest first.
    ///
    /// # Errors
    /// If the database can't be read; what is wrong with a single order is told of that order.
    pub async fn reprice(&self, since: Instant, tell: &mut (dyn FnMut(&Differing) + Send)) -> Result<Repriced> {
        let mut counts = Repriced::default();
        let mut from = (since, None);
        loop {
            let group = orders::prices_since(self.db(), from.0, from.1.as_ref(), GROUP).await?;
            let Some(last) = group.last() else { return Ok(counts) };
            from = (last.placed_at, Some(last.number.clone()));
            for order in group {
                counts.orders += 1;
                counts.other_engines += u64::from(order.engine != ENGINE_VERSION);
                if let Err(found) = self.same_again(&order).await {
                    counts.differing += 1;
                    let Fault { field, stored, again } = found;
                    tell(&Differing { number: order.number, placed_at: order.placed_at, field, stored, again });
                }
            }
        }
    }

    async fn same_again(&self, order: &StoredPrice) -> Result<(), Fault> {
        let cart = read("cart", &order.cart)?;
        let context = read("context", &order.context)?;
        let id = PriceBookId::new(order.book.as_str()).map_err(|error| fault("book", &order.book, error))?;
        let book = self.book_of(&id).await.map_err(|error| fault("book", &order.book, cause(&error)))?;
        let mut quote = book.quote(&cart, &context).map_err(|error| fault("quote", "a quote", error))?;
        if order.engine != ENGINE_VERSION {
            order.engine.clone_into(&mut quote.engine);
            quote.hash = quote.compute_hash();
        }
        compare(order, &quote)
    }
}

/// What an error says to the shop's own people, who read this.
fn cause(error: &ServiceError) -> String {
    match error {
        ServiceError::Internal(cause) => cause.to_string(),
        other => other.to_string(),
    }
}

fn read<T: DeserializeOwned>(field: &str, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| fault(field, short(text), error))
}

fn compare(order: &StoredPrice, quote: &Quote) -> Result<(), Fault> {
    let again = serde_json::to_string(quote).map_err(|error| fault("quote", "a quote", error))?;
    if order.quote != again {
        let stored: Value = read("quote", &order.quote)?;
        let again = serde_json::to_value(quote).map_err(|error| fault("quote", "a quote", error))?;
        let other = || fault("quote", "the same values, written in other bytes", "as this program writes them");
        return Err(first_difference(String::new(), &stored, &again).unwrap_or_else(other));
    }
    if order.quote_hash != quote.hash {
        return Err(fault("order.quote_hash", &order.quote_hash, &quote.hash));
    }
    if order.payable_minor != quote.payable {
        return Err(fault("order.payable_minor", order.payable_minor, quote.payable));
    }
    Ok(())
}

fn first_difference(path: String, stored: &Value, again: &Value) -> Option<Fault> {
    match (stored, again) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let dot = if path.is_empty() { "" } else { "." };
            keys.into_iter().find_map(|key| {
                let of = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
                first_difference(format!("{path}{dot}{key}"), &of(a), &of(b))
            })
        }
        (Value::Array(a), Value::Array(b)) => {
            let of = |list: &[Value], at: usize| list.get(at).cloned().unwrap_or(Value::Null);
            (0..a.len().max(b.len())).find_map(|at| first_difference(format!("{path}[{at}]"), &of(a, at), &of(b, at)))
        }
        _ => (stored != again).then(|| fault(path, short(&stored.to_string()), short(&again.to_string()))),
    }
}

fn short(text: &str) -> String {
    let mut told: String = text.chars().take(VALUE_CHARS_MAX).collect();
    if told.len() < text.len() {
        told.push('…');
    }
    told
}
