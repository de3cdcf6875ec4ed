{
    // A block that is a function: the pages include it in a hidden line and call it `check`. It prices a cart without and with promotions and compares
    // every figure that the page prints. See `guide` for how a cart is written.
    use pricing::{CompiledBook, Context, OpenCart, Quote};
    use serde_json::{Value, json};

    fn merge(into: &mut Value, text: &str) {
        let more: Value = serde_json::from_str(text).expect(text);
        for (key, value) in more.as_object().expect("an object") {
            into[key] = value.clone();
        }
    }

    fn line(words: &[&str], at: usize) -> Value {
        let quantity: i64 = words[2].trim_start_matches('x').parse().expect("a quantity like x2");
        let (facts, words): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.contains(':'));
        let category = words.get(3).filter(|word| **word != "-");
        let mut item = json!({
            "sku": words[0], "price": words[1], "category": category, "tags": words.get(4..).unwrap_or(&[]),
        });
        for (key, value) in facts.iter().filter_map(|fact| fact.split_once(':')) {
            item[key] = if key == "discountable" { json!(value == "true") } else { json!(value) };
        }
        json!({"id": format!("{at:02}"), "quantity": quantity, "item": item})
    }

    fn quote(book: &Value, cart: &Value, context: &Value) -> Quote {
        let book = serde_json::from_value(book.clone()).expect("a book");
        let book = CompiledBook::new(book).unwrap_or_else(|errors| panic!("{errors:?}"));
        let cart: OpenCart = serde_json::from_value(cart.clone()).expect("a cart");
        let context: Context = serde_json::from_value(context.clone()).expect("a context");
        book.quote_open(&cart, &context).unwrap_or_else(|error| panic!("{error}"))
    }

    fn promotions(text: &str) -> Value {
        let mut list: Value = serde_json::from_str(&format!("[{text}]")).unwrap_or_else(|error| panic!("{error}: {text}"));
        for (at, one) in list.as_array_mut().expect("a list").iter_mut().enumerate() {
            let named = one.get("id").is_some();
            if !named {
                one["id"] = json!(format!("P{at}"));
            }
        }
        list
    }

    /// Every figure of a quote that a page may print, by the first word of its line.
    fn figure(quote: &Quote, row: &str, at: usize) -> String {
        let amount = |minor: i64| money::format_plain(minor, quote.currency);
        let locale = money::Locale::En;
        let voice = pricing::words::Voice { currency: quote.currency, locale, utc_offset_minutes: 0, name: &|_| None };
        let words = |why: &pricing::Reason| pricing::words::reason(why, &voice);
        match row {
            "shipping" => amount(quote.shipping.as_ref().map_or(0, |one| one.total)),
            "tax" => amount(quote.tax),
            "pays" => amount(quote.payable),
            "points" => quote.points_earned.to_string(),
            "gifts" => quote.gifts.iter().map(|one| format!("{} x{}", one.sku, one.quantity)).collect::<Vec<_>>().join(", "),
            "why" => quote.missed.first().map(|one| words(&one.reason)).unwrap_or_default(),
            "code" => quote.coupons.first().and_then(|one| one.refused.as_ref()).map(words).unwrap_or_default(),
            "hint" => quote.hints.first().map(|one| pricing::words::hint(one, quote.currency, locale)).unwrap_or_default(),
            _ => amount(quote.lines[at].total),
        }
    }

    fn check(rules: &str, carts: &str) {
        carts.split("\n---\n").for_each(|cart| check_one(rules, cart));
    }

    fn check_one(rules: &str, text: &str) {
        let mut book = json!({"format": 1, "currency": "CNY", "skus": []});
        let mut cart = json!({"lines": []});
        let mut context = json!({"at": "2026-06-18T12:00:00Z", "channel": "web"});
        let mut expected: Vec<(&str, usize, &str)> = Vec::new();
        for row in text.lines().map(str::trim).filter(|row| !row.is_empty()) {
            let (head, rest) = row.split_once(' ').expect(row);
            let (left, right) = row.split_once('|').unwrap_or((row, ""));
            let words: Vec<&str> = left.split_whitespace().collect();
            let at = cart["lines"].as_array().map_or(0, Vec::len);
            match head {
                "book" => merge(&mut book, rest),
                "cart" => merge(&mut cart, rest),
                "context" => merge(&mut context, rest),
                "shipping" => cart["shipping"] = json!({"price": words[1], "method": words.get(2)}),
                "tax" | "pays" | "points" | "gifts" | "why" | "code" | "hint" => {}
                _ => cart["lines"].as_array_mut().expect("a list").push(line(&words, at)),
            }
            if row.contains('|') {
                expected.push((head, at, right.trim()));
            }
        }
        let before = quote(&book, &cart, &context);
        book["promotions"] = promotions(rules);
        let after = quote(&book, &cart, &context);
        for (row, at, right) in expected {
            let (old, new) = (figure(&before, row, at), figure(&after, row, at));
            let got = if right.contains("->") { format!("{old} -> {new}") } else { new };
            let tidy = right.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(got, tidy, "{row} in {text}\n{:?}", after.applied);
        }
    }

    check
}
