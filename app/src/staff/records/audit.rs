//! Who saw or changed whose data, and why; the latest first.

use super::texts::Texts;
use crate::{
    api::{Ask, Query},
    staff::{
        BASE,
        desk::Desk,
        table::{nothing, table},
    },
    ui,
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use wire::AuditEntry;

/// Lines of a page.
const LINES: usize = 50;

/// `/staff/audit?member=&actor=&before=`
pub fn page(desk: Desk, _rest: &str) -> AnyView {
    let query = use_query_map();
    let key = move |name: &'static str| query.with(|query| query.get(name)).unwrap_or_default().trim().to_owned();
    let data = ui::load(move || {
        let mut asked = asked(&key("member"), &key("actor"), &key("before"));
        asked.add("limit", &LINES.to_string());
        Ask::Path(format!("/staff/audit{asked}"))
    });
    view! {
        <div class="desk-top"><h1>{desk.t.audit()}</h1></div>
        {search(desk, &key("member"), &key("actor"))}
        {ui::loaded(desk.front, data, move |all: Vec<AuditEntry>| list(desk, &all, &key("member"), &key("actor")))}
    }
    .into_any()
}

fn asked(member: &str, actor: &str, before: &str) -> Query {
    let mut query = Query::new();
    query.add("member", member);
    query.add("actor", actor);
    query.add("before", before);
    query
}

fn search(desk: Desk, member: &str, actor: &str) -> AnyView {
    let (t, navigate) = (Texts(desk.front.locale), use_navigate());
    let (of, by) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let value = |input: NodeRef<html::Input>| input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let query = asked(value(of).trim(), value(by).trim(), "");
        navigate(&format!("{BASE}/audit{query}"), NavigateOptions::default());
    };
    view! {
        <form class="desk-search" role="search" action=format!("{BASE}/audit") method="get" on:submit=submit>
            <div class="field"><label for="audit-member">{t.audit_member()}</label><input node_ref=of id="audit-member" type="text" name="member" value=member.to_owned() autocomplete="off" maxlength="60"/></div>
            <div class="field"><label for="audit-actor">{t.audit_actor()}</label><input node_ref=by id="audit-actor" type="text" name="actor" value=actor.to_owned() autocomplete="off" maxlength="60"/></div>
            <button class="button" type="submit">{t.find()}</button>
        </form>
    }
    .into_any()
}

fn list(desk: Desk, all: &[AuditEntry], member: &str, actor: &str) -> AnyView {
    let t = Texts(desk.front.locale);
    if all.is_empty() {
        return nothing(t.audit_none(), t.audit_none_why());
    }
    let heads = [
        t.audit_when(),
        t.audit_who(),
        t.audit_what(),
        t.audit_whose(),
        t.audit_fields(),
        t.audit_why(),
        t.audit_where(),
    ];
    let rows = all.iter().map(|one| row(desk, t, one)).collect();
    let more = all.last().filter(|_| all.len() >= LINES).map(|last| {
        let query = asked(member, actor, &last.at.to_string());
        view! { <p class="row"><a class="button quiet" href=format!("{BASE}/audit{query}")>{t.more()}</a></p> }
    });
    view! { {table(desk.t.audit(), &heads, rows)}{more} }.into_any()
}

fn row(desk: Desk, t: Texts, one: &AuditEntry) -> AnyView {
    let place = one.place.as_ref().map(|place| desk.place_name(place));
    let role = if one.actor_kind == "staff" { desk.t.role(&one.role) } else { t.actor(&one.actor_kind) };
    let at: Vec<String> = [place, one.ip.clone()].into_iter().flatten().collect();
    view! {
        <tr>
            <td>{desk.front.time(one.at)}</td>
            <th scope="row">{role}<small>{one.actor.clone()}</small></th>
            <td>{t.deed(&one.action)}</td>
            <td class="cell-id">{one.subject.clone()}</td>
            <td>{one.fields.join(", ")}</td>
            <td class="cell-words">{one.reason.clone()}</td>
            <td>{at.join(" · ")}</td>
        </tr>
    }
    .into_any()
}
