//! Gift cards that pay: those that are used, and the field for one more. At the checkout and at the till.

use super::texts::Texts;
use crate::{
    api::browser,
    front::Front,
    ui::{Entry, Field, Icon, field, icon},
};
use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};
use wire::{GiftCardWorth, RedeemGiftCard};

/// Gift cards of one order at most: the server takes six tenders.
const CARDS_MAX: usize = 4;

/// A gift card that was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its code.
    pub code: String,
    /// The code's last characters.
    pub ending: String,
    /// What is on it, in minor units.
    pub balance: i64,
}

/// The cards that pay, in their order.
pub type Cards = RwSignal<Vec<Card>>;

/// The list and the field. `parts` is what each card pays now, in minor units.
pub fn cards(front: Front, cards: Cards, parts: Signal<Vec<i64>>) -> AnyView {
    let t = Texts(front.locale);
    let list = move || {
        let parts = parts.get();
        let row = |(at, card): (usize, Card)| used(front, cards, &card, parts.get(at).copied().unwrap_or(0));
        cards.get().into_iter().enumerate().map(row).collect_view()
    };
    let full = move || cards.with(|cards| cards.len() >= CARDS_MAX);
    view! {
        <ul class="pay-cards">{list}</ul>
        <details class="fold pay-card" prop:hidden=full><summary>{t.card_use()}</summary><div class="fold-body">{card_field(front, cards)}</div></details>
    }
    .into_any()
}

fn used(front: Front, cards: Cards, card: &Card, part: i64) -> AnyView {
    let t = Texts(front.locale);
    let (code, label) = (card.code.clone(), t.card_drop(&card.ending));
    let drop = move |_| cards.update(|cards| cards.retain(|one| one.code != code));
    view! {
        <li>
            <span>{t.card_named(&card.ending)}<small>{t.card_has(&front.money(card.balance))}</small></span>
            <span class="amount">{format!("−{}", front.money(part))}</span>
            <button type="button" class="line-remove" aria-label=label on:click=drop>{icon(Icon::Close)}</button>
        </li>
    }
    .into_any()
}

/// It may stand within another form: Enter in here looks the card up and sends nothing else.
fn card_field(front: Front, cards: Cards) -> AnyView {
    let (t, entry, busy) = (Texts(front.locale), Entry::new(), RwSignal::new(false));
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add(front, cards, entry, busy);
        }
    };
    view! {
        <div class="pay-card-field" on:keydown=key>
            {field(Field::plain("gift-card", t.card_code(), 40), entry)}
            <button type="button" class="button quiet" disabled=busy on:click=move |_| add(front, cards, entry, busy)>{t.card_add()}</button>
        </div>
    }
    .into_any()
}

fn add(front: Front, cards: Cards, entry: Entry, busy: RwSignal<bool>) {
    let (t, code) = (Texts(front.locale), entry.read());
    if busy.get_untracked() {
        return;
    }
    if code.is_empty() {
        entry.wrong.set(Some(t.card_empty().to_owned()));
        return entry.focus();
    }
    busy.set(true);
    spawn_local(async move {
        let request = RedeemGiftCard { code: code.clone() };
        let answer = browser::post_json::<GiftCardWorth>("/gift-cards/worth", &request).await;
        if busy.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(GiftCardWorth { ending, balance, .. }) => {
                if cards.with_untracked(|cards| cards.iter().any(|card| same(&card.code, &code))) {
                    return entry.wrong.set(Some(t.card_again().to_owned()));
                }
                cards.update(|cards| cards.push(Card { code, ending, balance }));
                entry.write("");
            }
            Err(problem) => {
                let of_field = problem.errors.first().map(|one| front.say(&one.message));
                entry.wrong.set(Some(of_field.unwrap_or_else(|| front.say(&problem.detail))));
                entry.focus();
            }
        }
    });
}

/// Codes are the same however they are grouped.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        assert!(same("ABCD-EFGH", "abcd efgh"));
        assert!(!same("ABCD-EFGH", "ABCD-EFG1"));
    }
}
