//! What every page needs to know of the shop.

use crate::{Result, Services, active::Active};
use pricing::{ENGINE_VERSION, Instant, Text, book::Promotion};
use wire::{Category, LevelInfo, Place, PromotionNote, ShippingInfo, Shop};

/// Promotions shown on the first page at most.
const PROMOTIONS_MAX: usize = 12;

impl Services {
    /// The shop: its name, departments, places, levels, ways of delivery, and what is on.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn shop(&self) -> Result<Shop> {
        let active = self.active().await?;
        let (book, catalogue) = (active.book.document(), &active.catalogue);
        let mut levels: Vec<LevelInfo> = book
            .levels
            .iter()
            .map(|level| LevelInfo { id: level.id.clone(), rank: level.rank, name: level.name.clone() })
            .collect();
        levels.sort_by_key(|level| level.rank);
        let now = self.now();
        Ok(Shop {
            name: catalogue.facts.name.clone(),
            tagline: catalogue.facts.tagline.clone(),
            currency: book.currency,
            book: active.book.id().clone(),
            engine: ENGINE_VERSION.to_owned(),
            now,
            categories: catalogue.categories().collect::<Vec<Category>>(),
            places: catalogue.places.iter().map(|place| place.wire.clone()).collect::<Vec<Place>>(),
            shipping: shipping(&active),
            tenders: catalogue.facts.tenders.clone(),
            levels,
            promotions: notes(&active, now),
        })
    }
}

fn shipping(active: &Active) -> Vec<ShippingInfo> {
    let methods = active.book.document().shipping.iter().filter_map(|method| {
        // A method whose price is no amount would have kept the book from being compiled.
        let price = money::minor_from_decimal(method.price, active.book.currency()).ok()?;
        Some(ShippingInfo { method: method.method.clone(), name: method.name.clone(), price })
    });
    let mut methods: Vec<ShippingInfo> = methods.collect();
    methods.sort_by(|a, b| a.price.cmp(&b.price).then_with(|| a.method.cmp(&b.method)));
    methods
}

/// True if the schedule holds.
pub(crate) fn is_on(promotion: &Promotion, now: Instant) -> bool {
    promotion.starts.is_none_or(|starts| starts <= now) && promotion.ends.is_none_or(|ends| now < ends)
}

fn notes(active: &Active, now: Instant) -> Vec<PromotionNote> {
    let is_shown = |one: &&Promotion| is_on(one, now) && one.name != Text::default() && active.is_for_all(one);
    let shown = active.book.document().promotions.iter().filter(is_shown);
    shown.take(PROMOTIONS_MAX).map(note).collect()
}

/// A promotion in words, before it is known whether it applies.
pub(crate) fn note(promotion: &Promotion) -> PromotionNote {
    PromotionNote {
        promotion: promotion.id.clone(),
        name: promotion.name.clone(),
        coupon: promotion.coupon.clone(),
        ends: promotion.ends,
        applies: false,
        why_not: None,
    }
}
