//! Making a version hold, and going back.

use super::{Options, publish::warn_of_unpriced, short};
use crate::cli::when;
use anyhow::{Result, anyhow, bail};
use pricing::Instant;
use services::{Activated, Deed, Services};

/// Makes a version hold.
pub(super) async fn run(
    options: &Options,
    services: &Services,
    version: &str,
    at: Option<&str>,
    deed: &Deed,
) -> Result<()> {
    let at = instant(options, at)?;
    let id = services.version_named(version).await.map_err(|error| options.say(&error))?;
    let activated = services.activate(&id, at, deed).await.map_err(|error| options.say(&error))?;
    let (from, instead_of) = (when::local(activated.from, &options.time_zone), short(&activated.instead_of));
    tell!(
        "{} {} {from} {} {instead_of}",
        short(&id),
        options.pick("生效于", "holds from"),
        options.pick("，取代", "instead of"),
    );
    tell_rest(options, &activated);
    Ok(())
}

fn instant(options: &Options, at: Option<&str>) -> Result<Option<Instant>> {
    let at = at.map(|text| when::instant(text, &options.time_zone)).transpose();
    at.map_err(|error| anyhow!("--at: {error}"))
}

/// Calls off what was scheduled; the reason is part of the record.
pub(super) async fn cancel(
    options: &Options,
    services: &Services,
    version: &str,
    at: Option<&str>,
    deed: &Deed,
) -> Result<()> {
    if deed.reason.trim().is_empty() {
        bail!(
            "{}",
            options.pick("请用 --reason 写明取消的原因。", "say why with --reason: it is kept with the record")
        );
    }
    let at = instant(options, at)?;
    let id = services.version_named(version).await.map_err(|error| options.say(&error))?;
    let (one, instead) = services.cancel(&id, at, deed).await.map_err(|error| options.say(&error))?;
    let (from, word) = (when::local(one.from, &options.time_zone), options.pick("不再生效于", "will not hold from"));
    tell!("{} {word} {from} {} {}", short(&id), options.pick("，届时为", "; then holds"), short(&instead));
    Ok(())
}

/// Goes back to an older version; the reason is part of the record.
pub(super) async fn roll_back(options: &Options, services: &Services, to: Option<&str>, deed: &Deed) -> Result<()> {
    if deed.reason.trim().is_empty() {
        bail!(
            "{}",
            options.pick("请用 --reason 写明退回的原因。", "say why with --reason: it is kept with the rollback")
        );
    }
    let to = match to {
        Some(text) => Some(services.version_named(text).await.map_err(|error| options.say(&error))?),
        None => None,
    };
    let (id, activated) = services.roll_back(to.as_ref(), deed).await.map_err(|error| options.say(&error))?;
    tell!(
        "{} {} {}",
        short(&id),
        options.pick("重新生效，取代", "holds again instead of"),
        short(&activated.instead_of)
    );
    tell_rest(options, &activated);
    Ok(())
}

/// What else the operator has to know.
fn tell_rest(options: &Options, activated: &Activated) {
    warn_of_unpriced(options, &activated.unpriced);
    for later in &activated.later {
        let from = when::local(later.from, &options.time_zone);
        tell!("{} {} {from}", options.pick("之后将生效：", "and after it, as scheduled:"), short(&later.book));
    }
}
