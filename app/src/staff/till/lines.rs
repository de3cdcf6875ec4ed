//! What is sold, line by line.

use super::Till;
use crate::ui::{self, Icon, icon};
use ids::{LineId, Sku};
use leptos::prelude::*;

/// All lines, the newest first, as the clerk looks for the last scan. A line keeps its elements while its quantity changes.
pub fn lines(till: Till) -> AnyView {
    let t = till.t;
    let ids = Memo::new(move |_| {
        let pair = |line: &pricing::CartLine| (line.id.clone(), line.sku.clone());
        till.kept.with(|kept| kept.lines.iter().rev().map(pair).collect::<Vec<_>>())
    });
    let none = move || ids.with(Vec::is_empty).then(|| view! { <p class="till-none">{t.none_yet()}</p> });
    view! {
        {none}
        <ul class="till-lines" aria-label=t.goods()>
            <For each=move || ids.get() key=|pair| pair.0.clone() let:pair>{line(till, pair.0, pair.1)}</For>
        </ul>
    }
    .into_any()
}

fn line(till: Till, id: LineId, sku: Sku) -> AnyView {
    let of = sku.clone();
    let info = Memo::new(move |_| till.known.read().as_ref().and_then(|known| known.item(&of).cloned()));
    let of = id.clone();
    let quantity = Memo::new(move |_| {
        till.kept.with(|kept| kept.lines.iter().find(|line| line.id == of).map_or(0, |line| line.quantity))
    });
    let word = move || match info.get() {
        Some(info) => there(till, id.clone(), &info, quantity),
        None => view! { <span class="till-word">{sku.to_string()}</span> }.into_any(),
    };
    view! { <li class="till-line">{word}</li> }.into_any()
}

fn there(till: Till, id: LineId, info: &wire::SkuInfo, quantity: Memo<i64>) -> AnyView {
    let (front, t) = (till.desk.front, till.t);
    let options: Vec<String> = info.options.iter().map(|option| front.say(&option.value)).collect();
    let title = front.say(&info.title);
    let name = if options.is_empty() { title.clone() } else { format!("{title} {}", options.join(" ")) };
    let remove = t.remove(&name);
    let (of, gone) = (id.clone(), id.clone());
    let set = Callback::new(move |units| till.kept.update(|kept| kept.set(&of, units)));
    let here = info.available_here.unwrap_or(0);
    let short = move || {
        (quantity.get() > here).then(|| view! { <small class="till-short">{t.short(&here.to_string())}</small> })
    };
    let amount = move || {
        let total = till.priced.with(|priced| {
            priced
                .as_ref()
                .and_then(|priced| priced.quote.lines.iter().find(|line| line.id == id))
                .map(|line| line.total)
        });
        total.map(|total| front.money(total))
    };
    view! {
        <img src=info.image.clone() alt="" width="56" height="56" loading="lazy"/>
        <span class="till-word">{title}<small>{options.join(" · ")}</small>{short}</span>
        {ui::stepper(front, &name, 0, quantity.into(), set)}
        <span class="till-amount amount">{amount}</span>
        <button class="line-remove" type="button" aria-label=remove on:click=move |_| till.kept.update(|kept| kept.set(&gone, 0))>{icon(Icon::Close)}</button>
    }
    .into_any()
}
