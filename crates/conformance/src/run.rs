//! From a case to the core's figures.

use crate::case::{Case, Expect, ExpectLine, Line};
use ids::{CouponCode, LevelId, LineId, PlaceId, PromotionId, Sku};
use money::{Currency, minor_from_decimal, minor_to_decimal};
use pricing::{
    Certificate, CompiledBook, Context, Member, OpenCart, OpenLine, OpenShipping, Quote, Usage,
    book::{BOOK_FORMAT, PriceBook, Promotion, Resolution, SkuPrice},
};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Map, Value};

/// All the figures that a case can expect, as the core computes them.
pub type Figures = Expect;

/// What the core answers to a case.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// The figures, all of them present.
    #[serde(flatten)]
    pub figures: Figures,
    /// How sure it is that no other legal choice of promotions is cheaper.
    pub certificate: Proof,
}

/// The core's [`Certificate`] in the form of the figures, whose amounts are in major units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The merchant fixed the order, so there was no choice.
    Pinned,
    /// None is cheaper: proved.
    Optimal,
    /// None is cheaper by more than this.
    Bounded(Decimal),
}

/// Prices the case with the real core.
///
/// # Errors
/// What the core refuses: a promotion that is none, a price with too many decimals, a quantity of nothing.
pub fn run(case: &Case, resolution: Resolution) -> Result<Outcome, String> {
    let (quote, currency) = (quote(case, resolution)?, currency(case)?);
    Ok(Outcome { figures: figures(case, &quote, currency)?, certificate: proof(quote.certificate, currency) })
}

fn proof(certificate: Certificate, currency: Currency) -> Proof {
    match certificate {
        Certificate::Pinned => Proof::Pinned,
        Certificate::Optimal => Proof::Optimal,
        Certificate::Bounded(missing) => Proof::Bounded(minor_to_decimal(missing, currency)),
    }
}

/// The quote of the case by the real core.
///
/// # Errors
/// As [`run`].
pub fn quote(case: &Case, resolution: Resolution) -> Result<Quote, String> {
    let currency = currency(case)?;
    let (promotions, usage) = promotions(case, currency)?;
    let book = PriceBook {
        format: BOOK_FORMAT,
        currency,
        resolution,
        rounding: case.rounding,
        tax: case.tax,
        points: case.points,
        margin_floor: None,
        levels: Vec::new(),
        shipping: Vec::new(),
        skus: Vec::new(),
        promotions,
    };
    let book = CompiledBook::new(book)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    book.quote_open(&cart(case)?, &context(case, usage)?).map_err(text)
}

fn currency(case: &Case) -> Result<Currency, String> {
    Currency::with_exponent(&case.currency, exponent(&case.currency)).map_err(text)
}

fn text(error: impl ToString) -> String {
    error.to_string()
}

/// The smallest units of the format, which knows fewer exceptions than ISO 4217.
fn exponent(code: &str) -> u8 {
    match code {
        "JPY" | "KRW" | "VND" | "CLP" => 0,
        "KWD" | "BHD" | "JOD" => 3,
        _ => 2,
    }
}

/// The promotions, and the counters of use that the format keeps inside `limit`.
fn promotions(case: &Case, currency: Currency) -> Result<(Vec<Promotion>, Vec<Usage>), String> {
    let mut promotions = Vec::with_capacity(case.promotions.len());
    let mut usage = Vec::new();
    for map in &case.promotions {
        let mut map = map.clone();
        let counters = take_counters(&mut map);
        map.retain(|_, value| !value.is_null());
        let promotion: Promotion = serde_json::from_value(Value::Object(map)).map_err(text)?;
        usage.extend(of_counters(&promotion.id, &counters, currency)?);
        promotions.push(promotion);
    }
    Ok((promotions, usage))
}

fn take_counters(promotion: &mut Map<String, Value>) -> Map<String, Value> {
    let mut counters = Map::new();
    if let Some(Value::Object(limit)) = promotion.get_mut("limit") {
        for key in ["used", "used_by_member", "spent"] {
            counters.extend(limit.remove(key).filter(|value| !value.is_null()).map(|value| (key.to_owned(), value)));
        }
    }
    counters
}

fn of_counters(
    promotion: &PromotionId,
    counters: &Map<String, Value>,
    currency: Currency,
) -> Result<Option<Usage>, String> {
    let count = |key: &str| match counters.get(key) {
        None => Ok(0),
        Some(value) => value.as_i64().ok_or_else(|| format!("limit.{key} is no whole number: {value}")),
    };
    let spent: Decimal = match counters.get("spent") {
        None => Decimal::ZERO,
        Some(value) => serde_json::from_value(value.clone()).map_err(text)?,
    };
    if counters.is_empty() {
        return Ok(None);
    }
    Ok(Some(Usage {
        promotion: promotion.clone(),
        total: count("used")?,
        by_member: count("used_by_member")?,
        spent: minor_from_decimal(spent, currency).map_err(text)?,
        units: 0,
    }))
}

fn cart(case: &Case) -> Result<OpenCart, String> {
    Ok(OpenCart {
        lines: case.lines.iter().map(line).collect::<Result<_, _>>()?,
        coupons: case
            .coupons
            .iter()
            .map(|code| CouponCode::new(code.clone()).map_err(text))
            .collect::<Result<_, _>>()?,
        points: case.spend.points,
        shipping: case.shipping.as_ref().map(|one| OpenShipping {
            method: one.method.clone(),
            price: one.price,
            tax_rate: one.tax_rate,
        }),
        ..OpenCart::default()
    })
}

fn line(line: &Line) -> Result<OpenLine, String> {
    let item = SkuPrice {
        sku: Sku::new(line.sku.clone()).map_err(text)?,
        price: line.price,
        category: line.category.clone(),
        tags: line.tags.clone(),
        tax_rate: line.tax_rate,
        discountable: line.discountable,
        min_price: line.min_price,
        brand: None,
        cost: None,
    };
    Ok(OpenLine { id: LineId::new(line.id.clone()).map_err(text)?, quantity: line.quantity, item })
}

fn context(case: &Case, usage: Vec<Usage>) -> Result<Context, String> {
    let member = match &case.member {
        None => None,
        Some(member) => Some(Member {
            id: None,
            level: member.level.clone().map(LevelId::new).transpose().map_err(text)?,
            tags: member.tags.clone(),
            orders: member.orders,
            points: member.points,
            birthday_month: None,
        }),
    };
    let store = case.store.clone().map(PlaceId::new).transpose().map_err(text)?;
    Ok(Context { channel: case.channel.clone(), store, member, usage, ..Context::guest(case.at) })
}

fn figures(case: &Case, quote: &Quote, currency: Currency) -> Result<Figures, String> {
    let major = |minor: i64| Some(minor_to_decimal(minor, currency));
    let lines = quote.lines.iter().map(|line| {
        let figures =
            ExpectLine { discount: major(line.subtotal - line.total), total: major(line.total), tax: major(line.tax) };
        (line.id.to_string(), figures)
    });
    let mut gifts = std::collections::BTreeMap::new();
    for gift in &quote.gifts {
        *gifts.entry(gift.sku.to_string()).or_insert(0) += gift.quantity;
    }
    let refused = quote.coupons.iter().filter(|one| one.refused.is_some());
    let shipping = quote.shipping.as_ref();
    Ok(Figures {
        lines: Some(lines.collect()),
        subtotal: major(quote.subtotal),
        discount: major(quote.discount),
        shipping: major(shipping.map_or(0, |one| one.total)),
        shipping_discount: major(shipping.map_or(0, |one| one.list - one.total)),
        tax: major(quote.tax),
        total: major(quote.total),
        payable: major(after_tenders(case, quote.payable, currency)?),
        applied: Some(sorted(quote.applied.iter().map(|one| one.promotion.to_string()))),
        refused: Some(sorted(refused.map(|one| one.code.to_string()))),
        gifts: Some(gifts),
        points_earned: Some(quote.points_earned),
    })
}

fn sorted(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut items: Vec<String> = items.collect();
    items.sort();
    items
}

/// Gift cards in order, then stored value, each at most what is still owed.
fn after_tenders(case: &Case, payable: i64, currency: Currency) -> Result<i64, String> {
    let tenders = case.spend.gift_cards.iter().chain([&case.spend.stored_value]);
    tenders.into_iter().try_fold(payable, |owed, tender| {
        let tender = minor_from_decimal(*tender, currency).map_err(text)?;
        Ok(owed - tender.clamp(0, owed))
    })
}
