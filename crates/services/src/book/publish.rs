//! Publishing: a draft becomes a version, which never changes.

use super::{Deed, sku_prices, store};
use crate::{
    Result, ServiceError, Services,
    setup::{self, ShopFacts},
    windows,
};
use ids::{PriceBookId, Sku};
use pricing::{
    Instant,
    book::{PriceBook, SkuPrice},
};
use std::collections::HashSet;
use storage::{Query, settings};

/// What became of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The version's id: the hash of its canonical text.
    pub id: PriceBookId,
    /// False if the same book was published before.
    pub is_new: bool,
    /// SKUs of the catalogue that the book does not price. While it holds, nobody can buy them.
    pub unpriced: Vec<Sku>,
}

/// Makes a draft what is stored: everything that a draft may say and the core does not know is written out here, and what only the shop can
/// check is checked.
///
/// # Errors
/// [`ServiceError::BadData`] with every fault.
fn prepare(mut draft: PriceBook, facts: &ShopFacts, now: Instant) -> Result<PriceBook> {
    if draft.currency != facts.currency {
        let (theirs, ours) = (draft.currency.code(), facts.currency.code());
        return Err(ServiceError::BadData(vec![format!(
            "currency: the book is in {theirs}, the shop in {ours}; write its amounts in {ours}"
        )]));
    }
    windows::expand(&mut draft, now)?;
    Ok(draft)
}

/// SKUs of the catalogue that a book does not price.
pub(super) async fn unpriced(on: &impl Query, book: &PriceBook) -> Result<Vec<Sku>> {
    let priced: HashSet<&Sku> = book.skus.iter().map(|one| &one.sku).collect();
    let missing = |one: SkuPrice| (!priced.contains(&one.sku)).then_some(one.sku);
    Ok(sku_prices(on).await?.into_iter().filter_map(missing).collect())
}

impl Services {
    /// Publishes a draft: from now on it is a version under the hash of its content. It does not hold before it is activated. The same book
    /// again is the same version.
    ///
    /// # Errors
    /// [`ServiceError::BadData`] with every fault of the book.
    pub async fn publish(&self, draft: PriceBook, deed: &Deed) -> Result<Published> {
        let tx = self.db().begin().await?;
        let facts: ShopFacts = settings::get(&tx, setup::FACTS).await?.unwrap_or_default();
        let (book, is_new) = store(&tx, prepare(draft, &facts, self.now())?, self.now(), Some(deed)).await?;
        let unpriced = unpriced(&tx, book.document()).await?;
        tx.commit().await?;
        Ok(Published { id: book.id().clone(), is_new, unpriced })
    }
}
