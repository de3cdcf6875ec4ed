//! Coupon codes: entering one, and what became of each.

use super::texts::Texts;
use crate::{
    front::Front,
    ui::{Icon, icon},
};
use ids::CouponCode;
use leptos::{ev::SubmitEvent, html, prelude::*};

/// The box for a code and the codes that were entered.
pub fn codes(front: Front) -> AnyView {
    let entered = Memo::new(move |_| front.cart.kept.read().coupons.clone());
    view! {
        <div class="codes">
            {entry(front)}
            <ul>{move || entered.get().into_iter().map(|code| outcome(front, code)).collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn entry(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let input = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(None::<&'static str>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        match CouponCode::new(input.value().trim().to_uppercase()) {
            Ok(code) if front.cart.kept.read_untracked().coupons.contains(&code) => wrong.set(Some(t.code_again())),
            Ok(code) => {
                front.cart.enter(code);
                input.set_value("");
                wrong.set(None);
            }
            Err(_) => wrong.set(Some(t.code_bad())),
        }
    };
    view! {
        <form class="code-form" on:submit=submit>
            <label for="code">{t.code()}</label>
            <input node_ref=input id="code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"
                aria-describedby="code-wrong" aria-invalid=move || wrong.get().map(|_| "true")/>
            <button class="button quiet" type="submit">{t.code_enter()}</button>
            <p id="code-wrong" class="wrong" role="alert">{wrong}</p>
        </form>
    }
    .into_any()
}

fn outcome(front: Front, code: CouponCode) -> AnyView {
    let t = Texts(front.locale);
    let of = code.clone();
    // None while it is being looked up; then the reason it was refused for, or what it saves.
    let outcome = Memo::new(move |_| {
        let quote = front.cart.quote.read();
        let quote = quote.as_ref()?;
        let outcome = quote.coupons.iter().find(|one| one.code == of)?;
        let own = quote.applied.iter().filter(|one| one.coupon.as_ref() == Some(&of));
        let saved = own.fold(0_i64, |sum, one| sum.saturating_add(one.amount));
        Some(outcome.refused.as_ref().map_or(Ok(saved), |why| Err(front.reason(why))))
    });
    let state = move || match (front.cart.pricing(), outcome.get()) {
        (true, _) | (_, None) => ("waiting", t.code_waiting().to_owned()),
        (_, Some(Ok(0))) => ("used", t.code_used().to_owned()),
        (_, Some(Ok(saved))) => ("used", t.code_saves(&front.money(saved))),
        (_, Some(Err(why))) => ("unused", format!("{} · {why}", t.code_unused())),
    };
    let (label, dropped) = (t.code_drop(code.as_str()), code.clone());
    view! {
        <li class="code" data-state=move || state().0>
            {icon(Icon::Ticket)}
            <span class="code-name">{code.to_string()}</span>
            <span class="code-why">{move || state().1}</span>
            <button type="button" aria-label=label on:click=move |_| front.cart.drop_code(&dropped)>{icon(Icon::Close)}</button>
        </li>
    }
    .into_any()
}
