//! `concord explain`: why an order costs what it costs.

use super::open::open_existing;
use crate::config::DatabaseOptions;
use crate::state::offset_minutes;
use anyhow::{Result, anyhow};
use ids::{OrderNumber, Sku};
use jiff::tz::TimeZone;
use money::Locale;
use pricing::{Explained, Instant, words};
use serde_json::json;
use services::OrderRecord;
use std::collections::HashMap;
use std::process::ExitCode;
use wire::{OrderItem, Shop};

/// Options of `concord explain`.
#[derive(clap::Args)]
pub struct Options {
    /// The order's number, as the shopper sees it.
    #[arg(long, value_parser = |text: &str| text.parse::<OrderNumber>())]
    order: OrderNumber,
    /// The language: `zh` or `en`.
    #[arg(long, default_value = "zh", value_parser = |tag: &str| Locale::from_tag(tag).ok_or("write zh or en"))]
    lang: Locale,
    /// Print the quote and the whole trace as JSON instead; amounts are minor units.
    #[arg(long)]
    json: bool,
    /// The time zone of the shop's own clock.
    #[arg(long, env = "CONCORD_TIME_ZONE", default_value = "Asia/Shanghai", value_parser = |name: &str| TimeZone::get(name))]
    time_zone: TimeZone,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// What today's engine makes of the order's own cart, circumstances and price book.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    /// The whole quote, its reasons too.
    Same,
    /// All that was promised; reasons or hints are told differently.
    SamePrice,
    /// Another price.
    Different,
}

/// Prints the receipt from the quote that was stored with the order, and whether the same inputs still give the same bytes.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let services = open_existing(&options.database).await?;
    let record = services.order_record(&options.order).await.map_err(|error| anyhow!("{error}"))?;
    let shop = services.shop().await.map_err(|error| anyhow!("{error}"))?;
    services.close().await;
    let again = again(&record);
    if options.json {
        println!("{}", serde_json::to_string_pretty(&trace(&record, again))?);
    } else {
        println!("{}", receipt(&record, again, &shop, options));
    }
    Ok(if again == Again::Different { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn again(record: &OrderRecord) -> Again {
    let (stored, now) = (&record.order.quote, &record.repriced);
    match () {
        () if stored == now => Again::Same,
        () if stored.hash == now.hash && stored.compute_hash() == now.hash => Again::SamePrice,
        () => Again::Different,
    }
}

/// The trace belongs to the quote that was computed again: it explains the stored one only where both promise the same.
fn fates(record: &OrderRecord, again: Again) -> &[Explained] {
    if again == Again::Different { &[] } else { &record.promotions }
}

fn trace(record: &OrderRecord, again: Again) -> serde_json::Value {
    let order = &record.order;
    json!({
        "order": order.number,
        "placed_at": order.placed_at,
        "channel": order.channel,
        "cart": record.cart,
        "context": record.context,
        "quote": order.quote,
        "promotions": fates(record, again),
        "again": {
            "same_bytes": again == Again::Same,
            "same_price": again != Again::Different,
            "hash": record.repriced.hash,
            "engine": record.repriced.engine,
        },
    })
}

fn receipt(record: &OrderRecord, again: Again, shop: &Shop, options: &Options) -> String {
    let (order, locale) = (&record.order, options.lang);
    let names: HashMap<&Sku, String> = order.items.iter().map(|item| (&item.sku, name(item, locale))).collect();
    let name_of = |sku: &Sku| names.get(sku).cloned().unwrap_or_else(|| sku.to_string());
    let quote = &order.quote;
    let called = |id: &str| shop.name_of(id).map(|name| name.get(locale).to_owned());
    let utc_offset_minutes = offset_minutes(&options.time_zone, order.placed_at);
    let voice = words::Voice { currency: quote.currency, locale, utc_offset_minutes, name: &called };
    let local = Instant(order.placed_at.0 + i64::from(utc_offset_minutes) * 60_000);
    let placed = local.to_string()[..16].replace('T', " ");
    let head = format!("{} · {} · {placed} · {}", shop.name.get(locale), order.number, order.channel);
    let slip = words::receipt_text(quote, fates(record, again), &voice, name_of);
    let (book, engine, hash) = (&quote.book, &quote.engine, &quote.hash);
    let full = format!("book   {book}\nengine {engine}\nquote  {hash}");
    format!("{head}\n\n{slip}\n{full}\n{}", verdict(again, locale))
}

fn verdict(again: Again, locale: Locale) -> &'static str {
    match (again, locale) {
        (Again::Same, Locale::Zh) => "按保存的输入重新计算：逐字节相同",
        (Again::Same, Locale::En) => "quoted again from what was stored: the same bytes",
        (Again::SamePrice, Locale::Zh) => "按保存的输入重新计算：金额与承诺相同，只是原因的说法不同",
        (Again::SamePrice, Locale::En) => {
            "quoted again from what was stored: the same price; reasons are told differently"
        }
        (Again::Different, Locale::Zh) => "按保存的输入重新计算：结果不同（订单仍以保存的报价为准）",
        (Again::Different, Locale::En) => {
            "quoted again from what was stored: DIFFERENT; the stored quote above is the one that holds"
        }
    }
}

fn name(item: &OrderItem, locale: Locale) -> String {
    let options: Vec<&str> = item.options.iter().map(|option| option.value.get(locale)).collect();
    let title = item.title.get(locale);
    if options.is_empty() { title.to_owned() } else { format!("{title} ({})", options.join(", ")) }
}
