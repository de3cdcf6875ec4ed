//! Levels: raised at once by what was bought, lowered by a job when their time and grace are over.

use super::{
    desk::Desk,
    points::day_words,
    words::{level_name, missing_words},
};
use crate::{Result, ServiceError, active::Active};
use ::members::levels::{LevelRules, Measure, Progress, Standing};
use ids::{MemberId, OrderNumber};
use pricing::{Instant, Text};
use storage::{
    Query,
    levels::{self, ChangeRow},
};
use wire::{LevelProgress, NextLevel};

/// What a member has bought that counts now.
async fn reached(
    on: &impl Query,
    rules: &LevelRules,
    member: &MemberId,
    now: Instant,
    offset_minutes: i32,
) -> Result<i64> {
    let from = rules.window_from(now.0, offset_minutes).map_err(ServiceError::internal)?;
    let purchases = levels::purchases(on, member, Instant(from)).await?;
    rules.measure(&purchases, now.0, offset_minutes).map_err(ServiceError::internal)
}

impl Desk<'_> {
    /// Counts what a member paid for an order towards levels, once per order, and raises the level at once if that reaches one.
    pub(crate) async fn bought(&self, member: &MemberId, order: &OrderNumber, minor: i64) -> Result<()> {
        levels::buy(self.tx, order, member, self.now, minor).await?;
        self.review_level(member).await.map(drop)
    }

    /// What of an order came back counts no more. A level that was reached stays until its time is over.
    pub(crate) async fn brought_back(&self, order: &OrderNumber, minor: i64) -> Result<()> {
        Ok(levels::take_back(self.tx, order, minor).await?)
    }

    /// Looks at a member's level; true if it changed or was renewed.
    pub(crate) async fn review_level(&self, member: &MemberId) -> Result<bool> {
        let Some(rules) = &self.rules.levels else { return Ok(false) };
        let Some(seen) = levels::standing(self.tx, member).await? else { return Ok(false) };
        let reached = reached(self.tx, rules, member, self.now, self.offset_minutes).await?;
        let next = rules.review(&seen, reached, self.now.0, self.offset_minutes);
        let Some((standing, change)) = next.map_err(ServiceError::internal)? else { return Ok(false) };
        if !levels::stand(self.tx, member, &seen, &standing).await? {
            return Ok(false);
        }
        let change = ChangeRow {
            at: self.now,
            change: change.word().to_owned(),
            from: seen.level,
            to: standing.level,
            until: standing.until.map(Instant),
            reached,
        };
        levels::record(self.tx, member, &change).await?;
        Ok(true)
    }
}

/// How far it is to the next level, in words; none where the shop has no rules.
pub(super) async fn progress(
    on: &impl Query,
    active: &Active,
    member: &MemberId,
    now: Instant,
) -> Result<Option<LevelProgress>> {
    let Some(rules) = &active.catalogue.facts.membership.levels else { return Ok(None) };
    let offset_minutes = crate::context::offset_minutes(active.catalogue.places.first(), now);
    let standing: Standing = levels::standing(on, member).await?.unwrap_or_default();
    let reached = reached(on, rules, member, now, offset_minutes).await?;
    let progress = rules.progress(&standing, reached);
    let kept = kept(active, &standing, &progress, offset_minutes)?;
    let next = progress.next.map(|next| NextLevel {
        missing: next_words(active, progress.measure, next.missing, &level_name(active, &next.level)),
        level: next.level,
        from: next.from,
    });
    Ok(Some(LevelProgress { reached, next, kept, until: progress.until.map(Instant) }))
}

fn next_words(active: &Active, measure: Measure, missing: i64, name: &Text) -> Text {
    let (zh, en) = missing_words(active, measure, missing);
    Text::new(format!("再{zh}，升级为{}", name.zh), format!("{en} more until {}", name.en))
}

fn kept(active: &Active, standing: &Standing, progress: &Progress, offset_minutes: i32) -> Result<Option<Text>> {
    let (Some(level), Some(until)) = (&standing.level, progress.until) else { return Ok(None) };
    let name = level_name(active, level);
    let (zh, en) = day_words(Instant(until), offset_minutes)?;
    let (mut zh, mut en) = (format!("{}保留到 {zh}", name.zh), format!("{} until {en}", name.en));
    if let Some(missing) = progress.keep.filter(|missing| *missing > 0) {
        let (more_zh, more_en) = missing_words(active, progress.measure, missing);
        zh.push_str(&format!("，再{more_zh}可续"));
        en.push_str(&format!("; {more_en} more keeps it"));
    }
    Ok(Some(Text::new(zh, en)))
}
