//! What a member allows. Nothing is allowed that was not asked for in words of which the version is kept; all answers are kept.

use super::audit::{Deed, Subject};
use crate::{Result, ServiceError, Services, Who};
use ids::MemberId;
use pricing::Text;
use storage::{Query, Tx, consents, members};
use wire::{Consent, ConsentEntry, Privacy, SetConsent};

pub(crate) use wire::Purpose;

/// The version of the texts below. Whoever changes one gives them a new version; what was allowed by older words stays allowed as it was.
const TEXT_VERSION: &str = "2026-11";

/// All purposes, in the order in which they are asked.
const PURPOSES: [Purpose; 4] = [Purpose::MarketingSms, Purpose::MarketingEmail, Purpose::Profiling, Purpose::Birthday];

/// What the member is asked.
fn text(purpose: Purpose) -> Text {
    match purpose {
        Purpose::MarketingSms => Text::new(
            "用我的手机号给我发优惠消息。随时可以关掉，不影响订单通知。",
            "Send me offers by text message. I can stop them at any time; messages about orders come all the same.",
        ),
        Purpose::MarketingEmail => Text::new(
            "用我的邮箱给我发优惠消息。随时可以关掉，不影响订单通知。",
            "Send me offers by e-mail. I can stop them at any time; messages about orders come all the same.",
        ),
        Purpose::Profiling => Text::new(
            "按我买过的东西给我推荐商品。关掉后推荐不再看我的订单。",
            "Suggest goods by what I bought. Without it suggestions don't look at my orders.",
        ),
        Purpose::Birthday => Text::new(
            "记下我的生日月，在那个月给我优惠。只记月份，关掉就删除。",
            "Keep the month of my birthday for that month's offers. Only the month; taking this back deletes it.",
        ),
    }
}

/// True if the member's last answer allows it. Who never answered allows nothing.
pub(crate) async fn is_given(on: &impl Query, member: &MemberId, purpose: Purpose) -> Result<bool> {
    Ok(consents::last(on, member, purpose).await?.is_some_and(|entry| entry.given))
}

/// Writes an answer down, unless the last one was the same.
pub(crate) async fn answer(
    services: &Services,
    tx: &Tx,
    who: &Who,
    member: &MemberId,
    (purpose, given): (Purpose, bool),
) -> Result<()> {
    let last = consents::last(tx, member, purpose).await?;
    if last.map_or(!given, |last| last.given == given) {
        return Ok(());
    }
    let entry = ConsentEntry {
        purpose,
        given,
        text_version: TEXT_VERSION.to_owned(),
        channel: who.channel.clone(),
        by: who.staff.as_ref().map_or_else(|| "member".to_owned(), |staff| staff.id.to_string()),
        at: services.now(),
    };
    Ok(consents::insert(tx, member, &entry).await?)
}

impl Services {
    /// What the member allows, and how that came.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest.
    pub async fn privacy(&self, who: &Who) -> Result<Privacy> {
        let member = who.member.as_ref().ok_or(ServiceError::SignInNeeded)?;
        let mut history = consents::of_member(self.db(), member).await?;
        history.reverse();
        let consent = |purpose| {
            let last = history.iter().find(|entry| entry.purpose == purpose);
            Consent {
                purpose,
                given: last.is_some_and(|entry| entry.given),
                since: last.map(|entry| entry.at),
                text: text(purpose),
                text_version: TEXT_VERSION.to_owned(),
            }
        };
        Ok(Privacy { consents: PURPOSES.map(consent).to_vec(), history })
    }

    /// Gives or takes back a consent; returns how all stand then. Taking back the one for the birthday forgets its month.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest; [`ServiceError::Invalid`] if the member saw other words than those of today.
    pub async fn set_consent(&self, who: &Who, request: &SetConsent) -> Result<Privacy> {
        let member = who.member.as_ref().ok_or(ServiceError::SignInNeeded)?;
        if request.given && request.text_version != TEXT_VERSION {
            return Err(ServiceError::field(
                "text_version",
                "说明文字更新了，请刷新页面再看一遍。",
                "The words have changed; load the page again and read them.",
            ));
        }
        let tx = self.db().begin().await?;
        answer(self, &tx, who, member, (request.purpose, request.given)).await?;
        if request.purpose == Purpose::Birthday && !request.given {
            members::forget_birthday(&tx, member).await?;
        }
        if who.staff.is_some() {
            let deed = Deed {
                action: "consent",
                subject: Subject::Member(member),
                member: Some(member),
                fields: &[],
                reason: "",
            };
            self.note(&tx, who, &deed).await?;
        }
        tx.commit().await?;
        self.privacy(who).await
    }
}
