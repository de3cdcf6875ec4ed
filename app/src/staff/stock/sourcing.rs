//! How orders are sourced: the strategy that holds, another one that is tried beside it, and what each came to.

use super::Stock;
use crate::{
    api::{Ask, browser},
    staff::{
        table::{nothing, table},
        work::Work,
    },
    ui::{self, Entry, Field},
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use wire::{SourcingExperiment, SourcingFigures, SourcingSettings, SourcingStrategy};

/// `/staff/stock/sourcing`: for the whole shop.
pub fn page(stock: Stock) -> AnyView {
    let figures = ui::load(|| Ask::Path("/staff/stock/sourcing/figures".to_owned()));
    let settings = ui::load(|| Ask::Path("/staff/stock/sourcing".to_owned()));
    view! {
        {ui::loaded(stock.desk.front, figures, move |all: Vec<SourcingFigures>| shown(stock, &all))}
        {ui::loaded(stock.desk.front, settings, move |now: SourcingSettings| form(stock, &now))}
    }
    .into_any()
}

/// `part` of `whole` with one decimal, in whole numbers: figures are no prices, and need no more.
fn ratio(part: i64, whole: i64) -> String {
    let tenths = part.saturating_mul(10) / whole.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn shown(stock: Stock, all: &[SourcingFigures]) -> AnyView {
    let (t, front) = (stock.t, stock.desk.front);
    if all.is_empty() {
        return nothing(t.sourced_none(), t.sourced_none_why());
    }
    let row = |one: &SourcingFigures| {
        let each = |part: i64| ratio(part, one.orders);
        view! {
            <tr>
                <th scope="row">{one.strategy.clone()}</th>
                <td class="amount">{one.orders}</td>
                <td class="amount">{each(one.parcels)}</td>
                <td class="amount">{each(one.split_lines)}</td>
                <td class="amount">{each(one.km)}</td>
                <td class="amount">{front.money(one.cost_minor / one.orders.max(1))}</td>
                <td class="amount">{one.bounded}</td>
            </tr>
        }
        .into_any()
    };
    let heads = [
        t.strategy(),
        t.sourced_orders(),
        t.sourced_parcels(),
        t.sourced_split(),
        t.sourced_km(),
        t.sourced_cost(),
        t.sourced_bounded(),
    ];
    table(t.sourced(), &heads, all.iter().map(row).collect())
}

fn form(stock: Stock, now: &SourcingSettings) -> AnyView {
    let (t, work) = (stock.t, Work::new(stock.desk));
    let (holds, tried) = (NodeRef::<html::Select>::new(), NodeRef::<html::Select>::new());
    let experiment = now.experiment.as_ref();
    let name = Entry::of(experiment.map_or("", |one| &one.name));
    let share = Entry::of(&experiment.map_or_else(|| "50".to_owned(), |one| (one.share_permille / 10).to_string()));
    let settings = StoredValue::new(now.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = |select: NodeRef<html::Select>| select.get_untracked().map(|select| select.value());
        let (Some(strategy), Some(b)) = (chosen(holds), chosen(tried)) else { return };
        let experiment = if b.is_empty() { Some(None) } else { beside(stock, b, name, share) };
        let Some(experiment) = experiment else { return };
        let request = SourcingSettings { strategy, experiment, ..settings.get_value() };
        let doing = async move { browser::put_json::<SourcingSettings>("/staff/stock/sourcing", &request).await };
        work.start(doing, move |now| {
            stock.desk.say(t.sourcing_saved());
            settings.set_value(now);
        });
    };
    let options = |chosen: Option<&str>| {
        let option = |one: &SourcingStrategy| view! { <option value=one.name.clone() selected=chosen == Some(one.name.as_str())>{one.name.clone()}</option> };
        now.strategies.iter().map(option).collect_view()
    };
    let percent = Field { inputmode: "numeric", ..Field::plain("sourcing-share", t.experiment_share(), 3) };
    view! {
        <section class="desk-section" aria-labelledby="sourcing">
            <h2 id="sourcing">{t.sourcing_choose()}</h2>
            <p class="desk-note">{t.sourcing_hint()}</p>
            <form class="change-form needs-script" novalidate on:submit=submit>
                <div class="field"><label for="sourcing-holds">{t.sourcing_holds()}</label><select node_ref=holds id="sourcing-holds">{options(Some(&now.strategy))}</select></div>
                <div class="field"><label for="sourcing-tried">{t.experiment_with()}</label><select node_ref=tried id="sourcing-tried"><option value="">{t.experiment_none()}</option>{options(experiment.map(|one| one.b.as_str()))}</select></div>
                <div class="fields">{ui::field(Field::plain("sourcing-name", t.experiment_name(), 60), name)}{ui::field(percent, share)}</div>
                {work.trouble()}
                <button class="button" type="submit" disabled=work.busy>{t.plan_go()}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The experiment, once its name and share are right; says what would be right if they are not.
fn beside(stock: Stock, b: String, name: Entry, share: Entry) -> Option<Option<SourcingExperiment>> {
    let t = stock.t;
    let percent = share.read().parse::<i64>().ok().filter(|percent| (1..=99).contains(percent));
    if percent.is_none() {
        share.wrong.set(Some(t.experiment_share_bad().to_owned()));
        share.focus();
    }
    let named = name.read();
    if named.is_empty() {
        name.wrong.set(Some(t.experiment_name_bad().to_owned()));
        name.focus();
        return None;
    }
    percent.map(|percent| Some(SourcingExperiment { name: named, b, share_permille: percent * 10 }))
}

#[cfg(test)]
mod tests {
    use super::ratio;

    #[test]
    fn figures_have_one_decimal() {
        for (part, whole, said) in [(0, 0, "0.0"), (3, 2, "1.5"), (1, 3, "0.3"), (200, 7, "28.5")] {
            assert_eq!(ratio(part, whole), said);
        }
    }
}
