//! The checkout's page.

use super::{
    changed::{self, Change},
    draft::Draft,
    order, parts,
    pay::{self, Pay},
    tender,
    texts::Texts,
};
use crate::{
    api::browser,
    cart,
    front::{Front, front},
    order::tender_name,
    receipt, ui,
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_navigate;
use wire::{FieldError, Problem};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Checkout {
    /// The front.
    pub front: Front,
    /// The texts.
    pub t: Texts,
    /// True while an order is on its way.
    pub busy: RwSignal<bool>,
    /// Fields that are wrong.
    pub wrong: RwSignal<Vec<FieldError>>,
    /// Why the last attempt failed, apart from fields and prices.
    pub failed: RwSignal<Option<Problem>>,
    /// The new price that the shopper decides on.
    pub change: RwSignal<Option<Change>>,
    /// What was said about paying.
    pub pay: Pay,
    /// The number of the order, once it is placed.
    pub placed: RwSignal<Option<String>>,
}

impl Checkout {
    fn new(front: Front) -> Self {
        Self {
            front,
            t: Texts(front.locale),
            busy: RwSignal::new(false),
            wrong: RwSignal::new(Vec::new()),
            failed: RwSignal::new(None),
            change: RwSignal::new(None),
            pay: Pay::new(),
            placed: RwSignal::new(None),
        }
    }

    /// What is wrong with a field, in the page's language.
    pub fn wrong_with(self, name: &str) -> Option<String> {
        self.wrong.with(|wrong| wrong.iter().find(|one| one.field == name).map(|one| self.front.say(&one.message)))
    }
}

/// `/checkout`
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let checkout = Checkout::new(front);
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(number) = checkout.placed.get() {
            navigate(&format!("/orders/{}", crate::api::encode(&number)), Default::default());
        }
    });
    // An order whose answer gets lost is asked for again: by then the server must know who asks.
    Effect::new(|_| {
        leptos::task::spawn_local(async {
            // A failure here is one at ordering, too, and is said there.
            let _ = browser::begin_session().await;
        });
    });
    ship_by_something(front);
    pay::follow(checkout);
    Effect::new(move |_| checkout.pay.look(&front.facts().channel));
    let filled = Memo::new(move |_| front.cart.loaded.get().then(|| !front.cart.kept.read().lines.is_empty()));
    view! {
        <Title text=t.title()/>
        <Meta name="robots" content="noindex"/>
        {move || match (filled.get(), checkout.placed.read().is_some()) {
            (None, _) | (_, true) => waiting(t),
            (Some(false), _) => empty(t),
            (Some(true), _) => full(checkout),
        }}
    }
    .into_any()
}

/// The cart's shipping method follows the choice: none for what is picked up, and some for what is sent.
fn ship_by_something(front: Front) {
    Effect::new(move |_| {
        let pick_up = front.draft.with(|draft: &Draft| draft.pick_up);
        let facts = front.facts();
        let known = |method: &String| facts.shop.shipping.iter().any(|info| &info.method == method);
        let chosen = front.cart.kept.with(|kept| kept.shipping.clone()).filter(known);
        let first = || facts.shop.shipping.first().map(|info| info.method.clone());
        let wanted = if pick_up { None } else { chosen.or_else(first) };
        if front.cart.loaded.get() && front.cart.kept.read_untracked().shipping != wanted {
            front.cart.change(|kept| kept.shipping = wanted);
        }
    });
}

fn waiting(t: Texts) -> AnyView {
    view! { <h1>{t.title()}</h1><p class="script-note">{t.needs_script()}</p><div class="skeleton"></div> }.into_any()
}

fn empty(t: Texts) -> AnyView {
    let next = view! { <a class="button" href="/">{t.look_around()}</a> }.into_any();
    ui::empty(t.empty_title(), t.empty_sentence(), next)
}

fn full(checkout: Checkout) -> AnyView {
    let (front, t) = (checkout.front, checkout.t);
    let payable = move || front.cart.quote.read().as_ref().map(|quote| front.money(quote.payable));
    let label = move || match (checkout.busy.get(), payable()) {
        (true, _) => t.placing().to_owned(),
        (_, Some(amount)) => t.place(&amount),
        (_, None) => t.place_open().to_owned(),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        order::place(checkout);
    };
    view! {
        <div class="with-receipt">
            <form id="checkout" class="checkout" novalidate on:submit=submit>
                <h1>{t.title()}</h1>
                {trouble(checkout)}
                {parts::delivery(checkout)}
                {parts::contact(checkout)}
                {tender::tender(checkout)}
                {parts::points(checkout)}
            </form>
            <div class="receipt-side">
                {receipt::live(front)}
                {cart::hold(front)}
                <div class="main-action">
                    <button class="button" type="submit" form="checkout" disabled=checkout.busy>{label}</button>
                    <p class="main-note">{move || next_step(checkout)}</p>
                </div>
            </div>
        </div>
        {changed::dialog(checkout)}
    }
    .into_any()
}

/// What comes after the order is placed.
fn next_step(checkout: Checkout) -> String {
    let (front, t) = (checkout.front, checkout.t);
    let payable = front.cart.quote.read().as_ref().map_or(0, |quote| quote.payable);
    match checkout.pay.provider(payable) {
        Some(tender) => t.pay_next(&tender_name(front, &tender)),
        None if checkout.pay.split(payable).rest == 0 => t.pay_nothing().to_owned(),
        None => t.pay_later().to_owned(),
    }
}

/// What stands in the way of the order; announced at once.
fn trouble(checkout: Checkout) -> AnyView {
    let t = checkout.t;
    let words = move || {
        let failed = checkout.failed.get().map(|problem| checkout.front.say(&problem.detail));
        failed.or_else(|| (!checkout.wrong.read().is_empty()).then(|| t.look_again().to_owned()))
    };
    view! { <div id="trouble" role="alert" tabindex="-1">{move || words().map(|words| view! { <p class="trouble">{words}</p> })}</div> }.into_any()
}
