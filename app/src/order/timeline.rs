//! What happened to an order, the newest first. On a phone only the last thing is there until more is asked for.

use super::texts::Texts;
use crate::front::Front;
use leptos::prelude::*;
use wire::TimelineEntry;

/// So many entries are there on a phone before more is asked for; the style sheet counts the same.
const SHOWN: usize = 2;

/// The list with its heading; nothing where nothing was told.
#[must_use]
pub fn timeline(front: Front, entries: &[TimelineEntry]) -> Option<AnyView> {
    let t = Texts(front.locale);
    let count = entries.len();
    if count == 0 {
        return None;
    }
    let open = RwSignal::new(false);
    let rows = entries.iter().rev().map(|one| entry(front, one)).collect_view();
    let word = move || if open.get() { t.timeline_close().to_owned() } else { t.timeline_open(&count.to_string()) };
    let fold = (count > SHOWN).then(|| {
        view! {
            <button class="button quiet timeline-open needs-script" type="button" aria-controls="timeline-list"
                aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>{word}</button>
        }
    });
    Some(
        view! {
            <section class="timeline" aria-labelledby="timeline">
                <h2 id="timeline">{t.timeline()}</h2>
                <ol id="timeline-list" data-open=move || open.get()>{rows}</ol>
                {fold}
            </section>
        }
        .into_any(),
    )
}

fn entry(front: Front, entry: &TimelineEntry) -> AnyView {
    view! {
        <li data-kind=entry.kind.clone()>
            <time datetime=entry.at.to_string()>{front.time(entry.at)}</time>
            <span>{front.say(&entry.text)}{by(front, entry)}</span>
        </li>
    }
    .into_any()
}

/// Who did it, where that is told.
fn by(front: Front, entry: &TimelineEntry) -> Option<AnyView> {
    let t = Texts(front.locale);
    let who = match entry.by.as_deref()? {
        "shopper" => t.by_shopper().to_owned(),
        "system" => t.by_system().to_owned(),
        _ => entry.by_name.clone().unwrap_or_else(|| t.by_staff().to_owned()),
    };
    Some(view! { <small class="timeline-by">{who}</small> }.into_any())
}
