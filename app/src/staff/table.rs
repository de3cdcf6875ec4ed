//! A table that scrolls by itself where it is wider than the window.

use leptos::prelude::*;

/// Heads and rows under a label; the label is what a screen reader calls it.
#[must_use]
pub fn table(label: &str, heads: &[&'static str], rows: Vec<AnyView>) -> AnyView {
    let heads = heads.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view();
    view! {
        <div class="table" role="region" aria-label=label.to_owned() tabindex="0">
            <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

/// Nothing is there, and why, or what to do.
#[must_use]
pub fn nothing(words: &'static str, why: &'static str) -> AnyView {
    view! { <div class="desk-empty"><p>{words}</p><p class="desk-note">{why}</p></div> }.into_any()
}
