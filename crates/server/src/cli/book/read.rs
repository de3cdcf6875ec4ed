//! Showing a version, and what differs between two.

use super::Options;
use crate::state::offset_minutes;
use anyhow::Result;
use pricing::{book::PriceBook, diff, words::Voice};
use services::Services;

/// Prints one line for each difference.
pub(super) async fn diff(options: &Options, services: &Services, a: &str, b: &str) -> Result<()> {
    let (older, newer) = (document(options, services, a).await?.1, document(options, services, b).await?.1);
    let shop = services.shop().await.map_err(|error| options.say(&error))?;
    let name = |id: &str| shop.name_of(id).map(|name| name.get(options.lang).to_owned());
    let utc_offset_minutes = offset_minutes(&options.time_zone, services.now());
    let voice = Voice { currency: newer.currency, locale: options.lang, utc_offset_minutes, name: &name };
    let changes = diff::changes(&older, &newer);
    for change in &changes {
        tell!("{}", diff::sentence(change, &voice));
    }
    if changes.is_empty() {
        tell!("{}", options.pick("两个版本没有区别。", "Nothing differs between the two."));
    }
    Ok(())
}

/// Prints what a version holds, in numbers or whole.
pub(super) async fn show(options: &Options, services: &Services, version: &str, json: bool) -> Result<()> {
    let (id, book) = document(options, services, version).await?;
    if json {
        tell!("{}", serde_json::to_string_pretty(&book)?);
        return Ok(());
    }
    tell!("{id}");
    let rows = [
        (options.pick("商品", "SKUs"), book.skus.len()),
        (options.pick("活动", "promotions"), book.promotions.len()),
        (options.pick("会员等级", "levels"), book.levels.len()),
        (options.pick("配送方式", "shipping methods"), book.shipping.len()),
    ];
    for (name, count) in rows {
        tell!("{count:>8} {name}");
    }
    for promotion in &book.promotions {
        tell!("  {}  {}", promotion.id, promotion.name.get(options.lang));
    }
    Ok(())
}

async fn document(options: &Options, services: &Services, text: &str) -> Result<(ids::PriceBookId, PriceBook)> {
    let id = services.version_named(text).await.map_err(|error| options.say(&error))?;
    let book = services.version(&id).await.map_err(|error| options.say(&error))?;
    Ok((id, book))
}
