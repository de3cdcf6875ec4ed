//! The shop that a fresh installation opens with, through the same import as a real one.

use super::{Kind, findings::refuse, plan::ImportReport, plan_of};
use crate::{Result, ServiceError, Services, book, setup};
use storage::{Tx, products};

/// The files of a shop (see crates/demo).
#[derive(Clone, Copy, Debug)]
pub struct DemoFiles<'a> {
    /// Products in Shopify's format.
    pub products_csv: &'a str,
    /// Translations in Shopify's format.
    pub translations_csv: &'a str,
    /// Units by SKU and place.
    pub stock_csv: &'a str,
    /// Facts, departments, places and members.
    pub shop_json: &'a str,
    /// The promotions, a JSON array.
    pub promotions_json: &'a str,
}

impl Services {
    /// Loads the demo; does nothing and says false if the shop already has products.
    ///
    /// # Errors
    /// [`ServiceError::BadData`] with every fault of the files; nothing is loaded then.
    pub async fn load_demo(&self, files: DemoFiles<'_>) -> Result<bool> {
        let tx = self.db().begin().await?;
        if products::any(&tx).await? {
            return Ok(false);
        }
        setup::put_shop(self, &tx, files.shop_json).await?;
        setup::put_promotions(&tx, files.promotions_json).await?;
        self.load(&tx, Kind::Products, "products.csv", files.products_csv).await?;
        self.load(&tx, Kind::Translations, "translations.csv", files.translations_csv).await?;
        self.load(&tx, Kind::Stock, "stock.csv", files.stock_csv).await?;
        setup::put_stock(self, &tx, files.shop_json).await?;
        book::rebuild(&tx, self.now()).await?;
        self.finish(tx).await?;
        Ok(true)
    }

    async fn load(&self, tx: &Tx, kind: Kind, name: &str, text: &str) -> Result<ImportReport, ServiceError> {
        let plan = plan_of(tx, kind, &[(name.to_owned(), text.as_bytes().to_vec())]).await?;
        refuse(&plan.faults)?;
        self.write(tx, &plan.work, &mut |_, _| ()).await
    }
}
