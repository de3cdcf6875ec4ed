//! Placing an order: the server quotes again from its own facts and takes the order only if it agrees with the shopper's quote.

use super::{
    check,
    commit::{Outcome, Placing},
    exchange::Exchanging,
};
use crate::{
    Permission, Result, ServiceError, Services, Shortage, Who, active::Active, held::Terms, members::CouponRefused,
    payments::STORED_VALUE, secret, stock::Short,
};
use ids::Sku;
use money::Locale;
use pricing::{Context, Instant, Quote, Text};
use storage::orders;
use wire::{Changed, Delivery, Order, OrderItem, PlaceOrder, TenderAsk};

/// The shopper's quote may be this old: then it is checked at its own instant and at ours.
const QUOTE_AGE_MAX_MS: i64 = 5 * 60 * 1000;
/// Other orders may take the goods or the last coupon between our look and our write; then we look again.
const TRIES: u32 = 12;

impl Services {
    /// Places an order: stock, coupon uses, points and the order change together or not at all. The same key from the same
    /// shopper returns the order that it made. `who` needs a session or a member, so that someone can see the order.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with every wrong field; [`ServiceError::PriceChanged`] with the quote that holds now;
    /// [`ServiceError::OutOfStock`]; [`ServiceError::StaleBook`] if the page has another engine;
    /// [`ServiceError::Conflict`] if the key stands for another order; [`ServiceError::Held`] if a held quote is not honoured.
    pub async fn place_order(&self, who: &Who, request: &PlaceOrder) -> Result<Order> {
        self.place(who, request, None).await
    }

    /// Places an order, alone or for goods that come back in the same act.
    pub(super) async fn place(&self, who: &Who, request: &PlaceOrder, exchange: Option<&Exchanging>) -> Result<Order> {
        let who = self.buyer(who, request)?;
        let hash = request_hash(request, exchange)?;
        if let Some(order) = self.known_order(&who, request, &hash).await? {
            return Ok(order);
        }
        self.check_present(&who, request.cart.points, &request.payments).await?;
        let by_card = self.count_card_tries(&who, &request.payments).await?;
        for attempt in 0..TRIES {
            let outcome = match self.try_order(&who, request, (&hash, exchange)).await {
                Err(ServiceError::Held(problem)) => Outcome::Refused(problem),
                other => other?,
            };
            let refused = match outcome {
                Outcome::Placed(number) => {
                    if by_card {
                        self.forget_card_tries(&who).await?;
                    }
                    return self.order_made(&who, &number).await;
                }
                Outcome::Again => None,
                Outcome::Refused(problem) => Some(problem),
                Outcome::Short(shorts) if attempt == 0 && self.gifts_ran_out(&shorts).await? => None,
                Outcome::Short(shorts) => return Err(self.shortage(shorts).await?),
                Outcome::NoCoupon(refused) => {
                    if let Some(order) = self.known_order(&who, request, &hash).await? {
                        return Ok(order);
                    }
                    return Err(no_coupon(&refused));
                }
            };
            // The same request, sent twice at once, meets its own twin here.
            if let Some(order) = self.known_order(&who, request, &hash).await? {
                return Ok(order);
            }
            if let Some(problem) = refused {
                return Err(ServiceError::Held(problem));
            }
            tokio::time::sleep(std::time::Duration::from_millis(u64::from(attempt * 5))).await;
        }
        Err(ServiceError::internal("too many orders wanted the same goods at once"))
    }

    /// For whom an order is: the asker, or at the till the member whom a clerk serves.
    fn buyer(&self, who: &Who, request: &PlaceOrder) -> Result<Who> {
        let who = who.at(request.channel.as_deref(), request.store.as_ref());
        if who.channel == "till" || who.staff.is_some() || request.member.is_some() || request.hand_over {
            let store = who.store.clone().ok_or_else(|| {
                ServiceError::field("store", "收银台下单要写明门店。", "An order at the till names its store.")
            })?;
            who.require_at(Permission::OrderTake, &store)?;
            let at_store = matches!(&request.delivery, Delivery::PickUp { store: at } if *at == store);
            if request.hand_over && !at_store {
                let (zh, en) = ("当场交付的货要从本店取。", "Goods that are handed over at once come from this store.");
                return Err(ServiceError::field("delivery", zh, en));
            }
            return Ok(Who { member: request.member.clone(), ..who });
        }
        if who.member.is_none() && who.session.is_none() {
            return Err(ServiceError::internal("an order needs a session or a member"));
        }
        Ok(who)
    }

    /// Points and stored value are money: over the counter they are spent by who shows the code of the moment, not by whoever knows a telephone number.
    pub(crate) async fn check_present(&self, who: &Who, points: i64, payments: &[TenderAsk]) -> Result<()> {
        let (Some(staff), Some(member)) = (&who.staff, &who.member) else { return Ok(()) };
        let spends = points > 0 || payments.iter().any(|one| one.tender == STORED_VALUE);
        if !spends || self.was_shown(member, &staff.id).await? {
            return Ok(());
        }
        let (zh, en) = (
            "用积分或储值前，请扫会员手机上的会员码，15 分钟内有效。",
            "Before points or stored value are spent, scan the code on the member's telephone; that holds for 15 minutes.",
        );
        Err(ServiceError::field("member", zh, en))
    }

    /// The order that this key made already.
    async fn known_order(&self, who: &Who, request: &PlaceOrder, hash: &str) -> Result<Option<Order>> {
        let (key, session) = (&request.idempotency_key, who.session_text());
        let found = match &who.staff {
            Some(staff) => orders::by_staff_key(self.db(), key, &staff.id).await?,
            None => orders::by_key(self.db(), key, who.member.as_ref(), session.as_deref()).await?,
        };
        match found {
            Some(order) if order.request_hash == hash => Ok(Some(self.order_made(who, &order.number).await?)),
            Some(_) => Err(ServiceError::Conflict),
            None => Ok(None),
        }
    }

    async fn try_order(
        &self,
        who: &Who,
        request: &PlaceOrder,
        (request_hash, exchange): (&str, Option<&Exchanging>),
    ) -> Result<Outcome> {
        if request.engine != pricing::ENGINE_VERSION {
            return Err(ServiceError::StaleBook);
        }
        let now = self.now();
        self.check_coupons(who, &request.cart.coupons, &request.codes, &*self.active().await?).await?;
        let terms = match &request.held {
            Some(token) => self.honoured(who, request, token, now).await?,
            None => self.agreed_now(who, request, now).await?,
        };
        let (lines, gifts) = (&terms.quote.lines, &terms.quote.gifts);
        let skus: Vec<Sku> =
            lines.iter().map(|line| &line.sku).chain(gifts.iter().map(|gift| &gift.sku)).cloned().collect();
        let items = self.sku_names(&skus).await?;
        Placing { services: self, who, request, request_hash, now, terms, items, exchange }.commit().await
    }

    /// The terms that hold now, if they are those that the shopper saw.
    async fn agreed_now(&self, who: &Who, request: &PlaceOrder, now: Instant) -> Result<Terms> {
        let active = self.active().await?;
        check::order(request, &active)?;
        let context = self.context(who, &active, now).await?;
        let (context, quote) = agreed(&active, request, context)?;
        Ok(Terms { member: context.member.clone(), active, context, quote, held: None })
    }

    /// True if gifts ran out and their promotions were ended for it: the next look finds another quote.
    async fn gifts_ran_out(&self, shorts: &[Short]) -> Result<bool> {
        if shorts.iter().any(|short| !short.need.gift) {
            return Ok(false);
        }
        self.retire_empty_gifts().await
    }

    async fn shortage(&self, shorts: Vec<Short>) -> Result<ServiceError> {
        let skus: Vec<Sku> = shorts.iter().map(|short| short.need.sku.clone()).collect();
        let items = self.sku_names(&skus).await?;
        let shortages = shorts.into_iter().map(|short| Shortage {
            title: items.iter().find(|item| item.sku == short.need.sku).map(full_name).unwrap_or_default(),
            sku: short.need.sku,
            wanted: short.need.quantity,
            available: short.available,
            gift: short.need.gift,
        });
        Ok(ServiceError::OutOfStock(shortages.collect()))
    }
}

/// A coupon that somebody else used meanwhile, or that was never the shopper's.
fn no_coupon(refused: &CouponRefused) -> ServiceError {
    let CouponRefused { coupon, why } = refused;
    ServiceError::field("codes", format!("{coupon}：{}", why.zh), format!("{coupon}: {}", why.en))
}

/// The same request has the same hash, however its JSON was written.
fn request_hash(request: &PlaceOrder, exchange: Option<&Exchanging>) -> Result<String> {
    let mut text = serde_json::to_string(request).map_err(ServiceError::internal)?;
    if let Some(exchange) = exchange {
        text.push_str(exchange.order.as_str());
        text.push_str(&serde_json::to_string(&exchange.back).map_err(ServiceError::internal)?);
    }
    Ok(secret::hex(&secret::sha256(text.as_bytes())))
}

/// A product's name with its options.
fn full_name(item: &OrderItem) -> Text {
    let name = |locale: Locale| {
        let options = item.options.iter().map(|option| option.value.get(locale));
        std::iter::once(item.title.get(locale)).chain(options).collect::<Vec<_>>().join(" ")
    };
    Text::new(name(Locale::Zh), name(Locale::En))
}

/// True if two quotes charge the same for the same; they may differ in what they say about promotions that gave nothing.
pub(crate) fn same_charge(a: &Quote, b: &Quote) -> bool {
    let amounts = |quote: &Quote| (quote.total, quote.tax, quote.points_spent, quote.payable, quote.points_earned);
    amounts(a) == amounts(b)
        && a.lines == b.lines
        && a.shipping == b.shipping
        && a.gifts == b.gifts
        && a.applied.iter().map(|one| &one.promotion).eq(b.applied.iter().map(|one| &one.promotion))
}

/// The quote that the shopper saw, computed again; or the one that holds now, as an error.
///
/// What a promotion says of itself changes with the clock, so the shopper's quote is computed at the shopper's instant; that
/// nothing began or ended since then is seen by a second quote at ours.
fn agreed(active: &Active, request: &PlaceOrder, now: Context) -> Result<(Context, Quote)> {
    let quote_at =
        |context: &Context| active.book.quote(&request.cart, context).map_err(|error| check::refused(&error));
    let current = quote_at(&now)?;
    let seen_at = now.at.0.saturating_sub(request.at.0);
    let then = Context { at: request.at, ..now.clone() };
    if (0..=QUOTE_AGE_MAX_MS).contains(&seen_at) && *active.book.id() == request.book {
        let seen = quote_at(&then)?;
        if secret::same(&seen.hash, &request.quote_hash) && same_charge(&seen, &current) {
            return Ok((then, seen));
        }
    }
    if *active.book.id() == request.book && secret::same(&current.hash, &request.quote_hash) {
        return Ok((now, current));
    }
    let skus: Vec<Sku> = request.cart.lines.iter().map(|line| line.sku.clone()).collect();
    let slice = active.book.slice(&skus, &request.cart.coupons);
    Err(ServiceError::PriceChanged(Box::new(Changed { quote: current, context: now, slice })))
}
