//! Another address, until somebody begins to gather the goods.

use super::{page::Shown, texts::Texts};
use crate::{
    api::{browser, encode},
    ui::{Entry, Field, field},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wire::{Address, ChangeAddress, Delivery};

/// The form, filled in with the address that holds.
pub fn form(shown: Shown) -> AnyView {
    let t = shown.t;
    let old = shown.order.with_untracked(|order| match &order.delivery {
        Delivery::Ship { address } => address.clone(),
        Delivery::PickUp { .. } => Address::default(),
    });
    let entries = [&old.province, &old.city, &old.district, &old.street].map(|text| Entry::of(text));
    let wrong = RwSignal::new(None);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if complete(t, entries) {
            send(shown, entries.map(Entry::read), wrong);
        }
    };
    let fields = specs(t).into_iter().zip(entries).map(|(spec, entry)| field(spec, entry)).collect_view();
    view! {
        <form class="change-form" novalidate on:submit=submit>
            <div class="fields">{fields}</div>
            <p class="wrong" role="alert">{wrong}</p>
            <button class="button" type="submit" disabled=shown.busy>{move || if shown.busy.get() { t.working() } else { t.address_save() }}</button>
        </form>
    }
    .into_any()
}

fn specs(t: Texts) -> [Field; 4] {
    let line =
        |id, label, autocomplete, longest| Field { autocomplete, required: true, ..Field::plain(id, label, longest) };
    [
        line("province", t.province(), "address-level1", 40),
        line("city", t.city(), "address-level2", 40),
        line("district", t.district(), "address-level3", 40),
        line("street", t.street(), "street-address", 200),
    ]
}

/// Marks what is missing; true where nothing is.
fn complete(t: Texts, entries: [Entry; 4]) -> bool {
    let empty: Vec<Entry> = entries.into_iter().filter(|entry| entry.read().is_empty()).collect();
    empty.iter().for_each(|entry| entry.wrong.set(Some(t.required().to_owned())));
    empty.first().inspect(|entry| entry.focus()).is_none()
}

fn send(shown: Shown, [province, city, district, street]: [String; 4], wrong: RwSignal<Option<String>>) {
    if shown.busy.get_untracked() {
        return;
    }
    shown.busy.set(true);
    wrong.set(None);
    let number = shown.order.with_untracked(|order| order.number.clone());
    let request = ChangeAddress { address: Address { province, city, district, street } };
    spawn_local(async move {
        let path = format!("/orders/{}/address", encode(number.as_str()));
        shown.after(browser::put_json(&path, &request).await, shown.t.address_saved(), wrong);
    });
}
