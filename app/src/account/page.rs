//! The account: who, what was ordered, and what can be spent.

use super::{
    birthday::birthday,
    level::level,
    orders::orders,
    privacy::privacy,
    texts::Texts,
    till::till,
    value::value,
    wallet::{coupons, history, outlook},
};
use crate::{
    api::{Ask, browser},
    front::{Front, front},
    ui,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::{Meta, Title};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::{Account, MemberInfo, Session};

/// Characters of a member's id that are shown.
const SHORT: usize = 8;

/// `/account`
#[component]
pub fn AccountPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let member = Memo::new(move |_| front.member().map(|member| member.id));
    let data = ui::load(move || Ask::Account(member.get()));
    let show = move |account: Option<Account>| account.map_or_else(|| guest(front), |account| page(front, &account));
    view! {
        <Title text=t.account()/>
        <Meta name="robots" content="noindex"/>
        {ui::loaded(front, data, show)}
    }
    .into_any()
}

fn guest(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let next = view! { <a class="button" href="/sign-in?next=%2Faccount">{t.sign_in()}</a> }.into_any();
    ui::empty(t.guest_title(), t.guest_sentence(), next)
}

fn page(front: Front, account: &Account) -> AnyView {
    let t = Texts(front.locale);
    view! {
        <div class="account">
            {head(front, &account.member)}
            {till(front)}
            {account.level.as_ref().map(|progress| level(front, progress))}
            <section class="account-orders" aria-labelledby="orders">
                <h2 id="orders">{t.orders()}</h2>
                {orders(front, &account.orders)}
            </section>
            <section class="account-coupons" aria-labelledby="coupons">
                <h2 id="coupons">{t.coupons()}</h2>
                {coupons(front, &account.coupons)}
            </section>
            {birthday(front)}
            <section class="account-points" aria-labelledby="history">
                <h2 id="history">{t.history()}</h2>
                {outlook(front, &account.outlook)}
                {history(front, &account.points)}
            </section>
            {value(front, &account.value)}
            {privacy(front, &account.consents, account.member.points)}
        </div>
    }
    .into_any()
}

fn head(front: Front, member: &MemberInfo) -> AnyView {
    let t = Texts(front.locale);
    let name = if member.name.is_empty() { &member.phone } else { &member.name };
    let facts = front.facts();
    let level = member.level.as_ref().and_then(|id| facts.shop.levels.iter().find(|level| &level.id == id));
    let level = level.map_or_else(|| t.no_level().to_owned(), |level| front.say(&level.name));
    view! {
        <header class="account-head">
            <h1>{t.hello(name)}</h1>
            <p class="account-who"><span>{member.phone.clone()}</span><span>{t.member_no(short(member.id.as_str()))}</span></p>
            <dl class="account-facts">
                <div><dt>{t.level()}</dt><dd>{level}</dd></div>
                <div><dt>{t.points()}</dt><dd>{member.points}</dd></div>
                <div><dt>{t.orders_placed()}</dt><dd>{member.orders}</dd></div>
            </dl>
            {sign_out(front)}
        </header>
    }
    .into_any()
}

fn sign_out(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let leave = move |_| {
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            match browser::sign_out().await {
                Ok(()) => {
                    front.notice.set(Some(t.signed_out().to_owned()));
                    front.session.set(Session::default());
                    navigate("/", NavigateOptions::default());
                }
                Err(problem) => front.notice.set(Some(front.say(&problem.detail))),
            }
            busy.set(false);
        });
    };
    view! {
        <button class="button quiet needs-script" type="button" disabled=move || busy.get() on:click=leave>{t.sign_out()}</button>
    }
    .into_any()
}

/// The end of an id is enough to tell members apart on the telephone.
fn short(id: &str) -> &str {
    id.char_indices().nth_back(SHORT - 1).map_or(id, |(at, _)| &id[at..])
}
