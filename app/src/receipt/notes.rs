//! What stands below the sums: hints, refused codes, points to be earned.

use super::{marks::Marks, slip::folded, texts::Texts};
use crate::{
    api::encode,
    front::Front,
    ui::{Icon, icon},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use pricing::{Certificate, CouponOutcome, Hint, Missed, Need, Quote, Reason, words};

/// All notes.
pub fn notes(front: Front, quote: &Quote, marks: Marks, open: bool) -> AnyView {
    let t = Texts(front.locale);
    let refused = quote.coupons.iter().filter_map(|one| refused(front, one)).collect_view();
    let hints = quote.hints.iter().map(|one| hint(front, quote, one)).collect_view();
    let earned = (quote.points_earned > 0)
        .then(|| view! { <p class="slip-earned">{t.earns(&quote.points_earned.to_string())}</p> });
    view! {
        {proof(front, quote)}
        {refused}
        {(open && !quote.hints.is_empty()).then(|| view! {
            <div class="slip-hints"><h3>{t.hints()}</h3><ul>{hints}</ul></div>
        })}
        {missed(front, quote, marks, open)}
        {earned}
    }
    .into_any()
}

/// What is known of other choices; nothing where there was none to make.
fn proof(front: Front, quote: &Quote) -> Option<AnyView> {
    let offered = !quote.applied.is_empty() || !quote.missed.is_empty();
    let words = words::certificate(quote.certificate, front.currency, front.locale).filter(|_| offered)?;
    let proved = quote.certificate == Certificate::Optimal;
    let mark = proved.then(|| icon(Icon::Check));
    Some(view! { <p class="slip-proof" data-proved=proved>{mark}<span>{words}</span></p> }.into_any())
}

/// Offers that gave nothing, each with its reason, folded away. Codes have told theirs already, and hints what they need.
fn missed(front: Front, quote: &Quote, marks: Marks, open: bool) -> Option<AnyView> {
    let t = Texts(front.locale);
    let hinted = |one: &Missed| open && quote.hints.iter().any(|hint| hint.promotion == one.promotion);
    let told = |one: &&Missed| one.coupon.is_none() && !hinted(one);
    let rows: Vec<_> =
        quote.missed.iter().filter(told).map(|one| (front.say(&one.name), front.reason(&one.reason))).collect();
    if rows.is_empty() {
        return None;
    }
    let head = view! { <span>{t.missed(&rows.len().to_string())}</span> }.into_any();
    let row = |(name, why)| view! { <li><span>{name}</span><span>{why}</span></li> };
    let body = view! { <ul class="slip-why">{rows.into_iter().map(row).collect_view()}</ul> }.into_any();
    Some(view! { <div class="slip-missed">{folded(marks, "missed".to_owned(), head, Some(body))}</div> }.into_any())
}

fn refused(front: Front, outcome: &CouponOutcome) -> Option<AnyView> {
    let t = Texts(front.locale);
    let why = front.reason(outcome.refused.as_ref()?);
    let text = t.refused(outcome.code.as_str(), &why);
    Some(view! { <p class="slip-refused">{icon(Icon::Ticket)}<span>{text}</span></p> }.into_any())
}

fn hint(front: Front, quote: &Quote, hint: &Hint) -> AnyView {
    let t = Texts(front.locale);
    let text = words::hint(hint, front.currency, front.locale);
    let link = (hint.need == Need::SignIn && !front.kiosk).then(|| {
        let next = encode(&use_location().pathname.get_untracked());
        view! { <a href=format!("/sign-in?next={next}")>{t.sign_in()}</a> }
    });
    view! { <li><span>{text}</span>{link}{way(quote, hint)}</li> }.into_any()
}

/// How far the cart is on its way to a threshold; the words beside it say the same.
fn way(quote: &Quote, hint: &Hint) -> Option<AnyView> {
    let missed = quote.missed.iter().find(|one| one.promotion == hint.promotion)?;
    let Reason::BelowSubtotal { needed, actual } = missed.reason else { return None };
    Some(view! { <progress max=needed.to_string() value=actual.to_string() aria-hidden="true"></progress> }.into_any())
}
