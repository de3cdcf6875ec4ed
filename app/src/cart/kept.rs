//! What the browser keeps of the cart between visits.

use ids::{CouponCode, LineId, PromotionId, Sku};
use leptos::prelude::window;
use pricing::{CartLine, GiftChoice, QUANTITY_MAX};
use serde::{Deserialize, Serialize};

/// The key in the browser's storage; the number is the version of [`Kept`]'s shape.
const KEY: &str = "concord.cart.1";

/// What the browser keeps of the cart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The lines in the order in which they were added.
    pub lines: Vec<CartLine>,
    /// How many line ids were ever given out, so that an id is never used twice.
    pub given: u32,
    /// Codes as entered.
    pub coupons: Vec<CouponCode>,
    /// Points the member wants to spend.
    pub points: i64,
    /// The chosen shipping method.
    pub shipping: Option<String>,
    /// The chosen way to pay.
    pub tender: Option<String>,
    /// The chosen gifts.
    pub gifts: Gifts,
    /// Unique codes of coupons that are given out singly.
    pub singly: Singly,
}

/// Unique codes by the generic code that they stand for, at most one of each. Kept as text like [`Gifts`]: generic code, tab, unique code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Singly(String);

impl Singly {
    /// Keeps a unique code instead of the one that stood for its generic code before.
    pub fn put(&mut self, coupon: &CouponCode, code: &CouponCode) {
        self.drop(coupon);
        self.0.push_str(&format!("{coupon}\t{code}\n"));
    }

    /// Forgets what stands for a generic code.
    pub fn drop(&mut self, coupon: &CouponCode) {
        let of_another = |line: &&str| line.split('\t').next() != Some(coupon.as_str());
        self.0 = self.0.lines().filter(of_another).flat_map(|line| [line, "\n"]).collect();
    }

    /// The unique codes.
    #[must_use]
    pub fn list(&self) -> Vec<CouponCode> {
        self.0.lines().filter_map(|line| CouponCode::new(line.split_once('\t')?.1).ok()).collect()
    }
}

/// The chosen gifts, at most one of a promotion. Kept as text, a line each: promotion, tab, SKU, as ids hold no control characters. Reading a list of
/// objects would cost the first page two kilobytes, and few carts have a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Gifts(String);

impl Gifts {
    /// Chooses a gift instead of the one that was chosen of its promotion before.
    pub fn choose(&mut self, choice: &GiftChoice) {
        let of_another = |line: &&str| line.split('\t').next() != Some(choice.promotion.as_str());
        let mut lines: Vec<String> = self.0.lines().filter(of_another).map(str::to_owned).collect();
        lines.push(format!("{}\t{}", choice.promotion, choice.sku));
        self.0 = lines.join("\n");
    }

    /// The choices; what is none is left out.
    #[must_use]
    pub fn list(&self) -> Vec<GiftChoice> {
        let choice = |line: &str| {
            let (promotion, sku) = line.split_once('\t')?;
            Some(GiftChoice { promotion: PromotionId::new(promotion).ok()?, sku: Sku::new(sku).ok()? })
        };
        self.0.lines().filter_map(choice).collect()
    }
}

impl Kept {
    /// Reads the browser's storage; an empty cart where nothing readable is kept.
    #[must_use]
    pub fn load() -> Self {
        let text = window().local_storage().ok().flatten().and_then(|storage| storage.get_item(KEY).ok().flatten());
        text.and_then(|text| crate::api::parse(&text).ok()).unwrap_or_default()
    }

    /// Writes the browser's storage. A browser that keeps nothing (private mode) still shops until the page is closed.
    pub fn save(&self) {
        let text = serde_json::to_string(self).expect("a cart holds only strings, numbers and lists");
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(KEY, &text);
        }
    }

    /// Adds units of a SKU, to its line where there is one.
    pub fn add(&mut self, sku: &Sku, quantity: i64) {
        if let Some(line) = self.lines.iter_mut().find(|line| &line.sku == sku) {
            line.quantity = line.quantity.saturating_add(quantity).min(QUANTITY_MAX);
            return;
        }
        self.given += 1;
        // Padded, because ties between lines go to the smaller id compared as text.
        let id = LineId::new(format!("l{:04}", self.given)).expect("a letter and digits are an id");
        self.lines.push(CartLine { id, sku: sku.clone(), quantity });
    }

    /// Sets a line's quantity; nothing is left of it at 0.
    pub fn set(&mut self, id: &LineId, quantity: i64) {
        if quantity < 1 {
            self.lines.retain(|line| &line.id != id);
        } else if let Some(line) = self.lines.iter_mut().find(|line| &line.id == id) {
            line.quantity = quantity.min(QUANTITY_MAX);
        }
    }

    /// Units in all lines.
    #[must_use]
    pub fn units(&self) -> i64 {
        self.lines.iter().fold(0, |sum: i64, line| sum.saturating_add(line.quantity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_promotion_one_gift_is_chosen() {
        let choice = |promotion: &str, sku: &str| GiftChoice {
            promotion: PromotionId::new(promotion).unwrap(),
            sku: Sku::new(sku).unwrap(),
        };
        let mut gifts = Gifts::default();
        for (promotion, sku) in [("P 1", "A B"), ("P", "C"), ("P 1", "D")] {
            gifts.choose(&choice(promotion, sku));
        }
        assert_eq!(gifts.list(), [choice("P", "C"), choice("P 1", "D")]);
        assert_eq!(Gifts("nothing\n\tx\ny\t".to_owned()).list(), []);
    }

    #[test]
    fn of_each_generic_code_one_unique_code_is_kept() {
        let code = |text: &str| CouponCode::new(text).unwrap();
        let mut singly = Singly::default();
        for (coupon, unique) in [("TEA15", "A-1"), ("NEW20", "B-1"), ("TEA15", "A-2")] {
            singly.put(&code(coupon), &code(unique));
        }
        assert_eq!(singly.list(), [code("B-1"), code("A-2")]);
        singly.drop(&code("NEW20"));
        assert_eq!(singly.list(), [code("A-2")]);
        assert_eq!(Singly("nothing\n\t".to_owned()).list(), []);
    }

    #[test]
    fn line_ids_are_padded_and_never_used_twice() {
        let mut kept = Kept::default();
        let sku = |text: &str| Sku::new(text).unwrap();
        kept.add(&sku("A"), 1);
        kept.add(&sku("B"), 2);
        kept.add(&sku("A"), 3);
        assert_eq!((kept.lines[0].id.as_str(), kept.lines[0].quantity, kept.units()), ("l0001", 4, 6));
        let second = kept.lines[1].id.clone();
        kept.set(&second, 0);
        kept.add(&sku("C"), 1);
        assert_eq!(kept.lines[1].id.as_str(), "l0003");
    }
}
