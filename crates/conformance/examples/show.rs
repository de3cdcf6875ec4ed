//! Shows a generated case and what became of it: `cargo run -p conformance --example show SEED`.

use conformance::generate::{Seeded, book, cart};
use pricing::{
    CompiledBook, Quote,
    book::{PriceBook, Resolution},
};
use serde::Serialize;
use serde_json::Value;

fn main() {
    let seed: u64 = std::env::args().nth(1).expect("a seed").parse().expect("a number");
    let mut seeded = Seeded::new(seed);
    let document = PriceBook { resolution: Resolution::Best, ..book(&mut seeded) };
    let (cart, context) = cart(&mut seeded);
    println!("rounding {} tax {}", json(&document.rounding), json(&document.tax));
    for line in &cart.lines {
        println!("{} x{} {}", line.id, line.quantity, json(&document.skus.iter().find(|one| one.sku == line.sku)));
    }
    println!("{}\n{:?} {:?}", json(&context), cart.coupons, cart.shipping_method);
    for promotion in &document.promotions {
        let mut promotion = json(promotion);
        promotion.as_object_mut().and_then(|fields| fields.remove("name"));
        println!("{promotion}");
    }
    let book = CompiledBook::new(document).expect("a generated book is good");
    match book.quote(&cart, &context) {
        Ok(quote) => show(&quote),
        Err(error) => println!("no price: {error}"),
    }
}

fn json(what: &impl Serialize) -> Value {
    serde_json::to_value(what).expect("plain data is JSON")
}

fn show(quote: &Quote) {
    println!("{} {:?}", quote.total, quote.certificate);
    for one in &quote.applied {
        println!("{} {} of {} x{}", one.promotion, one.amount, one.base, one.units);
    }
    for one in &quote.missed {
        println!("{} {:?}", one.promotion, one.reason);
    }
}
