//! Choosing among gifts: one tap, and the receipt names the other one.

use super::{known::Known, texts::Texts};
use crate::front::Front;
use ids::{PromotionId, Sku};
use leptos::prelude::*;
use pricing::{GiftChoice, Quote, Text};
use std::sync::Arc;

/// A promotion that lets choose, what it would give, and what it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The promotion.
    pub promotion: PromotionId,
    /// Its name.
    pub name: Text,
    /// Its gifts; false where there are none left.
    pub options: Vec<(Sku, bool)>,
    /// How many are given.
    pub quantity: i64,
}

/// A cart or a sale that may let choose among gifts.
#[derive(Clone, Copy)]
pub struct Giving {
    /// The front.
    pub front: Front,
    /// What is known of prices.
    pub known: Signal<Option<Arc<Known>>>,
    /// What it costs now.
    pub quote: Signal<Option<Arc<Quote>>>,
    /// Takes the choice.
    pub choose: Callback<GiftChoice>,
}

/// The choices that this cart has.
pub fn gifts(front: Front) -> AnyView {
    let cart = front.cart;
    let choose = Callback::new(move |chosen: GiftChoice| cart.choose_gift(&chosen));
    gifts_of(Giving { front, known: cart.known.into(), quote: cart.quote.into(), choose })
}

/// The choices that a cart or a sale has.
pub fn gifts_of(giving: Giving) -> AnyView {
    let choices = Memo::new(move |_| choices(giving));
    view! { {move || choices.get().into_iter().map(|one| choice(giving, &one)).collect_view()} }.into_any()
}

/// The gifts among which it lets choose.
fn choices(giving: Giving) -> Vec<Choice> {
    let (Some(known), Some(quote)) = (giving.known.get(), giving.quote.get()) else { return Vec::new() };
    let name = |promotion: &PromotionId| quote.applied.iter().find(|one| one.promotion == *promotion);
    let choices = quote.gifts.iter().map(|gift| Choice {
        promotion: gift.promotion.clone(),
        name: name(&gift.promotion).map(|one| one.name.clone()).unwrap_or_default(),
        options: known.gift_options(&gift.promotion),
        quantity: gift.quantity,
    });
    choices.filter(|choice| choice.options.len() > 1).collect()
}

fn choice(giving: Giving, choice: &Choice) -> AnyView {
    let front = giving.front;
    let t = Texts(front.locale);
    let options = choice.options.iter().map(|(sku, left)| option(giving, choice, sku, *left)).collect_view();
    view! {
        <fieldset class="gift-choice">
            <legend>{t.gift_choose()}<small>{front.say(&choice.name)}</small></legend>
            <div class="radios">{options}</div>
        </fieldset>
    }
    .into_any()
}

fn option(giving: Giving, choice: &Choice, sku: &Sku, left: bool) -> AnyView {
    let front = giving.front;
    let t = Texts(front.locale);
    let known = giving.known.get_untracked();
    let info = known.as_ref().and_then(|known| known.item(sku).cloned());
    let Some(info) = info else { return ().into_any() };
    let options: Vec<String> = info.options.iter().map(|option| front.say(&option.value)).collect();
    let note = if left { options.join(" · ") } else { t.gift_gone().to_owned() };
    let units = (choice.quantity > 1).then(|| format!("× {}", choice.quantity));
    let (promotion, of) = (choice.promotion.clone(), sku.clone());
    let on = Memo::new(move |_| {
        let quote = giving.quote.read();
        quote.as_ref().is_some_and(|quote| quote.gifts.iter().any(|one| one.promotion == promotion && one.sku == of))
    });
    let chosen = GiftChoice { promotion: choice.promotion.clone(), sku: sku.clone() };
    let choose = move |_| giving.choose.run(chosen.clone());
    view! {
        <label class="radio gift-option" data-out=(!left).then_some("")>
            <input type="radio" name=format!("gift-{}", choice.promotion) disabled=!left prop:checked=on on:change=choose/>
            <img src=info.image alt="" width="56" height="56" loading="lazy"/>
            <span class="radio-word"><span>{front.say(&info.title)}{units}</span>{(!note.is_empty()).then(|| view! { <small>{note}</small> })}</span>
        </label>
    }
    .into_any()
}
