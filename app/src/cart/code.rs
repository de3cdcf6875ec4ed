//! Coupon codes: entering one, and what became of each.

use super::texts::Texts;
use crate::{
    api::browser,
    front::Front,
    ui::{Icon, icon},
};
use ids::CouponCode;
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use wire::ResolvedCoupon;

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
    let wrong = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        match CouponCode::new(input.value().trim().to_uppercase()) {
            Ok(code) if front.cart.kept.read_untracked().coupons.contains(&code) => {
                wrong.set(Some(t.code_again().to_owned()));
            }
            Ok(code) => {
                input.set_value("");
                wrong.set(None);
                enter(front, code, wrong);
            }
            Err(_) => wrong.set(Some(t.code_bad().to_owned())),
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

/// Asks what the code stands for: a unique one for a generic one, with which prices are computed. Where nobody can be asked, it is entered as it is.
fn enter(front: Front, code: CouponCode, wrong: RwSignal<Option<String>>) {
    spawn_local(async move {
        match browser::resolve_coupon(&code).await {
            Ok(ResolvedCoupon { coupon, code: Some(code), why_not: None, .. }) => {
                front.cart.enter_singly(coupon, &code);
            }
            // What stands for nothing at all the receipt refuses with its reason.
            Ok(ResolvedCoupon { code: unique, why_not: Some(why), name, .. })
                if unique.is_some() || !name.is_empty() =>
            {
                wrong.set(Some(format!("{code} · {}", front.say(&why))));
            }
            _ => front.cart.enter(code),
        }
    });
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
