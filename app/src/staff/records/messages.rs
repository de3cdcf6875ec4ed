//! Messages to shoppers by where they stand; what was given up is put on its way again.

use super::texts::Texts;
use crate::{
    api::{Ask, browser, encode},
    staff::{
        BASE,
        desk::Desk,
        table::{nothing, table},
        work::Work,
    },
    ui,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use wire::{MessageState, StaffMessage};

const STATES: [&str; 3] = ["dead", "waiting", "sent"];

/// `/staff/messages?state=`
pub fn page(desk: Desk, _rest: &str) -> AnyView {
    let (t, query) = (Texts(desk.front.locale), use_query_map());
    let state = Memo::new(move |_| {
        let named = query.with(|query| query.get("state"));
        STATES.into_iter().find(|state| named.as_deref() == Some(*state)).unwrap_or(STATES[0])
    });
    let path = move || format!("/staff/messages?state={}", state.get());
    let data = ui::load(move || Ask::Path(path()));
    let tabs = STATES.map(|one| {
        let current = move || (state.get() == one).then_some("page");
        view! { <li><a href=format!("{BASE}/messages?state={one}") aria-current=current>{t.message_state(one)}</a></li> }
    });
    view! {
        <div class="desk-top"><h1>{desk.t.messages()}</h1></div>
        <nav class="tabs" aria-label=desk.t.messages()><ul>{tabs.collect_view()}</ul></nav>
        {ui::loaded(desk.front, data, move |all: Vec<StaffMessage>| {
            Outbox { desk, t, path: StoredValue::new(untrack(path)), all: RwSignal::new(all), work: Work::new(desk) }.view()
        })}
    }
    .into_any()
}

/// The messages of a state.
#[derive(Clone, Copy)]
struct Outbox {
    desk: Desk,
    t: Texts,
    path: StoredValue<String>,
    all: RwSignal<Vec<StaffMessage>>,
    work: Work,
}

impl Outbox {
    fn view(self) -> AnyView {
        view! { {self.work.trouble()}{move || self.all.with(|all| self.list(all))} }.into_any()
    }

    fn list(self, all: &[StaffMessage]) -> AnyView {
        let t = self.t;
        if all.is_empty() {
            return nothing(t.messages_none(), t.messages_none_why());
        }
        let heads = [
            t.message_kind(),
            t.message_to(),
            t.message_way(),
            t.message_written(),
            t.message_tries(),
            t.message_error(),
            t.action(),
        ];
        table(self.desk.t.messages(), &heads, all.iter().map(|one| self.row(one)).collect())
    }

    fn row(self, one: &StaffMessage) -> AnyView {
        let (t, front) = (self.t, self.desk.front);
        let order = one.order.as_ref().map(|number| {
            let href = format!("{BASE}/orders/{}", encode(number.as_str()));
            view! { <small><a href=href>{number.to_string()}</a></small> }
        });
        let when = match (one.state, one.sent_at) {
            (MessageState::Sent, Some(at)) => t.message_left(&front.time(at)),
            (MessageState::Waiting, _) => t.message_next(&front.time(one.next_at)),
            _ => String::new(),
        };
        let retry = (one.state == MessageState::Dead).then(|| self.retry(one));
        view! {
            <tr data-failed={one.state == MessageState::Dead}>
                <th scope="row">{t.kind(&one.kind)}{order}</th>
                <td>{one.to.clone()}</td>
                <td>{one.way.clone()}</td>
                <td>{front.time(one.created_at)}<small>{when}</small></td>
                <td class="amount">{one.attempts}</td>
                <td class="job-error">{one.last_error.clone()}</td>
                <td>{retry}</td>
            </tr>
        }
        .into_any()
    }

    fn retry(self, one: &StaffMessage) -> AnyView {
        let (t, id) = (self.t, one.id.clone());
        let label = t.retry_named(&t.kind(&one.kind), &one.to);
        let press = move |_| {
            let path = format!("/staff/messages/{}/retry", encode(&id));
            self.work.start(async move { browser::post_empty(&path).await }, move |()| {
                self.desk.say(t.retried());
                self.look();
            });
        };
        view! { <button class="button quiet needs-script" type="button" aria-label=label disabled=self.work.busy on:click=press>{t.retry()}</button> }
            .into_any()
    }

    fn look(self) {
        let path = self.path.get_value();
        spawn_local(async move {
            if let Ok(all) = browser::get::<Vec<StaffMessage>>(&path).await {
                let _ = self.all.try_set(all);
            }
        });
    }
}
