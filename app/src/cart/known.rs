//! What the browser knows of prices: the last slice of the price book, compiled, with the circumstances it came with.

use super::{
    clock,
    engine::Engine,
    held::{Promise, Standing},
    kept::Kept,
    store::Priced,
};
use ids::{PromotionId, Sku};
use pricing::{Cart, CompiledBook, Context, Instant, UnitPrice};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use wire::{Changed, SkuInfo, SliceAnswer, SliceRequest};

/// The last slice, compiled.
pub struct Known {
    engine: Arc<dyn Engine>,
    held: Option<Arc<dyn Promise>>,
    released: AtomicBool,
    context: Context,
    items: Vec<SkuInfo>,
    asked: SliceRequest,
    received_ms: f64,
}

impl Known {
    /// Compiles an answer to `asked`. None if the slice is no valid price book, which the server never sends.
    #[must_use]
    pub fn new(answer: SliceAnswer, asked: SliceRequest, held: Option<Arc<dyn Promise>>) -> Option<Self> {
        let SliceAnswer { slice, context, items } = answer;
        let engine = Arc::new(CompiledBook::from_slice(slice).ok()?);
        Some(Self {
            engine,
            held,
            released: AtomicBool::new(false),
            context,
            items,
            asked,
            received_ms: clock::now_ms(),
        })
    }

    /// The same SKUs with the prices that hold now.
    #[must_use]
    pub fn renewed(&self, changed: Changed) -> Option<Self> {
        let answer = SliceAnswer { slice: changed.slice, context: changed.context, items: self.items.clone() };
        Self::new(answer, self.asked.clone(), None)
    }

    /// True if the slice answers for all that `wanted` asks for.
    #[must_use]
    pub fn covers(&self, wanted: &SliceRequest) -> bool {
        self.asked.store == wanted.store
            && self.asked.channel == wanted.channel
            && self.asked.member == wanted.member
            && wanted.skus.iter().all(|sku| self.asked.skus.contains(sku))
            && wanted.coupons.iter().all(|code| self.asked.coupons.contains(code))
    }

    /// Name, picture and stock of a SKU, if the shop still has it.
    #[must_use]
    pub fn item(&self, sku: &Sku) -> Option<&SkuInfo> {
        self.items.iter().find(|item| &item.sku == sku)
    }

    /// True if the SKU was asked for and the shop does not have it any more.
    #[must_use]
    pub fn gone(&self, sku: &Sku) -> bool {
        self.asked.skus.contains(sku) && self.item(sku).is_none()
    }

    /// All items, gifts too.
    #[must_use]
    pub fn items(&self) -> &[SkuInfo] {
        &self.items
    }

    /// The server's clock now.
    #[must_use]
    pub fn now(&self) -> Instant {
        clock::moved_on(self.context.at, self.received_ms, clock::now_ms())
    }

    /// The cart as the engine reads it. Lines that the slice does not hold yet, or that the shop gave up, are left out.
    #[must_use]
    pub fn cart(&self, kept: &Kept) -> Cart {
        let lines = kept.lines.iter().filter(|line| self.item(&line.sku).is_some()).cloned().collect();
        let shipping = kept.shipping.clone().filter(|method| self.engine.ships(method));
        Cart {
            lines,
            coupons: kept.coupons.clone(),
            points: self.spendable(kept.points),
            shipping_method: shipping,
            tender: kept.tender.clone(),
            gifts: kept.gifts.list(),
        }
    }

    /// Guests spend no points, whatever an earlier member of this browser wanted.
    fn spendable(&self, points: i64) -> i64 {
        self.context.member.as_ref().map_or(0, |member| points.clamp(0, member.points.max(0)))
    }

    /// What the cart costs, as soon as it can be told.
    #[must_use]
    pub fn priced(&self, kept: &Kept) -> Option<Priced> {
        self.engine.priced(self, kept)
    }

    /// What the cart costs: at the prices that are held for it, or else at those of now. None if an amount overflows; all else was left out by
    /// [`Known::cart`].
    pub(super) fn price(&self, engine: &dyn Engine, kept: &Kept) -> Option<Priced> {
        let cart = self.cart(kept);
        let held = self.held().filter(|_| self.standing(&cart) == Some(Standing::Good));
        let (at, quote) = match held {
            Some(held) => held.quote(&cart)?,
            None => {
                let at = self.now();
                (at, engine.quote(&cart, &self.context_at(at))?)
            }
        };
        let token = held.map(Promise::token);
        Some(Priced { cart, at, quote: Arc::new(quote), held: token })
    }

    /// The prices that the shop holds, if it does.
    #[must_use]
    pub fn held(&self) -> Option<&dyn Promise> {
        self.held.as_deref().filter(|_| !self.released.load(Ordering::Relaxed))
    }

    /// Gives the promise up.
    pub fn release(&self) {
        self.released.store(true, Ordering::Relaxed);
    }

    /// How the promise stands to a cart now; none where there is no promise.
    #[must_use]
    pub fn standing(&self, cart: &Cart) -> Option<Standing> {
        self.held().map(|held| held.standing(self.now(), &self.context, cart))
    }

    /// The gifts among which a promotion lets choose; false where there are none left.
    #[must_use]
    pub fn gift_options(&self, promotion: &PromotionId) -> Vec<(Sku, bool)> {
        let options = self.engine.gift_options(promotion).into_iter();
        options.map(|sku| (sku.clone(), !self.context.out_of_gifts.contains(&sku))).collect()
    }

    /// What one of a SKU costs by itself now.
    #[must_use]
    pub fn alone(&self, sku: &Sku) -> Option<UnitPrice> {
        self.item(sku)?;
        self.engine.one_more(&Cart::default(), &self.context_at(self.now()), sku)
    }

    /// What one more of a SKU would cost beside the cart.
    #[must_use]
    pub fn one_more(&self, kept: &Kept, sku: &Sku) -> Option<UnitPrice> {
        self.item(sku)?;
        self.engine.one_more(&self.cart(kept), &self.context_at(self.now()), sku)
    }

    fn context_at(&self, at: Instant) -> Context {
        Context { at, ..self.context.clone() }
    }
}
