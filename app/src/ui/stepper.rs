//! A quantity with a button on either side.

use super::{Icon, icon, texts::Texts};
use crate::front::Front;
use leptos::prelude::*;

/// A quantity that can be typed or stepped. `name` says of what, for those who hear the page; `least` is 0 where stepping
/// down takes the line out.
#[must_use]
pub fn stepper(front: Front, name: &str, least: i64, value: Signal<i64>, set: Callback<i64>) -> AnyView {
    let t = Texts(front.locale);
    let (fewer, more, label) = (t.fewer(name), t.more(name), t.quantity_of(name));
    let group = label.clone();
    let typed = move |event| {
        // What is no number is put back to what it was.
        let text = event_target_value(&event);
        set.run(text.trim().parse().unwrap_or_else(|_| value.get_untracked()).clamp(least.max(1), 9_999));
    };
    view! {
        <div class="stepper needs-script" role="group" aria-label=group>
            <button type="button" aria-label=fewer disabled=move || value.get() <= least
                on:click=move |_| set.run(value.get_untracked() - 1)>{icon(Icon::Minus)}</button>
            <input type="text" inputmode="numeric" autocomplete="off" maxlength="4" aria-label=label
                prop:value=move || value.get().to_string() on:change=typed/>
            <button type="button" aria-label=more on:click=move |_| set.run(value.get_untracked() + 1)>{icon(Icon::Plus)}</button>
        </div>
    }
    .into_any()
}
