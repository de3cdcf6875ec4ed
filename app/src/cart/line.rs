//! The lines of the cart.

use super::{kept::Kept, known::Known, texts::Texts};
use crate::{
    api::encode,
    front::Front,
    ui::{self, Icon, icon},
};
use ids::{LineId, Sku};
use leptos::prelude::*;
use pricing::LineDiscount;
use std::sync::Arc;
use wire::SkuInfo;

/// All lines. A line keeps its elements while its quantity changes, so that the focus stays on its buttons.
pub fn lines(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let ids = Memo::new(move |_| {
        let pair = |line: &pricing::CartLine| (line.id.clone(), line.sku.clone());
        front.cart.kept.with(|kept: &Kept| kept.lines.iter().map(pair).collect::<Vec<_>>())
    });
    view! {
        <ul class="lines" aria-label=t.items()>
            <For each=move || ids.get() key=|pair| pair.0.clone() let:pair>{line(front, pair.0, pair.1)}</For>
        </ul>
    }
    .into_any()
}

fn line(front: Front, id: LineId, sku: Sku) -> AnyView {
    let known = front.cart.known;
    let of = sku.clone();
    let info = Memo::new(move |_| known.read().as_ref().and_then(|known: &Arc<Known>| known.item(&of).cloned()));
    let of = sku.clone();
    let gone = Memo::new(move |_| known.read().as_ref().is_some_and(|known| known.gone(&of)));
    view! {
        <li class="line">
            {move || match info.get() {
                Some(info) => there(front, id.clone(), &info),
                None => missing(front, id.clone(), &sku, gone.get()),
            }}
        </li>
    }
    .into_any()
}

fn there(front: Front, id: LineId, info: &SkuInfo) -> AnyView {
    let options: Vec<String> = info.options.iter().map(|option| front.say(&option.value)).collect();
    let title = front.say(&info.title);
    let href = format!("/p/{}?sku={}", encode(info.handle.as_str()), encode(info.sku.as_str()));
    let of = id.clone();
    let quantity = Memo::new(move |_| {
        front.cart.kept.with(|kept| kept.lines.iter().find(|line| line.id == of).map_or(0, |line| line.quantity))
    });
    let of = id.clone();
    let set = Callback::new(move |units| front.cart.set(&of, units));
    let name = if options.is_empty() { title.clone() } else { format!("{title} {}", options.join(" ")) };
    view! {
        <a class="line-picture" href=href.clone() tabindex="-1" aria-hidden="true">
            <img src=info.image.clone() alt="" width="96" height="96" loading="lazy"/>
        </a>
        <div class="line-word">
            <p class="line-title"><a href=href>{title}</a></p>
            {(!options.is_empty()).then(|| view! { <p class="line-options">{options.join(" · ")}</p> })}
            {short(front, info, quantity)}
            {savings(front, id.clone())}
        </div>
        {amount(front, id.clone())}
        {ui::stepper(front, &name, 0, quantity.into(), set)}
        {remove(front, id, name)}
    }
    .into_any()
}

/// What the line costs now, and what it would have cost.
fn amount(front: Front, id: LineId) -> AnyView {
    let t = Texts(front.locale);
    let amounts = Memo::new(move |_| {
        let quote = front.cart.quote.read();
        let line = quote.as_ref()?.lines.iter().find(|line| line.id == id)?;
        Some((line.subtotal, line.total, line.discounts.iter().map(|share| share.amount).sum::<i64>()))
    });
    view! {
        <div class="line-amount">
            {move || amounts.get().map(|(subtotal, _, saved)| view! {
                <p class="price" data-moved={saved > 0}>
                    <span class="price-now">{front.money(subtotal - saved)}</span>
                    {(saved > 0).then(|| view! { <s class="price-was"><span class="sr">{t.before()}" "</span>{front.money(subtotal)}</s> })}
                </p>
            })}
        </div>
    }
    .into_any()
}

/// What took something off the line, by name.
fn savings(front: Front, id: LineId) -> AnyView {
    let t = Texts(front.locale);
    let savings = Memo::new(move |_| {
        let quote = front.cart.quote.read();
        let quote = quote.as_ref()?;
        let line = quote.lines.iter().find(|line| line.id == id)?;
        let row = |share: &LineDiscount| {
            let applied = quote.applied.iter().find(|one| one.promotion == share.promotion);
            (applied.map_or_else(String::new, |one| front.say(&one.name)), front.money(-share.amount))
        };
        Some(line.discounts.iter().map(row).collect::<Vec<_>>())
    });
    let rows = move || {
        let rows = savings.get().filter(|rows| !rows.is_empty())?;
        let rows =
            rows.into_iter().map(|(name, amount)| view! { <li>{name}" "<span>{amount}</span></li> }).collect_view();
        Some(view! { <ul class="line-why" aria-label=t.savings()>{rows}</ul> })
    };
    view! { {rows} }.into_any()
}

/// Says so while there is still time to change it, when fewer can be had than are wanted.
fn short(front: Front, info: &SkuInfo, quantity: Memo<i64>) -> AnyView {
    let t = Texts(front.locale);
    let (available, here) = (info.available, info.available_here);
    let words = move || {
        let enough = quantity.get() <= available.max(here.unwrap_or(0));
        (!enough).then(|| match here {
            Some(here) if front.kiosk => t.short_here(&here.max(0).to_string()),
            _ => t.short(&available.max(0).to_string()),
        })
    };
    view! { {move || words().map(|words| view! { <p class="line-short">{words}</p> })} }.into_any()
}

/// A line whose name is on its way, or that the shop gave up.
fn missing(front: Front, id: LineId, sku: &Sku, gone: bool) -> AnyView {
    let t = Texts(front.locale);
    if !gone {
        return view! { <div class="line-waiting skeleton"></div> }.into_any();
    }
    view! {
        <div class="line-word"><p class="line-title">{sku.to_string()}</p><p class="line-short">{t.gone()}</p></div>
        {remove(front, id, sku.to_string())}
    }
    .into_any()
}

fn remove(front: Front, id: LineId, name: String) -> AnyView {
    let t = Texts(front.locale);
    let label = t.remove(&name);
    let remove = move |_| {
        front.cart.set(&id, 0);
        front.notice.set(Some(t.removed(&name)));
    };
    view! { <button class="line-remove" type="button" aria-label=label on:click=remove>{icon(Icon::Close)}</button> }
        .into_any()
}
