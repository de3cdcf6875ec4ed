//! Bringing goods back: what would be given back for them, before anybody walks to a store.

use super::{
    choose::{Chosen, choose},
    page::Shown,
    units::with_shopper,
};
use crate::{
    api::{browser, encode},
    front::Front,
    receipt::{self, Names},
};
use ids::OrderNumber;
use leptos::{prelude::*, task::spawn_local};
use pricing::Quote;
use wire::{PreviewReturn, Problem, ReturnReceipt};

/// Units to choose, what would be given back, and the code to show in the store.
pub fn form(shown: Shown) -> AnyView {
    let (front, t) = (shown.front, shown.t);
    let (rows, number, quote) =
        shown.order.with_untracked(|order| (with_shopper(order), order.number.clone(), order.quote.clone()));
    let chosen = Chosen::new(vec![0; rows.len()]);
    let list = shown.names.with_value(|names| choose(front, t.back_which(), &rows, names, chosen, &|_| None));
    let wanted = Signal::derive(move || {
        let goods = rows.iter().zip(chosen.get()).filter(|(_, units)| *units > 0);
        PreviewReturn {
            goods: goods.filter_map(|(row, units)| row.returned(units, false)).collect(),
            shops_fault: false,
        }
    });
    let code = number.to_string();
    let answer = preview(number, wanted);
    let names = shown.names.get_value();
    let slip = move || match answer.get() {
        None => view! { <p class="change-hint">{t.back_nothing()}</p> }.into_any(),
        Some(answer) => previewed(front, &answer, &quote, &names),
    };
    view! {
        <div class="change-form">
            <p>{t.back_hint()}</p>
            {list}
            <div aria-live="polite">{slip}</div>
            <div class="back-code">
                <img src=format!("/img/qr.svg?text={}", encode(&code)) alt=t.back_qr(&code) width="128" height="128" loading="lazy"/>
                <p>{t.back_code()}<strong>{code}</strong></p>
            </div>
        </div>
    }
    .into_any()
}

/// The slip of what would be given back, or why it can't be told.
fn previewed(front: Front, answer: &Result<ReturnReceipt, Problem>, quote: &Quote, names: &Names) -> AnyView {
    match answer {
        Ok(receipt) => receipt::back(front, receipt, quote, names),
        Err(problem) => {
            let of_field = problem.errors.first().map(|one| front.say(&one.message));
            view! { <p class="trouble">{of_field.unwrap_or_else(|| front.say(&problem.detail))}</p> }.into_any()
        }
    }
}

/// What would be given back for goods, asked again whenever they change; none while nothing is chosen.
#[must_use]
pub fn preview(number: OrderNumber, wanted: Signal<PreviewReturn>) -> RwSignal<Option<Result<ReturnReceipt, Problem>>> {
    let answer = RwSignal::new(None);
    let last = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let (request, mine) = (wanted.get(), last.get_value().wrapping_add(1));
        last.set_value(mine);
        if request.goods.is_empty() {
            return answer.set(None);
        }
        let path = format!("/orders/{}/returns/preview", encode(number.as_str()));
        spawn_local(async move {
            let got = browser::post_json(&path, &request).await;
            // An answer to an earlier choice comes too late.
            if last.try_get_value() == Some(mine) {
                answer.set(Some(got));
            }
        });
    });
    answer
}
