//! A product in a list.

use super::{Icon, icon, price, texts::Texts};
use crate::{api::encode, front::Front};
use leptos::prelude::*;
use wire::ProductCard;

/// A grid of products; their headings are of the third level.
#[must_use]
pub fn cards(front: Front, items: Vec<ProductCard>) -> AnyView {
    let eager = 4;
    let items = items.into_iter().enumerate().map(|(at, item)| card(front, item, at < eager)).collect_view();
    view! { <ul class="cards">{items}</ul> }.into_any()
}

/// One product. Pictures of the first row are loaded at once, the others when they come near.
#[must_use]
pub fn card(front: Front, item: ProductCard, eager: bool) -> AnyView {
    let t = Texts(front.locale);
    let title = front.say(&item.title);
    let href = format!("/p/{}", encode(item.handle.as_str()));
    view! {
        <li class="card" data-out=!item.in_stock>
            <a class="card-link" href=href.clone()>
                <img class="card-picture" src=item.image.clone() alt="" width="400" height="400" loading=if eager { "eager" } else { "lazy" }/>
                <h3 class="card-title">{title.clone()}</h3>
            </a>
            <p class="card-vendor">{item.vendor.clone()}</p>
            <div class="card-foot">
                {price(front, &item.price, item.from)}
                {if item.in_stock { quick(front, &item, title, href) } else { view! { <p class="badge">{t.sold_out()}</p> }.into_any() }}
            </div>
        </li>
    }
    .into_any()
}

/// One tap into the cart where there is nothing to choose, else the way to the choice.
fn quick(front: Front, item: &ProductCard, title: String, href: String) -> AnyView {
    let t = Texts(front.locale);
    if item.variants > 1 {
        return view! { <a class="quick" href=href aria-label=t.choose_named(&title)>{icon(Icon::Next)}</a> }
            .into_any();
    }
    let (sku, label, added) = (item.price.sku.clone(), t.add_named(&title), t.added(&title));
    let add = move |_| {
        front.cart.add(&sku, 1);
        front.notice.set(Some(added.clone()));
    };
    view! { <button class="quick needs-script" type="button" aria-label=label on:click=add>{icon(Icon::Plus)}</button> }
        .into_any()
}
