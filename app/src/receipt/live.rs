//! The slip of the cart: it follows every change at once, and says the new total aloud.

use super::{Marks, of_items, slip, texts::Texts};
use crate::front::Front;
use leptos::prelude::*;

/// The slip of what the cart costs now.
pub fn live(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let quote = front.cart.quote;
    let marks = Marks::new();
    let payable = Memo::new(move |_| quote.read().as_ref().map(|quote| quote.payable));
    // How often the total changed after it was first there; the style sheet lets the amount glow once for each change.
    let changes = Memo::new(move |before: Option<&(Option<i64>, u32)>| {
        let now = payable.get();
        match before {
            Some((Some(amount), changes)) if Some(*amount) != now => (now, changes + 1),
            Some((_, changes)) => (now, *changes),
            None => (now, 0),
        }
    });
    let paper = move || {
        let quote = quote.get()?;
        let items = front.cart.known.get_untracked()?;
        Some(slip(front, &quote, &of_items(front, items.items()), marks, true))
    };
    let waiting = move || quote.read().is_none().then(|| view! { <div class="slip slip-waiting skeleton"></div> });
    let said = move || payable.get().map(|amount| t.total_now(&front.money(amount)));
    view! {
        <section class="receipt" aria-labelledby="receipt" data-moved=move || changes.get().1.gt(&0)>
            {waiting}
            {paper}
            <p class="sr" role="status">{said}</p>
        </section>
    }
    .into_any()
}
