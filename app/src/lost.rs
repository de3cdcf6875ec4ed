//! The page for an address that the shop does not have.

use crate::{api, front, ui};
use leptos::prelude::*;
use leptos_meta::Title;

crate::texts::texts! {
    title = "没有这个页面" | "No such page";
    sentence = "地址可能写错了，或者这件商品已经下架。" | "The address may be mistyped, or the product is no longer sold.";
    home = "回首页看看" | "Go to the first page";
    search = "搜索商品" | "Search products";
}

/// Says so with status 404, and offers ways on.
pub fn page() -> AnyView {
    api::set_status(404);
    let t = Texts(front::front().locale);
    let next = view! {
        <a class="button" href="/">{t.home()}</a>
        <a class="button quiet" href="/search">{t.search()}</a>
    };
    view! { <Title text=t.title()/>{ui::empty(t.title(), t.sentence(), next.into_any())} }.into_any()
}
