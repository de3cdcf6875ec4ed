//! Stored money: what there is, what became of it, and the way to add a gift card.

use super::texts::Texts;
use crate::{
    api::{browser, encode},
    front::Front,
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use wire::{GiftCardInfo, RedeemGiftCard, StoredValue, ValueEntry};

/// The section with the money.
pub fn value(front: Front, stored: &StoredValue) -> AnyView {
    let t = Texts(front.locale);
    let now = RwSignal::new(stored.clone());
    view! {
        <section class="account-value" aria-labelledby="value">
            <h2 id="value">{t.value()}</h2>
            <p class="value-balance amount">{move || front.money(now.read().balance)}</p>
            {gift_card(front, now)}
            {move || movements(front, &now.read())}
        </section>
    }
    .into_any()
}

fn movements(front: Front, stored: &StoredValue) -> AnyView {
    let t = Texts(front.locale);
    if stored.history.is_empty() {
        return view! { <p class="account-none">{t.value_none()}</p> }.into_any();
    }
    let rows = stored.history.iter().map(|one| entry(front, one)).collect_view();
    let cards = stored.cards.iter().map(|one| card(front, one)).collect_view();
    view! { <ul class="movements">{rows}</ul><ul class="value-cards">{cards}</ul> }.into_any()
}

fn entry(front: Front, entry: &ValueEntry) -> AnyView {
    let t = Texts(front.locale);
    let amount = front.money(entry.amount);
    let amount = if entry.amount > 0 { t.earned(&amount) } else { amount };
    let order = entry.order.as_ref().map(|number| {
        view! { <a href=format!("/orders/{}", encode(number.as_str()))>{t.order(number.as_str())}</a> }
    });
    view! {
        <li class="points-row" data-spent={entry.amount < 0}>
            <span class="points-why">{front.say(&entry.reason)}{order}</span>
            <time class="points-when" datetime=entry.at.to_string()>{front.time(entry.at)}</time>
            <span class="points-amount amount">{amount}</span>
        </li>
    }
    .into_any()
}

fn card(front: Front, card: &GiftCardInfo) -> AnyView {
    let t = Texts(front.locale);
    let day = card.redeemed_at.map(|at| front.day(at)).unwrap_or_default();
    view! { <li>{t.card_ending(&card.ending, &day)}" "<span class="amount">{front.money(card.amount)}</span></li> }
        .into_any()
}

fn gift_card(front: Front, now: RwSignal<StoredValue>) -> AnyView {
    let t = Texts(front.locale);
    let input = NodeRef::<html::Input>::new();
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        let code = input.value().trim().to_owned();
        if code.is_empty() {
            wrong.set(Some(t.card_empty().to_owned()));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match browser::redeem_gift_card(&RedeemGiftCard { code }).await {
                Ok(stored) => {
                    front.notice.set(Some(t.card_added(&front.money(stored.balance))));
                    input.set_value("");
                    wrong.set(None);
                    now.set(stored);
                }
                Err(problem) => {
                    let of_field = problem.errors.first().map(|one| front.say(&one.message));
                    wrong.set(Some(of_field.unwrap_or_else(|| front.say(&problem.detail))));
                }
            }
            busy.set(false);
        });
    };
    view! {
        <form class="code-form card-form" on:submit=submit>
            <label for="gift-card">{t.card_label()}</label>
            <input node_ref=input id="gift-card" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"
                aria-describedby="gift-card-wrong" aria-invalid=move || wrong.get().map(|_| "true")/>
            <button class="button quiet needs-script" type="submit" disabled=move || busy.get()>{t.card_add()}</button>
            <p id="gift-card-wrong" class="wrong" role="alert">{wrong}</p>
        </form>
    }
    .into_any()
}
