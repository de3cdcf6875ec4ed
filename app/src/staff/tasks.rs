//! The work at a place: what is to be gathered, sent and handed over. It looks again by itself, and prints as a list.

use super::{
    BASE,
    desk::{Desk, choose_place},
    steps::steps,
};
use crate::{
    api::{Ask, browser, encode},
    cart::clock,
    order, receipt, ui,
};
use ids::PlaceId;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use pricing::Instant;
use std::time::Duration;
use wire::Task;

/// How often the list looks again.
const AGAIN: Duration = Duration::from_secs(20);

/// The lists, by the stages that belong to each.
const TABS: [(&str, &[&str]); 4] =
    [("gather", &["allocated", "picking"]), ("send", &["packed"]), ("hand", &["ready"]), ("way", &["shipped"])];

/// `/staff/tasks?place=&tab=`
pub fn page(desk: Desk, _rest: &str) -> AnyView {
    let place = desk.place(false);
    let data = ui::load(move || Ask::Path(path(place.get().as_ref())));
    let list = move |tasks: Vec<Task>| List::new(desk, place.get_untracked(), tasks).view();
    view! {
        <div class="desk-top">
            <h1>{desk.t.tasks()}</h1>
            {choose_place(desk, place, false)}
        </div>
        {ui::loaded(desk.front, data, list)}
    }
    .into_any()
}

fn path(place: Option<&PlaceId>) -> String {
    format!("/staff/places/{}/tasks", encode(place.map(PlaceId::as_str).unwrap_or_default()))
}

/// The tasks of one place as they are known.
#[derive(Clone, Copy)]
struct List {
    desk: Desk,
    place: StoredValue<Option<PlaceId>>,
    tasks: RwSignal<Vec<Task>>,
    looked: RwSignal<Instant>,
    tab: Memo<usize>,
}

impl List {
    fn new(desk: Desk, place: Option<PlaceId>, tasks: Vec<Task>) -> Self {
        let query = use_query_map();
        let tab = Memo::new(move |_| {
            let named = query.with(|query| query.get("tab"));
            TABS.iter().position(|(tab, _)| named.as_deref() == Some(*tab)).unwrap_or(0)
        });
        let looked = RwSignal::new(desk.front.facts().shop.now);
        Self { desk, place: StoredValue::new(place), tasks: RwSignal::new(tasks), looked, tab }
    }

    /// Asks again. What did not change stays as it is, with all that was typed into it.
    fn look(self) {
        let path = path(self.place.get_value().as_ref());
        spawn_local(async move {
            match browser::get::<Vec<Task>>(&path).await {
                Ok(tasks) => {
                    let _ = self.tasks.try_set(tasks);
                    let _ =
                        self.looked.try_set(clock::moved_on(self.desk.front.facts().shop.now, 0.0, clock::now_ms()));
                }
                Err(problem) => self.desk.say(self.desk.words(&problem)),
            }
        });
    }

    fn look_again_by_itself(self) {
        Effect::new(move |_| {
            let again = move || {
                if !document().hidden() {
                    self.look();
                }
            };
            if let Ok(timer) = set_interval_with_handle(again, AGAIN) {
                on_cleanup(move || timer.clear());
            }
        });
    }

    fn of_tab(self, tab: usize) -> Vec<Task> {
        let (_, stages) = TABS[tab];
        self.tasks.with(|tasks| {
            tasks.iter().filter(|task| stages.contains(&task.fulfilment.stage.as_str())).cloned().collect()
        })
    }

    fn view(self) -> AnyView {
        self.look_again_by_itself();
        let t = self.desk.t;
        let tabs = (0..TABS.len()).map(|at| self.tab_link(at)).collect_view();
        let shown = Memo::new(move |_| self.of_tab(self.tab.get()));
        // A card stays as long as its goods stand where they stood.
        let key = |task: &Task| {
            let units: i64 = task.fulfilment.lines.iter().map(|line| line.quantity).sum();
            format!("{} {} {units}", task.fulfilment.id, task.fulfilment.stage)
        };
        let none = move || shown.with(Vec::is_empty).then(|| nothing(self.desk, self.tab.get()));
        view! {
            <nav class="tabs" aria-label=t.tasks()><ul>{tabs}</ul></nav>
            <div class="desk-bar">
                <span class="desk-note" role="status">{move || t.refreshed(&self.desk.front.clock(self.looked.get()))}</span>
                <button class="button quiet needs-script" type="button" on:click=move |_| self.look()>{t.refresh()}</button>
                <button class="button quiet needs-script" type="button" on:click=|_| drop(window().print())>{t.pick_list()}</button>
            </div>
            {none}
            <ul class="tasks"><For each=move || shown.get() key=key let:task>{self.card(&task)}</For></ul>
        }
        .into_any()
    }

    fn tab_link(self, at: usize) -> AnyView {
        let t = self.desk.t;
        let name = [t.gather(), t.send(), t.hand(), t.under_way()][at];
        let place = self.place.get_value().filter(|_| self.desk.bound_to().is_none());
        let mut href = crate::api::Query::new();
        href.add("place", place.as_ref().map(PlaceId::as_str).unwrap_or_default());
        href.add("tab", TABS[at].0);
        let current = move || (self.tab.get() == at).then_some("page");
        let count = move || self.of_tab(at).len();
        view! {
            <li><a href=format!("{BASE}/tasks{href}") aria-current=current>{name}" "<span class="tab-count">{count}</span></a></li>
        }
        .into_any()
    }

    fn card(self, task: &Task) -> AnyView {
        let (front, one) = (self.desk.front, &task.fulfilment);
        let names = receipt::of_order(front, &task.items);
        let done = Callback::new(move |()| self.look());
        view! {
            <li class="task" data-stage=one.stage.clone()>
                {head(self.desk, task)}
                {order::goods(front, &one.lines, &names)}
                {steps(self.desk, one, &names, done)}
            </li>
        }
        .into_any()
    }
}

/// Whose goods, how they go, and what is still to pay.
pub fn head(desk: Desk, task: &Task) -> AnyView {
    let (t, front, one) = (desk.t, desk.front, &task.fulfilment);
    let way = if one.way == "pick_up" { t.by_pick_up() } else { t.by_parcel() };
    let number = task.order.to_string();
    let title = match desk.may("order_see") {
        true => {
            let href = format!("{BASE}/orders/{}", encode(&number));
            view! { <a href=href>{number}</a> }.into_any()
        }
        false => view! { <span>{number}</span> }.into_any(),
    };
    let until = one.ready_until.map(|until| view! { <span>{front.time(until)}</span> });
    let due = (task.due > 0).then(|| view! { <p class="task-due">{t.due(&front.money(task.due))}</p> });
    view! {
        <header class="task-head">
            <h2>{title}</h2>
            <span class="badge">{way}</span>
            <p class="task-who">
                <span>{task.contact.name.clone()}" "{task.contact.phone.clone()}</span>
                <span>{t.placed_at(&front.time(task.placed_at))}</span>
                <span>{order::stage_word(front, &one.stage)}</span>
                {until}
            </p>
            {due}
        </header>
    }
    .into_any()
}

fn nothing(desk: Desk, tab: usize) -> AnyView {
    let t = desk.t;
    let words = [t.no_gather(), t.no_send(), t.no_hand(), t.no_way()][tab];
    view! { <div class="desk-empty"><p>{words}</p><p class="desk-note">{t.no_tasks_why()}</p></div> }.into_any()
}
