//! How long lists take on a catalogue of real size: `cargo test -p services --release --test suite scale -- --ignored --nocapture`.

use services::{Services, Who};
use std::{fmt::Write, time::Instant};
use testkit::{Database, TestShop, each_database};
use wire::{ProductQuery, Sort};

/// As many products as the grocery data set has.
const PRODUCTS: usize = 92_331;
/// What a list may take once everything is warm.
const LIST_MS_MAX: u128 = 50;

fn catalogue() -> String {
    let (kinds, makes) =
        (["Bread", "Milk", "Frozen Pizza", "Candy", "绿茶", "洗衣液"], ["Large", "Organic", "Private", "National"]);
    let mut text = "Handle,Title,Vendor,Type,Tags,Variant SKU,Variant Price,Variant Inventory Qty\n".to_owned();
    for at in 0..PRODUCTS {
        let (kind, make) = (kinds[at % kinds.len()], makes[at % makes.len()]);
        let (size, price, tag) = (at % 37 + 1, at % 3_000 + 99, at % 301);
        writeln!(
            text,
            "item-{at},{make} {kind} {size} OZ no {at},Brand {},{kind} {},\"tag {tag}, {make}\",G-{at},{}.{:02},{}",
            at % 500,
            at % 44,
            price / 100,
            price % 100,
            at % 9,
        )
        .unwrap();
    }
    text
}

async fn time(services: &Services, what: &str, query: ProductQuery) -> u128 {
    services.products(&Who::default(), &query).await.unwrap();
    let start = Instant::now();
    let list = services.products(&Who::default(), &query).await.unwrap();
    let taken = start.elapsed();
    println!("{what:<28} {:>8} matches {taken:>12.2?}", list.total);
    taken.as_millis()
}

#[tokio::test]
#[ignore = "takes minutes"]
async fn lists_stay_quick_on_ninety_thousand_products() {
    each_database(|database: Database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let start = Instant::now();
        let plan = services.plan_products(&[("grocery.csv".to_owned(), catalogue().into_bytes())]).await.unwrap();
        println!("{:<28} {:>29.2?}", "plan", start.elapsed());
        services.commit_products(plan, &mut |_, _| ()).await.unwrap();
        println!("{:<28} {:>29.2?}", "plan and commit", start.elapsed());
        let all = ProductQuery::default;
        let search = |text: &str| ProductQuery { q: Some(text.to_owned()), ..all() };
        let queries = [
            ("everything", all()),
            ("page 3000", ProductQuery { page: Some(3000), ..all() }),
            ("cheapest", ProductQuery { sort: Some(Sort::PriceUp), ..all() }),
            ("dearest with a tag", ProductQuery { sort: Some(Sort::PriceDown), tag: Some("Organic".into()), ..all() }),
            ("between two prices", ProductQuery { min_price: Some(500), max_price: Some(900), ..all() }),
            ("newest", ProductQuery { sort: Some(Sort::Newest), ..all() }),
            ("pizza", search("pizza")),
            ("frozen pizza 12 oz", search("frozen pizza 12 oz")),
            ("绿茶", search("绿茶")),
            ("bra (a prefix of all)", search("bra")),
        ];
        let mut slowest = 0;
        for (what, query) in queries {
            slowest = slowest.max(time(services, what, query).await);
        }
        time(services, "in stock", ProductQuery { in_stock: Some(true), ..all() }).await;
        assert!(slowest <= LIST_MS_MAX || cfg!(debug_assertions), "{slowest} ms");
    })
    .await;
}
