//! What moved of a member's points and stored money, for those who serve the member.

use super::levels;
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ids::MemberId;
use storage::{members, points};
use wire::MemberLedger;

/// Movements of each kind at most.
const ENTRIES_MAX: i64 = 100;

impl Services {
    /// The last movements of a member's points and stored money. Who looked is written down.
    ///
    /// # Errors
    /// Without [`Permission::MemberSee`]; [`ServiceError::NotFound`].
    pub async fn member_ledger(&self, who: &Who, member: &MemberId) -> Result<MemberLedger> {
        who.require(Permission::MemberSee)?;
        members::by_id(self.db(), member).await?.ok_or(ServiceError::NotFound(Thing::Member))?;
        self.note_sight(who, "see", member).await?;
        let active = self.active().await?;
        Ok(MemberLedger {
            points: points::latest(self.db(), member, ENTRIES_MAX).await?,
            value: self.value_history(member, ENTRIES_MAX).await?,
            level: levels::progress(self.db(), &active, member, self.now()).await?,
        })
    }
}
