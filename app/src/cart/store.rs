//! The cart's signals: what is in it, what is known of prices, and the quote that follows from both.

use super::{
    held::{self, Standing},
    kept::Kept,
    known::Known,
    rounds,
};
use crate::facts::Facts;
use ids::{CouponCode, LineId, Sku};
use leptos::prelude::*;
use pricing::{Cart, GiftChoice, Instant, Quote};
use std::sync::Arc;
use wire::{Changed, Session, SliceRequest};

/// Whether the server can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// It answered last time.
    #[default]
    Here,
    /// It did not; prices come from the last slice.
    Away,
}

/// What the shopper is shown: a quote with all that is needed to order by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Priced {
    /// The cart that was quoted.
    pub cart: Cart,
    /// The instant it was quoted for.
    pub at: Instant,
    /// What it costs.
    pub quote: Arc<Quote>,
    /// The token of the promise that it was priced by, if it was.
    pub held: Option<String>,
}

/// The cart's signals.
#[derive(Clone, Copy)]
pub struct CartStore {
    /// What is in the cart.
    pub kept: RwSignal<Kept>,
    /// False until the browser's storage was read; on the server always.
    pub loaded: RwSignal<bool>,
    /// Whether the server can be reached.
    pub network: RwSignal<Network>,
    /// What is known of prices.
    pub known: RwSignal<Option<Arc<Known>>>,
    /// SKUs that the page shows prices of besides the cart's.
    pub shown: RwSignal<Vec<Sku>>,
    /// Counts up whenever time may have changed a price.
    pub(super) beat: RwSignal<u32>,
    /// The request that the browser's facts lead to.
    pub(super) wanted: Memo<SliceRequest>,
    /// The quote, as soon as there is one. It changes only when an amount or a reason does.
    pub quote: Memo<Option<Arc<Quote>>>,
}

impl CartStore {
    /// An empty cart, and in the browser all that keeps it priced.
    #[must_use]
    pub fn new(facts: &Facts, session: RwSignal<Session>) -> Self {
        let kept = RwSignal::new(Kept::default());
        let known = RwSignal::new(None::<Arc<Known>>);
        let (shown, beat) = (RwSignal::new(Vec::new()), RwSignal::new(0));
        let (store, channel) = (facts.store.clone(), facts.channel.clone());
        let wanted = Memo::new(move |_| wanted(&kept.read(), &shown.read(), store.clone(), channel.clone()));
        let quote = Memo::new(move |_| {
            beat.track();
            known.get()?.priced(&kept.read()).map(|priced| priced.quote)
        });
        let network = RwSignal::new(Network::Here);
        let cart = Self { kept, loaded: RwSignal::new(false), network, known, shown, beat, wanted, quote };
        rounds::start(cart, session);
        cart
    }

    /// Units in the cart.
    #[must_use]
    pub fn units(self) -> i64 {
        self.kept.with(Kept::units)
    }

    /// Changes the cart and keeps the change.
    pub fn change(self, how: impl FnOnce(&mut Kept)) {
        self.kept.update(how);
        self.kept.with_untracked(Kept::save);
    }

    /// Adds units of a SKU.
    pub fn add(self, sku: &Sku, quantity: i64) {
        self.change(|kept| kept.add(sku, quantity));
    }

    /// Sets a line's quantity; 0 takes it out.
    pub fn set(self, line: &LineId, quantity: i64) {
        self.change(|kept| kept.set(line, quantity));
    }

    /// Enters a code, unless it was entered already.
    pub fn enter(self, code: CouponCode) {
        self.change(|kept| {
            if !kept.coupons.contains(&code) {
                kept.coupons.push(code);
            }
        });
    }

    /// Keeps a unique code for the order, and enters the generic one that prices are computed with.
    pub fn enter_singly(self, coupon: CouponCode, code: &CouponCode) {
        self.change(|kept| kept.singly.put(&coupon, code));
        self.enter(coupon);
    }

    /// Takes a code out.
    pub fn drop_code(self, code: &CouponCode) {
        self.change(|kept| {
            kept.coupons.retain(|one| one != code);
            kept.singly.drop(code);
        });
    }

    /// Empties the cart, and gives up what was promised for it.
    pub fn clear(self) {
        self.release();
        self.change(|kept| *kept = Kept { given: kept.given, ..Kept::default() });
    }

    /// True while prices for the cart are on their way.
    #[must_use]
    pub fn pricing(self) -> bool {
        !self.known.get().is_some_and(|known| known.covers(&self.wanted.read()))
    }

    /// The quote for an order: made now, with the instant that the server has to make it again for.
    #[must_use]
    pub fn priced_now(self) -> Option<Priced> {
        self.known.get_untracked()?.priced(&self.kept.read_untracked())
    }

    /// The cart as the engine reads it, as it is now.
    #[must_use]
    pub fn cart_now(self) -> Option<Cart> {
        let known = self.known.get_untracked()?;
        Some(known.cart(&self.kept.read_untracked()))
    }

    /// What there would be to pay with another tender.
    #[must_use]
    pub fn payable_with(self, tender: Option<&str>) -> Option<i64> {
        self.beat.track();
        let known = self.known.get()?;
        let kept = Kept { tender: tender.map(str::to_owned), ..self.kept.get() };
        known.priced(&kept).map(|priced| priced.quote.payable)
    }

    /// Chooses a gift instead of the one that the promotion gave before.
    pub fn choose_gift(self, choice: &GiftChoice) {
        self.change(|kept| kept.gifts.choose(choice));
    }

    /// How the promise stands to the cart; none where there is no promise.
    #[must_use]
    pub fn standing(self) -> Option<Standing> {
        self.beat.track();
        let known = self.known.get()?;
        known.standing(&known.cart(&self.kept.read()))
    }

    /// Puts back into the cart what the prices are held for.
    pub fn restore_held(self) {
        let Some(known) = self.known.get_untracked() else { return };
        if let Some(held) = known.held() {
            self.change(|kept| (kept.lines, kept.coupons) = held.goods());
        }
    }

    /// Gives the promise up.
    pub fn release(self) {
        held::keep(None);
        if let Some(known) = self.known.get_untracked() {
            known.release();
            self.known.notify();
        }
    }

    /// Time may have changed a price.
    pub(super) fn tick(self) {
        let _ = self.beat.try_update(|beat| *beat = beat.wrapping_add(1));
    }

    /// Takes over the prices that the server sent along with a refusal.
    pub fn renew(self, changed: Changed) {
        let known = self.known.get_untracked().and_then(|known| known.renewed(changed));
        if let Some(known) = known {
            self.known.set(Some(Arc::new(known)));
        }
    }

    /// Until when the shop holds prices, if it does.
    #[must_use]
    pub fn held_until(self) -> Option<Instant> {
        self.known.with(|known| known.as_ref()?.held().map(|held| held.expires()))
    }

    /// Asks the server for prices again, at once.
    pub fn refresh(self, session: RwSignal<Session>) {
        rounds::fetch(self, session);
    }
}

/// The slice that the cart and the page need. Carts are short, so looking through beats sorting, also in what is downloaded.
fn wanted(kept: &Kept, shown: &[Sku], store: Option<ids::PlaceId>, channel: String) -> SliceRequest {
    let mut skus: Vec<Sku> = Vec::with_capacity(kept.lines.len() + shown.len());
    for sku in kept.lines.iter().map(|line| &line.sku).chain(shown) {
        if !skus.contains(sku) {
            skus.push(sku.clone());
        }
    }
    SliceRequest { skus, coupons: kept.coupons.clone(), store, channel: Some(channel), member: None }
}
