//! Correcting points and stored value, for a reason that the member reads too.

use super::one::Shown;
use crate::{
    api::{browser, encode},
    checkout,
    staff::{till::minor, work::Work},
    ui::{self, Entry, Field},
};
use leptos::{ev::SubmitEvent, prelude::*};
use wire::{Adjust, MemberView};

/// The form, folded until it is wanted.
pub fn form(shown: Shown) -> AnyView {
    let (t, desk, work) = (shown.t, shown.desk, Work::new(shown.desk));
    let (points, value, reason) = (Entry::new(), Entry::new(), Entry::new());
    let key = RwSignal::new(checkout::Key::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(by_points), Some(by_value)) = (
            signed(points, t.adjust_bad(), |text| text.parse().ok()),
            signed(value, t.adjust_bad(), |text| minor(text, desk.front.currency)),
        ) else {
            return;
        };
        let request = Adjust {
            idempotency_key: key.get_untracked().get(),
            points: by_points,
            value: by_value,
            reason: reason.read(),
        };
        let path = shown.member.with_untracked(|one| format!("/staff/members/{}/adjust", encode(one.id.as_str())));
        let doing = async move { browser::post_json::<MemberView>(&path, &request).await };
        work.start(doing, move |member| {
            desk.say(t.adjusted());
            [points, value, reason].into_iter().for_each(|entry| entry.write(""));
            key.set(checkout::Key::new());
            shown.member.set(member);
            shown.look();
        });
    };
    let number = |id, label| Field { inputmode: "text", ..Field::plain(id, label, 12) };
    view! {
        <details class="fold needs-script">
            <summary>{t.adjust()}</summary>
            <form class="fold-body change-form" novalidate on:submit=submit>
                <p>{t.adjust_hint()}</p>
                <div class="fields">
                    {ui::field(number("adjust-points", t.points()), points)}
                    {ui::field(number("adjust-value", t.value()), value)}
                </div>
                {ui::field(Field { required: true, ..Field::plain("adjust-reason", t.adjust_why(), 200) }, reason)}
                {work.trouble()}
                <button class="button" type="submit" disabled=work.busy>{t.adjust_go()}</button>
            </form>
        </details>
    }
    .into_any()
}

/// `+5`, `-5`, `5`, or 0 for nothing; says what would be right for anything else.
fn signed(entry: Entry, wrong: &'static str, read: impl Fn(&str) -> Option<i64>) -> Option<i64> {
    let text = entry.read();
    let (less, plain) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let amount = if plain.is_empty() && !less { Some(0) } else { read(plain).filter(|amount| *amount >= 0) };
    if amount.is_none() {
        entry.wrong.set(Some(wrong.to_owned()));
        entry.focus();
    }
    amount.map(|amount| if less { -amount } else { amount })
}
