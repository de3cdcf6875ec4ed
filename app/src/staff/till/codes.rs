//! Coupon codes at the till: entered, what each saves, taken out; and gifts, where there is a choice.

use super::Till;
use crate::{
    api::browser,
    cart::{Giving, gifts_of},
    ui::{self, Entry, Field, Icon, icon},
};
use ids::CouponCode;
use leptos::{ev::SubmitEvent, prelude::*};
use pricing::GiftChoice;
use wire::{ResolveCoupon, ResolvedCoupon};

/// The field, and the codes that were entered.
pub fn codes(till: Till) -> AnyView {
    let (t, entry) = (till.t, Entry::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match CouponCode::new(entry.read().to_uppercase()) {
            Ok(code) if !till.kept.with_untracked(|kept| kept.coupons.contains(&code)) => enter(till, code, entry),
            Ok(_) => entry.wrong.set(Some(t.code_again().to_owned())),
            Err(_) => entry.wrong.set(Some(t.code_bad().to_owned())),
        }
    };
    let entered = Memo::new(move |_| till.kept.with(|kept| kept.coupons.clone()));
    let list = move || entered.get().into_iter().map(|code| outcome(till, code)).collect_view();
    view! {
        <form class="till-find" novalidate on:submit=submit>
            {ui::field(Field::plain("till-coupon", t.code(), 40), entry)}
            <button class="button quiet" type="submit" disabled=till.work.busy>{t.code_go()}</button>
        </form>
        <ul class="till-codes">{list}</ul>
    }
    .into_any()
}

fn enter(till: Till, code: CouponCode, entry: Entry) {
    let front = till.desk.front;
    let request = ResolveCoupon { code: code.to_string() };
    let doing = async move { browser::post_json::<ResolvedCoupon>("/coupons/resolve", &request).await };
    till.work.start(doing, move |found| match found {
        ResolvedCoupon { coupon, code: Some(unique), why_not: None, .. } => {
            till.kept.update(|kept| {
                kept.singly.put(&coupon, &unique);
                if !kept.coupons.contains(&coupon) {
                    kept.coupons.push(coupon);
                }
            });
            entry.write("");
        }
        ResolvedCoupon { why_not: Some(why), .. } => entry.wrong.set(Some(front.say(&why))),
        ResolvedCoupon { coupon, .. } => {
            till.kept.update(|kept| kept.coupons.push(coupon));
            entry.write("");
        }
    });
}

fn outcome(till: Till, code: CouponCode) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    let of = code.clone();
    let said = move || {
        till.priced.with(|priced| {
            let quote = &priced.as_ref()?.quote;
            let outcome = quote.coupons.iter().find(|one| one.code == of)?;
            let own = quote.applied.iter().filter(|one| one.coupon.as_ref() == Some(&of));
            let saved = own.fold(0_i64, |sum, one| sum.saturating_add(one.amount));
            Some(outcome.refused.as_ref().map_or_else(|| t.code_saves(&front.money(saved)), |why| front.reason(why)))
        })
    };
    let (label, dropped) = (t.code_drop(code.as_str()), code.clone());
    let drop = move |_| {
        till.kept.update(|kept| {
            kept.coupons.retain(|one| *one != dropped);
            kept.singly.drop(&dropped);
        });
    };
    view! {
        <li><strong>{code.to_string()}</strong><span>{said}</span><button class="line-remove" type="button" aria-label=label on:click=drop>{icon(Icon::Close)}</button></li>
    }
    .into_any()
}

/// The choices among gifts that this sale has.
pub fn gifts(till: Till) -> AnyView {
    let quote = Signal::derive(move || till.priced.get().map(|priced| priced.quote));
    let choose = Callback::new(move |chosen: GiftChoice| till.kept.update(|kept| kept.gifts.choose(&chosen)));
    gifts_of(Giving { front: till.desk.front, known: till.known.into(), quote, choose })
}
