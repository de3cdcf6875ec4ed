//! The member's own page: level and points, orders, coupons.

use super::texts::Texts;
use crate::{api::{self, browser, encode}, front::{Front, front}, ui::{self, Icon, icon}};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use wire::{Account, MemberInfo, OrderSummary, PointsEntry, WalletCoupon};

/// `/account`
#[component]
pub fn AccountPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let signed_in = front.session.get_untracked().member.is_some();
    let page = if signed_in {
        let data = ui::load(move || front.session.get().member.map(|member| member.id), |_| api::account());
        ui::loaded(front, data, move |account| page(front, account))
    } else {
        guest(t)
    };
    view! { <Title text=t.account()/><Meta name="robots" content="noindex"/>{page} }.into_any()
}

fn guest(t: Texts) -> AnyView {
    let next = view! {
        <a class="button" href="/sign-in">{t.sign_in()}</a>
        <a class="button quiet" href="/">{t.look_around()}</a>
    };
    ui::empty(t.guest_title(), t.guest_sentence(), next.into_any())
}

fn page(front: Front, account: Account) -> AnyView {
    let t = Texts(front.locale);
    let Account { member, orders, coupons, points } = account;
    let list = |items: Vec<AnyView>, none: &'static str, class: &'static str| match items.len() {
        0 => view! { <p class="nothing">{none}</p> }.into_any(),
        _ => view! { <ul class=class>{items}</ul> }.into_any(),
    };
    let orders = list(orders.iter().map(|one| order(front, one)).collect(), t.no_orders(), "orders");
    let coupons = list(coupons.iter().map(|one| coupon(front, one)).collect(), t.no_coupons(), "coupons");
    let points = list(points.iter().map(|one| movement(front, one)).collect(), t.no_points(), "movements");
    view! {
        <div class="account">
            {head(front, &member)}
            <section class="block" aria-labelledby="orders"><h2 id="orders">{t.orders()}</h2>{orders}</section>
            <section class="block" aria-labelledby="coupons"><h2 id="coupons">{t.coupons()}</h2>{coupons}</section>
            <section class="block" aria-labelledby="points"><h2 id="points">{t.history()}</h2>{points}</section>
        </div>
    }
    .into_any()
}

fn head(front: Front, member: &MemberInfo) -> AnyView {
    let t = Texts(front.locale);
    let facts = front.facts();
    let level = facts.shop.levels.iter().find(|level| Some(&level.id) == member.level.as_ref());
    let level = level.map_or_else(|| t.no_level().to_owned(), |level| front.say(&level.name));
    let hello = if member.name.is_empty() { t.hello_member().to_owned() } else { t.hello(&member.name) };
    let sign_out = move |_| {
        leptos::task::spawn_local(async move {
            match browser::sign_out().await {
                Ok(()) => drop(window().location().assign("/")),
                Err(problem) => front.notice.set(Some(front.say(&problem.detail))),
            }
        });
    };
    view! {
        <div class="account-head">
            <div><h1>{hello}</h1><p>{member.phone.clone()}</p></div>
            <dl>
                <div><dt>{t.level()}</dt><dd>{level}</dd></div>
                <div><dt>{t.points()}</dt><dd>{member.points}</dd></div>
                <div><dt>{t.orders()}</dt><dd>{member.orders}</dd></div>
            </dl>
            <button class="button quiet" type="button" on:click=sign_out>{t.sign_out()}</button>
        </div>
    }
    .into_any()
}

fn order(front: Front, order: &OrderSummary) -> AnyView {
    let t = Texts(front.locale);
    let day = front.day(order.placed_at);
    let label = t.order_named(order.number.as_str(), &day);
    let pictures = order.images.iter().take(4).map(|image| view! { <img src=image.clone() alt="" width="56" height="56" loading="lazy"/> });
    view! {
        <li>
            <a class="order-row" href=format!("/orders/{}", encode(order.number.as_str()))>
                <span class="order-pictures">{pictures.collect_view()}</span>
                <span class="order-word">{label}<small>{t.order_units(&order.units.to_string())}</small></span>
                <span class="amount">{front.money(order.payable)}</span>
            </a>
        </li>
    }
    .into_any()
}

fn coupon(front: Front, coupon: &WalletCoupon) -> AnyView {
    let t = Texts(front.locale);
    let (name, code) = (front.say(&coupon.name), coupon.code.clone());
    let label = t.use_named(&name);
    let enter = move |_| {
        front.cart.enter(code.clone());
        front.notice.set(Some(t.used(code.as_str())));
    };
    let why = coupon.why_not.as_ref().map(|why| view! { <p class="coupon-why">{front.say(why)}</p> });
    let until = coupon.ends.map(|ends| view! { <span>{t.until(&front.day(ends))}</span> });
    view! {
        <li class="coupon">
            <span class="coupon-stub">{icon(Icon::Ticket)}</span>
            <div class="coupon-body">
                <p class="coupon-name">{name}</p>
                <p class="coupon-how"><span>{coupon.code.to_string()}</span>{until}</p>
                {why}
            </div>
            <button class="coupon-take" type="button" aria-label=label on:click=enter>{t.use_code()}</button>
        </li>
    }
    .into_any()
}

fn movement(front: Front, entry: &PointsEntry) -> AnyView {
    let sign = if entry.points > 0 { "+" } else { "" };
    view! {
        <li><span>{front.say(&entry.reason)}<small>{front.time(entry.at)}</small></span><span class="amount">{sign}{entry.points}</span></li>
    }
    .into_any()
}
