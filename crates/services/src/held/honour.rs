//! Honouring a held quote: what was promised is computed again with its own book and circumstances; what was not promised is looked at as it
//! is now.

use super::{
    HeldProblem,
    token::{Claim, cart_hash, opened},
};
use crate::{
    Result, ServiceError, Services, Who,
    active::Active,
    orders::{check, same_charge},
};
use pricing::{Cart, Context, ENGINE_VERSION, Instant, Member, Quote};
use std::sync::Arc;
use storage::held;
use wire::{Changed, PlaceOrder};

/// On which terms an order is placed.
pub(crate) struct Terms {
    /// The book of the quote, and the catalogue.
    pub(crate) active: Arc<Active>,
    /// The circumstances of the quote.
    pub(crate) context: Context,
    /// The quote.
    pub(crate) quote: Quote,
    /// The member's facts as they are now.
    pub(crate) member: Option<Member>,
    /// The id of the held quote, if it is one.
    pub(crate) held: Option<String>,
}

/// What can be told without computing: whether the claim is about this shopper, place and cart, and still good.
fn check_claim(claim: &Claim, who: &Who, request: &PlaceOrder, now: Instant) -> Result<()> {
    let member = claim.context.member.as_ref().and_then(|member| member.id.as_ref());
    let problem = if now >= claim.expires {
        HeldProblem::Expired
    } else if member != who.member.as_ref() {
        HeldProblem::OtherMember
    } else if claim.context.channel != who.channel || claim.context.store != who.store {
        HeldProblem::OtherPlace
    } else if claim.cart != cart_hash(&request.cart)? {
        HeldProblem::OtherCart
    } else if claim.engine != ENGINE_VERSION {
        HeldProblem::OtherEngine
    } else {
        return Ok(());
    };
    Err(ServiceError::Held(problem))
}

impl Services {
    /// The terms of a held quote, for an order at `now`.
    ///
    /// # Errors
    /// [`ServiceError::Held`] with why it is not honoured; [`ServiceError::PriceChanged`] with the held quote if the shopper says to have seen
    /// another one.
    pub(crate) async fn honoured(&self, who: &Who, request: &PlaceOrder, token: &str, now: Instant) -> Result<Terms> {
        let ring = self.0.held_keys.ring().map_err(ServiceError::Internal)?;
        let claim = opened(token, &ring).map_err(ServiceError::Held)?;
        check_claim(&claim, who, request, now)?;
        // The transaction makes sure of it; this look is for the right reason.
        if held::is_used(self.db(), &claim.id).await? {
            return Err(ServiceError::Held(HeldProblem::Used));
        }
        let active = Arc::new(self.active().await?.with_book(self.book_of(&claim.book).await?));
        check::order(request, &active)?;
        let quote_of =
            |cart: &Cart, context: &Context| active.book.quote(cart, context).map_err(|error| check::refused(&error));
        if quote_of(&claim.open.put_into(&request.cart), &claim.context)?.hash != claim.quote {
            tracing::error!(held = claim.id, book = %claim.book, "the same engine computes a held quote otherwise");
            return Err(ServiceError::Held(HeldProblem::OtherEngine));
        }
        let quote_in = |context: &Context| quote_of(&request.cart, context);
        let quote = quote_in(&claim.context)?;
        let member = self.context(who, &active, now).await?.member;
        still_possible(&claim, &quote, member.as_ref(), quote_in)?;
        if request.quote_hash != quote.hash {
            let skus: Vec<_> = request.cart.lines.iter().map(|line| line.sku.clone()).collect();
            let slice = active.book.slice(&skus, &request.cart.coupons);
            let changed = Changed { quote, context: claim.context, slice };
            return Err(ServiceError::PriceChanged(Box::new(changed)));
        }
        Ok(Terms { active, context: claim.context, quote, member, held: Some(claim.id) })
    }
}

/// A promise does not make points of points that are spent, nor another first order of a second one. Level and tags are as they were promised.
fn still_possible(
    claim: &Claim,
    quote: &Quote,
    member: Option<&Member>,
    quote_in: impl Fn(&Context) -> Result<Quote>,
) -> Result<()> {
    let (Some(then), Some(now)) = (&claim.context.member, member) else { return Ok(()) };
    if quote.points_spent > now.points {
        return Err(ServiceError::Held(HeldProblem::PointsSpent));
    }
    if then.orders != now.orders {
        let mut context = claim.context.clone();
        context.member = Some(Member { orders: now.orders, ..then.clone() });
        if !same_charge(quote, &quote_in(&context)?) {
            return Err(ServiceError::Held(HeldProblem::UsedUp));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::token::Open, *};

    #[test]
    fn a_claim_of_another_engine_is_not_computed() {
        let request: PlaceOrder = serde_json::from_value(serde_json::json!({
            "idempotency_key": "k", "cart": {"lines": []}, "delivery": {"kind": "pick_up", "store": "s"},
            "contact": {"name": "", "phone": ""}, "book": "b00c", "engine": "0", "at": "2026-01-15T12:00:00Z", "quote_hash": "",
        }))
        .unwrap();
        let claim = |engine: &str| Claim {
            id: "one".to_owned(),
            expires: Instant(1000),
            book: request.book.clone(),
            engine: engine.to_owned(),
            cart: cart_hash(&Cart::default()).unwrap(),
            open: Open::default(),
            context: Context::guest(Instant(7)),
            quote: String::new(),
        };
        let check = |engine: &str, now: i64| match check_claim(&claim(engine), &Who::default(), &request, Instant(now))
        {
            Ok(()) => None,
            Err(ServiceError::Held(problem)) => Some(problem),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(check(ENGINE_VERSION, 999), None);
        assert_eq!(check(ENGINE_VERSION, 1000), Some(HeldProblem::Expired));
        assert_eq!(check("0.0", 999), Some(HeldProblem::OtherEngine));
    }
}
