//! What is sold at the till besides goods: gift cards, and money that a member stores.

use super::{Till, pay::minor};
use crate::{
    api::{browser, encode},
    checkout,
    staff::work::Work,
    ui::{self, Entry, Field},
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use wire::{MemberView, SellGiftCard, SoldGiftCard, TopUp};

/// A form for an amount that is paid over the counter.
#[derive(Clone, Copy)]
struct Form {
    till: Till,
    work: Work,
    amount: Entry,
    tender: NodeRef<html::Select>,
    /// The key of what is asked for next: another one once it was done.
    key: RwSignal<checkout::Key>,
}

impl Form {
    fn new(till: Till) -> Self {
        let (amount, key) = (Entry::new(), RwSignal::new(checkout::Key::new()));
        Self { till, work: Work::new(till.desk), amount, tender: NodeRef::new(), key }
    }

    /// The amount in minor units; says what is wrong if it is none.
    fn amount(self) -> Option<i64> {
        let amount = minor(&self.amount.read(), self.till.desk.front.currency).filter(|amount| *amount > 0);
        if amount.is_none() {
            self.amount.wrong.set(Some(self.till.t.amount_bad().to_owned()));
            self.amount.focus();
        }
        amount
    }

    fn tender(self) -> String {
        self.tender.get_untracked().map_or_else(|| "cash".to_owned(), |select| select.value())
    }

    fn done(self) {
        self.amount.write("");
        self.key.set(checkout::Key::new());
    }

    fn fields(self, id: &'static str, select: &'static str) -> AnyView {
        let t = self.till.t;
        let spec = Field { inputmode: "decimal", required: true, ..Field::plain(id, t.amount(), 12) };
        view! {
            <div class="fields">
                {ui::field(spec, self.amount)}
                <div class="field">
                    <label for=select>{t.paid_by()}</label>
                    <select node_ref=self.tender id=select><option value="cash">{t.cash()}</option><option value="card_terminal">{t.card()}</option></select>
                </div>
            </div>
            {self.work.trouble()}
        }
        .into_any()
    }
}

/// Both forms, folded; nothing for who may not take money.
pub fn extras(till: Till) -> Option<AnyView> {
    let for_member = move || till.member.get().map(|member| folded(till.t.top_up(), top_up(till, &member)));
    till.desk.may("payment_record").then(|| {
        view! { <div class="till-extras">{folded(till.t.card_sell(), sell_card(till))}{for_member}</div> }.into_any()
    })
}

fn folded(title: &'static str, body: AnyView) -> AnyView {
    view! { <details class="fold"><summary>{title}</summary><div class="fold-body">{body}</div></details> }.into_any()
}

fn sell_card(till: Till) -> AnyView {
    let (t, form, sold) = (till.t, Form::new(till), RwSignal::new(None::<SoldGiftCard>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(amount) = form.amount() else { return };
        let idempotency_key = form.key.get_untracked().get();
        let request = SellGiftCard { idempotency_key, amount, tender: form.tender(), expires_at: None };
        let doing = async move { browser::post_json::<SoldGiftCard>("/staff/gift-cards", &request).await };
        form.work.start(doing, move |card| {
            sold.set(Some(card));
            form.done();
        });
    };
    let shown = move || sold.get().map(|card| card_slip(till, &card));
    view! {
        <form class="change-form" novalidate on:submit=submit>
            <p>{t.card_sell_hint()}</p>
            {form.fields("card-amount", "card-tender")}
            <button class="button quiet" type="submit" disabled=form.work.busy>{t.card_sell_go()}</button>
        </form>
        <div role="status">{shown}</div>
    }
    .into_any()
}

/// The card itself, to be printed: its code is money and is shown this once.
fn card_slip(till: Till, sold: &SoldGiftCard) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    view! {
        <div class="gift-slip taken">
            <p>{front.say(&front.facts().shop.name)}" · "{t.gift_card()}</p>
            <p class="gift-slip-amount amount">{front.money(sold.card.amount)}</p>
            <p class="gift-slip-code">{sold.code.clone()}</p>
            <p>{t.card_slip()}</p>
        </div>
        <p class="row"><button class="button quiet" type="button" on:click=|_| drop(window().print())>{till.desk.t.print()}</button></p>
    }
    .into_any()
}

fn top_up(till: Till, member: &MemberView) -> AnyView {
    let (t, front, form) = (till.t, till.desk.front, Form::new(till));
    let path = format!("/staff/members/{}/top-up", encode(member.id.as_str()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(amount) = form.amount() else { return };
        let request = TopUp { idempotency_key: form.key.get_untracked().get(), amount, tender: form.tender() };
        let path = path.clone();
        let doing = async move { browser::post_json::<MemberView>(&path, &request).await };
        form.work.start(doing, move |member| {
            till.desk.say(t.top_up_done(&front.money(member.value)));
            form.done();
            till.member.set(Some(member));
        });
    };
    view! {
        <form class="change-form" novalidate on:submit=submit>
            {form.fields("top-up-amount", "top-up-tender")}
            <button class="button quiet" type="submit" disabled=form.work.busy>{t.top_up_go()}</button>
        </form>
    }
    .into_any()
}
