//! Returns worked out by hand: what was bought, what comes back step by step, and what each step gives.

use pricing::returns::{
    Original, Refund, ReturnError, ReturnOptions, ReturnReason, Returned, ReturnedGift, ReturnedLine, ShippingRefund,
    Tender,
};
use pricing::{Cart, CompiledBook, Context, Quote, book::PriceBook, words};
use serde_json::{Value, json};

const FULL200: &str = r#"{"id": "FULL200", "class": "order", "name": {"zh": "满200减30", "en": "30 off 200"}, "returns": "re_evaluate",
    "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}}"#;

/// An order: its goods as `id: price x quantity`, where the id is the SKU too.
struct Order {
    book: CompiledBook,
    cart: Cart,
    context: Context,
    quote: Quote,
    tenders: Vec<Tender>,
}

fn order(lines: &[&str], promotions: &str, more: Value) -> Order {
    let lines: Vec<(&str, &str, i64)> = lines
        .iter()
        .map(|line| {
            let (id, rest) = line.split_once(": ").unwrap();
            let (price, quantity) = rest.split_once(" x").unwrap();
            (id, price, quantity.parse().unwrap())
        })
        .collect();
    let mut skus: Vec<Value> = lines.iter().map(|(id, price, _)| json!({"sku": id, "price": price})).collect();
    skus.push(json!({"sku": "GIFT", "price": "20.00"}));
    let promotions: Value = serde_json::from_str(&format!("[{promotions}]")).unwrap();
    let mut book = json!({"format": 1, "currency": "CNY", "resolution": "pinned", "skus": skus, "promotions": promotions,
        "shipping": [{"method": "post", "price": "12.00"}]});
    for key in ["rounding", "tax", "points", "resolution"] {
        if !more[key].is_null() {
            book[key] = more[key].clone();
        }
    }
    let book = CompiledBook::new(serde_json::from_value::<PriceBook>(book).unwrap()).unwrap();
    let lines: Vec<Value> =
        lines.iter().map(|(id, _, quantity)| json!({"id": id, "sku": id, "quantity": quantity})).collect();
    let spend = more.get("spend").cloned().unwrap_or(json!(0));
    let cart = json!({"lines": lines, "points": spend, "shipping_method": more["shipping"]});
    let cart: Cart = serde_json::from_value(cart).unwrap();
    let context = json!({"at": "2026-01-15T12:00:00Z", "channel": "web", "member": more["member"]});
    let context: Context = serde_json::from_value(context).unwrap();
    let quote = book.quote(&cart, &context).unwrap();
    let card = more["gift_card"].as_i64().unwrap_or(0).min(quote.payable);
    let tender = |name: &str, amount| Tender { name: name.to_owned(), amount };
    let tenders = vec![tender("gift card", card), tender("alipay", quote.payable - card)];
    Order { book, cart, context, quote, tenders }
}

impl Order {
    fn refund(&self, before: &Refund, now: &str, options: ReturnOptions) -> Result<Refund, ReturnError> {
        let original =
            Original { quote: &self.quote, cart: &self.cart, context: &self.context, tenders: &self.tenders };
        self.book.refund(&original, before, &returned(now), options)
    }
}

/// `a2 b1 +PROMOTION1`: two units of line a, one of line b, one of the promotion's gift.
fn returned(text: &str) -> Returned {
    let mut returned = Returned::default();
    for word in text.split_whitespace() {
        let (name, units) = word.split_at(word.len() - 1);
        let units = units.parse().unwrap();
        match name.strip_prefix('+') {
            Some(promotion) => {
                returned.gifts.push(ReturnedGift { promotion: promotion.parse().unwrap(), units });
            }
            None => returned.lines.push(ReturnedLine { line: name.parse().unwrap(), units }),
        }
    }
    returned
}

/// The money of each step, as one text.
fn steps(order: &Order, steps: &[&str]) -> String {
    let mut before = Refund::default();
    let mut totals = Vec::new();
    for now in steps {
        let refund = order.refund(&before, now, ReturnOptions::default()).unwrap();
        totals.push(refund.total.to_string());
        before = before.and(&refund);
    }
    totals.join(" ")
}

#[track_caller]
fn check(lines: &[&str], promotions: &str, returns: &[&str], expected: &str) {
    assert_eq!(steps(&order(lines, promotions, json!({})), returns), expected, "{returns:?}");
}

#[test]
fn a_unit_takes_its_own_discount_with_it() {
    let three = ["a: 100.00 x1", "b: 50.00 x3"];
    let off = r#"{"id": "P", "class": "order", "then": {"amount": "25.00", "on": "order"}}"#;
    check(&three, off, &["a1"], "9000");
    check(&three, off, &["b1", "b1", "b1", "a1"], "4500 4500 4500 9000");
    // The dearest unit comes back first: b's units cost 30.00, 30.00 and 15.00.
    let half = r#"{"id": "P", "class": "product", "then": {"nth_unit": 3, "percent": "50", "on": "all"}}"#;
    check(&["b: 30.00 x3"], half, &["b1", "b1", "b1"], "3000 3000 1500");
    // A cent that can't be split lies on one unit and comes back once.
    let cent = r#"{"id": "P", "class": "order", "then": {"amount": "0.01", "on": "order"}}"#;
    check(&["b: 1.00 x3"], cent, &["b1", "b2"], "100 199");
}

#[test]
fn what_is_kept_earns_anew() {
    let two = ["a: 109.00 x2"];
    check(&two, FULL200, &["a1", "a1"], "7900 10900");
    check(&two, FULL200, &["a2"], "18800");
    // The threshold still holds for what is kept: the whole price comes back.
    check(&["a: 109.00 x3"], FULL200, &["a1", "a1", "a1"], "10900 7900 10900");
    // Three for two: keeping two means paying two.
    let free = r#"{"id": "P", "class": "product", "returns": "re_evaluate", "then": {"buy": {"count": 2, "of": "all"}, "get": {"count": 1, "of": "all", "percent": "100"}}}"#;
    check(&["a: 10.00 x3"], free, &["a1", "a1", "a1"], "0 1000 1000");
    check(&["a: 10.00 x3"], &free.replace("re_evaluate", "pro_rata"), &["a1", "a1", "a1"], "1000 1000 0");
    // A lower step of another promotion is earned instead.
    let lower = r#", {"id": "FULL100", "class": "order", "returns": "re_evaluate", "combine": "best", "if": [{"min_subtotal": "100.00"}], "then": {"amount": "10.00", "on": "order"}}"#;
    let steps = FULL200.replace("\"returns\"", "\"combine\": \"best\", \"returns\"") + lower;
    check(&two, &steps, &["a1", "a1"], "8900 9900");
}

#[test]
fn no_step_costs_and_the_order_of_steps_is_no_matter() {
    let goods = ["a: 197.00 x1", "b: 5.00 x1", "c: 60.00 x1"];
    // With c back, b would lose 30.00 and is worth 5.00.
    check(&goods, FULL200, &["c1", "b1", "a1"], "6000 0 17200");
    check(&goods, FULL200, &["b1", "c1", "a1"], "500 5500 17200");
    check(&goods, FULL200, &["b1 c1", "a1"], "6000 17200");
    let order = order(&goods, FULL200, json!({}));
    let first = order.refund(&Refund::default(), "c1", ReturnOptions::default()).unwrap();
    let second = order.refund(&first, "b1", ReturnOptions::default()).unwrap();
    assert!(second.reasons.contains(&ReturnReason::NoLess), "{second:?}");
}

#[test]
fn each_promotion_has_its_own_method() {
    // 10 % of each item stays with the item; the threshold is earned anew by what is kept. 2 x 120.00 - 24.00 - 30.00 = 186.00.
    let tenth = r#"{"id": "TEN", "class": "product", "then": {"percent": "10", "on": "all"}}, "#;
    let both = format!("{tenth}{FULL200}");
    let two = order(&["a: 120.00 x2"], &both, json!({}));
    assert_eq!(two.quote.payable, 18600);
    assert_eq!(steps(&two, &["a1", "a1"]), "7800 10800");
    // Two lines: the kept one costs 108.00 alone, the pro-rata share of 10 % still off.
    check(&["a: 120.00 x1", "b: 120.00 x1"], &both, &["b1", "a1"], "7800 10800");
}

#[test]
fn kept_gifts_are_charged_once_they_are_no_longer_earned() {
    let gift = r#"{"id": "G", "class": "order", "if": [{"min_subtotal": "150.00"}], "then": {"gift": {"sku": "GIFT", "quantity": 1}}}"#;
    let goods = ["a: 100.00 x1", "b: 60.00 x1", "c: 5.00 x1"];
    check(&goods, gift, &["c1", "b1", "a1"], "500 4000 10000");
    check(&goods, gift, &["b1", "+G1", "c1 a1"], "4000 2000 10500");
    check(&goods, gift, &["b1 +G1", "a1 c1"], "6000 10500");
    // Never more than the refund.
    check(&["a: 100.00 x1", "b: 50.00 x1", "c: 12.00 x1"], gift, &["b1"], "3000");
    check(&["a: 140.00 x1", "b: 11.00 x1"], gift, &["b1", "+G1", "a1"], "0 1100 14000");
}

#[test]
fn tax_shipping_points_and_tenders_come_back_exactly() {
    let more = json!({"tax": {"included": false, "rate": "0.13"}, "points": {"earn": "1", "value": "0.01"}, "spend": 700,
        "member": {"points": 800}, "shipping": "post", "gift_card": 5000});
    let order = order(&["a: 109.00 x2", "b: 9.99 x1"], FULL200, more);
    let mut sum = Refund::default();
    for now in ["a1", "b1", "a1"] {
        sum = sum.and(&order.refund(&sum, now, ReturnOptions::default()).unwrap());
    }
    let quote = &order.quote;
    assert_eq!((sum.total, sum.tax, sum.shipping), (quote.payable, quote.tax, 1200));
    assert_eq!((sum.points_back, sum.points_back_value, sum.points_clawed), (700, 700, quote.points_earned));
    assert_eq!((sum.discounts_lost, sum.discounts_lost_tax), (0, 0));
    assert_eq!(sum.tenders, order.tenders);
    assert!(sum.lines.iter().zip(&quote.lines).all(|(back, line)| (back.goods, back.tax) == (line.total, line.tax)));
    let shipping = |shipping| order.refund(&Refund::default(), "a1", ReturnOptions { shipping }).unwrap().shipping;
    assert_eq!(
        [ShippingRefund::WithEverything, ShippingRefund::Never, ShippingRefund::Now].map(shipping),
        [0, 0, 1200]
    );
}

#[test]
fn what_cannot_come_back_is_told() {
    let order = order(&["a: 109.00 x2"], FULL200, json!({}));
    let default = ReturnOptions::default();
    let first = order.refund(&Refund::default(), "a1", default).unwrap();
    let say = |result: Result<Refund, ReturnError>| result.unwrap_err().to_string();
    let rows = [
        (say(order.refund(&first, "a2", default)), "only 1 are left; state at most 1"),
        (say(order.refund(&first, "z1", default)), "the order has no line z"),
        (say(order.refund(&first, "a0", default)), "state at least 1"),
        (say(order.refund(&first, "+G1", default)), "no gift of promotion G"),
    ];
    for (text, expected) in rows {
        assert!(text.contains(expected), "{text}");
    }
    let original = Original { quote: &order.quote, cart: &order.cart, context: &order.context, tenders: &[] };
    let refund = |original: &Original| order.book.refund(original, &first, &returned("a1"), default).unwrap_err();
    assert_eq!(refund(&original), ReturnError::OtherTenders { payable: 18800, sum: 0 });
    let cart = Cart { shipping_method: Some("post".to_owned()), ..order.cart.clone() };
    let original = Original { cart: &cart, tenders: &order.tenders, ..original };
    assert!(matches!(refund(&original), ReturnError::OtherQuote { .. }));
    let mut quote = order.quote.clone();
    quote.payable += 1;
    assert_eq!(
        refund(&Original { quote: &quote, tenders: &[Tender { name: "x".into(), amount: 18801 }], ..original }),
        ReturnError::BrokenQuote
    );
}

#[test]
fn a_refund_reads_like_a_receipt() {
    let more = json!({"tax": {"included": true, "rate": "0.13"}, "points": {"earn": "1"}, "member": {"points": 0}, "shipping": "post"});
    let order = order(&["a: 109.00 x2"], FULL200, more);
    let refund = order.refund(&Refund::default(), "a1", ReturnOptions::default()).unwrap();
    let name = |sku: &ids::Sku| if sku.as_str() == "a" { "Jasmine tea".to_owned() } else { sku.to_string() };
    let en = "\
Jasmine tea × 1 ......................... ¥94.00
------------------------------------------------
Discounts no longer earned ............. -¥15.00
Tax included ............................. ¥9.09
  30 off 200: ¥30.00 on the whole order, ¥0.00 on what is kept alone
  Shipping is not given back
------------------------------------------------
Refund .................................. ¥79.00
  ¥79.00 to alipay
  94 earned points are taken back
";
    assert_eq!(words::refund_text(&refund, &order.quote, money::Locale::En, name), en);
    let zh = words::refund_text(&refund, &order.quote, money::Locale::Zh, |_| "茉莉花茶".to_owned());
    assert!(zh.contains("满200减30：整单减 ¥30.00，留下的商品单独可减 ¥0.00\n  运费不退"), "{zh}");
    assert!(
        zh.contains("退款 .................................... ¥79.00\n  ¥79.00 退至 alipay\n  扣回 94 积分"),
        "{zh}"
    );
}
