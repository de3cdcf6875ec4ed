//! How an order is paid: each way with where it stands, and while money is waited for, the way to pay it. News come by themselves.

use super::{
    otherwise,
    page::Shown,
    tenders::{can_pay, state_key, state_word, tender_name},
};
use crate::{
    api::{Ask, browser, encode},
    front::Front,
    ui,
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wire::{Order, OrderMoney, OrderPayments, PayClient, PayNext, Payment, PaymentState, Problem, StartPayment};

/// How often it is looked whether the money came.
const AGAIN: Duration = Duration::from_secs(3);

/// The payments of the order that is shown.
#[derive(Clone, Copy)]
pub struct Paying {
    /// The order.
    pub shown: Shown,
    money: RwSignal<OrderPayments>,
    /// True while something is on its way.
    pub busy: RwSignal<bool>,
    /// What went wrong last.
    pub wrong: RwSignal<Option<String>>,
}

fn path(order: &Order) -> String {
    format!("/orders/{}/payments", encode(order.number.as_str()))
}

/// The part of the order's page that is about paying.
pub fn pay(shown: Shown) -> AnyView {
    let path = shown.order.with_untracked(path);
    let data = ui::load(move || Ask::Path(path.clone()));
    ui::loaded(shown.front, data, move |money: OrderPayments| Paying::new(shown, money).view())
}

/// How the order is paid, row by row; nothing where there was nothing to pay.
#[must_use]
pub fn payments(front: Front, payments: &[Payment]) -> Option<AnyView> {
    let row = |one: &Payment| {
        view! {
            <li class="payment" data-state=state_key(one)>
                <span class="payment-name">{tender_name(front, &one.tender)}</span>
                <span class="payment-state">{state_word(front, one)}</span>
                <span class="amount">{front.money(one.amount)}</span>
            </li>
        }
    };
    (!payments.is_empty())
        .then(|| view! { <ul class="payments">{payments.iter().map(row).collect_view()}</ul> }.into_any())
}

impl Paying {
    fn new(shown: Shown, money: OrderPayments) -> Self {
        let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None));
        Self { shown, money: RwSignal::new(money), busy, wrong }
    }

    fn view(self) -> AnyView {
        let (front, t) = (self.shown.front, self.shown.t);
        self.go_at_once();
        self.look_again_by_itself();
        let rows = move || self.money.with(|money| payments(front, &money.payments));
        let none = self.money.with_untracked(|money| money.payments.is_empty());
        if none {
            return ().into_any();
        }
        view! {
            <section class="order-pay" aria-labelledby="order-pay">
                <h2 id="order-pay">{t.pays()}</h2>
                {rows}
                {move || self.open()}
                <p class="wrong" role="alert">{self.wrong}</p>
            </section>
        }
        .into_any()
    }

    /// While money is waited for: what to do.
    fn open(self) -> Option<AnyView> {
        let t = self.shown.t;
        let (waiting, payments) = self.money.with(|money| (money.state == OrderMoney::Waiting, money.payments.clone()));
        if !waiting {
            return None;
        }
        let failed = payments.iter().any(|one| one.state == PaymentState::Failed);
        let none_open = !payments.iter().any(can_pay);
        let buttons = payments.iter().filter(|one| can_pay(one)).map(|one| self.way(one)).collect_view();
        let failed = failed.then(|| view! { <p class="order-pay-failed" role="status">{t.pay_failed_why()}</p> });
        Some(
            view! {
                {failed}
                <p class="script-note">{t.pay_needs_script()}</p>
                <div class="needs-script">{buttons}{otherwise::form(self, none_open)}</div>
            }
            .into_any(),
        )
    }

    /// A payment that is open: its code to scan, or the way to its provider.
    fn way(self, one: &Payment) -> AnyView {
        let (front, t) = (self.shown.front, self.shown.t);
        let (id, name) = (one.id.to_string(), tender_name(front, &one.tender));
        let scanned = match &one.next {
            Some(PayNext::Qr { .. }) => true,
            Some(PayNext::Redirect { .. }) => front.kiosk,
            _ => false,
        };
        if scanned {
            let picture = format!("/img/pay/{}.svg", encode(&id));
            return view! {
                <div class="pay-scan">
                    <img src=picture alt=t.pay_qr(&name) width="240" height="240"/>
                    <p>{t.pay_scan(&name)}<strong class="amount">{front.money(one.amount)}</strong><small>{t.pay_scan_wait()}</small></p>
                </div>
            }
            .into_any();
        }
        let amount = front.money(one.amount);
        let label = move || if self.busy.get() { t.working().to_owned() } else { t.pay_now(&name, &amount) };
        view! {
            <p class="row"><button class="button" type="button" disabled=self.busy on:click=move |_| self.start(&id)>{label}</button></p>
        }
        .into_any()
    }

    /// Begins a payment, and goes where it is paid.
    fn start(self, id: &str) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.wrong.set(None);
        let path = format!("/payments/{}/start", encode(id));
        let client = if self.shown.front.kiosk { PayClient::Qr } else { PayClient::Web };
        spawn_local(async move {
            let answer = browser::post_json::<Payment>(&path, &StartPayment { client }).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(payment) => self.go(payment),
                Err(problem) => self.failed(&problem),
            }
        });
    }

    fn go(self, payment: Payment) {
        let t = self.shown.t;
        match &payment.next {
            Some(PayNext::Redirect { url }) if !self.shown.front.kiosk => {
                let _ = window().location().set_href(url);
            }
            Some(PayNext::ClientSecret { .. } | PayNext::WechatBridge { .. }) => {
                self.wrong.set(Some(t.pay_not_here().to_owned()));
            }
            _ => {}
        }
        self.money.update(|money| {
            if let Some(one) = money.payments.iter_mut().find(|one| one.id == payment.id) {
                *one = payment;
            }
        });
    }

    /// Other payments stand in the place of those that were to come.
    pub fn changed(self, now: OrderPayments) {
        let (moved_on, open) =
            (now.state != OrderMoney::Waiting, now.payments.iter().find(|one| can_pay(one)).cloned());
        self.money.set(now);
        match open {
            Some(open) if !moved_on => self.start(open.id.as_str()),
            _ => spawn_local(self.shown.look(true)),
        }
    }

    /// Says why something did not work, and looks how things stand.
    pub fn failed(self, problem: &Problem) {
        let front = self.shown.front;
        let of_field = problem.errors.first().map(|one| front.say(&one.message));
        self.wrong.set(Some(of_field.unwrap_or_else(|| front.say(&problem.detail))));
        self.look();
    }

    /// Whoever has just ordered goes on to pay without another press. Coming back by the button "back" does not send anybody there again.
    fn go_at_once(self) {
        Effect::new(move |_| {
            let draft = self.shown.front.draft;
            if draft.with_untracked(|draft| draft.pay_now) {
                draft.update_untracked(|draft| draft.pay_now = false);
                let open = self.money.with_untracked(|money| money.payments.iter().find(|one| can_pay(one)).cloned());
                if let Some(open) = open {
                    self.start(open.id.as_str());
                }
            }
        });
    }

    fn look_again_by_itself(self) {
        Effect::new(move |_| {
            let again = move || {
                let waiting = self.money.try_with_untracked(|money| money.state == OrderMoney::Waiting);
                if waiting == Some(true) && !document().hidden() {
                    self.look();
                }
            };
            if let Ok(timer) = set_interval_with_handle(again, AGAIN) {
                on_cleanup(move || timer.clear());
            }
        });
    }

    /// Looks whether something has changed; with the money the whole order goes on.
    fn look(self) {
        let path = self.shown.order.with_untracked(path);
        spawn_local(async move {
            let Ok(now) = browser::get::<OrderPayments>(&path).await else { return };
            let before = self.money.try_with_untracked(|money| (money.state, *money == now));
            let Some((state, same)) = before else { return };
            if same {
                return;
            }
            let moved_on = state != now.state;
            let _ = self.money.try_set(now);
            if moved_on {
                self.shown.look(state == OrderMoney::Waiting).await;
            }
        });
    }
}
