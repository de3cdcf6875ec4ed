//! Personal data in full, and what a person may ask the shop for: a copy of all that is kept, and that it is forgotten. Never without a reason, which is
//! written down and which the person may read.

use super::{BASE, desk::Desk, work::Work};
use crate::{
    api::{browser, encode},
    ui::{Entry, Field, field},
};
use ids::{MemberId, OrderNumber};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::{Delivery, ErasePerson, Erased, OrderPerson, Person, WithReason};

/// A fold with a reason and a button; `go` is called with the reason.
fn asked(
    desk: Desk,
    (id, title, about, button): (&'static str, &'static str, &'static str, &'static str),
    work: Work,
    more: AnyView,
    go: impl Fn(String) + 'static,
) -> AnyView {
    let (t, reason) = (desk.t, Entry::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match reason.read() {
            text if text.is_empty() => {
                reason.wrong.set(Some(t.why_needed().to_owned()));
                reason.focus();
            }
            text => go(text),
        }
    };
    view! {
        <details class="fold needs-script">
            <summary>{title}</summary>
            <form class="fold-body change-form" novalidate on:submit=submit>
                <p>{about}</p>
                {field(Field { required: true, ..Field::plain(id, t.person_why(), 200) }, reason)}
                {more}
                {work.trouble()}
                <button class="button firm" type="submit" disabled=work.busy>{button}</button>
            </form>
        </details>
    }
    .into_any()
}

fn told(name: &str, phone: &str, more: Vec<String>) -> AnyView {
    let more = more.into_iter().map(|line| view! { <span>{line}</span> }).collect_view();
    let call = format!("tel:{phone}");
    view! { <p class="person" role="status"><strong>{name.to_owned()}</strong><a href=call>{phone.to_owned()}</a>{more}</p> }.into_any()
}

/// Whom an order goes to.
pub fn of_order(desk: Desk, number: &OrderNumber) -> AnyView {
    let (t, work, shown) = (desk.t, Work::new(desk), RwSignal::new(None::<OrderPerson>));
    let path = format!("/staff/orders/{}/unmask", encode(number.as_str()));
    let go = move |reason| {
        let path = path.clone();
        let doing = async move { browser::post_json::<OrderPerson>(&path, &WithReason { reason }).await };
        work.start(doing, move |person| shown.set(Some(person)));
    };
    let view = move || {
        shown.get().map(|one| {
            let address = match one.delivery {
                Delivery::Ship { address } => {
                    Some([address.province, address.city, address.district, address.street].concat())
                }
                Delivery::PickUp { .. } => None,
            };
            told(&one.name, &one.phone, one.email.into_iter().chain(address).collect())
        })
    };
    let words = ("unmask-why", t.unmask(), t.unmask_about(), t.unmask_go());
    view! { <div>{asked(desk, words, work, ().into_any(), go)}{view}</div> }.into_any()
}

/// Who a member is.
pub fn of_member(desk: Desk, member: &MemberId) -> AnyView {
    let (t, work, shown) = (desk.t, Work::new(desk), RwSignal::new(None::<Person>));
    let path = format!("/staff/persons/{}/unmask", encode(member.as_str()));
    let go = move |reason| {
        let path = path.clone();
        let doing = async move { browser::post_json::<Person>(&path, &WithReason { reason }).await };
        work.start(doing, move |person| shown.set(Some(person)));
    };
    let view = move || shown.get().map(|one| told(&one.name, &one.phone, Vec::new()));
    let words = ("unmask-why", t.unmask(), t.unmask_about(), t.unmask_go());
    view! { <div>{asked(desk, words, work, ().into_any(), go)}{view}</div> }.into_any()
}

/// A copy of all that the shop keeps of a member, as a file.
pub fn copy(desk: Desk, member: &MemberId) -> AnyView {
    let (t, work, file) = (desk.t, Work::new(desk), RwSignal::new(None::<String>));
    let path = format!("/staff/persons/{}/export", encode(member.as_str()));
    let go = move |reason| {
        let path = path.clone();
        let doing = async move { browser::post_text(&path, &WithReason { reason }).await };
        work.start(doing, move |text| file.set(Some(text)));
    };
    let name = format!("{member}.json");
    let view = move || {
        let name = name.clone();
        file.get().map(|text| {
            let href = format!("data:application/json;charset=utf-8,{}", encode(&text));
            view! { <p role="status"><a class="button quiet" href=href download=name rel="external">{t.copy_file()}</a></p> }
        })
    };
    let words = ("copy-why", t.copy(), t.copy_about(), t.copy_go());
    view! { <div>{asked(desk, words, work, ().into_any(), go)}{view}</div> }.into_any()
}

/// Forgets a member; the books keep their figures.
pub fn erase(desk: Desk, member: &MemberId) -> AnyView {
    let (t, work, give_up) = (desk.t, Work::new(desk), RwSignal::new(false));
    let path = format!("/staff/persons/{}/erase", encode(member.as_str()));
    let navigate = use_navigate();
    let go = move |reason| {
        let (path, navigate) = (path.clone(), navigate.clone());
        let request = ErasePerson { reason, give_up_points: give_up.get_untracked() };
        let doing = async move { browser::post_json::<Erased>(&path, &request).await };
        work.start(doing, move |erased| {
            desk.say(t.erased(&erased.orders.to_string()));
            navigate(&format!("{BASE}/members"), NavigateOptions::default());
        });
    };
    let points = view! {
        <label class="check">
            <input type="checkbox" prop:checked=give_up on:change=move |event| give_up.set(event_target_checked(&event))/>
            <span>{t.erase_points()}</span>
        </label>
    };
    asked(desk, ("erase-why", t.erase(), t.erase_about(), t.erase_go()), work, points.into_any(), go)
}
