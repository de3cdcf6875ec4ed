//! How the shopper pays: stored value and gift cards first, what they leave by one more way. What a way does to the price is said beforehand.

use super::{
    cards::Cards,
    page::Checkout,
    split::{self, Split, split},
};
use crate::{api::browser, front::Front};
use leptos::{prelude::*, task::spawn_local};
use wire::{TenderAsk, TenderOffer, TenderWay};

/// The tender of what is paid when the goods are handed over.
pub const ON_DELIVERY: &str = "pay_on_delivery";

/// What was said about paying.
#[derive(Clone, Copy)]
pub struct Pay {
    /// What the shop takes here; none until it is known.
    pub offers: RwSignal<Option<Vec<TenderOffer>>>,
    /// The way to pay the rest; none for when the goods are handed over.
    pub chosen: RwSignal<Option<String>>,
    /// True if stored value is used.
    pub stored: RwSignal<bool>,
    /// The gift cards that are used.
    pub cards: Cards,
}

impl Pay {
    /// Nothing said yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            offers: RwSignal::new(None),
            chosen: RwSignal::new(None),
            stored: RwSignal::new(false),
            cards: RwSignal::new(Vec::new()),
        }
    }

    /// Asks what the shop takes here. Where nobody can be asked, paying when the goods are handed over is left.
    pub fn look(self, channel: &str) {
        let path = format!("/tenders?channel={channel}");
        spawn_local(async move {
            let offers = browser::get::<Vec<TenderOffer>>(&path).await.unwrap_or_default();
            let _ = self.offers.try_set(Some(offers));
        });
    }

    /// The offer of a way to pay, if the shop makes it here.
    #[must_use]
    pub fn offer(self, way: TenderWay) -> Option<TenderOffer> {
        self.offers.with(|offers| offers.as_ref()?.iter().find(|one| one.way == way).cloned())
    }

    /// What the member has stored, where it can be used.
    #[must_use]
    pub fn balance(self) -> i64 {
        self.offer(TenderWay::StoredValue).and_then(|offer| offer.balance).unwrap_or(0)
    }

    /// True if the tender is paid by a provider that can be gone to from here.
    #[must_use]
    pub fn is_provider(self, tender: &str) -> bool {
        self.offers
            .with(|offers| offers.iter().flatten().any(|one| one.tender == tender && one.way == TenderWay::Provider))
    }

    fn stored_part(self) -> i64 {
        if self.stored.get() { self.balance() } else { 0 }
    }

    /// What the purses that are used hold together.
    #[must_use]
    pub fn purses(self) -> i64 {
        self.cards.with(|cards| cards.iter().fold(self.stored_part(), |sum, card| sum.saturating_add(card.balance)))
    }

    /// How an amount is split now.
    #[must_use]
    pub fn split(self, payable: i64) -> Split {
        let balances: Vec<i64> = self.cards.with(|cards| cards.iter().map(|card| card.balance).collect());
        split(payable, self.stored_part(), &balances)
    }

    /// The provider that pays the rest of an amount, if one does.
    #[must_use]
    pub fn provider(self, payable: i64) -> Option<String> {
        let chosen = self.chosen.get().filter(|tender| self.is_provider(tender));
        chosen.filter(|_| self.split(payable).rest > 0)
    }

    /// What the order is asked to be paid with. Nothing said means: when the goods are handed over.
    #[must_use]
    pub fn asks(self, payable: i64) -> Vec<TenderAsk> {
        let Split { stored, cards, rest } = self.split(payable);
        let ask = |tender: &str, amount: Option<i64>, reference: Option<String>| TenderAsk {
            tender: tender.to_owned(),
            amount,
            reference,
        };
        let mut asks = Vec::new();
        if stored > 0 {
            asks.push(ask("stored_value", Some(stored), None));
        }
        self.cards.with(|known| {
            let paid = known.iter().zip(&cards).filter(|(_, part)| **part > 0);
            asks.extend(paid.map(|(card, part)| ask("gift_card", Some(*part), Some(card.code.clone()))));
        });
        match self.provider(payable) {
            Some(tender) => asks.push(ask(&tender, None, None)),
            None if rest > 0 && !asks.is_empty() => asks.push(ask(ON_DELIVERY, None, None)),
            None => {}
        }
        asks
    }
}

/// The price is made for the way that pays the rest, as far as it pays something of it; a way that the shop takes no more is no choice.
pub fn follow(checkout: Checkout) {
    let (front, pay) = (checkout.front, checkout.pay);
    // What was chosen before, in this browser.
    Effect::new(move |before: Option<bool>| {
        let loaded = front.cart.loaded.get();
        if loaded && before != Some(true) {
            pay.chosen.set(front.cart.kept.with_untracked(|kept| kept.tender.clone()));
        }
        loaded
    });
    Effect::new(move |_| {
        let (loaded, known) = (front.cart.loaded.get(), pay.offers.with(Option::is_some));
        let Some(wanted) = (loaded && known).then(|| priced_for(front, pay)) else { return };
        if front.cart.kept.with_untracked(|kept| kept.tender != wanted) {
            front.cart.change(|kept| kept.tender = wanted);
        }
    });
}

fn priced_for(front: Front, pay: Pay) -> Option<String> {
    let facts = front.facts();
    let listed = |tender: &String| facts.shop.tenders.iter().any(|one| one.tender == *tender);
    let chosen = pay.chosen.get().filter(listed)?;
    let purses = pay.purses();
    if purses == 0 {
        return Some(chosen);
    }
    let with = front.cart.payable_with(Some(&chosen))?;
    (pay.is_provider(&chosen) && split::prices(purses, with)).then_some(chosen)
}

/// What a way to pay saves over leaving it open.
pub fn saving(checkout: Checkout, tender: Option<&str>) -> Option<i64> {
    let cart = checkout.front.cart;
    let amount = cart.payable_with(None)? - cart.payable_with(tender)?;
    (amount > 0).then_some(amount)
}
