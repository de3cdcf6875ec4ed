//! Money that goes back: handed over the counter by people, and asked for again where a provider refused.

use super::{desk::Desk, order::Served, work::Work};
use crate::{
    api::{browser, encode},
    order::tender_name,
    ui::{Entry, Field, field},
};
use ids::RefundId;
use leptos::{ev::SubmitEvent, prelude::*};
use wire::{MoneyBack, Payment, PaymentRefund, RecordRefund, RefundStatus};

/// What is to be handed back to the order's shopper, each with the button that says it was; nothing if there is nothing.
pub fn section(served: Served) -> Option<AnyView> {
    let t = served.desk.t;
    let rows = served.order.with(|order| order.hand_back.clone());
    (!rows.is_empty()).then(|| {
        view! {
            <section class="hand-back needs-script" aria-labelledby="hand-back">
                <h2 id="hand-back">{t.hand_back()}</h2>
                {rows.into_iter().map(|one| row(served, one)).collect_view()}
            </section>
        }
        .into_any()
    })
}

fn row(served: Served, one: MoneyBack) -> AnyView {
    let (desk, t) = (served.desk, served.desk.t);
    let (work, slip, amount) = (Work::new(desk), Entry::new(), desk.front.money(one.amount));
    let by_terminal = one.tender == "card_terminal";
    let path = format!("/refunds/{}/record", encode(one.refund.as_str()));
    let said = t.hand_back_done(&amount);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let reference = Some(slip.read()).filter(|text| !text.is_empty());
        let (path, said) = (path.clone(), said.clone());
        let doing = async move { browser::post_json::<PaymentRefund>(&path, &RecordRefund { reference }).await };
        work.start(doing, move |_| {
            desk.say(said);
            served.look();
        });
    };
    view! {
        <form class="hand-back-one" novalidate on:submit=submit>
            <p><span>{t.hand_back_by(&tender_name(desk.front, &one.tender))}</span><span class="amount">{amount.clone()}</span></p>
            {by_terminal.then(|| field(Field::plain("hand-back-slip", t.hand_back_slip(), 60), slip))}
            {work.trouble()}
            <button class="button" type="submit" disabled=work.busy>{t.hand_back_go(&amount)}</button>
        </form>
    }
    .into_any()
}

/// Refunds that a provider refused, each with the button that asks for it again.
pub fn failed(desk: Desk, payments: &[Payment], done: Callback<()>) -> AnyView {
    let refused = |one: &Payment| {
        let name = tender_name(desk.front, &one.tender);
        let failed = one.refunds.iter().filter(|refund| refund.state == RefundStatus::Failed);
        // What was asked for again by now is a refund of its own, and is not asked for a third time.
        let on_its_way =
            one.refunds.iter().filter(|refund| is_open(refund.state)).map(|refund| refund.amount).sum::<i64>();
        let left = one.captured - one.refunded - on_its_way;
        failed.filter(|refund| refund.amount <= left).map(|refund| again(desk, &name, refund, done)).collect_view()
    };
    payments.iter().map(refused).collect_view().into_any()
}

fn is_open(state: RefundStatus) -> bool {
    matches!(state, RefundStatus::Created | RefundStatus::Unknown | RefundStatus::Pending)
}

fn again(desk: Desk, name: &str, refund: &PaymentRefund, done: Callback<()>) -> AnyView {
    let (t, work, id): (_, _, RefundId) = (desk.t, Work::new(desk), refund.id.clone());
    let words = t.refund_failed(name, &desk.front.money(refund.amount));
    let press = move |_| {
        let path = format!("/staff/refunds/{}/retry", encode(id.as_str()));
        let doing = async move { browser::post_empty(&path).await };
        work.start(doing, move |()| {
            desk.say(t.refund_again_said());
            done.run(());
        });
    };
    view! {
        <div class="hand-back needs-script">
            <p class="trouble">{words}</p>
            {work.trouble()}
            <button class="button quiet" type="button" disabled=work.busy on:click=press>{t.refund_again()}</button>
        </div>
    }
    .into_any()
}
