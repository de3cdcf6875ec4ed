//! How promotions stand beside each other: classes that combine, groups, and what contradicts itself.

use pricing::{Cart, CompiledBook, Context, Instant, book::PriceBook};
use serde_json::{Value, json};

fn book(resolution: &str, promotions: &str) -> PriceBook {
    let promotions: Value = serde_json::from_str(&format!("[{promotions}]")).unwrap();
    let skus = json!([{"sku": "TEA", "price": "100.00"}, {"sku": "CUP", "price": "50.00"}]);
    let book =
        json!({"format": 1, "currency": "CNY", "resolution": resolution, "skus": skus, "promotions": promotions});
    serde_json::from_value(book).unwrap()
}

/// Two teas and a cup: 250.00. Returns `promotions given | payable | promotion: why not`.
fn check(resolution: &str, promotions: &str, expected: &str) {
    let cart = json!({"lines": [{"id": "1", "sku": "TEA", "quantity": 2}, {"id": "2", "sku": "CUP", "quantity": 1}]});
    let cart: Cart = serde_json::from_value(cart).unwrap();
    let compiled = CompiledBook::new(book(resolution, promotions)).unwrap();
    let quote = compiled.quote(&cart, &Context::guest(Instant(0))).unwrap();
    let given: Vec<&str> = quote.applied.iter().map(|one| one.promotion.as_str()).collect();
    let code = |one: &pricing::Missed| {
        let reason = serde_json::to_value(&one.reason).unwrap();
        format!("{}: {}", one.promotion, reason["code"].as_str().unwrap())
    };
    let missed: Vec<String> = quote.missed.iter().map(code).collect();
    let got = format!("{} | {} | {}", given.join(" "), quote.payable, missed.join(", "));
    assert_eq!(got, expected, "{resolution}: {promotions}");
}

/// The errors of a book, as people read them.
fn refused(resolution: &str, promotions: &str, expected: &str) {
    let errors = CompiledBook::new(book(resolution, promotions)).unwrap_err();
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors.join("\n"), expected, "{promotions}");
}

const ITEM: &str = r#"{"id": "ITEM", "class": "product", "combines_with": ["shipping"], "then": {"percent": "10", "on": {"sku": ["TEA"]}}}"#;
const FULL: &str = r#"{"id": "FULL", "class": "order", "then": {"amount": "30.00", "on": "order"}}"#;

#[test]
fn classes_that_do_not_combine_are_not_given_together() {
    let both = format!("{ITEM}, {FULL}");
    check("pinned", &both, "ITEM | 23000 | FULL: not_with");
    check("best", &both, "FULL | 22000 | ITEM: not_with");
    // Of its own class it says nothing, so two of it don't combine either.
    let two = format!("{ITEM}, {}", ITEM.replace("\"ITEM\"", "\"OTHER\"").replace("10", "20"));
    check("pinned", &two, "ITEM | 23000 | OTHER: not_with");
    check("best", &two, "OTHER | 21000 | ITEM: not_with");
    // Not even where they take from other lines.
    let apart = format!("{ITEM}, {}", ITEM.replace("\"ITEM\"", "\"OTHER\"").replace("TEA", "CUP"));
    check("pinned", &apart, "ITEM | 23000 | OTHER: not_with");
    check("best", &apart, "ITEM | 23000 | OTHER: not_with");
}

#[test]
fn a_gift_keeps_to_the_classes_too() {
    let gift = r#"{"id": "GIFT", "class": "order", "combines_with": ["order"], "then": {"gift": {"sku": "CUP"}}}"#;
    let item = ITEM.replace("[\"shipping\"]", "[\"product\"]");
    check("pinned", &format!("{item}, {gift}"), "ITEM | 23000 | GIFT: not_with");
    check("best", &format!("{item}, {gift}"), "ITEM | 23000 | GIFT: not_with");
    check("best", &format!("{FULL}, {gift}"), "GIFT FULL | 22000 | ");
}

#[test]
fn of_a_group_the_first_that_gives_anything_is_given() {
    let group = |id: &str, priority: i64, least: &str, off: &str| {
        format!(
            r#"{{"id": "{id}", "class": "order", "combine": "first", "group": "full", "priority": {priority},
                "if": [{{"min_subtotal": "{least}"}}], "then": {{"amount": "{off}", "on": "order"}}}}"#
        )
    };
    let group = [group("A", 1, "300.00", "90.00"), group("B", 2, "200.00", "20.00"), group("C", 3, "100.00", "40.00")];
    check("pinned", &group.join(","), "B | 23000 | A: below_subtotal, C: lost_to");
    check("best", &group.join(","), "B | 23000 | A: below_subtotal, C: lost_to");
}

#[test]
fn what_comes_after_comes_after() {
    let percent = r#"{"id": "PERCENT", "class": "order", "then": {"percent": "10", "on": "order"}}"#;
    let every = r#"{"id": "EVERY", "class": "order", "then": {"every": "125.00", "off": "10.00", "on": "order"}}"#;
    let after = every.replace("\"then\"", "\"after\": \"PERCENT\", \"then\"");
    check("best", &format!("{percent}, {every}"), "EVERY PERCENT | 20700 | ");
    check("best", &format!("{percent}, {after}"), "PERCENT EVERY | 21500 | ");
}

#[test]
fn a_book_that_contradicts_itself_is_refused_with_both_names() {
    let order = FULL.replace("\"then\"", "\"combines_with\": [\"product\"], \"then\"");
    refused(
        "best",
        &format!("{ITEM}, {order}"),
        "promotion FULL: combines with class Product, but ITEM of that class does not combine with class Order; \
         name both classes or neither in combines_with",
    );
    let grouped = |id: &str, combine: &str| {
        FULL.replace("\"FULL\"", &format!("\"{id}\", \"combine\": \"{combine}\", \"group\": \"g\""))
    };
    refused(
        "best",
        &format!("{}, {}", grouped("A", "best"), grouped("B", "first")),
        "promotion B: its group gives the First of its members, but A of the same group says Best; \
         write the same combine, or another group",
    );
    let after = |id: &str, after: &str| FULL.replace("\"FULL\"", &format!("\"{id}\", \"after\": \"{after}\""));
    refused("best", &after("A", "B"), "promotion A: is to come after B, which is not in the book");
    refused(
        "best",
        &format!("{}, {}", after("A", "B"), after("B", "A")),
        "promotion A: is to come after B, which in turn is to come after it\n\
         promotion B: is to come after A, which in turn is to come after it",
    );
    refused(
        "pinned",
        &format!("{}, {FULL}", after("A", "FULL")),
        "promotion A: is to come after FULL, but its priority puts it before; change the priority",
    );
    refused(
        "best",
        &format!("{}, {ITEM}", after("A", "ITEM")),
        "promotion A: is to come after ITEM, which is of class Product; classes keep their order, so after is for one class",
    );
}
