//! Shelf codes: GTINs, and short codes of our own.

use super::gtin::gtin14;
use crate::{Result, ServiceError, Services, Thing};
use storage::variants;
use wire::Resolved;

impl Services {
    /// What a shelf code stands for: a GTIN of 8, 12, 13 or 14 digits, or a short code in any case.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if nothing that is sold has this code.
    pub async fn resolve_code(&self, code: &str) -> Result<Resolved> {
        let code = code.trim();
        let found = match gtin14(code) {
            Some(gtin) => variants::by_gtin(self.db(), &gtin).await?,
            None => None,
        };
        let found = match found {
            Some(found) => Some(found),
            None => variants::by_short_code(self.db(), &code.to_ascii_uppercase()).await?,
        };
        let (handle, sku) = found.ok_or(ServiceError::NotFound(Thing::Code))?;
        Ok(Resolved { handle, sku })
    }
}
