//! Publishing a draft.

use super::{Options, short};
use anyhow::{Context, Result, anyhow, bail};
use ids::Sku;
use pricing::book::PriceBook;
use services::{Deed, ServiceError, Services};
use std::path::Path;

/// So many SKUs are named; of more it is said how many there are.
const NAMED_MAX: usize = 5;

/// Reads a draft; the error names the place in the file.
pub(super) fn draft(file: &Path) -> Result<PriceBook> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut json = serde_json::Deserializer::from_str(&text);
    let draft = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| anyhow!("{}: {}: {}", file.display(), error.path(), error.inner()))?;
    json.end().with_context(|| format!("{}: something follows the book", file.display()))?;
    Ok(draft)
}

/// Publishes the draft and says how to make it hold. A book with faults is refused, each fault on a line of its own.
pub(super) async fn run(options: &Options, services: &Services, draft: PriceBook, deed: &Deed) -> Result<()> {
    let published = match services.publish(draft, deed).await {
        Err(ServiceError::BadData(faults)) => {
            for fault in &faults {
                eprintln!("{fault}");
            }
            bail!(
                "{} ({})",
                options.pick("价格簿有误，没有发布", "the book has faults and was not published"),
                faults.len()
            );
        }
        other => other.map_err(|error| options.say(&error))?,
    };
    let told = if published.is_new {
        options.pick("已发布", "published")
    } else {
        options.pick("早已发布", "was published before")
    };
    tell!("{} {told}", published.id);
    warn_of_unpriced(options, &published.unpriced);
    tell!("{} concord book activate {}", options.pick("生效：", "To make it hold:"), short(&published.id));
    Ok(())
}

/// Says which goods can't be bought while the book holds.
pub(super) fn warn_of_unpriced(options: &Options, unpriced: &[Sku]) {
    if unpriced.is_empty() {
        return;
    }
    let named: Vec<&str> = unpriced.iter().take(NAMED_MAX).map(Sku::as_str).collect();
    let (count, named, more) = (unpriced.len(), named.join(", "), if unpriced.len() > NAMED_MAX { ", …" } else { "" });
    let told = if options.lang == money::Locale::Zh {
        format!("注意：{count} 个商品没有价格，生效期间无法购买：{named}{more}")
    } else {
        format!("note: {count} SKUs have no price in it and can't be bought while it holds: {named}{more}")
    };
    tell!("{told}");
}
