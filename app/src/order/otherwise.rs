//! Paying an order another way: after a payment failed, or because the shopper thought better of it, as long as the order waits.

use super::{pay::Paying, tenders::tender_name};
use crate::{
    api::{browser, encode},
    checkout,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use serde::Serialize;
use wire::{OrderPayments, Problem, TenderAsk, TenderOffer, TenderWay};

/// What stands in the place of the payments that are not there yet.
#[derive(Serialize)]
struct Otherwise {
    idempotency_key: String,
    payments: Vec<TenderAsk>,
}

/// The form, folded unless it is all that is left to do.
pub fn form(paying: Paying, open: bool) -> AnyView {
    let (front, t) = (paying.shown.front, paying.shown.t);
    let (offers, chosen, key) =
        (RwSignal::new(Vec::<TenderOffer>::new()), RwSignal::new(String::new()), checkout::Key::new());
    Effect::new(move |_| {
        let path = format!("/tenders?channel={}", front.facts().channel);
        spawn_local(async move {
            let Ok(mut found) = browser::get::<Vec<TenderOffer>>(&path).await else { return };
            found.retain(|one| matches!(one.way, TenderWay::Provider | TenderWay::OnDelivery));
            let first = found.first().map(|one| one.tender.clone()).unwrap_or_default();
            let _ = chosen.try_set(first);
            let _ = offers.try_set(found);
        });
    });
    let radios = move || offers.get().into_iter().map(|one| choice(paying, one.tender, chosen)).collect_view();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(paying, chosen.get_untracked(), key.get());
    };
    // Where no other payment is open, this is what the page is about.
    let class = if open { "button" } else { "button quiet" };
    let label = move || if paying.busy.get() { t.working() } else { t.otherwise_go() };
    view! {
        <details class="fold pay-otherwise" open=open>
            <summary>{t.otherwise()}</summary>
            <form class="fold-body change-form" novalidate on:submit=submit>
                <fieldset><legend class="sr">{t.otherwise()}</legend><div class="radios">{radios}</div></fieldset>
                <button class=class type="submit" disabled=move || paying.busy.get() || offers.read().is_empty()>{label}</button>
            </form>
        </details>
    }
    .into_any()
}

fn choice(paying: Paying, tender: String, chosen: RwSignal<String>) -> AnyView {
    let (name, of) = (tender_name(paying.shown.front, &tender), tender.clone());
    let on = move || *chosen.read() == of;
    view! {
        <label class="radio">
            <input type="radio" name="otherwise" prop:checked=on on:change=move |_| chosen.set(tender.clone())/>
            <span class="radio-word"><span>{name}</span></span>
        </label>
    }
    .into_any()
}

fn send(paying: Paying, tender: String, idempotency_key: String) {
    if paying.busy.get_untracked() {
        return;
    }
    paying.busy.set(true);
    paying.wrong.set(None);
    let number = paying.shown.order.with_untracked(|order| order.number.to_string());
    spawn_local(async move {
        let all = TenderAsk { tender, amount: None, reference: None };
        let request = Otherwise { idempotency_key, payments: vec![all] };
        let path = format!("/orders/{}/payments", encode(&number));
        let answer: Result<OrderPayments, Problem> = browser::post_json(&path, &request).await;
        if paying.busy.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(now) => paying.changed(now),
            Err(problem) => paying.failed(&problem),
        }
    });
}
