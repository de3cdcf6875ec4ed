//! The parts of the checkout's form.

use super::{
    draft::Draft,
    fields::{Field, field, radio},
    page::Checkout,
};
use ids::PlaceId;
use leptos::prelude::*;

/// Sent or picked up, and where.
pub fn delivery(checkout: Checkout) -> AnyView {
    let (front, t) = (checkout.front, checkout.t);
    let pick_up = Memo::new(move |_| front.draft.read().pick_up);
    let set = move |pick_up: bool| front.draft.update(|draft| draft.pick_up = pick_up);
    let shipped = Signal::derive(move || !pick_up.get());
    view! {
        <fieldset>
            <legend>{t.how()}</legend>
            <div class="radios">
                {radio("how", shipped, t.ship().to_owned(), said(t.ship_hint()), (), move || set(false))}
                {radio("how", pick_up.into(), t.pick_up().to_owned(), said(t.pick_up_hint()), (), move || set(true))}
            </div>
        </fieldset>
        {move || if pick_up.get() { stores(checkout) } else { address(checkout) }}
    }
    .into_any()
}

/// A note that stays as it is.
fn said(note: impl Into<String>) -> Signal<String> {
    Signal::stored(note.into())
}

fn stores(checkout: Checkout) -> AnyView {
    let (front, t) = (checkout.front, checkout.t);
    let facts = front.facts();
    let stores = facts.stores().map(|place| {
        let (id, of): (PlaceId, PlaceId) = (place.id.clone(), place.id.clone());
        let on = Signal::derive(move || front.draft.read().store.as_ref() == Some(&of));
        let note = format!("{} · {}", front.say(&place.address), front.say(&place.hours));
        let choose = move || front.draft.update(|draft| draft.store = Some(id.clone()));
        radio("store", on, front.say(&place.name), said(note), (), choose)
    });
    view! {
        <fieldset>
            <legend>{t.store()}</legend>
            <div class="radios radios-wide">{stores.collect_view()}</div>
            <p class="wrong">{move || checkout.wrong_with("delivery.store")}</p>
        </fieldset>
    }
    .into_any()
}

fn address(checkout: Checkout) -> AnyView {
    let t = checkout.t;
    let line = |name, label, autocomplete, length_max, of: fn(&mut Draft) -> &mut String| {
        field(checkout, Field { name, label, autocomplete, inputmode: "text", length_max, required: true, of })
    };
    view! {
        <fieldset>
            <legend>{t.address()}</legend>
            <div class="fields">
                {line("delivery.address.province", t.province(), "address-level1", "40", |draft| &mut draft.address.province)}
                {line("delivery.address.city", t.city(), "address-level2", "40", |draft| &mut draft.address.city)}
                {line("delivery.address.district", t.district(), "address-level3", "40", |draft| &mut draft.address.district)}
                {line("delivery.address.street", t.street(), "street-address", "120", |draft| &mut draft.address.street)}
            </div>
        </fieldset>
        {methods(checkout)}
    }
    .into_any()
}

fn methods(checkout: Checkout) -> AnyView {
    let (front, t) = (checkout.front, checkout.t);
    let facts = front.facts();
    let methods = facts.shop.shipping.iter().map(|info| {
        let (method, of) = (info.method.clone(), info.method.clone());
        let on = Signal::derive(move || front.cart.kept.read().shipping.as_ref() == Some(&of));
        let choose = move || front.cart.change(|kept| kept.shipping = Some(method.clone()));
        let price = view! { <span class="amount">{front.money(info.price)}</span> };
        radio("method", on, front.say(&info.name), said(""), price, choose)
    });
    view! { <fieldset><legend>{t.method()}</legend><div class="radios">{methods.collect_view()}</div></fieldset> }
        .into_any()
}

/// Who is told.
pub fn contact(checkout: Checkout) -> AnyView {
    let t = checkout.t;
    let line = |name, label, autocomplete, inputmode, length_max, of: fn(&mut Draft) -> &mut String| {
        let required = inputmode != "email";
        field(checkout, Field { name, label, autocomplete, inputmode, length_max, required, of })
    };
    view! {
        <fieldset>
            <legend>{t.contact()}</legend>
            <div class="fields">
                {line("contact.name", t.name(), "name", "text", "60", |draft| &mut draft.contact.name)}
                {line("contact.phone", t.phone(), "tel", "tel", "20", |draft| &mut draft.contact.phone)}
                {line("contact.email", t.email(), "email", "email", "200", |draft| &mut draft.email)}
            </div>
        </fieldset>
    }
    .into_any()
}

/// Points to spend for members; for guests the way to become one.
pub fn points(checkout: Checkout) -> AnyView {
    let (front, t) = (checkout.front, checkout.t);
    let Some(member) = front.session.get_untracked().member else {
        let invitation = view! { <p class="invitation"><span>{t.sign_in_hint()}</span><a href="/sign-in?next=%2Fcheckout">{t.sign_in()}</a></p> };
        return invitation.into_any();
    };
    let have = member.points.max(0);
    if have == 0 {
        return ().into_any();
    }
    let spend = move |points: i64| front.cart.change(|kept| kept.points = points.clamp(0, have));
    let value = move || front.cart.kept.read().points.to_string();
    let typed = move |event| spend(event_target_value(&event).trim().parse().unwrap_or(0));
    view! {
        <fieldset>
            <legend>{t.points()}</legend>
            <p>{t.points_have(&have.to_string())}</p>
            <div class="points">
                <input type="text" inputmode="numeric" aria-label=t.points_use() maxlength="9" prop:value=value on:change=typed/>
                <button class="button quiet" type="button" on:click=move |_| spend(have)>{t.points_all()}</button>
                <button class="button quiet" type="button" on:click=move |_| spend(0)>{t.points_none()}</button>
            </div>
        </fieldset>
    }
    .into_any()
}
