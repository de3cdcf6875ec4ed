//! The order's page.

use super::{address, back, cancel, facts::facts, parcel::parcels, pay, status, texts::Texts, timeline::timeline};
use crate::{
    api::{Ask, browser, encode},
    front::{Front, front},
    lost,
    receipt::{self, Marks, Names},
    ui::{self, Icon, icon},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use std::sync::Arc;
use web_sys::wasm_bindgen::JsCast;
use wire::{Order, OrderStatus, Problem};

/// Where it is said what was just done.
const SAID: &str = "order-said";

/// `/orders/{number}`
#[component]
pub fn OrderPage() -> impl IntoView {
    let front = front();
    let params = use_params_map();
    let number = params.with_untracked(|params| params.get("number").unwrap_or_default());
    let Ok(number) = ids::OrderNumber::new(number) else { return lost::page() };
    let title = Texts(front.locale).title(number.as_str());
    let data = ui::load(move || Ask::Order(number.clone()));
    view! {
        <Title text=title/>
        <Meta name="robots" content="noindex"/>
        {ui::loaded(front, data, move |order| page(Shown::new(front, order)))}
    }
    .into_any()
}

/// The order that is shown, and what was just done with it.
#[derive(Clone, Copy)]
pub struct Shown {
    /// The front.
    pub front: Front,
    /// The texts.
    pub t: Texts,
    /// The order as it stands.
    pub order: RwSignal<Order>,
    /// Names and pictures of its goods.
    pub names: StoredValue<Names>,
    /// True while a change is on its way.
    pub busy: RwSignal<bool>,
    said: RwSignal<Option<&'static str>>,
}

impl Shown {
    fn new(front: Front, order: Order) -> Self {
        Self {
            front,
            t: Texts(front.locale),
            names: StoredValue::new(receipt::of_order(front, &order.items)),
            order: RwSignal::new(order),
            busy: RwSignal::new(false),
            said: RwSignal::new(None),
        }
    }

    /// Shows the order as it stands now, after its money moved; says so if it was waited for.
    pub async fn look(self, waited: bool) {
        let path = self.order.with_untracked(|order| format!("/orders/{}", encode(order.number.as_str())));
        let Ok(order) = browser::get::<Order>(&path).await else { return };
        let came = waited && !matches!(order.status, OrderStatus::AwaitingPayment | OrderStatus::Cancelled);
        if self.order.try_set(order).is_none() && came {
            self.said.set(Some(self.t.pay_came()));
        }
    }

    /// Shows the order as the change left it, and says what was done; or says beside the form why not.
    pub fn after(self, answer: Result<Order, Problem>, said: &'static str, wrong: RwSignal<Option<String>>) {
        self.busy.set(false);
        match answer {
            Ok(order) => {
                self.order.set(order);
                self.said.set(Some(said));
                focus_said();
            }
            Err(problem) => {
                let of_field = problem.errors.first().map(|one| self.front.say(&one.message));
                wrong.set(Some(of_field.unwrap_or_else(|| self.front.say(&problem.detail))));
            }
        }
    }
}

/// The form that was used is gone: reading goes on at what was done.
fn focus_said() {
    request_animation_frame(|| {
        if let Some(said) = document().get_element_by_id(SAID) {
            let _ = said.unchecked_ref::<web_sys::HtmlElement>().focus();
        }
    });
}

fn page(shown: Shown) -> AnyView {
    let Shown { front, order, .. } = shown;
    let said = move || {
        shown.said.get().map(|words| view! { <p class="order-done">{icon(Icon::Check)}<span>{words}</span></p> })
    };
    view! {
        <div class="with-receipt order">
            <div>
                {move || order.with(|order| head(front, order))}
                <div id=SAID role="status" tabindex="-1">{said}</div>
                {pay::pay(shown)}
                {move || order.with(|order| shown.names.with_value(|names| parcels(front, order, names)))}
                {move || order.with(|order| details(front, order))}
                {(!front.kiosk).then(|| changes(shown))}
                {move || order.with(|order| timeline(front, &order.timeline))}
                {ways_on(front)}
            </div>
            <div class="receipt-side">{move || order.with(|order| slips(shown, order))}</div>
        </div>
    }
    .into_any()
}

fn head(front: Front, order: &Order) -> AnyView {
    let t = Texts(front.locale);
    let done = !matches!(order.status, OrderStatus::Cancelled | OrderStatus::AwaitingPayment);
    let mark = done.then(|| icon(Icon::Check));
    let pay_by = order.pay_by.map(|by| view! { <p class="order-due">{t.pay_by(&front.time(by))}</p> });
    view! {
        <p class="order-taken" data-status=status::status_key(order.status)>{mark}<span>{status::status_word(front, order.status)}</span></p>
        <h1>{status::sentence(front, order.status)}</h1>
        {status::steps(front, order)}
        {pay_by}
    }
    .into_any()
}

fn details(front: Front, order: &Order) -> AnyView {
    let t = Texts(front.locale);
    view! {
        <section class="order-details" aria-labelledby="order-details">
            <h2 id="order-details" class="sr">{t.facts()}</h2>
            {facts(front, order)}
        </section>
    }
    .into_any()
}

/// What the shopper may still do, each folded until it is wanted; nothing where nothing can be done.
fn changes(shown: Shown) -> impl Fn() -> Option<AnyView> {
    move || {
        let may = shown.order.with(|order| order.may);
        let any = may.cancel || may.change_address || may.bring_back;
        any.then(|| {
            view! {
                <section class="order-changes" aria-labelledby="order-changes">
                    <h2 id="order-changes">{shown.t.change()}</h2>
                    <p class="script-note">{shown.t.needs_script()}</p>
                    {may.change_address.then(|| folded(shown.t.address(), address::form(shown)))}
                    {may.cancel.then(|| folded(shown.t.cancel_order(), cancel::form(shown)))}
                    {may.bring_back.then(|| folded(shown.t.back(), back::form(shown)))}
                </section>
            }
            .into_any()
        })
    }
}

fn folded(title: &'static str, body: AnyView) -> AnyView {
    view! { <details class="fold needs-script" name="order-change"><summary>{title}</summary><div class="fold-body">{body}</div></details> }
        .into_any()
}

fn ways_on(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let mine = (!front.kiosk && front.session.get_untracked().member.is_some())
        .then(|| view! { <a class="button quiet" href="/account">{t.mine()}</a> });
    view! { <p class="row"><a class="button quiet" href="/">{t.on()}</a>{mine}</p> }.into_any()
}

/// The order's receipt as it was, and below it one for each refund.
fn slips(shown: Shown, order: &Order) -> AnyView {
    let Shown { front, t, .. } = shown;
    shown.names.with_value(|names| {
        let quote = Arc::new(order.quote.clone());
        let slip = receipt::slip(front, &quote, names, Marks::new(), false);
        let back = order.returns.iter().map(|one| receipt::back(front, one, &quote, names)).collect_view();
        let back = (!order.returns.is_empty())
            .then(|| view! { <section class="receipt" aria-label=t.receipts()>{back}</section> });
        view! { <section class="receipt" aria-labelledby="receipt">{slip}</section>{back} }.into_any()
    })
}
