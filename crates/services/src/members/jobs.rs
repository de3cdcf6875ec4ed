//! What time does to members: points that waited can be spent, points expire, levels end. Each member in a transaction of its own, so that nobody waits
//! for a job; a job that is stopped goes on where it was, and two at once do nothing twice.

use super::desk::Desk;
use crate::{Result, Services};
use ids::MemberId;
use storage::{levels, lots};

/// Members that are looked up at once.
const GROUP: i64 = 500;

impl Services {
    /// Job: lets points be spent for which the time for returns is over. Returns how many points.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn release_points(&self) -> Result<i64> {
        let mut released = 0;
        loop {
            let group = lots::members_due(self.db(), self.now(), GROUP).await?;
            for member in &group {
                released += self.of_member(member, Job::Release).await?;
            }
            if group.len() < GROUP as usize {
                return Ok(released);
            }
        }
    }

    /// Job: books points as expired whose time is over. Returns how many points.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn expire_points(&self) -> Result<i64> {
        let mut expired = 0;
        loop {
            let group = lots::members_over(self.db(), self.now(), GROUP).await?;
            for member in &group {
                expired += self.of_member(member, Job::Expire).await?;
            }
            if group.len() < GROUP as usize {
                return Ok(expired);
            }
        }
    }

    /// Job: renews or ends levels whose period is over. Returns how many members' levels changed or were renewed.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn review_levels(&self) -> Result<i64> {
        let (mut changed, mut after) = (0, String::new());
        loop {
            let group = levels::members_over(self.db(), self.now(), &after, GROUP).await?;
            for member in &group {
                changed += self.of_member(member, Job::Review).await?;
            }
            match group.last() {
                Some(last) => after = last.to_string(),
                None => return Ok(changed),
            }
        }
    }

    async fn of_member(&self, member: &MemberId, job: Job) -> Result<i64> {
        let active = self.active().await?;
        let tx = self.db().begin().await?;
        let desk = Desk::new(&tx, &active, self.now());
        let done = match job {
            Job::Release => desk.release_due(member).await?,
            Job::Expire => desk.expire_over(member).await?,
            Job::Review => i64::from(desk.review_level(member).await?),
        };
        tx.commit().await?;
        Ok(done)
    }
}

#[derive(Clone, Copy)]
enum Job {
    Release,
    Expire,
    Review,
}
