//! The first page of the staff: all that the role may open, with a word about each.

use super::{BASE, ENTRIES, desk::Desk};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/staff`
pub fn page(desk: Desk) -> AnyView {
    let t = desk.t;
    let tiles = ENTRIES.iter().filter(|entry| desk.may(entry.permission)).map(|entry| {
        let href = format!("{BASE}/{}", entry.path);
        view! { <li><a class="desk-tile" href=href><strong>{(entry.name)(t)}</strong><span>{(entry.about)(t)}</span></a></li> }
    });
    let tiles: Vec<_> = tiles.collect();
    let nothing = tiles.is_empty().then(|| view! { <p>{t.nothing_yet()}</p> });
    view! {
        <Title text=t.area()/>
        <h1>{t.hello(&desk.info().name)}</h1>
        {nothing}
        <ul class="desk-tiles">{tiles}</ul>
    }
    .into_any()
}
