//! The till: what is scanned is priced in the browser by the same engine as everywhere, and sold at once.

mod codes;
pub mod exchange;
mod extras;
mod find;
mod lines;
mod member;
mod pay;
mod sell;
mod texts;

use super::{
    desk::{Desk, choose_place},
    work::Work,
};
use crate::{
    api::browser,
    cart::{Kept, Priced, known::Known},
    parts,
    receipt::{self, Marks},
};
use exchange::Exchanging;
pub use find::sku_of;
use ids::{PlaceId, Sku};
use leptos::{prelude::*, task::spawn_local};
use pay::Pay;
pub use pay::minor;
use std::{sync::Arc, time::Duration};
use texts::Texts;
use wire::{MemberView, Order, Problem, ReturnReceipt, SliceRequest, TenderAsk, TenderOffer};

/// How often schedules are looked at, and the slice is asked for again.
const BEAT: Duration = Duration::from_secs(60);

/// A sale in the making.
#[derive(Clone, Copy)]
pub struct Till {
    desk: Desk,
    t: Texts,
    store: Memo<Option<PlaceId>>,
    kept: RwSignal<Kept>,
    known: RwSignal<Option<Arc<Known>>>,
    beat: RwSignal<u32>,
    priced: Memo<Option<Priced>>,
    pay: Pay,
    /// Whom the sale is for; nobody in particular without.
    member: RwSignal<Option<MemberView>>,
    work: Work,
    sold: RwSignal<Option<Sold>>,
    /// Goods that come back for this sale, and pay for it.
    exchange: RwSignal<Option<Exchanging>>,
}

/// A sale that is done.
#[derive(Clone)]
struct Sold {
    order: Order,
    /// What the shopper gets back in cash, in minor units; none where no cash was taken.
    change: Option<i64>,
    /// What it was paid with.
    paid: Vec<TenderAsk>,
    /// What came back for it.
    back: Option<ReturnReceipt>,
}

/// `/staff/till?place=`
pub fn page(desk: Desk, _rest: &str) -> AnyView {
    let till = Till::new(desk);
    till.keep_priced();
    exchange::look_member(till);
    Effect::new(move |_| {
        spawn_local(async move {
            // Without an answer the till takes cash and cards.
            let offers = browser::get::<Vec<TenderOffer>>("/tenders?channel=till").await.unwrap_or_default();
            let _ = till.pay.offers.try_set(offers);
        });
    });
    let body = move || match till.sold.get() {
        Some(sold) => sell::sold(till, &sold),
        None => till.open(),
    };
    view! {
        <div class="desk-top"><h1>{desk.t.till()}</h1>{choose_place(desk, till.store, true)}</div>
        <p class="script-note">{desk.t.needs_script()}</p>
        {body}
    }
    .into_any()
}

impl Till {
    fn new(desk: Desk) -> Self {
        let (kept, known, beat) = (RwSignal::new(Kept::default()), RwSignal::new(None::<Arc<Known>>), RwSignal::new(0));
        let priced = Memo::new(move |_| {
            beat.track();
            known.get()?.priced(&kept.read())
        });
        Self {
            desk,
            t: Texts(desk.front.locale),
            store: desk.place(true),
            kept,
            known,
            beat,
            priced,
            pay: Pay::new(desk.front),
            member: RwSignal::new(None),
            work: Work::new(desk),
            sold: RwSignal::new(None),
            exchange: RwSignal::new(exchange::waiting()),
        }
    }

    /// What there is to pay, once it is known.
    fn payable(self) -> Option<i64> {
        self.priced.with(|priced| priced.as_ref().map(|priced| priced.quote.payable))
    }

    /// What returned goods pay of it.
    fn credit(self) -> i64 {
        let worth = self.exchange.with(|one| one.as_ref().map_or(0, |one| one.worth));
        self.payable().map_or(0, |payable| worth.min(payable))
    }

    /// What is to be taken for it.
    fn due(self) -> Option<i64> {
        self.payable().map(|payable| payable - self.credit())
    }

    fn wanted(self) -> SliceRequest {
        let mut skus: Vec<Sku> = self.kept.with(|kept| kept.lines.iter().map(|line| line.sku.clone()).collect());
        skus.sort();
        SliceRequest {
            skus,
            coupons: self.kept.with(|kept| kept.coupons.clone()),
            store: self.store.get(),
            channel: Some("till".to_owned()),
            member: self.member.with(|member| member.as_ref().map(|one| one.id.clone())),
        }
    }

    /// Asks for prices whenever the sale needs some that are not known yet, and every minute.
    fn keep_priced(self) {
        let wanted = Memo::new(move |_| self.wanted());
        Effect::new(move |_| {
            let wanted = wanted.get();
            let covered = self.known.with_untracked(|known| known.as_ref().is_some_and(|known| known.covers(&wanted)));
            if !covered && !wanted.skus.is_empty() {
                self.fetch(wanted);
            }
        });
        Effect::new(move |_| {
            let again = move || {
                let wanted = wanted.get_untracked();
                if !document().hidden() && !wanted.skus.is_empty() {
                    self.fetch(wanted);
                }
            };
            if let Ok(timer) = set_interval_with_handle(again, BEAT) {
                on_cleanup(move || timer.clear());
            }
        });
    }

    fn fetch(self, wanted: SliceRequest) {
        spawn_local(async move {
            let answer = priced(wanted.clone()).await;
            let now = untrack(|| self.kept.try_with_untracked(|_| self.wanted()));
            match answer {
                Ok(Some(known)) if now.as_ref() == Some(&wanted) => {
                    self.known.set(Some(known));
                    self.beat.update(|beat| *beat = beat.wrapping_add(1));
                }
                Ok(_) => {}
                Err(problem) => drop(self.work.wrong.try_set(Some(self.desk.words(&problem)))),
            }
        });
    }

    /// One more of a SKU.
    fn add(self, sku: &Sku) {
        self.work.wrong.set(None);
        self.kept.update(|kept| kept.add(sku, 1));
    }

    /// A clean till for the next shopper.
    fn clear(self) {
        self.kept.update(|kept| *kept = Kept::default());
        self.known.set(None);
        self.pay.clear();
        self.member.set(None);
        self.exchange.set(None);
        self.work.wrong.set(None);
        self.sold.set(None);
    }

    /// The sale is nobody's in particular again, with nothing of the member's in it.
    fn forget_member(self) {
        let of_wallet = self.member.with_untracked(|member| {
            member.as_ref().map(|one| one.coupons.iter().map(|coupon| coupon.code.clone()).collect::<Vec<_>>())
        });
        self.member.set(None);
        self.pay.forget_member();
        self.kept.update(|kept| {
            kept.points = 0;
            kept.coupons.retain(|code| !of_wallet.iter().flatten().any(|one| one == code));
        });
    }

    fn open(self) -> AnyView {
        view! {
            <div class="till needs-script">
                <div class="till-goods">
                    {exchange::banner(self)}
                    {find::field(self)}
                    {self.work.trouble()}
                    {lines::lines(self)}
                </div>
                <div class="till-side">
                    {member::member(self)}
                    {codes::codes(self)}
                    {codes::gifts(self)}
                    {pay::pay(self)}
                    {sell::button(self)}
                    {move || self.slip()}
                    {extras::extras(self)}
                </div>
            </div>
        }
        .into_any()
    }

    fn slip(self) -> Option<AnyView> {
        let quote = self.priced.get()?.quote;
        let known = self.known.get_untracked()?;
        if quote.lines.is_empty() {
            return None;
        }
        let names = receipt::of_items(self.desk.front, known.items());
        let slip = receipt::slip(self.desk.front, &quote, &names, Marks::new(), false);
        Some(view! { <section class="receipt" aria-labelledby="receipt">{slip}</section> }.into_any())
    }
}

/// The engine's part of the program and the slice come at the same time.
async fn priced(wanted: SliceRequest) -> Result<Option<Arc<Known>>, Problem> {
    let (answer, _) = futures::join!(browser::slice(&wanted), parts::preload_engine());
    parts::engine(answer?, wanted, None).await.map_err(|missing| missing.problem())
}
