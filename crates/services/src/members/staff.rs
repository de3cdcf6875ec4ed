//! Members as the shop's own people see and serve them: masked, with what they may do.

use super::{
    account,
    desk::Desk,
    member_code::{Shown, card, shown},
    phone,
};
use crate::{
    Need, Permission, Result, ServiceError, Services, Staff, Thing, Who,
    privacy::{
        audit::{Deed, Subject},
        mask,
    },
};
use ::members::ledger::{Account, Unit};
use ids::MemberId;
use pricing::Text;
use storage::{
    Tx, ledger,
    members::{self, MemberRow},
};
use wire::{Adjust, FieldError, FindMember, MemberView, TopUp};

/// The ways of paying that somebody at the till can record.
const TENDERS: [&str; 2] = ["cash", "card_terminal"];
/// The most that is stored or sold at once, in minor units.
const AMOUNT_MAX: i64 = 100_000_000;
/// The most points that are given or taken at once.
const POINTS_MAX: i64 = 10_000_000;

/// Checks what was paid at the till, every field of it.
pub(super) fn check_paid(key: &str, amount: i64, tender: &str) -> Result<()> {
    let mut faults = Vec::new();
    let mut say = |wrong: bool, field: &str, zh: &str, en: &str| {
        if wrong {
            faults.push(FieldError { field: field.to_owned(), message: Text::new(zh, en) });
        }
    };
    let words = crate::orders::KEY_WORDS;
    say(!crate::orders::is_key(key), "idempotency_key", words.0, words.1);
    let bad = !(1..=AMOUNT_MAX).contains(&amount);
    say(bad, "amount", "金额要大于 0，且不能太大。", "An amount is more than 0, and not absurd.");
    let bad = !TENDERS.contains(&tender);
    say(bad, "tender", "付款方式只能是 cash 或 card_terminal。", "A tender is cash or card_terminal.");
    if faults.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(faults)) }
}

fn check_adjust(request: &Adjust) -> Result<()> {
    let mut faults = Vec::new();
    let mut say = |wrong: bool, field: &str, zh: &str, en: &str| {
        if wrong {
            faults.push(FieldError { field: field.to_owned(), message: Text::new(zh, en) });
        }
    };
    let words = crate::orders::KEY_WORDS;
    say(!crate::orders::is_key(&request.idempotency_key), "idempotency_key", words.0, words.1);
    let nothing = request.points == 0 && request.value == 0;
    let absurd = !(-POINTS_MAX..=POINTS_MAX).contains(&request.points);
    say(nothing || absurd, "points", "请填写要增减的积分或金额。", "Say how many points, or how much money.");
    let absurd = !(-AMOUNT_MAX..=AMOUNT_MAX).contains(&request.value);
    say(absurd, "value", "金额太大。", "That is too much money.");
    let reason = request.reason.trim();
    let bad = reason.is_empty() || reason.chars().count() > 200 || reason.chars().any(char::is_control);
    say(
        bad,
        "reason",
        "请写明原因，最多 200 个字；会员也会看到。",
        "Say why, in at most 200 characters; the member reads it too.",
    );
    if faults.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(faults)) }
}

async fn known(tx: &Tx, member: &MemberId) -> Result<MemberRow> {
    members::by_id(tx, member).await?.ok_or(ServiceError::NotFound(Thing::Member))
}

impl Services {
    /// Finds a member by what the member shows or says: the code of the moment, the member's number, or the whole telephone number.
    ///
    /// # Errors
    /// Without [`Permission::MemberSee`]; [`ServiceError::NotFound`] if it is nobody's; [`ServiceError::RateLimited`] after too many codes.
    pub async fn find_member(&self, who: &Who, request: &FindMember) -> Result<MemberView> {
        let staff = who.require(Permission::MemberSee)?;
        let text: String = request.text.chars().filter(|c| !c.is_whitespace()).collect();
        let member = match shown(&text) {
            Shown::Code(number, code) => self.member_of_code(number, code, &staff.id).await?,
            Shown::Number(number) => storage::cards::of_number(self.db(), number).await?.map(|card| card.member),
            Shown::Neither => match phone::normalise(&text) {
                Some(phone) => members::by_phone(self.db(), &phone).await?.map(|row| row.id),
                None => None,
            },
        };
        let member = member.ok_or(ServiceError::NotFound(Thing::Member))?;
        self.note_sight(who, "find", &member).await?;
        self.view(staff, &member).await
    }

    /// A member as the shop's own people see one.
    ///
    /// # Errors
    /// Without [`Permission::MemberSee`]; [`ServiceError::NotFound`].
    pub async fn member_view(&self, who: &Who, member: &MemberId) -> Result<MemberView> {
        let staff = who.require(Permission::MemberSee)?;
        self.note_sight(who, "see", member).await?;
        self.view(staff, member).await
    }

    /// Who looked is written down.
    pub(super) async fn note_sight(&self, who: &Who, action: &'static str, member: &MemberId) -> Result<()> {
        let deed = Deed { action, subject: Subject::Member(member), member: Some(member), fields: &[], reason: "" };
        self.note(self.db(), who, &deed).await
    }

    async fn view(&self, staff: &Staff, member: &MemberId) -> Result<MemberView> {
        let active = self.active().await?;
        let row = members::by_id(self.db(), member).await?.ok_or(ServiceError::NotFound(Thing::Member))?;
        let coupons = account::own_coupons(self, &active, member).await?;
        let unit = Unit::Money(active.book.currency());
        Ok(MemberView {
            number: card(self.db(), member).await?.number,
            name: mask::name_for(staff.role, Need::Look, &row.name),
            phone: mask::phone_for(staff.role, Need::Look, &row.phone),
            level: row.level,
            points: row.points,
            pending: ledger::balance(self.db(), &Account::PointsPending(member.clone()), Unit::Points).await?,
            value: ledger::balance(self.db(), &Account::Value(member.clone()), unit).await?,
            orders: row.orders,
            coupons: coupons.into_iter().filter(|coupon| coupon.why_not.is_none()).collect(),
            shown: self.was_shown(member, &staff.id).await?,
            id: row.id,
        })
    }

    /// Stores money with a member that was paid at the till. The same key from the same person stores it once.
    ///
    /// # Errors
    /// Without [`Permission::PaymentRecord`]; [`ServiceError::NotFound`]; [`ServiceError::Invalid`] with every wrong field.
    pub async fn top_up(&self, who: &Who, member: &MemberId, request: &TopUp) -> Result<MemberView> {
        let staff = who.require(Permission::PaymentRecord)?;
        check_paid(&request.idempotency_key, request.amount, &request.tender)?;
        let active = self.active().await?;
        let tx = self.db().begin().await?;
        known(&tx, member).await?;
        let desk = Desk::new(&tx, &active, self.now()).by(&staff.id);
        let reference = format!("{}:{}", staff.id, request.idempotency_key);
        let money = (request.amount, active.book.currency());
        desk.top_up(member, &request.tender, &reference, money).await?;
        tx.commit().await?;
        self.view(staff, member).await
    }

    /// Corrects points and stored money for a reason that is written down. The same key from the same person does so once.
    ///
    /// # Errors
    /// Without [`Permission::MemberAdjust`]; [`ServiceError::NotFound`]; [`ServiceError::Invalid`] with every wrong field, and where there is too little to take.
    pub async fn adjust_member(&self, who: &Who, member: &MemberId, request: &Adjust) -> Result<MemberView> {
        let staff = who.require(Permission::MemberAdjust)?;
        check_adjust(request)?;
        let active = self.active().await?;
        let tx = self.db().begin().await?;
        known(&tx, member).await?;
        let desk = Desk::new(&tx, &active, self.now()).by(&staff.id);
        let (reference, why) = (format!("{}:{}", staff.id, request.idempotency_key), request.reason.trim());
        if request.points != 0 && !desk.adjust_points(member, &reference, request.points, why).await? {
            return Err(ServiceError::field(
                "points",
                "会员没有这么多可用积分。",
                "The member has fewer points than that.",
            ));
        }
        let money = (request.value, active.book.currency());
        if request.value != 0 && !desk.adjust_value(member, &reference, money, why).await? {
            return Err(ServiceError::field("value", "会员没有这么多余额。", "The member has stored less than that."));
        }
        tx.commit().await?;
        self.view(staff, member).await
    }
}
