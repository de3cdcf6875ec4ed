//! Whom a sale is for: a member by the code on the telephone, the number or the telephone number; what they have, and what of it this sale uses.

use super::Till;
use crate::{
    api::browser,
    ui::{self, Entry, Field},
};
use leptos::{ev::SubmitEvent, prelude::*};
use wire::{FindMember, MemberView, WalletCoupon};

/// A member's number has so many digits, and the code of the moment so many more.
const CODE_DIGITS: usize = 20;

/// True for what a member's code says when it is scanned.
#[must_use]
pub fn is_code(text: &str) -> bool {
    text.len() == CODE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The member, or the field to find one.
pub fn member(till: Till) -> AnyView {
    if !till.desk.may("member_see") {
        return ().into_any();
    }
    let body = move || match till.member.get() {
        Some(member) => known(till, &member),
        // The new order is of the member whose goods come back, or nobody's.
        None if till.exchange.read().is_some() => ().into_any(),
        None => finder(till),
    };
    view! { <section class="till-member" aria-label=till.t.member()>{body}</section> }.into_any()
}

fn finder(till: Till) -> AnyView {
    let (t, entry) = (till.t, Entry::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        find(till, entry.read());
    };
    view! {
        <form class="till-find" novalidate on:submit=submit>
            {ui::field(Field { inputmode: "numeric", ..Field::plain("till-member", t.member_find(), 40) }, entry)}
            <button class="button quiet" type="submit" disabled=till.work.busy>{t.member_go()}</button>
        </form>
    }
    .into_any()
}

/// Looks a member up.
pub fn find(till: Till, text: String) {
    if text.is_empty() {
        return till.work.wrong.set(Some(till.t.member_empty().to_owned()));
    }
    let doing = async move { browser::post_json::<MemberView>("/staff/members/find", &FindMember { text }).await };
    till.work.start(doing, move |member| till.member.set(Some(member)));
}

fn known(till: Till, member: &MemberView) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    let facts = front.facts();
    let level = member
        .level
        .as_ref()
        .map(|level| facts.shop.name_of(level.as_str()).map_or_else(|| level.to_string(), |name| front.say(name)));
    let coupons = member.coupons.iter().map(|one| coupon(till, one)).collect_view();
    let other = till.exchange.read().is_none().then(|| {
        view! { <button class="button quiet" type="button" on:click=move |_| till.forget_member()>{t.member_other()}</button> }
    });
    view! {
        <div class="till-who">
            <p><strong>{member.name.clone()}</strong>" "<span>{member.phone.clone()}</span>{level.map(|level| view! { <span class="badge">{level}</span> })}</p>
            {other}
        </div>
        <dl class="till-has">
            <div><dt>{t.points()}</dt><dd>{member.points}</dd></div>
            <div><dt>{t.stored()}</dt><dd>{front.money(member.value)}</dd></div>
        </dl>
        {(member.points > 0 && member.shown).then(|| points(till, member.points))}
        {(!member.shown && member.points.max(member.value) > 0).then(|| view! { <p class="desk-note">{t.member_present()}</p> })}
        {(!member.coupons.is_empty()).then(|| view! { <ul class="till-coupons" aria-label=t.coupons()>{coupons}</ul> })}
    }
    .into_any()
}

fn points(till: Till, have: i64) -> AnyView {
    let t = till.t;
    let spend = move |points: i64| till.kept.update(|kept| kept.points = points.clamp(0, have));
    let value = move || till.kept.read().points.to_string();
    let typed = move |event| spend(event_target_value(&event).trim().parse().unwrap_or(0));
    view! {
        <div class="points">
            <input type="text" inputmode="numeric" aria-label=t.points_use() maxlength="9" prop:value=value on:change=typed/>
            <button class="button quiet" type="button" on:click=move |_| spend(have)>{t.points_all()}</button>
        </div>
    }
    .into_any()
}

/// A coupon of the wallet: in use, or to be used with a tap.
fn coupon(till: Till, one: &WalletCoupon) -> AnyView {
    let (t, code, name) = (till.t, one.code.clone(), till.desk.front.say(&one.name));
    let of = code.clone();
    let used = Memo::new(move |_| till.kept.with(|kept| kept.coupons.contains(&of)));
    let label = t.coupon_use(&name);
    let press = move |_| {
        till.kept.update(|kept| match kept.coupons.iter().position(|one| *one == code) {
            Some(at) => drop(kept.coupons.remove(at)),
            None => kept.coupons.push(code.clone()),
        });
    };
    view! {
        <li><button class="till-coupon" type="button" aria-pressed=move || used.get().to_string() aria-label=label on:click=press>{name}</button></li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn a_members_code_is_told_from_barcodes() {
        assert!(is_code("12345678901212345678"));
        assert!(!is_code("6901234567892") && !is_code("1234567890121234567x"));
    }
}
