//! Handing goods over at the counter: the code, a look at the goods, and they are the shopper's.

use super::{
    desk::{Desk, choose_place},
    tasks,
    work::Work,
};
use crate::{
    api::{browser, encode},
    order, receipt,
    ui::{Entry, Field, Icon, field, icon},
};
use ids::PlaceId;
use leptos::{ev::SubmitEvent, prelude::*};
use wire::{FulfilStep, Fulfilment, Task};

/// The counter.
#[derive(Clone, Copy)]
struct Counter {
    desk: Desk,
    place: Memo<Option<PlaceId>>,
    code: Entry,
    by: Entry,
    found: RwSignal<Option<Task>>,
    /// What was handed over last.
    handed: RwSignal<Option<String>>,
    work: Work,
}

/// `/staff/pick-up?place=`
pub fn page(desk: Desk, _rest: &str) -> AnyView {
    let t = desk.t;
    let counter = Counter {
        desk,
        place: desk.place(true),
        code: Entry::new(),
        by: Entry::new(),
        found: RwSignal::new(None),
        handed: RwSignal::new(None),
        work: Work::new(desk),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        counter.find();
    };
    let spec = Field { required: true, inputmode: "text", ..Field::plain("pick-up-code", t.pick_up_field(), 40) };
    // The scanner types into the field as soon as the page is there.
    Effect::new(move |_| request_animation_frame(move || counter.code.focus()));
    let handed = move || {
        counter.handed.get().map(|number| {
            view! { <p class="order-done">{icon(Icon::Check)}<span>{t.said_collected()}" · "{number}</span></p> }
        })
    };
    view! {
        <div class="desk-top"><h1>{t.pick_up()}</h1>{choose_place(desk, counter.place, true)}</div>
        <form class="counter-form needs-script" novalidate on:submit=submit>
            {field(spec, counter.code)}
            <button class="button" type="submit" disabled=counter.work.busy>{t.pick_up_find()}</button>
        </form>
        <p class="desk-note">{t.pick_up_hint()}</p>
        <div role="status">{handed}</div>
        {counter.work.trouble()}
        <div aria-live="polite">{move || counter.found.get().map(|task| counter.goods(&task))}</div>
    }
    .into_any()
}

impl Counter {
    fn find(self) {
        let (t, code) = (self.desk.t, self.code.read());
        let Some(place) = self.place.get_untracked().filter(|_| !code.is_empty()) else {
            self.code.wrong.set(Some(t.code_needed().to_owned()));
            return self.code.focus();
        };
        self.found.set(None);
        self.handed.set(None);
        let path = format!("/staff/places/{}/pick-up?code={}", encode(place.as_str()), encode(&code));
        self.work.start(async move { browser::get::<Task>(&path).await }, move |task| self.found.set(Some(task)));
    }

    fn hand_over(self, task: &Task) {
        let (id, number) = (task.fulfilment.id.clone(), task.order.to_string());
        let step = FulfilStep::Collect { code: self.code.read(), by: self.by.read() };
        let path = format!("/staff/fulfilments/{}/steps", encode(id.as_str()));
        let doing = async move { browser::post_json::<Fulfilment>(&path, &step).await };
        self.work.start(doing, move |_| {
            self.found.set(None);
            self.handed.set(Some(number));
            self.code.write("");
            self.by.write("");
            self.code.focus();
        });
    }

    fn goods(self, task: &Task) -> AnyView {
        let (t, front) = (self.desk.t, self.desk.front);
        let names = receipt::of_order(front, &task.items);
        let due = match task.due {
            0 => view! { <p class="counter-paid">{t.paid()}</p> }.into_any(),
            due => view! { <p class="task-due">{t.due(&front.money(due))}</p> }.into_any(),
        };
        let task_ = task.clone();
        view! {
            <section class="task counter" aria-label=t.pick_up_all()>
                {tasks::head(self.desk, task)}
                {order::goods(front, &task.fulfilment.lines, &names)}
                {due}
                {field(Field::plain("pick-up-by", t.collected_by(), 60), self.by)}
                <button class="button" type="button" disabled=self.work.busy on:click=move |_| self.hand_over(&task_)>{t.collect()}</button>
            </section>
        }
        .into_any()
    }
}
