//! A department.

use super::{asked::Asked, list};
use crate::{api::Ask, front::front, lost, ui};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/c/{category}`
#[component]
pub fn CategoryPage() -> impl IntoView {
    let front = front();
    let (params, keys) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let slug = params.with(|params| params.get("category").unwrap_or_default());
        keys.with(|keys| Asked::read(front, Some(&slug), keys))
    });
    let data = ui::load(move || Ask::Products(asked.get().query));
    let head = move || {
        let slug = asked.with(|asked| asked.query.category.clone());
        let facts = front.facts();
        let category = facts.shop.categories.iter().find(|one| Some(&one.slug) == slug.as_ref());
        let Some(category) = category else { return lost::page() };
        let (name, blurb) = (front.say(&category.name), front.say(&category.blurb));
        view! {
            <Title text=name.clone()/>
            <Meta name="description" content=blurb.clone()/>
            <div class="catalog-head"><h1>{name}</h1><p>{blurb}</p></div>
            {ui::loaded(front, data, move |found| list::list(front, &asked.get_untracked(), found))}
        }
        .into_any()
    };
    let slug = Memo::new(move |_| asked.with(|asked| asked.query.category.clone()));
    view! { <div class="catalog">{move || { slug.track(); untrack(head) }}</div> }.into_any()
}
