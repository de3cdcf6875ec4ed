//! Choosing among gifts: one tap, and the receipt names the other one.

use super::texts::Texts;
use crate::front::Front;
use ids::{PromotionId, Sku};
use leptos::prelude::*;
use pricing::{GiftChoice, Text};

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

/// The choices that this cart has.
pub fn gifts(front: Front) -> AnyView {
    let choices = Memo::new(move |_| front.cart.gift_choices());
    view! { {move || choices.get().into_iter().map(|one| choice(front, &one)).collect_view()} }.into_any()
}

fn choice(front: Front, choice: &Choice) -> AnyView {
    let t = Texts(front.locale);
    let options = choice.options.iter().map(|(sku, left)| option(front, choice, sku, *left)).collect_view();
    view! {
        <fieldset class="gift-choice">
            <legend>{t.gift_choose()}<small>{front.say(&choice.name)}</small></legend>
            <div class="radios">{options}</div>
        </fieldset>
    }
    .into_any()
}

fn option(front: Front, choice: &Choice, sku: &Sku, left: bool) -> AnyView {
    let t = Texts(front.locale);
    let known = front.cart.known.get_untracked();
    let info = known.as_ref().and_then(|known| known.item(sku).cloned());
    let Some(info) = info else { return ().into_any() };
    let options: Vec<String> = info.options.iter().map(|option| front.say(&option.value)).collect();
    let note = if left { options.join(" · ") } else { t.gift_gone().to_owned() };
    let units = (choice.quantity > 1).then(|| format!("× {}", choice.quantity));
    let (promotion, of) = (choice.promotion.clone(), sku.clone());
    let on = Memo::new(move |_| {
        let quote = front.cart.quote.read();
        quote.as_ref().is_some_and(|quote| quote.gifts.iter().any(|one| one.promotion == promotion && one.sku == of))
    });
    let chosen = GiftChoice { promotion: choice.promotion.clone(), sku: sku.clone() };
    let choose = move |_| front.cart.choose_gift(&chosen);
    view! {
        <label class="radio gift-option" data-out=(!left).then_some("")>
            <input type="radio" name=format!("gift-{}", choice.promotion) disabled=!left prop:checked=on on:change=choose/>
            <img src=info.image alt="" width="56" height="56" loading="lazy"/>
            <span class="radio-word"><span>{front.say(&info.title)}{units}</span>{(!note.is_empty()).then(|| view! { <small>{note}</small> })}</span>
        </label>
    }
    .into_any()
}
