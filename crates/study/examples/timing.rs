#[path = "../src/carts.rs"] mod carts;
#[path = "../src/draw.rs"] mod draw;
#[path = "../src/offers.rs"] mod offers;
#[path = "../src/shop.rs"] mod shop;
use draw::Draw;
use pricing::{CompiledBook, Certificate};
fn main() {
    let n: u64 = std::env::args().nth(1).map_or(400, |n| n.parse().unwrap());
    for density in [8usize, 16, 32] {
        let (mut book, mut sh) = (None, &shop::SHOPS[0]);
        let (mut times, mut bounded, mut gaps, mut total) = (vec![], 0, 0.0, 0i64);
        for at in 0..n {
            let number = at / 20;
            if at % 20 == 0 {
                let mut draw = Draw::new(2026, &[density as u64, number]);
                sh = &shop::SHOPS[(number % shop::SHOPS.len() as u64) as usize];
                book = Some(CompiledBook::new(offers::book(&mut draw, sh, density)).unwrap());
            }
            let book = book.as_ref().unwrap();
            let mut draw = Draw::new(2026, &[density as u64, number, at]);
            let (cart, context) = carts::cart(&mut draw, sh, book.document());
            let t = std::time::Instant::now();
            let q = book.quote(&cart, &context).unwrap();
            let us = t.elapsed().as_secs_f64() * 1e6;
            times.push(us);
            total += q.payable;
            if let Certificate::Bounded(gap) = q.certificate { bounded += 1; gaps += gap as f64 / q.payable as f64;
                if std::env::var("CASE") == Ok(format!("{density} {at}")) { for p in &book.document().promotions { eprintln!("{}", serde_json::to_string(p).unwrap()); } for l in &cart.lines { let s = book.document().skus.iter().find(|s| s.sku == l.sku).unwrap(); eprintln!("{} {:?} {:?} {} x {}", l.sku, s.category, s.tags, s.price, l.quantity); } }
                if std::env::var("SHOW").is_ok() { eprintln!("  {density} {at} lines {} us {us:.0} gap {gap} of {}", cart.lines.len(), q.payable); } }
        }
        times.sort_by(|a, b| a.partial_cmp(b).unwrap());
        let p = |f: f64| times[((times.len() - 1) as f64 * f) as usize];
        println!("{density}: bounded {bounded}/{n} mean gap {:.2} % us mean {:.0} p50 {:.0} p90 {:.0} p99 {:.0} max {:.0} total {total}", 100.0 * gaps / f64::from(bounded.max(1)), times.iter().sum::<f64>() / times.len() as f64, p(0.5), p(0.9), p(0.99), p(1.0));
    }
}
