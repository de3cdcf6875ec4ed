//! What narrows a list: links and one GET form. A column on wide screens; on a phone a sheet, which the browser itself opens
//! and closes (`popover`), with or without scripts.

use super::{asked::Asked, texts::Texts};
use crate::{
    front::Front,
    ui::{Icon, icon},
};
use leptos::prelude::*;
use money::format_plain;
use wire::{Facet, FacetValue, ProductQuery};

/// All filters of a list.
pub fn filters(front: Front, asked: &Asked, facets: &[Facet]) -> AnyView {
    let t = Texts(front.locale);
    let shown = facets.iter().filter(|facet| facet.key != "category" || asked.searching());
    let groups = shown.filter_map(|facet| group(front, asked, facet)).collect_view();
    let clear = (asked.filters() > 0)
        .then(|| view! { <a class="button quiet" href=asked.cleared(front.currency) data-noscroll="">{t.clear()}</a> });
    view! {
        <nav id="filters" class="filters" popover="auto" aria-label=t.filters()>
            <div class="filters-head">
                <p>{t.filters()}</p>
                <button class="filters-close" type="button" popovertarget="filters" popovertargetaction="hide" aria-label=t.close()>
                    {icon(Icon::Close)}
                </button>
            </div>
            {stock(front, asked)}
            {groups}
            {prices(front, asked)}
            {clear}
        </nav>
    }
    .into_any()
}

fn group(front: Front, asked: &Asked, facet: &Facet) -> Option<AnyView> {
    let t = Texts(front.locale);
    let name = match facet.key.as_str() {
        "category" => t.category(),
        "tag" => t.tag(),
        "vendor" => t.vendor(),
        _ => return None,
    };
    let now = chosen(&asked.query, &facet.key);
    // One value that nothing else competes with narrows nothing.
    if facet.values.len() < 2 && now.is_none() {
        return None;
    }
    let links = facet.values.iter().map(|value| link(front, asked, &facet.key, value, now.as_deref())).collect_view();
    Some(view! { <section><h2>{name}</h2><ul>{links}</ul></section> }.into_any())
}

/// The value of a facet's key that the address asks for.
fn chosen(query: &ProductQuery, key: &str) -> Option<String> {
    match key {
        "category" => query.category.as_ref().map(ToString::to_string),
        "tag" => query.tag.clone(),
        _ => query.vendor.clone(),
    }
}

fn link(front: Front, asked: &Asked, key: &str, value: &FacetValue, now: Option<&str>) -> AnyView {
    let on = now == Some(value.value.as_str());
    let wanted = (!on).then(|| value.value.clone());
    let href = asked.link(front.currency, |query| match key {
        "category" => query.category = wanted.and_then(|slug| ids::CategorySlug::new(slug).ok()),
        "tag" => query.tag = wanted,
        _ => query.vendor = wanted,
    });
    option(href, on, front.say(&value.name), Some(value.count))
}

fn stock(front: Front, asked: &Asked) -> AnyView {
    let t = Texts(front.locale);
    let on = asked.query.in_stock == Some(true);
    let href = asked.link(front.currency, |query| query.in_stock = (!on).then_some(true));
    view! { <section><h2>{t.stock()}</h2><ul>{option(href, on, t.in_stock().to_owned(), None)}</ul></section> }
        .into_any()
}

/// One filter as a link that looks and reads like something that is on or off.
fn option(href: String, on: bool, name: String, count: Option<i64>) -> AnyView {
    view! {
        <li>
            <a class="filter" href=href data-noscroll="" aria-current=on.then_some("true")>
                <span class="filter-box">{on.then(|| icon(Icon::Check))}</span>
                <span>{name}</span>
                {count.map(|count| view! { <span class="filter-count">{count}</span> })}
            </a>
        </li>
    }
    .into_any()
}

fn prices(front: Front, asked: &Asked) -> AnyView {
    let t = Texts(front.locale);
    let text = |minor: Option<i64>| minor.map(|minor| format_plain(minor, front.currency)).unwrap_or_default();
    let (low, high) = (text(asked.query.min_price), text(asked.query.max_price));
    let mut rest = asked.query.clone();
    (rest.min_price, rest.max_price, rest.page) = (None, None, None);
    let hidden = asked.fields(&rest, front.currency).into_iter();
    let hidden = hidden.map(|(key, value)| view! { <input type="hidden" name=key value=value/> }).collect_view();
    view! {
        <section>
            <h2>{t.price()}</h2>
            <form class="filter-price" method="get" action=asked.path.clone()>
                {hidden}
                <input type="text" inputmode="decimal" name="min" value=low aria-label=t.lowest() placeholder="0" maxlength="9"/>
                <span aria-hidden="true">"–"</span>
                <input type="text" inputmode="decimal" name="max" value=high aria-label=t.highest() placeholder="∞" maxlength="9"/>
                <button class="button quiet" type="submit">{t.apply()}</button>
            </form>
        </section>
    }
    .into_any()
}
