//! The trace of a quote, from the same work as the quote itself.

use super::{
    Circumstances, QuoteError,
    apply::{self, Given, Outcome},
    finish, input,
    state::{Discount, State},
};
use crate::{
    Bound, Cart, CompiledBook, Context, Explained, Explanation, Fate, How, LineShare, Quote,
    book::{Class, Promotion, Rounding, Scope},
};

impl CompiledBook {
    /// [`CompiledBook::quote`] with what each promotion of the slice did, on which units, of which base and within which limits, or why it
    /// did nothing.
    ///
    /// # Errors
    /// As [`CompiledBook::quote`].
    #[cfg_attr(target_family = "wasm", inline)]
    pub fn explain(&self, cart: &Cart, context: &Context) -> Result<Explanation, QuoteError> {
        let (lines, shipping) = input::look_up(self, cart)?;
        let (state, outcome) = self.work(&lines, shipping, Circumstances::of(cart, context))?;
        let mut promotions = applied(self, &state, &outcome);
        let quote = finish::finish(self, state, outcome)?;
        promotions.extend(missed(self, &quote));
        Ok(Explanation { quote, promotions })
    }
}

#[inline]
fn explained(promotion: &Promotion, fate: Fate) -> Explained {
    let (id, name) = (promotion.id.clone(), promotion.name.clone());
    Explained { promotion: id, name, class: promotion.class, coupon: promotion.coupon.clone(), fate }
}

#[inline]
fn applied(book: &CompiledBook, state: &State, outcome: &Outcome) -> Vec<Explained> {
    let one = |given: &Given| explained(book.promotion(given.promotion), Fate::Applied(how(book, state, given)));
    outcome.given.iter().map(one).collect()
}

#[inline]
fn missed(book: &CompiledBook, quote: &Quote) -> Vec<Explained> {
    let promotions = &book.document().promotions;
    let missed = quote.missed.iter().filter_map(|missed| {
        let promotion = promotions.iter().find(|one| one.id == missed.promotion)?;
        Some(explained(promotion, Fate::Missed { reason: missed.reason.clone() }))
    });
    missed.collect()
}

#[inline]
fn how(book: &CompiledBook, state: &State, given: &Given) -> How {
    let own = state.discounts.iter().filter(|share| share.promotion as usize == given.promotion);
    let share = |share: &Discount| {
        let line = state.lines.get(share.line as usize)?;
        let (line, sku) = (line.id.clone(), line.sku_id.clone());
        Some(LineShare { line, sku, amount: share.amount, units: share.units })
    };
    let shipping = own.clone().find(|share| share.line as usize == state.lines.len());
    let gift = state.gifts.iter().find(|(promotion, ..)| *promotion == given.promotion);
    How {
        amount: given.amount,
        base: given.base,
        of: book.promotions[given.promotion].terms.base,
        units: given.units,
        lines: own.filter_map(share).collect(),
        shipping: shipping.map_or(0, |share| share.amount),
        gift: gift.map(|(_, sku, quantity)| (sku.clone(), *quantity)),
        rounding: rounding(book, given.promotion),
        limits: limits(book, state, given),
    }
}

/// A percentage is rounded, by class price always for each unit; amounts never are.
#[inline]
fn rounding(book: &CompiledBook, one: usize) -> Option<Rounding> {
    let promotion = book.promotion(one);
    let rule = serde_json::to_value(&promotion.then.rule).ok()?;
    let rounding = book.document().rounding;
    let scope = if promotion.class == Class::Price { Scope::Unit } else { rounding.scope };
    has_percent(&rule).then_some(Rounding { scope, ..rounding })
}

#[inline]
fn has_percent(rule: &serde_json::Value) -> bool {
    match rule {
        serde_json::Value::Object(map) => {
            map.iter().any(|(key, value)| (key == "percent" && !value.is_null()) || has_percent(value))
        }
        serde_json::Value::Array(list) => list.iter().any(has_percent),
        _ => false,
    }
}

#[inline]
fn limits(book: &CompiledBook, state: &State, given: &Given) -> Vec<Bound> {
    let ready = &book.promotions[given.promotion];
    let left = ready.budget.saturating_sub(apply::spent(&state.context, &book.promotion(given.promotion).id));
    let most = if ready.cap <= left { Bound::Cap(ready.cap) } else { Bound::Budget(left) };
    let of_rule = given.limited.then_some(most);
    of_rule.into_iter().chain(given.floored.then_some(Bound::Floor)).collect()
}
