//! `concord explain`: why an order costs what it costs.

use super::open::open_existing;
use crate::config::DatabaseOptions;
use crate::state::offset_minutes;
use anyhow::{Result, anyhow};
use ids::{OrderNumber, Sku};
use jiff::tz::TimeZone;
use money::Locale;
use pricing::words;
use std::collections::HashMap;
use std::fmt::Write;
use std::process::ExitCode;
use wire::{Order, OrderItem, Shop};

/// Options of `concord explain`.
#[derive(clap::Args)]
pub struct Options {
    /// The order's number, as the shopper sees it.
    #[arg(long, value_parser = |text: &str| text.parse::<OrderNumber>())]
    order: OrderNumber,
    /// The language: `zh` or `en`.
    #[arg(long, default_value = "zh", value_parser = |tag: &str| Locale::from_tag(tag).ok_or("write zh or en"))]
    lang: Locale,
    /// The time zone of the shop's own clock.
    #[arg(long, env = "CONCORD_TIME_ZONE", default_value = "Asia/Shanghai", value_parser = |name: &str| TimeZone::get(name))]
    time_zone: TimeZone,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Prints the receipt from the quote that was stored with the order, and whether the same inputs still give the same bytes.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let services = open_existing(&options.database).await?;
    let record = services.order_record(&options.order).await.map_err(|error| anyhow!("{error}"))?;
    let shop = services.shop().await.map_err(|error| anyhow!("{error}"))?;
    services.close().await;
    print!("{}", receipt(&record.order, &shop, options));
    let same = record.repriced.hash == record.order.quote.hash;
    println!("quoted again from what was stored: {}", if same { "the same bytes" } else { "DIFFERENT" });
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn receipt(order: &Order, shop: &Shop, options: &Options) -> String {
    let locale = options.lang;
    let names: HashMap<&Sku, String> = order.items.iter().map(|item| (&item.sku, name(item, locale))).collect();
    let name_of = |sku: &Sku| names.get(sku).cloned().unwrap_or_else(|| sku.to_string());
    let quote = &order.quote;
    let mut text = format!("{} · {} · {}\n\n", order.number, order.placed_at, order.channel);
    let called = |id: &str| shop.name_of(id).map(|name| name.get(locale).to_owned());
    let utc_offset_minutes = offset_minutes(&options.time_zone, order.placed_at);
    let voice = words::Voice { currency: quote.currency, locale, utc_offset_minutes, name: &called };
    text.push_str(&words::receipt_text(quote, &voice, name_of));
    let (book, engine, hash) = (&quote.book, &quote.engine, &quote.hash);
    // Writing to a string never fails.
    let _ = writeln!(text, "\nprice book {book}\nengine {engine}\nquote {hash}");
    text
}

fn name(item: &OrderItem, locale: Locale) -> String {
    let options: Vec<&str> = item.options.iter().map(|option| option.value.get(locale)).collect();
    let title = item.title.get(locale);
    if options.is_empty() { title.to_owned() } else { format!("{title} ({})", options.join(", ")) }
}
