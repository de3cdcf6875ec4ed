//! Taking goods back, whichever channel sold them: what comes back and in what state, what it is worth, and the receipt.

use super::{
    BASE,
    desk::Desk,
    order::Served,
    till::exchange::{self, Exchanging},
    work::Work,
};
use crate::{
    api::{browser, encode},
    checkout,
    order::{self, Chosen, Units},
    receipt,
    ui::{Entry, Field, field},
};
use ids::PlaceId;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::{PreviewReturn, Problem, ReturnReceipt, ReturnedGoods, TakeBack};

/// What somebody brings back.
#[derive(Clone, Copy)]
struct Back {
    served: Served,
    rows: StoredValue<Vec<Units>>,
    chosen: Chosen,
    /// True for rows that can't be sold as they are.
    aside: RwSignal<Vec<bool>>,
    fault: RwSignal<bool>,
    place: RwSignal<Option<PlaceId>>,
    why: Entry,
    work: Work,
    key: checkout::Key,
    answer: RwSignal<Option<Result<ReturnReceipt, Problem>>>,
}

/// The section; it stays after a return, with its receipt to print.
pub fn form(served: Served) -> AnyView {
    let desk = served.desk;
    let taken = RwSignal::new(None::<ReturnReceipt>);
    let body = move || {
        let rows = served.order.with(order::with_shopper);
        match (rows.is_empty(), taken.get()) {
            (_, Some(receipt)) => done(served, &receipt, taken),
            (true, None) => view! { <p class="desk-note">{desk.t.nothing_back()}</p> }.into_any(),
            (false, None) => Back::new(served, rows).view(taken),
        }
    };
    view! {
        <details class="fold take-back needs-script">
            <summary>{desk.t.take_back()}</summary>
            <div class="fold-body">{body}</div>
        </details>
    }
    .into_any()
}

impl Back {
    fn new(served: Served, rows: Vec<Units>) -> Self {
        let desk = served.desk;
        let (chosen, aside) = (Chosen::new(vec![0; rows.len()]), RwSignal::new(vec![false; rows.len()]));
        let (rows, fault) = (StoredValue::new(rows), RwSignal::new(false));
        let wanted =
            Signal::derive(move || PreviewReturn { goods: goods(rows, chosen, aside), shops_fault: fault.get() });
        let number = served.order.with_untracked(|order| order.number.clone());
        // People bring goods back to a store.
        let first = || desk.places(true).first().map(|place| place.id.clone());
        Self {
            served,
            rows,
            chosen,
            aside,
            fault,
            place: RwSignal::new(desk.bound_to().or_else(|| desk.info().place.clone()).or_else(first)),
            why: Entry::new(),
            work: Work::new(desk),
            key: checkout::Key::new(),
            answer: order::preview(number, wanted),
        }
    }

    fn view(self, taken: RwSignal<Option<ReturnReceipt>>) -> AnyView {
        let (desk, t) = (self.served.desk, self.served.desk.t);
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            self.send(taken);
        };
        let list = self.rows.with_value(|rows| {
            let names = self.served.names.get_value();
            order::choose(desk.front, t.take_back_which(), rows, &names, self.chosen, &|at| Some(self.state(at)))
        });
        let total = move || match self.answer.get() {
            Some(Ok(receipt)) => Some(receipt.refund.total),
            _ => None,
        };
        let label = move || match (self.work.busy.get(), total()) {
            (true, _) => t.working().to_owned(),
            (_, Some(total)) => t.take_back_confirm(&desk.front.money(total)),
            (_, None) => t.take_back_open().to_owned(),
        };
        view! {
            <form class="change-form" novalidate on:submit=submit>
                {list}
                {field(Field::plain("take-back-why", t.take_back_why(), 200), self.why)}
                {desk.may("refund_approve").then(|| self.fault_box())}
                {desk.bound_to().is_none().then(|| self.where_())}
                <div aria-live="polite">{move || self.previewed()}</div>
                {self.work.trouble()}
                <p class="row">
                    <button class="button" type="submit" disabled=move || self.work.busy.get() || total().is_none()>{label}</button>
                    {desk.may("order_take").then(|| self.for_others())}
                </p>
            </form>
        }
        .into_any()
    }

    /// Back on the shelf, or put aside.
    fn state(self, at: usize) -> AnyView {
        let t = self.served.desk.t;
        let chosen = move || self.chosen.with(|units| units.get(at).is_some_and(|units| *units > 0));
        let set = move |event| {
            let aside = event_target_value(&event) == "aside";
            self.aside.update(|all| {
                if let Some(one) = all.get_mut(at) {
                    *one = aside;
                }
            });
        };
        let select = move || {
            chosen().then(|| {
                view! {
                    <select class="choose-state" aria-label=t.take_back_state() on:change=set>
                        <option value="shelf">{t.take_back_shelf()}</option>
                        <option value="aside">{t.take_back_aside()}</option>
                    </select>
                }
            })
        };
        view! { {select} }.into_any()
    }

    fn fault_box(self) -> AnyView {
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=self.fault on:change=move |event| self.fault.set(event_target_checked(&event))/>
                <span>{self.served.desk.t.take_back_fault()}</span>
            </label>
        }
        .into_any()
    }

    /// Where the goods are taken back, for who is not bound to a place.
    fn where_(self) -> AnyView {
        let desk = self.served.desk;
        let options = desk.places(false).into_iter().map(|one| {
            let selected = self.place.with_untracked(|place| place.as_ref() == Some(&one.id));
            view! { <option value=one.id.to_string() selected=selected>{desk.front.say(&one.name)}</option> }
        });
        let set = move |event| self.place.set(PlaceId::new(event_target_value(&event)).ok());
        view! {
            <div class="field">
                <label for="take-back-place">{desk.t.take_back_where()}</label>
                <select id="take-back-place" on:change=set>{options.collect_view()}</select>
            </div>
        }
        .into_any()
    }

    fn previewed(self) -> AnyView {
        let desk = self.served.desk;
        match self.answer.get() {
            None => view! { <p class="desk-note">{desk.t.take_back_choose()}</p> }.into_any(),
            Some(Ok(receipt)) => slip(self.served, &receipt),
            Some(Err(problem)) => view! { <p class="trouble">{desk.words(&problem)}</p> }.into_any(),
        }
    }

    /// To the till, where what comes back pays for what is taken along.
    fn for_others(self) -> AnyView {
        let navigate = use_navigate();
        let worth = move || match self.answer.get() {
            Some(Ok(receipt)) => Some(receipt.refund.total - receipt.withheld),
            _ => None,
        };
        let press = move |_| {
            let (Some(worth), Some(back)) = (untrack(worth), self.request()) else { return };
            let (order, member) =
                self.served.order.with_untracked(|order| (order.number.clone(), order.member.clone()));
            let till = format!("{BASE}/till?place={}", encode(back.place.as_str()));
            exchange::begin(Exchanging { order, member, back, worth });
            navigate(&till, NavigateOptions::default());
        };
        let off = move || self.work.busy.get() || worth().is_none();
        let t = self.served.desk.t;
        view! { <button class="button quiet" type="button" disabled=off on:click=press>{t.take_back_exchange()}</button> }
            .into_any()
    }

    /// What is chosen.
    fn request(self) -> Option<TakeBack> {
        Some(TakeBack {
            idempotency_key: self.key.get(),
            place: self.place.get_untracked()?,
            goods: untrack(|| goods(self.rows, self.chosen, self.aside)),
            reason: self.why.read(),
            shops_fault: self.fault.get_untracked(),
        })
    }

    fn send(self, taken: RwSignal<Option<ReturnReceipt>>) {
        let Some(request) = self.request() else { return };
        let number = self.served.order.with_untracked(|order| order.number.clone());
        let path = format!("/staff/orders/{}/returns", encode(number.as_str()));
        let doing = async move { browser::post_json::<ReturnReceipt>(&path, &request).await };
        let served = self.served;
        self.work.start(doing, move |receipt| {
            let desk: Desk = served.desk;
            desk.say(desk.t.take_back_done(&desk.front.money(receipt.refund.total)));
            taken.set(Some(receipt));
            served.look();
        });
    }
}

fn goods(rows: StoredValue<Vec<Units>>, chosen: Chosen, aside: RwSignal<Vec<bool>>) -> Vec<ReturnedGoods> {
    let (chosen, aside) = (chosen.get(), aside.get());
    rows.with_value(|rows| {
        let picked = rows.iter().zip(chosen).zip(aside).filter(|((_, units), _)| *units > 0);
        picked.filter_map(|((row, units), aside)| row.returned(units, aside)).collect()
    })
}

fn slip(served: Served, receipt: &ReturnReceipt) -> AnyView {
    let (quote, names) = (served.order.with_untracked(|order| order.quote.clone()), served.names.get_value());
    view! { <div class="receipt">{receipt::back(served.desk.front, receipt, &quote, &names)}</div> }.into_any()
}

/// The receipt, to be printed and handed over.
fn done(served: Served, receipt: &ReturnReceipt, taken: RwSignal<Option<ReturnReceipt>>) -> AnyView {
    let t = served.desk.t;
    view! {
        <div class="taken">
            {slip(served, receipt)}
            <p class="row">
                <button class="button firm" type="button" on:click=|_| drop(window().print())>{t.take_back_print()}</button>
                <button class="button quiet" type="button" on:click=move |_| taken.set(None)>{t.take_back()}</button>
            </p>
        </div>
    }
    .into_any()
}
