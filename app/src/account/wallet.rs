//! What the member can spend: coupons, and points with their history.

use super::texts::Texts;
use crate::{
    api::encode,
    front::Front,
    ui::{Icon, icon},
};
use leptos::prelude::*;
use wire::{PointsEntry, PointsOutlook, WalletCoupon, WalletState};

/// Coupons with their state.
pub fn coupons(front: Front, coupons: &[WalletCoupon]) -> AnyView {
    let t = Texts(front.locale);
    if coupons.is_empty() {
        return view! { <p class="account-none">{t.no_coupons()}</p> }.into_any();
    }
    view! { <ul class="coupons">{coupons.iter().map(|one| coupon(front, one)).collect_view()}</ul> }.into_any()
}

fn coupon(front: Front, coupon: &WalletCoupon) -> AnyView {
    let t = Texts(front.locale);
    let usable = coupon.why_not.is_none();
    let name = front.say(&coupon.name);
    let until = coupon.ends.map(|ends| view! { <span>{t.until(&front.day(ends))}</span> });
    let of = coupon.order.as_ref().map(|number| {
        view! { <a href=format!("/orders/{}", encode(number.as_str()))>{t.order(number.as_str())}</a> }
    });
    let own = (coupon.state != WalletState::Open).then(|| view! { <span class="coupon-own">{t.own_coupon()}</span> });
    let state = coupon.why_not.as_ref().map_or_else(|| t.usable().to_owned(), |why| front.say(why));
    view! {
        <li class="coupon" data-applies=usable>
            <span class="coupon-stub">{icon(Icon::Ticket)}</span>
            <div class="coupon-body">
                <p class="coupon-name">{name.clone()}</p>
                <p class="coupon-how"><span>{coupon.code.to_string()}</span>{until}{own}</p>
                <p class="coupon-why">{state}{of}</p>
            </div>
            {usable.then(|| take(front, coupon, &name))}
        </li>
    }
    .into_any()
}

fn take(front: Front, coupon: &WalletCoupon, name: &str) -> AnyView {
    let t = Texts(front.locale);
    let (code, label) = (coupon.code.clone(), t.take_named(name));
    let wanted = code.clone();
    let taken = Memo::new(move |_| front.cart.kept.read().coupons.contains(&wanted));
    let enter = move |_| {
        front.cart.enter(code.clone());
        front.notice.set(Some(t.taken(code.as_str())));
    };
    let word = move || if taken.get() { t.in_cart() } else { t.take() };
    view! {
        <button class="coupon-take needs-script" type="button" aria-label=move || (!taken.get()).then(|| label.clone())
            disabled=move || taken.get() on:click=enter>{word}</button>
    }
    .into_any()
}

/// Points that wait, and those that will be lost.
pub fn outlook(front: Front, outlook: &PointsOutlook) -> AnyView {
    let t = Texts(front.locale);
    let pending = (outlook.pending > 0).then(|| {
        let from = outlook.pending_until.map(|at| t.from(&front.day(at)));
        view! { <li><strong>{outlook.pending}</strong>" "{t.pending()}{from}</li> }
    });
    let lost = outlook.expiring.iter().map(|one| {
        view! { <li class="points-soon"><strong>{one.points}</strong>" "{t.lost_on(&front.day(one.at))}</li> }
    });
    view! { <ul class="points-outlook">{pending}{lost.collect_view()}</ul> }.into_any()
}

/// The last movements of points.
pub fn history(front: Front, entries: &[PointsEntry]) -> AnyView {
    let t = Texts(front.locale);
    if entries.is_empty() {
        return view! { <p class="account-none">{t.no_points()}</p> }.into_any();
    }
    view! { <ul class="movements">{entries.iter().map(|one| entry(front, one)).collect_view()}</ul> }.into_any()
}

fn entry(front: Front, entry: &PointsEntry) -> AnyView {
    let t = Texts(front.locale);
    let amount = match entry.points {
        0.. => t.earned(&entry.points.to_string()),
        spent => spent.to_string(),
    };
    let order = entry.order.as_ref().map(|number| {
        view! { <a href=format!("/orders/{}", encode(number.as_str()))>{t.order(number.as_str())}</a> }
    });
    view! {
        <li class="points-row" data-spent={entry.points < 0}>
            <span class="points-why">{front.say(&entry.reason)}{order}</span>
            <time class="points-when" datetime=entry.at.to_string()>{front.time(entry.at)}</time>
            <span class="points-amount amount">{amount}</span>
        </li>
    }
    .into_any()
}
