//! The head of every page.

use super::{other_language, texts::Texts, with_key};
use crate::{
    api::encode,
    front::Front,
    ui::{Icon, icon},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use web_sys::wasm_bindgen::JsCast;

/// Mark, search, departments, language, store and cart.
pub fn head(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let facts = front.facts();
    view! {
        <header class="head">
            <div class="head-bar">
                <a class="brand" href="/" aria-label=front.say(&facts.shop.name)>
                    <img src="/img/mark.svg" alt="" width="36" height="36"/>
                    <span class="brand-name">{front.say(&facts.shop.name)}</span>
                </a>
                {search(front)}
                <div class="head-tools">
                    {other_language(front)}
                    {(!front.kiosk).then(|| account_link(front))}
                    {cart_link(front)}
                </div>
            </div>
            <nav class="departments" aria-label=t.departments()>
                <ul>{facts.shop.categories.iter().map(|one| department(front, one)).collect_view()}</ul>
                {here(front)}
            </nav>
        </header>
    }
    .into_any()
}

fn department(front: Front, category: &wire::Category) -> AnyView {
    let href = format!("/c/{}", encode(category.slug.as_str()));
    let path = use_location().pathname;
    let here = href.clone();
    let current = move || (path.get() == here).then_some("page");
    view! { <li><a href=href aria-current=current>{front.say(&category.name)}</a></li> }.into_any()
}

/// A plain GET form; with the application running it changes the page without a full load.
fn search(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let location = use_location();
    let query = location.query;
    let words = move || query.with(|query| query.get("q").unwrap_or_default());
    let navigate = use_navigate();
    let input = NodeRef::<leptos::html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let _ = input.unchecked_ref::<web_sys::HtmlElement>().blur();
        navigate(&format!("/search?q={}", encode(input.value().trim())), NavigateOptions::default());
    };
    view! {
        <form class="search" role="search" action="/search" method="get" on:submit=submit>
            <input node_ref=input type="search" name="q" value=words prop:value=words placeholder=t.search() aria-label=t.search()
                enterkeyhint="search" autocomplete="off" maxlength="80"/>
            <button type="submit" aria-label=t.search_go()>{icon(Icon::Search)}</button>
        </form>
    }
    .into_any()
}

fn account_link(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let label = move || if front.member().is_some() { t.account() } else { t.sign_in() };
    let href = move || if front.member().is_some() { "/account" } else { "/sign-in" };
    // Small screens show the icon alone; the name stays.
    view! { <a class="tool" href=href aria-label=label>{icon(Icon::Person)}<span class="tool-word">{label}</span></a> }
        .into_any()
}

fn cart_link(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let units = move || front.cart.units();
    let label = move || match units() {
        0 => t.cart().to_owned(),
        units => t.cart_units(&units.to_string()),
    };
    let count = move || match units() {
        0 => String::new(),
        1..=99 => units().to_string(),
        _ => "99+".to_owned(),
    };
    view! {
        <a class="tool" href="/cart" aria-label=label>
            {icon(Icon::Cart)}<span class="tool-word">{t.cart()}</span>" "<span class="count" aria-hidden="true">{count}</span>
        </a>
    }
    .into_any()
}

/// The store in whose context the shopper is; on the web it can be left.
fn here(front: Front) -> Option<AnyView> {
    let t = Texts(front.locale);
    let facts = front.facts();
    let name = t.at_store(&front.say(&facts.here()?.name));
    let leave = (!front.kiosk).then(|| {
        view! { <a class="chip-close" href=with_key("s", String::new()) rel="external" aria-label=t.leave_store()>{icon(Icon::Close)}</a> }
    });
    Some(view! { <p class="chip here">{icon(Icon::Pin)}<span>{name}</span>{leave}</p> }.into_any())
}
