//! One member: level, points, stored value, coupons, and what moved.

use super::{adjust, texts::Texts};
use crate::{
    api::{Ask, browser, encode},
    staff::{BASE, desk::Desk, person, table::nothing},
    ui,
};
use ids::OrderNumber;
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use pricing::{Instant, Text};
use wire::{MemberLedger, MemberView};

/// The member who is shown.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Who looks.
    pub desk: Desk,
    /// The texts.
    pub t: Texts,
    /// The member as they stand.
    pub member: RwSignal<MemberView>,
    ledger: RwSignal<Option<MemberLedger>>,
}

/// `/staff/members/{id}`
pub fn page(desk: Desk, id: &str) -> AnyView {
    let t = Texts(desk.front.locale);
    let path = format!("/staff/members/{}", encode(id));
    let (of_ledger, ledger) = (format!("{path}/ledger"), RwSignal::new(None));
    let data = ui::load(move || Ask::Path(path.clone()));
    let moved = ui::load(move || Ask::Path(of_ledger.clone()));
    let show = move |member: MemberView| {
        let shown = Shown { desk, t, member: RwSignal::new(member), ledger };
        let ledger_view = ui::loaded(desk.front, moved, move |first: MemberLedger| {
            shown.ledger.set(Some(first));
            view! { {move || shown.ledger.get().map(|ledger| shown.ledgers(&ledger))} }.into_any()
        });
        view! { {move || shown.member.with(|member| shown.head(member))}{desk.may("member_adjust").then(|| adjust::form(shown))}{ledger_view}{shown.rights()} }.into_any()
    };
    view! {
        <p><a class="desk-back" href=format!("{BASE}/members")>{t.back()}</a></p>
        {ui::loaded(desk.front, data, show)}
    }
    .into_any()
}

impl Shown {
    /// Looks at what moved again.
    pub fn look(self) {
        let path = self.member.with_untracked(|member| format!("/staff/members/{}/ledger", encode(member.id.as_str())));
        spawn_local(async move {
            if let Ok(ledger) = browser::get::<MemberLedger>(&path).await {
                let _ = self.ledger.try_set(Some(ledger));
            }
        });
    }

    /// What is done for the person, not for the sale.
    fn rights(self) -> AnyView {
        let (desk, id) = (self.desk, self.member.with_untracked(|member| member.id.clone()));
        let may_all = desk.may("person_data");
        view! {
            {desk.may("member_unmask").then(|| person::of_member(desk, &id))}
            {may_all.then(|| person::copy(desk, &id))}
            {may_all.then(|| person::erase(desk, &id))}
        }
        .into_any()
    }

    fn head(self, member: &MemberView) -> AnyView {
        let (t, front) = (self.t, self.desk.front);
        let facts = front.facts();
        let level = member.level.as_ref().map_or_else(
            || t.no_level().to_owned(),
            |level| facts.shop.name_of(level.as_str()).map_or_else(|| level.to_string(), |name| front.say(name)),
        );
        let name = if member.name.is_empty() { t.nameless().to_owned() } else { member.name.clone() };
        let pending = (member.pending > 0).then(|| view! { <small>{t.pending(&member.pending.to_string())}</small> });
        let coupons = member.coupons.iter().map(|one| {
            let until = one.ends.map(|ends| t.until(&front.day(ends)));
            view! { <li><strong>{front.say(&one.name)}</strong><span>{one.code.to_string()}" "{until}</span></li> }
        });
        let coupons = (!member.coupons.is_empty()).then(|| {
            view! { <section class="desk-section" aria-labelledby="member-coupons"><h2 id="member-coupons">{t.coupons()}</h2><ul class="units">{coupons.collect_view()}</ul></section> }
        });
        view! {
            <Title text=name.clone()/>
            <div class="desk-top"><h1>{name}</h1><span class="desk-note">{member.phone.clone()}" · "{t.number(&member.number)}</span></div>
            <dl class="desk-figures">
                <div><dt>{t.level()}</dt><dd>{level}</dd></div>
                <div><dt>{t.points()}</dt><dd>{member.points}{pending}</dd></div>
                <div><dt>{t.value()}</dt><dd>{front.money(member.value)}</dd></div>
                <div><dt>{t.orders()}</dt><dd>{member.orders}</dd></div>
            </dl>
            {coupons}
        }
        .into_any()
    }

    fn ledgers(self, ledger: &MemberLedger) -> AnyView {
        let (t, front) = (self.t, self.desk.front);
        let level = ledger.level.as_ref().map(|progress| {
            let next = progress.next.as_ref().map(|next| front.say(&next.missing));
            let kept = progress.kept.as_ref().map(|kept| front.say(kept));
            view! { <p class="desk-note">{next}" "{kept}</p> }
        });
        let points = ledger.points.iter().map(|one| {
            let amount = format!("{:+}", one.points);
            self.entry(one.at, amount, one.points < 0, &one.reason, one.order.as_ref())
        });
        let value = ledger.value.iter().map(|one| {
            let sign = if one.amount > 0 { "+" } else { "" };
            let amount = format!("{sign}{}", front.money(one.amount));
            self.entry(one.at, amount, one.amount < 0, &one.reason, one.order.as_ref())
        });
        view! {
            {level}
            <div class="desk-halves">
                {part("member-points", t.points_moved(), points.collect(), t.nothing_moved())}
                {part("member-value", t.value_moved(), value.collect(), t.nothing_moved())}
            </div>
        }
        .into_any()
    }

    fn entry(self, at: Instant, amount: String, less: bool, reason: &Text, order: Option<&OrderNumber>) -> AnyView {
        let front = self.desk.front;
        let order = order.map(|number| {
            let href = format!("{BASE}/orders/{}", encode(number.as_str()));
            view! { <a href=href>{number.to_string()}</a> }
        });
        view! {
            <li class="points-row" data-spent=less>
                <span class="points-why">{front.say(reason)}{order}</span>
                <time class="points-when" datetime=at.to_string()>{front.time(at)}</time>
                <span class="points-amount amount">{amount}</span>
            </li>
        }
        .into_any()
    }
}

fn part(id: &'static str, title: &'static str, rows: Vec<AnyView>, none: &'static str) -> AnyView {
    let body = if rows.is_empty() { nothing(none, "") } else { view! { <ul class="movements">{rows}</ul> }.into_any() };
    view! { <section class="desk-section" aria-labelledby=id><h2 id=id>{title}</h2>{body}</section> }.into_any()
}
