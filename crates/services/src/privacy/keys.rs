//! Sealing everything again after the data keys were rotated.

use crate::{Result, Services};
use storage::sealed;

impl Services {
    /// Seals with the key that seals now whatever another key sealed, while the shop goes on; returns how many texts that were. It may be
    /// interrupted and done again.
    ///
    /// # Errors
    /// If a text can't be opened, because its key is not among the keys any more.
    pub async fn reseal_data(&self) -> Result<u64> {
        Ok(sealed::reseal(self.db()).await?)
    }

    /// The ids of the data keys that sealed texts name, with how many do.
    ///
    /// # Errors
    /// If a column that should be sealed is not.
    pub async fn data_keys_in_use(&self) -> Result<Vec<(String, i64)>> {
        Ok(sealed::keys_in_use(self.db()).await?.into_iter().collect())
    }
}
