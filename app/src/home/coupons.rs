//! Promotions as quiet coupons: what, until when, and why not yet.

use super::texts::Texts;
use crate::{
    front::Front,
    ui::{Icon, icon},
};
use leptos::prelude::*;
use wire::PromotionNote;

/// Coupons: the first few, the others folded away. Promotions of one name, such as the prices of one sale, are one coupon.
pub fn coupons(front: Front, notes: &[PromotionNote], open: usize) -> AnyView {
    let mut shown: Vec<&PromotionNote> = Vec::new();
    for note in notes {
        if !shown.iter().any(|one| one.name == note.name && one.coupon == note.coupon) {
            shown.push(note);
        }
    }
    let rest = shown.split_off(open.min(shown.len()));
    let row = |notes: &[&PromotionNote]| notes.iter().map(|note| coupon(front, note)).collect_view();
    let more = (!rest.is_empty()).then(|| {
        let summary = Texts(front.locale).more(&rest.len().to_string());
        view! { <details class="coupons-more"><summary>{summary}</summary><ul class="coupons">{row(&rest)}</ul></details> }
    });
    view! { <ul class="coupons">{row(&shown)}</ul>{more} }.into_any()
}

fn coupon(front: Front, note: &PromotionNote) -> AnyView {
    let t = Texts(front.locale);
    let name = front.say(&note.name);
    let how = match (&note.coupon, note.applies) {
        (Some(code), _) => t.code(code.as_str()),
        (None, true) => t.applies().to_owned(),
        (None, false) => t.automatic().to_owned(),
    };
    let until = note.ends.map(|ends| view! { <span>{t.until(&front.day(ends))}</span> });
    let why = note.why_not.as_ref().map(|why| view! { <p class="coupon-why">{front.say(why)}</p> });
    view! {
        <li class="coupon" data-applies=note.applies>
            <span class="coupon-stub">{icon(if note.applies { Icon::Check } else { Icon::Ticket })}</span>
            <div class="coupon-body">
                <p class="coupon-name">{name.clone()}</p>
                <p class="coupon-how"><span>{how}</span>{until}</p>
                {why}
            </div>
            {take(front, note, &name)}
        </li>
    }
    .into_any()
}

/// Enters the code into the cart, for promotions that need one.
fn take(front: Front, note: &PromotionNote, name: &str) -> Option<AnyView> {
    let t = Texts(front.locale);
    let code = note.coupon.clone()?;
    let label = t.take_named(name);
    let enter = move |_| {
        front.cart.enter(code.clone());
        front.notice.set(Some(t.taken(code.as_str())));
    };
    Some(view! { <button class="coupon-take needs-script" type="button" aria-label=label on:click=enter>{t.take()}</button> }.into_any())
}
