//! Batches of coupons that are given out singly: made, exported, closed.

mod make;
mod texts;

use super::{
    desk::Desk,
    table::{nothing, table},
    work::Work,
};
use crate::{
    api::{Ask, browser, encode},
    ui,
};
use leptos::{prelude::*, task::spawn_local};
use texts::Texts;
use wire::CouponBatch;

const PATH: &str = "/staff/coupon-batches";

/// All batches.
#[derive(Clone, Copy)]
struct Batches {
    desk: Desk,
    t: Texts,
    all: RwSignal<Vec<CouponBatch>>,
    work: Work,
    /// The batch that would be closed, until that is confirmed.
    closing: RwSignal<Option<String>>,
}

/// `/staff/coupons`
pub fn page(desk: Desk, _rest: &str) -> AnyView {
    let data = ui::load(|| Ask::Path(PATH.to_owned()));
    view! {
        <div class="desk-top"><h1>{desk.t.coupons()}</h1></div>
        {ui::loaded(desk.front, data, move |all: Vec<CouponBatch>| {
            let (t, work) = (Texts(desk.front.locale), Work::new(desk));
            Batches { desk, t, all: RwSignal::new(all), work, closing: RwSignal::new(None) }.view()
        })}
    }
    .into_any()
}

impl Batches {
    fn view(self) -> AnyView {
        view! { {move || self.all.with(|all| self.list(all))}{self.work.trouble()}{make::form(self)} }.into_any()
    }

    fn list(self, all: &[CouponBatch]) -> AnyView {
        let t = self.t;
        if all.is_empty() {
            return nothing(t.none(), t.none_why());
        }
        let heads = [t.coupon(), t.codes(), t.times(), t.counts(), t.state(), t.action()];
        table(self.desk.t.coupons(), &heads, all.iter().map(|one| self.row(one)).collect())
    }

    fn row(self, one: &CouponBatch) -> AnyView {
        let (t, front) = (self.t, self.desk.front);
        let starts = one.starts.map(|at| t.from(&front.day(at)));
        let ends = one.ends.map(|at| t.to(&front.day(at)));
        let counts: Vec<String> = one.counts.iter().map(|c| format!("{} {}", t.count(&c.state), c.count)).collect();
        let codes = match (&one.prefix, &one.occasion) {
            (Some(prefix), _) => t.codes_of(prefix, &one.codes.to_string()),
            (None, Some(occasion)) => t.occasion(occasion).to_owned(),
            (None, None) => t.by_hand().to_owned(),
        };
        let export = (one.codes > 0).then(|| {
            let href = format!("/api/v1{PATH}/{}/codes", encode(one.id.as_str()));
            let label = t.export_named(one.coupon.as_str());
            view! { <a class="button quiet" href=href rel="external" download="codes.csv" aria-label=label>{t.export()}</a> }
        });
        let close = one.closed_at.is_none().then(|| self.close(one));
        let state = if one.closed_at.is_some() { t.closed() } else { t.open() };
        view! {
            <tr data-closed={one.closed_at.is_some()}>
                <th scope="row">{one.coupon.to_string()}<small>{one.note.clone()}</small></th>
                <td>{codes}</td>
                <td>{starts}" "{ends}</td>
                <td>{counts.join(" · ")}</td>
                <td>{state}</td>
                <td><div class="row">{export}{close}</div></td>
            </tr>
        }
        .into_any()
    }

    /// Closing asks once more: nothing of the batch can be used afterwards.
    fn close(self, one: &CouponBatch) -> AnyView {
        let t = self.t;
        let (id, name) = (StoredValue::new(one.id.to_string()), StoredValue::new(one.coupon.to_string()));
        let asked = move || self.closing.with(|closing| *closing == Some(id.get_value()));
        let ask = move || {
            view! {
                <button class="button quiet needs-script" type="button" aria-label=t.close_named(&name.get_value())
                    on:click=move |_| self.closing.set(Some(id.get_value()))>{t.close()}</button>
            }
            .into_any()
        };
        let sure = move || {
            view! {
                <div class="row sure" role="group" aria-label=t.close_named(&name.get_value())>
                    <button class="button firm" type="button" disabled=self.work.busy on:click=move |_| self.closed(&id.get_value())>{t.close_yes()}</button>
                    <button class="button quiet" type="button" on:click=move |_| self.closing.set(None)>{t.keep()}</button>
                </div>
            }
            .into_any()
        };
        view! { {move || if asked() { sure() } else { ask() }} }.into_any()
    }

    fn closed(self, id: &str) {
        let path = format!("{PATH}/{}/close", encode(id));
        self.work.start(async move { browser::post_json::<CouponBatch>(&path, &()).await }, move |_| {
            self.closing.set(None);
            self.desk.say(self.t.said_closed());
            self.look();
        });
    }

    fn look(self) {
        spawn_local(async move {
            if let Ok(all) = browser::get::<Vec<CouponBatch>>(PATH).await {
                let _ = self.all.try_set(all);
            }
        });
    }
}
