//! Choosing units of an order's lines: what is cancelled, what comes back, what is missing.

use super::{texts::Texts, units::Units};
use crate::{
    front::Front,
    receipt::{self, Names},
    ui,
};
use leptos::prelude::*;

/// How many units of each row are chosen, in the order of the rows.
pub type Chosen = RwSignal<Vec<i64>>;

/// Rows with a picture, a name and a stepper from 0 to what there is; below each what `more` says of it, if anything.
#[must_use]
pub fn choose(
    front: Front,
    label: &'static str,
    rows: &[Units],
    names: &Names,
    chosen: Chosen,
    more: &dyn Fn(usize) -> Option<AnyView>,
) -> AnyView {
    let rows = rows.iter().enumerate().map(|(at, row)| one(front, at, row, names, chosen, more(at)));
    view! { <ul class="choose" aria-label=label>{rows.collect_view()}</ul> }.into_any()
}

fn one(front: Front, at: usize, row: &Units, names: &Names, chosen: Chosen, more: Option<AnyView>) -> AnyView {
    let t = Texts(front.locale);
    let named = receipt::named_of(names, &row.sku);
    let title = named.map_or_else(|| row.sku.to_string(), |named| named.title.clone());
    let options = named.map(|named| named.options.clone()).unwrap_or_default();
    let picture = named.map(|named| named.image.clone());
    let (most, name) = (row.most, if options.is_empty() { title.clone() } else { format!("{title} {options}") });
    let value = Signal::derive(move || chosen.with(|units| units.get(at).copied().unwrap_or(0)));
    let set = Callback::new(move |units: i64| {
        chosen.update(|all| {
            if all.len() <= at {
                all.resize(at + 1, 0);
            }
            all[at] = units.clamp(0, most);
        });
    });
    let of = most.to_string();
    view! {
        <li class="choose-row">
            {picture.map(|src| view! { <img src=src alt="" width="48" height="48" loading="lazy"/> })}
            <span class="choose-word">{title}<small>{options}" "{if row.gift { t.gift(&of) } else { t.units(&of) }}</small></span>
            {ui::stepper(front, &name, 0, value, set)}
            {more}
        </li>
    }
    .into_any()
}
