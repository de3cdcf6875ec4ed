//! Shows a generated case and what became of it: `cargo run -p conformance --example show SEED`.
use conformance::generate::{Seeded, book, cart};
use pricing::{
    CompiledBook,
    book::{PriceBook, Resolution},
};

fn main() {
    let seed: u64 = std::env::args().nth(1).expect("a seed").parse().expect("a number");
    let mut seeded = Seeded::new(seed);
    let document = PriceBook { resolution: Resolution::Best, ..book(&mut seeded) };
    let (cart, context) = cart(&mut seeded);
    println!(
        "rounding {} tax {}",
        serde_json::to_string(&document.rounding).unwrap(),
        serde_json::to_string(&document.tax).unwrap()
    );
    for line in &cart.lines {
        let s = document.skus.iter().find(|s| s.sku == line.sku).unwrap();
        println!("{} x{} {}", line.id, line.quantity, serde_json::to_string(s).unwrap());
    }
    println!("{}", serde_json::to_string(&context).unwrap());
    println!("{:?} {:?}", cart.coupons, cart.shipping_method);
    for p in &document.promotions {
        let mut p = serde_json::to_value(p).unwrap();
        p.as_object_mut().unwrap().remove("name");
        println!("{}", p);
    }
    let q = CompiledBook::new(document).unwrap().quote(&cart, &context).unwrap();
    println!("{} {:?}", q.total, q.certificate);
    for a in &q.applied {
        println!("{:?} {} of {} x{}", a.promotion, a.amount, a.base, a.units);
    }
    for m in &q.missed {
        println!("{} {:?}", m.promotion, m.reason);
    }
}
