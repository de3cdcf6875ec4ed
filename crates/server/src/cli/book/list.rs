//! Listing versions and what made them hold.

use super::{Options, short};
use crate::cli::when;
use anyhow::Result;
use services::{Activation, ActivationKind, Cancelled, Services, Version};

/// So many activations are listed, the latest.
const ACTIVATIONS_MAX: usize = 20;

/// Prints the versions, the newest first, and the latest activations.
pub(super) async fn run(options: &Options, services: &Services) -> Result<()> {
    for version in services.versions().await.map_err(|error| options.say(&error))? {
        tell!("{}", line(options, &version));
    }
    let activations = services.activations().await.map_err(|error| options.say(&error))?;
    tell!("\n{}", options.pick("生效记录（新的在后）", "What made them hold, the latest last"));
    for one in &activations[activations.len().saturating_sub(ACTIVATIONS_MAX)..] {
        tell!("{}", activation(options, one));
    }
    Ok(())
}

fn line(options: &Options, version: &Version) -> String {
    let at = |instant| when::local(instant, &options.time_zone);
    let state = match (version.holds, version.since, version.scheduled) {
        (true, Some(since), _) => format!("{} {}", options.pick("生效中，自", "holds since"), at(since)),
        (_, _, Some(from)) => format!("{} {}", options.pick("将生效于", "will hold from"), at(from)),
        (_, Some(since), _) => format!("{} {}", options.pick("曾生效，自", "held from"), at(since)),
        _ => options.pick("未生效过", "never held").to_owned(),
    };
    let (mark, book) = (if version.holds { "*" } else { " " }, &version.book);
    let by = book.published_by.as_deref().unwrap_or("concord");
    let note = book.note.as_deref().map(|note| format!(" “{note}”")).unwrap_or_default();
    let (id, word, published) = (short(&book.id), options.pick("发布于", "published"), at(book.published_at));
    format!("{mark} {id}  {state}  {word} {published} {by}{note}")
}

fn activation(options: &Options, one: &Activation) -> String {
    let kind = match one.kind {
        ActivationKind::Chosen => options.pick("启用", "activated"),
        ActivationKind::Rollback => options.pick("退回", "rolled back"),
        ActivationKind::Made => options.pick("自动", "made"),
    };
    let reduced = if one.book == one.source {
        String::new()
    } else {
        format!(" ({} {})", options.pick("去掉无货赠品活动，原为", "without empty gifts, of"), short(&one.source))
    };
    let reason = if one.reason.is_empty() { String::new() } else { format!(" “{}”", one.reason) };
    let from = when::local(one.from, &options.time_zone);
    let called_off = one.cancelled.as_ref().map(|how| cancelled(options, how)).unwrap_or_default();
    format!("  {from}  {}  {kind} {}{reason}{reduced}{called_off}", short(&one.book), one.made_by)
}

fn cancelled(options: &Options, how: &Cancelled) -> String {
    let (word, at) = (options.pick("已取消", "called off"), when::local(how.at, &options.time_zone));
    let why = if how.why.is_empty() { String::new() } else { format!(" “{}”", how.why) };
    format!("  [{word} {at} {}{why}]", how.by)
}
