//! A page of a list: how many, how sorted, what narrows it, the products, and the pages around it.

use super::{
    asked::{Asked, sort_key},
    filters,
    texts::Texts,
};
use crate::{
    front::Front,
    ui::{self, Icon, icon},
};
use leptos::prelude::*;
use wire::{ProductList, Sort};

/// The found products with all around them.
pub fn list(front: Front, asked: &Asked, found: ProductList) -> AnyView {
    let t = Texts(front.locale);
    let set = asked.filters();
    if found.total == 0 {
        return nothing(front, asked, set);
    }
    let open = if set == 0 { t.filters().to_owned() } else { t.filters_n(&set.to_string()) };
    let pages = pages(front, asked, &found);
    view! {
        <div class="catalog-bar">
            <p class="catalog-count">{t.count(&found.total.to_string())}</p>
            <button class="button quiet filters-open" type="button" popovertarget="filters">{icon(Icon::Filter)}{open}</button>
            {sorts(front, asked)}
        </div>
        <div class="catalog-body">
            {filters::filters(front, asked, &found.facets)}
            <section class="catalog-found" aria-labelledby="found">
                <h2 id="found" class="sr">{t.results()}</h2>
                {ui::cards(front, found.items)}
                {pages}
            </section>
        </div>
    }
    .into_any()
}

fn nothing(front: Front, asked: &Asked, set: usize) -> AnyView {
    let t = Texts(front.locale);
    let sentence = match (&asked.query.q, set) {
        (_, 1..) => t.none_filtered().to_owned(),
        (Some(words), _) => t.none_search(words),
        (None, _) => t.none_here().to_owned(),
    };
    let facts = front.facts();
    let ways = facts.shop.categories.iter().take(6).map(|one| {
        view! { <a class="button quiet" href=format!("/c/{}", crate::api::encode(one.slug.as_str()))>{front.say(&one.name)}</a> }
    });
    let clear = (set > 0).then(|| view! { <a class="button" href=asked.cleared(front.currency)>{t.clear()}</a> });
    let next = view! { {clear}{ways.collect_view()}<a class="button quiet" href="/search">{t.all()}</a> }.into_any();
    let page = view! {
        <section class="empty">
            <img src="/img/mark.svg" alt="" width="64" height="64"/>
            <h2>{t.none_title()}</h2>
            <p>{sentence}</p>
            <div class="row">{next}</div>
        </section>
    };
    page.into_any()
}

fn sorts(front: Front, asked: &Asked) -> AnyView {
    let t = Texts(front.locale);
    let rows = [
        (Sort::Relevance, t.relevance()),
        (Sort::PriceUp, t.price_up()),
        (Sort::PriceDown, t.price_down()),
        (Sort::Newest, t.newest()),
    ];
    let now = sort_key(asked.query.sort.unwrap_or_default());
    let link = move |(sort, word): (Sort, &'static str)| {
        let href = asked.link(front.currency, |query| query.sort = Some(sort).filter(|sort| *sort != Sort::Relevance));
        let current = (sort_key(sort) == now).then_some("true");
        view! { <li><a href=href data-noscroll="" aria-current=current>{word}</a></li> }
    };
    view! { <nav class="sorts" aria-label=t.sort()><ul>{rows.map(link).into_iter().collect_view()}</ul></nav> }
        .into_any()
}

fn pages(front: Front, asked: &Asked, found: &ProductList) -> Option<AnyView> {
    let t = Texts(front.locale);
    let last = (found.total + found.size.max(1) - 1) / found.size.max(1);
    if last <= 1 {
        return None;
    }
    let to = |page: i64, label: &'static str, icon_of: Icon| {
        let href = asked.link(front.currency, |query| query.page = Some(page).filter(|page| *page > 1));
        view! { <a class="button quiet" href=href>{icon(icon_of)}<span>{label}</span></a> }
    };
    let previous = (found.page > 1).then(|| to(found.page - 1, t.previous(), Icon::Back));
    let next = (found.page < last).then(|| to(found.page + 1, t.next(), Icon::Next));
    let here = t.page_of(&found.page.to_string(), &last.to_string());
    Some(
        view! { <nav class="pages" aria-label=t.pages()>{previous}<span aria-current="page">{here}</span>{next}</nav> }
            .into_any(),
    )
}
