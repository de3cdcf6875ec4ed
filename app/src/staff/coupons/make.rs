//! Making a batch: unique codes to be handed out, or coupons that go into wallets by themselves.

use super::{Batches, PATH};
use crate::{
    api::browser,
    checkout,
    ui::{self, Entry, Field},
};
use ids::CouponCode;
use leptos::{ev::SubmitEvent, html, prelude::*};
use wire::{CouponBatch, MakeCouponBatch};

/// What is entered.
#[derive(Clone, Copy)]
struct Form {
    coupon: Entry,
    prefix: Entry,
    codes: Entry,
    per_member: Entry,
    note: Entry,
    occasion: NodeRef<html::Select>,
}

/// The form for a new batch.
pub fn form(batches: Batches) -> AnyView {
    let (t, work) = (batches.t, batches.work);
    let new = Entry::new;
    let form =
        Form { coupon: new(), prefix: new(), codes: new(), per_member: new(), note: new(), occasion: NodeRef::new() };
    let key = RwSignal::new(checkout::Key::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(request) = form.read(batches, key.get_untracked().get()) else { return };
        let doing = async move { browser::post_json::<CouponBatch>(PATH, &request).await };
        work.start(doing, move |_| {
            batches.desk.say(t.said_made());
            [form.coupon, form.prefix, form.codes, form.per_member, form.note]
                .into_iter()
                .for_each(|one| one.write(""));
            key.set(checkout::Key::new());
            batches.look();
        });
    };
    let number = |id, label| Field { inputmode: "numeric", ..Field::plain(id, label, 8) };
    view! {
        <section class="desk-section" aria-labelledby="batch-make">
            <h2 id="batch-make">{t.make()}</h2>
            <p class="desk-note">{t.make_hint()}</p>
            <form class="change-form needs-script" novalidate on:submit=submit>
                <div class="fields">
                    {ui::field(Field { required: true, ..Field::plain("batch-coupon", t.coupon_code(), 40) }, form.coupon)}
                    <div class="field">
                        <label for="batch-occasion">{t.occasion_label()}</label>
                        <select node_ref=form.occasion id="batch-occasion">
                            <option value="">{t.by_hand()}</option>
                            <option value="sign_up">{t.occasion("sign_up")}</option>
                            <option value="birthday">{t.occasion("birthday")}</option>
                        </select>
                    </div>
                    {ui::field(Field::plain("batch-prefix", t.prefix(), 10), form.prefix)}
                    {ui::field(number("batch-codes", t.codes_many()), form.codes)}
                    {ui::field(number("batch-each", t.per_member()), form.per_member)}
                    {ui::field(Field::plain("batch-note", t.note(), 200), form.note)}
                </div>
                <button class="button" type="submit" disabled=work.busy>{t.make_go()}</button>
            </form>
        </section>
    }
    .into_any()
}

impl Form {
    fn read(self, batches: Batches, idempotency_key: String) -> Option<MakeCouponBatch> {
        let t = batches.t;
        let number = |entry: Entry| {
            let text = entry.read();
            let number = if text.is_empty() { Some(None) } else { text.parse::<i64>().ok().map(Some) };
            if number.is_none() {
                entry.wrong.set(Some(t.number_bad().to_owned()));
            }
            number
        };
        let (codes, per_member) = (number(self.codes)?, number(self.per_member)?);
        let Ok(coupon) = CouponCode::new(self.coupon.read().to_uppercase()) else {
            self.coupon.wrong.set(Some(t.coupon_bad().to_owned()));
            self.coupon.focus();
            return None;
        };
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        Some(MakeCouponBatch {
            idempotency_key,
            coupon,
            prefix: filled(self.prefix.read().to_uppercase()),
            codes: codes.unwrap_or(0),
            per_member,
            starts: None,
            ends: None,
            wallet_days: None,
            occasion: self.occasion.get_untracked().and_then(|select| filled(select.value())),
            note: self.note.read(),
        })
    }
}
