//! The daily proof: that the books balance, that what is stored is what was posted, and what moved on the day.

use crate::{Result, ServiceError, Services};
use ::members::DAY_MS;
use pricing::Instant;
use storage::ledger_proof::{self as proof, Difference, KindTotal, UnitTotal};

/// What the ledger proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerProof {
    /// The day by the shop's own clock, `2026-11-22`.
    pub day: String,
    /// What all postings of each unit sum to, which is 0, and what belongs to members, cards and payments.
    pub units: Vec<UnitTotal>,
    /// What moved on the day.
    pub moved: Vec<KindTotal>,
    /// What is not as it must be; at most 100 of a kind.
    pub differences: Vec<Difference>,
}

impl LedgerProof {
    /// True if the books balance and nothing differs.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.differences.is_empty() && self.units.iter().all(|unit| unit.sum == 0)
    }
}

impl Services {
    /// Job: proves the ledger for the day before, and fails where the proof does. Returns how many differences there are, which is none.
    pub(crate) async fn prove_ledger_daily(&self) -> Result<usize> {
        let proof = self.prove_ledger(Instant(self.now().0 - DAY_MS)).await?;
        let (day, differences) = (&proof.day, proof.differences.len());
        if proof.holds() {
            tracing::info!(day, "the ledger is proved");
            return Ok(0);
        }
        Err(ServiceError::internal(format!(
            "the ledger's proof of {day} fails: {differences} differences; see `concord ledger prove`"
        )))
    }

    /// Proves the ledger, with what moved on the day in which an instant falls.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn prove_ledger(&self, at: Instant) -> Result<LedgerProof> {
        let active = self.active().await?;
        let offset = crate::context::offset_minutes(active.catalogue.places.first(), at);
        let day = ::members::day_of(at.0, offset).map_err(ServiceError::internal)?;
        let offset_ms = i64::from(offset) * 60_000;
        let from = Instant((at.0 + offset_ms).div_euclid(DAY_MS) * DAY_MS - offset_ms);
        let db = self.db();
        let mut differences = proof::unbalanced(db).await?;
        differences.extend(proof::balances(db).await?);
        differences.extend(proof::points(db).await?);
        differences.extend(proof::holds(db).await?);
        Ok(LedgerProof {
            day: day.to_string(),
            units: proof::units(db).await?,
            moved: proof::kinds(db, from, Instant(from.0 + DAY_MS)).await?,
            differences,
        })
    }
}
