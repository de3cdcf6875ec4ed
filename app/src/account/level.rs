//! How far it is to the next level, and how long this one is kept.

use super::texts::Texts;
use crate::front::Front;
use leptos::prelude::*;
use wire::LevelProgress;

/// The section with the way to the next level.
pub fn level(front: Front, progress: &LevelProgress) -> AnyView {
    let t = Texts(front.locale);
    let next = progress.next.as_ref().map(|next| {
        let missing = front.say(&next.missing);
        view! {
            <p class="level-next">{missing.clone()}</p>
            <progress class="level-bar" max=next.from value=progress.reached.min(next.from) aria-label=missing></progress>
        }
    });
    let top = progress.next.is_none().then(|| view! { <p class="level-next">{t.level_top()}</p> });
    let kept = progress.kept.as_ref().map(|kept| view! { <p class="level-kept">{front.say(kept)}</p> });
    view! {
        <section class="account-level" aria-labelledby="level">
            <h2 id="level">{t.level_progress()}</h2>
            {next}
            {top}
            {kept}
        </section>
    }
    .into_any()
}
