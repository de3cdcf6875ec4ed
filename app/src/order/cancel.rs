//! Cancelling what is still to come: all of it, or some units.

use super::{
    choose::{Chosen, choose},
    page::Shown,
    units::{Units, to_come},
};
use crate::{
    api::{browser, encode},
    checkout,
    ui::{Entry, Field, field},
};
use ids::OrderNumber;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wire::{CancelOrder, Order, Problem, UnitsOfLine};

/// The form.
pub fn form(shown: Shown) -> AnyView {
    let (front, t) = (shown.front, shown.t);
    let rows = shown.order.with_untracked(|order| to_come(order, false));
    let (some, chosen, why) = (RwSignal::new(false), Chosen::new(vec![0; rows.len()]), Entry::new());
    let wrong = RwSignal::new(None);
    let key = checkout::Key::new();
    let list = rows.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let lines = if some.get_untracked() { lines(&rows, &chosen.get_untracked()) } else { Vec::new() };
        if some.get_untracked() && lines.is_empty() {
            return wrong.set(Some(t.cancel_choose().to_owned()));
        }
        let request = CancelOrder { idempotency_key: key.get(), lines, reason: why.read() };
        send(shown, request, wrong);
    };
    let one = |value: bool, word: &'static str| {
        view! {
            <label class="radio">
                <input type="radio" name="cancel-what" prop:checked=move || some.get() == value on:change=move |_| some.set(value)/>
                <span class="radio-word"><span>{word}</span></span>
            </label>
        }
    };
    let which = move || {
        some.get()
            .then(|| shown.names.with_value(|names| choose(front, t.cancel_which(), &list, names, chosen, &|_| None)))
    };
    view! {
        <form class="change-form" novalidate on:submit=submit>
            <p>{t.cancel_hint()}</p>
            <fieldset class="radios"><legend class="sr">{t.cancel_which()}</legend>{one(false, t.cancel_all())}{one(true, t.cancel_some())}</fieldset>
            {which}
            {field(Field::plain("cancel-why", t.why(), 200), why)}
            <p class="wrong" role="alert">{wrong}</p>
            <button class="button" type="submit" disabled=shown.busy>{move || if shown.busy.get() { t.working() } else { t.cancel_confirm() }}</button>
        </form>
    }
    .into_any()
}

/// The chosen units as the API names them.
fn lines(rows: &[Units], chosen: &[i64]) -> Vec<UnitsOfLine> {
    rows.iter().zip(chosen).filter(|(_, units)| **units > 0).filter_map(|(row, units)| row.cancelled(*units)).collect()
}

fn send(shown: Shown, request: CancelOrder, wrong: RwSignal<Option<String>>) {
    if shown.busy.get_untracked() {
        return;
    }
    shown.busy.set(true);
    wrong.set(None);
    let number = shown.order.with_untracked(|order| order.number.clone());
    spawn_local(async move { shown.after(cancel(&number, &request).await, shown.t.cancelled_now(), wrong) });
}

/// Cancels, as the shopper or the shop's service.
///
/// # Errors
/// 409 where goods are being gathered, 422 for units that are not to come, or that the network is away.
pub async fn cancel(number: &OrderNumber, request: &CancelOrder) -> Result<Order, Problem> {
    browser::post_json(&format!("/orders/{}/cancel", encode(number.as_str())), request).await
}
