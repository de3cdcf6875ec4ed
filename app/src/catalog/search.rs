//! Search in Chinese and English.

use super::{asked::Asked, list, texts::Texts};
use crate::{api::Ask, front::front, ui};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

/// `/search?q=`
#[component]
pub fn SearchPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let keys = use_query_map();
    let asked = Memo::new(move |_| keys.with(|keys| Asked::read(front, None, keys)));
    let data = ui::load(move || Ask::Products(asked.get().query));
    let heading = move || {
        asked.with(|asked| asked.query.q.as_ref().map_or(t.search_all().to_owned(), |words| t.search_for(words)))
    };
    view! {
        <Title text=heading/>
        <Meta name="robots" content="noindex"/>
        <div class="catalog">
            <div class="catalog-head"><h1>{heading}</h1></div>
            {ui::loaded(front, data, move |found| list::list(front, &asked.get_untracked(), found))}
        </div>
    }
    .into_any()
}
