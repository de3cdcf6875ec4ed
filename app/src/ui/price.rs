//! Prices as people read them: what you pay is big, the list price is struck beside it, and the saving has a name.

use super::texts::Texts;
use crate::front::Front;
use leptos::prelude::*;
use wire::ShelfPrice;

/// The price of one unit alone.
#[must_use]
pub fn price(front: Front, shelf: &ShelfPrice, from: bool) -> AnyView {
    let t = Texts(front.locale);
    let now = front.money(shelf.price);
    let now = if from { t.from(&now) } else { now };
    let moved = shelf.price < shelf.list;
    // A seller's former price counts only where it is no lower than our own list price.
    let former = shelf.compare_at.filter(|former| *former > shelf.list);
    let was = if moved { Some((t.list_price(), shelf.list)) } else { former.map(|amount| (t.former(), amount)) };
    let why: Vec<String> = shelf.reasons.iter().map(|reason| front.say(&reason.name)).collect();
    view! {
        <p class="price" data-moved=moved>
            <span class="price-now"><span class="sr">{t.you_pay()}" "</span>{now}</span>
            {was.map(|(label, amount)| view! { <s class="price-was"><span class="sr">{label}" "</span>{front.money(amount)}</s> })}
            {(!why.is_empty()).then(|| view! { <span class="price-why">{why.join(" · ")}</span> })}
        </p>
    }
    .into_any()
}

/// The price of 100 g, rounded half up; none where the weight is not known or the pack is no larger.
#[must_use]
pub fn per_100g(price: i64, grams: i64) -> Option<i64> {
    if grams <= 0 || grams == 100 {
        return None;
    }
    let exact = money::divide(i128::from(price) * 100, i128::from(grams), money::RoundingMode::HalfUp);
    i64::try_from(exact).ok()
}

#[cfg(test)]
mod tests {
    use super::per_100g;

    #[test]
    fn the_price_of_100_g_is_rounded_to_the_cent() {
        assert_eq!(per_100g(10_900, 250), Some(4_360));
        assert_eq!(per_100g(1_000, 300), Some(333));
        assert_eq!(per_100g(1_000, 0), None);
        assert_eq!(per_100g(1_000, 100), None);
    }
}
