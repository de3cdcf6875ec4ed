//! 南窗 South Window, the shop that a fresh installation opens with.
//!
//! Everything is data in `data/`, in the formats that merchants already have: a Shopify product CSV,
//! Shopify's translation export, a stock sheet and the promotion language. The demo goes through the same
//! import as a real shop, so that what is shown is what a merchant would get.

use jiff::{SignedDuration, Timestamp};

/// Products and variants, zh-CN, as a Shopify product CSV.
pub const PRODUCTS_CSV: &str = include_str!("../data/products.csv");

/// English titles, texts, product types and options, as Shopify's translation export.
pub const TRANSLATIONS_CSV: &str = include_str!("../data/translations.csv");

/// Units on hand and safety stock for each SKU and place: `SKU,Location,On hand,Safety`.
pub const STOCK_CSV: &str = include_str!("../data/stock.csv");

/// Name, departments, member levels, places, delivery, points, tax and demo members.
pub const SHOP_JSON: &str = include_str!("../data/shop.json");

/// The promotions with `{load}` and `{load+3d}` where an instant depends on the day of loading.
const PROMOTIONS_TEMPLATE: &str = include_str!("../data/promotions.json");

const FLASH_SALE_HOURS: i64 = 72;

/// The promotions, a JSON array, with the flash sale beginning at `now_unix_seconds`.
///
/// The clock is an argument so that two loads at the same instant give the same price book.
#[must_use]
pub fn promotions(now_unix_seconds: i64) -> String {
    let load = instant(now_unix_seconds);
    let flash_end = load.saturating_add(SignedDuration::from_hours(FLASH_SALE_HOURS)).unwrap_or(Timestamp::MAX);
    PROMOTIONS_TEMPLATE.replace("{load+3d}", &flash_end.to_string()).replace("{load}", &load.to_string())
}

/// A clock outside the calendar (years -9999 to 9999) is wrong anyway; the nearest end keeps the answer total.
fn instant(unix_seconds: i64) -> Timestamp {
    let nearest_end = if unix_seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(unix_seconds).unwrap_or(nearest_end)
}
