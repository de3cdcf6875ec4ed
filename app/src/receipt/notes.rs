//! What stands below the sums: hints, refused codes, points to be earned.

use super::texts::Texts;
use crate::{
    api::encode,
    front::Front,
    ui::{Icon, icon},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use pricing::{CouponOutcome, Hint, Need, Quote, words};

/// All notes.
pub fn notes(front: Front, quote: &Quote, open: bool) -> AnyView {
    let t = Texts(front.locale);
    let refused = quote.coupons.iter().filter_map(|one| refused(front, one)).collect_view();
    let hints = quote.hints.iter().map(|one| hint(front, one)).collect_view();
    let earned = (quote.points_earned > 0)
        .then(|| view! { <p class="slip-earned">{t.earns(&quote.points_earned.to_string())}</p> });
    view! {
        {refused}
        {(open && !quote.hints.is_empty()).then(|| view! {
            <div class="slip-hints"><h3>{t.hints()}</h3><ul>{hints}</ul></div>
        })}
        {earned}
    }
    .into_any()
}

fn refused(front: Front, outcome: &CouponOutcome) -> Option<AnyView> {
    let t = Texts(front.locale);
    let why = front.reason(outcome.refused.as_ref()?);
    let text = t.refused(outcome.code.as_str(), &why);
    Some(view! { <p class="slip-refused">{icon(Icon::Ticket)}<span>{text}</span></p> }.into_any())
}

fn hint(front: Front, hint: &Hint) -> AnyView {
    let t = Texts(front.locale);
    let text = words::hint(hint, front.currency, front.locale);
    let link = (hint.need == Need::SignIn && !front.kiosk).then(|| {
        let next = encode(&use_location().pathname.get_untracked());
        view! { <a href=format!("/sign-in?next={next}")>{t.sign_in()}</a> }
    });
    view! { <li><span>{text}</span>{link}</li> }.into_any()
}
