//! A sheet of shelf labels for the printer: 21 labels of 63.5 × 38.1 mm on A4, the size that label sheets are sold in. The
//! same prices, reasons and seal as on the web.

mod label;
mod texts;

use crate::{
    api::Ask,
    front::{Front, front},
    ui,
};
use ids::{CategorySlug, Handle, PlaceId};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;
use texts::Texts;
use wire::{LabelRequest, Labels};

/// Labels on a sheet.
const SHEET: usize = 21;

/// `/labels?store=&category=&handle=`
#[component]
pub fn LabelsPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let keys = use_query_map();
    let asked = Memo::new(move |_| {
        let text = |key: &str| keys.with(|keys| keys.get(key)).filter(|text| !text.is_empty());
        LabelRequest {
            store: text("store").and_then(|id| PlaceId::new(id).ok()),
            category: text("category").and_then(|slug| CategorySlug::new(slug).ok()),
            handle: text("handle").and_then(|handle| Handle::new(handle).ok()),
        }
    });
    let data = ui::load(move || Ask::Labels(asked.get()));
    view! {
        <Title text=t.title()/>
        <Meta name="robots" content="noindex"/>
        {tools(front, &asked.get_untracked())}
        {ui::loaded(front, data, move |labels| sheets(front, labels))}
    }
    .into_any()
}

/// Which labels, and the printer; not on the paper.
fn tools(front: Front, asked: &LabelRequest) -> AnyView {
    let t = Texts(front.locale);
    let facts = front.facts();
    let option =
        |value: &str, name: String, on: bool| view! { <option value=value.to_owned() selected=on>{name}</option> };
    let stores = facts
        .stores()
        .map(|place| option(place.id.as_str(), front.say(&place.name), asked.store.as_ref() == Some(&place.id)));
    let categories = facts.shop.categories.iter();
    let categories = categories
        .map(|one| option(one.slug.as_str(), front.say(&one.name), asked.category.as_ref() == Some(&one.slug)));
    let handle =
        asked.handle.as_ref().map(|handle| view! { <input type="hidden" name="handle" value=handle.to_string()/> });
    view! {
        <div class="label-tools">
            <h1>{t.title()}</h1>
            <form method="get" action="/labels">
                {handle}
                <label>{t.store()}<select name="store"><option value="">{t.web()}</option>{stores.collect_view()}</select></label>
                <label>{t.category()}<select name="category"><option value="">{t.all()}</option>{categories.collect_view()}</select></label>
                <button class="button quiet" type="submit">{t.show()}</button>
                <button class="button needs-script" type="button" on:click=move |_| drop(window().print())>{t.print()}</button>
            </form>
            <p>{t.paper()}</p>
        </div>
    }
    .into_any()
}

fn sheets(front: Front, labels: Labels) -> AnyView {
    let t = Texts(front.locale);
    if labels.labels.is_empty() {
        return view! { <p class="nothing">{t.none()}</p> }.into_any();
    }
    let sheet = |labels: &[wire::Label]| {
        let labels = labels.iter().map(|one| label::label(front, one)).collect_view();
        view! { <ul class="sheet">{labels}</ul> }
    };
    // On a small screen the sheets are scrolled; the keyboard must be able to do it.
    view! { <div class="sheets" role="region" aria-label=t.title() tabindex="0">{labels.labels.chunks(SHEET).map(sheet).collect_view()}</div> }.into_any()
}
