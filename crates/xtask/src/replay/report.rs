//! What came out of a replay, as one table.

use serde_json::Value;

/// Pump prices stand for amounts below a cent, which a price book does not have; they are no discounts.
const PUMP: &str = "PUMP-";
/// How many promotions are named.
const TOP: usize = 12;

pub fn print(resolution: &str, facts: &Value, native: &Value, wasm: Option<&Value>) {
    let tally = &native["tally"];
    let mut rows = vec![row("resolution", resolution.to_owned())];
    rows.extend(book(facts, native));
    rows.extend(speed("native", native, &tally["baskets"]));
    if let Some(wasm) = wasm {
        rows.extend(speed("wasm", wasm, &tally["baskets"]));
        let ratio = number(&wasm["processor_ns"]) * 100 / number(&native["processor_ns"]).max(1);
        rows.push(row("wasm to native", format!("{}.{:02}×", ratio / 100, ratio % 100)));
        let same = if wasm["chain"] == native["chain"] { "the same" } else { "NOT the same" };
        rows.push(row("bytes of all quotes", format!("{same}, native and wasm: {}", text(&native["chain"]))));
    }
    rows.extend(money(tally));
    rows.extend(discounts(&tally["by_promotion"]));
    let width = rows.iter().map(|(what, _)| what.chars().count()).max().unwrap_or(0);
    println!();
    rows.iter().for_each(|(what, figure)| println!("{what:width$}  {figure}"));
}

fn row(what: &str, figure: String) -> (String, String) {
    (what.to_owned(), figure)
}

fn book(facts: &Value, native: &Value) -> Vec<(String, String)> {
    let fact = |key: &str| grouped(number(&facts[key]));
    vec![
        row(
            "price book",
            format!(
                "{} SKUs, {} promotions: {} store offers, {} coupons, the rest pump prices",
                fact("skus"),
                fact("promotions"),
                fact("offers"),
                fact("coupons")
            ),
        ),
        row(
            "size",
            format!(
                "{} kB of JSON; compiled, with its document, {} kB of memory, in {} ms",
                grouped(number(&native["book_json"]) / 1000),
                grouped(number(&native["book_kb"])),
                native["compiling_ms"]
            ),
        ),
        row(
            "slice of a basket's goods",
            format!("{} kB compressed (brotli 5), median", tenths(number(&native["slice_brotli"]) / 100)),
        ),
        row("members", format!("{} households got campaigns", fact("households"))),
        row(
            "left out",
            format!(
                "{} corrections of {} lines; {} of {} redemptions without a basket",
                fact("corrections"),
                grouped(number(&facts["lines"]) + number(&facts["corrections"])),
                number(&facts["redemptions"]) - number(&facts["redeemed"]),
                fact("redemptions")
            ),
        ),
    ]
}

fn speed(build: &str, measured: &Value, baskets: &Value) -> Vec<(String, String)> {
    let (time, processor) = (number(&measured["ns"]), number(&measured["processor_ns"]));
    let rate = number(baskets) * 1_000_000_000 / processor.max(1);
    let micro = |ns: &Value| format!("{} µs", tenths(number(ns) / 100));
    vec![
        row(
            &format!("{build}, all baskets"),
            format!(
                "{} s of one core ({} s by the clock), {} baskets a second",
                tenths(processor / 100_000_000),
                tenths(time / 100_000_000),
                grouped(rate)
            ),
        ),
        row(
            &format!("{build}, one basket"),
            format!("p50 {}, p99 {} by the clock", micro(&measured["p50"]), micro(&measured["p99"])),
        ),
        row(&format!("{build}, memory"), format!("{} kB at the most", grouped(number(&measured["peak_kb"])))),
    ]
}

fn money(tally: &Value) -> Vec<(String, String)> {
    let count = |key: &str| grouped(number(&tally[key]));
    vec![
        row(
            "baskets",
            format!(
                "{}: {} optimal, {} bounded by at most {}, {} pinned",
                count("baskets"),
                count("optimal"),
                count("bounded"),
                dollars(number(&tally["gap_max"])),
                count("pinned")
            ),
        ),
        row("traces", format!("{} promotions gave something, {} nothing", count("applied"), count("missed"))),
        row("coupons", format!("{} taken, {} refused", count("coupons_taken"), count("coupons_refused"))),
        row(
            "payable",
            format!(
                "{}, where the tills took {}; {} baskets to the cent",
                dollars(number(&tally["payable"])),
                dollars(number(&tally["paid"])),
                count("exact")
            ),
        ),
    ]
}

/// All that was taken off, and by which promotions most.
fn discounts(by_promotion: &Value) -> Vec<(String, String)> {
    let all = by_promotion.as_object().into_iter().flatten();
    let (pump, mut others): (Vec<_>, Vec<_>) =
        all.map(|(id, sum)| (id.as_str(), number(&sum[0]), number(&sum[1]))).partition(|(id, ..)| id.starts_with(PUMP));
    others.sort_by_key(|(id, amount, _)| (std::cmp::Reverse(*amount), *id));
    let sum = |list: &[(&str, i64, i64)]| dollars(list.iter().map(|(_, amount, _)| amount).sum());
    let mut rows = vec![
        row("discounts", format!("{} by {} promotions", sum(&others), grouped(others.len() as i64))),
        row("pump prices", format!("{} below a cent a unit; no discount", sum(&pump))),
    ];
    rows.extend(others.iter().take(TOP).map(|(id, amount, times)| {
        row(&format!("  {id}"), format!("{}, {} times", dollars(*amount), grouped(*times)))
    }));
    rows
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// 1234567 is 1,234,567.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut parts: Vec<&str> =
        digits.as_bytes()[first..].chunks(3).filter_map(|part| std::str::from_utf8(part).ok()).collect();
    if first > 0 {
        parts.insert(0, &digits[..first]);
    }
    parts.join(",")
}

/// 123 tenths are 12.3.
fn tenths(number: i64) -> String {
    format!("{}.{}", number / 10, number % 10)
}

fn dollars(cents: i64) -> String {
    format!("${}.{:02}", grouped(cents / 100), cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_for_people() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(dollars(123_456), "$1,234.56");
        assert_eq!(tenths(123), "12.3");
    }

    #[test]
    fn pump_prices_are_no_discounts() {
        let sums = serde_json::json!({"PUMP-1-02": [900, 3], "W": [250, 2], "C": [300, 1]});
        let rows = discounts(&sums);
        assert_eq!(rows[0].1, "$5.50 by 2 promotions");
        assert_eq!(rows[1].1, "$9.00 below a cent a unit; no discount");
        assert_eq!(rows[2].0, "  C");
    }
}
