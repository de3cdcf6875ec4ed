//! What a kiosk shows while nobody uses it.

use super::texts::Texts;
use crate::{front::front, lost};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

/// `/kiosk/{store}`: one touch anywhere begins. The request for this page also made the browser a kiosk of that store.
#[component]
pub fn AttractPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let facts = front.facts();
    let store = use_params_map().with_untracked(|params| params.get("store").unwrap_or_default());
    let Some(place) = facts.stores().find(|place| place.id.as_str() == store) else { return lost::page() };
    let welcome = t.welcome(&front.say(&place.name));
    view! {
        <Title text=welcome.clone()/>
        <Meta name="robots" content="noindex"/>
        <a class="attract" href="/">
            <picture>
                <source media="(orientation: landscape)" srcset="/img/banner-1920x1080.svg" width="1920" height="1080"/>
                <img src="/img/banner-1080x1920.svg" alt="" width="1080" height="1920"/>
            </picture>
            <div class="attract-word">
                <span class="attract-shop"><img src="/img/mark.svg" alt="" width="72" height="72"/>{front.say(&facts.shop.name)}</span>
                <h1>{welcome}</h1>
                <span class="attract-scan">{t.scan()}</span>
                <span class="button attract-touch">{t.touch()}</span>
            </div>
        </a>
    }
    .into_any()
}
