//! What shoppers put into their carts.

use crate::{
    draw::Draw,
    shop::{Shop, sku_id},
};
use pricing::{Cart, Context, book::PriceBook};
use serde_json::{Value, json};

/// How often a cart has 1, 2, … 15 lines, in hundredths: 4.8 lines on average.
const LINES: [u64; 15] = [14, 16, 14, 12, 10, 8, 7, 5, 4, 3, 2, 2, 1, 1, 1];

/// How often a line has 1, 2, … 6 units, in hundredths.
const QUANTITY: [u64; 6] = [68, 20, 7, 2, 1, 2];

/// How often a shopper has 0, 1, 2, 3 codes in hand, in hundredths.
const CODES: [u64; 4] = [40, 30, 20, 10];

/// A cart and its circumstances.
pub fn cart(draw: &mut Draw, shop: &Shop, book: &PriceBook) -> (Cart, Context) {
    let wanted = draw.weighted(&LINES) + 1;
    let mut ranks: Vec<usize> = Vec::new();
    while ranks.len() < wanted {
        let rank = draw.zipf(shop.skus);
        if !ranks.contains(&rank) {
            ranks.push(rank);
        }
    }
    let line = |(at, rank): (usize, usize)| json!({"id": format!("{:02}", at + 1), "sku": sku_id(rank), "quantity": draw.weighted(&QUANTITY) + 1});
    let lines: Vec<Value> = ranks.into_iter().enumerate().map(line).collect();
    let mut cart = json!({"lines": lines, "coupons": codes(draw, book)});
    if draw.percent(80) {
        cart["shipping_method"] = json!("standard");
    }
    let mut context = json!({"at": "2026-06-18T12:00:00Z", "channel": "web"});
    if draw.percent(60) {
        context["member"] = json!({"level": draw.pick(&["silver", "silver", "gold"]), "orders": draw.below(6)});
    }
    let proof = "the generator makes carts of the right form";
    (serde_json::from_value(cart).expect(proof), serde_json::from_value(context).expect(proof))
}

/// Some of the book's codes, each at most once.
fn codes(draw: &mut Draw, book: &PriceBook) -> Vec<String> {
    let mut known: Vec<String> =
        book.promotions.iter().filter_map(|one| one.coupon.as_ref()).map(ToString::to_string).collect();
    let wanted = draw.weighted(&CODES).min(known.len());
    (0..wanted).map(|_| known.swap_remove(draw.below(known.len() as u64) as usize)).collect()
}
