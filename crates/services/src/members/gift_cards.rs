//! Gift cards: a code that is money. Of the code only a hash and its end are stored; it can be computed again for the request that made it, so that an answer
//! that was lost on its way loses nobody's money.

use super::{desk::Desk, staff::check_paid};
use crate::{Permission, Result, ServiceError, Services, Thing, Who, payments::GIFT_CARD, secret};
use ::members::ledger::{Account, Deed, Unit};
use ids::{GiftCardId, MemberId};
use money::Currency;
use pricing::Instant;
use storage::{
    ledger,
    purses::{self, CardRow},
};
use wire::{GiftCardInfo, RedeemGiftCard, SellGiftCard, SoldGiftCard, StoredValue, TenderAsk, ValueEntry};

/// Wrong codes from one member in an hour.
const WRONG_HOUR: i64 = 10;
const HOUR_MS: i64 = 3_600_000;
/// Characters of a code: 80 bits that nobody guesses.
const CHARS: usize = 16;

pub(super) fn info(card: &CardRow) -> GiftCardInfo {
    GiftCardInfo {
        id: card.id.clone(),
        ending: card.ending.clone(),
        amount: card.issued,
        expires_at: card.expires_at,
        redeemed_at: card.redeemed_at,
    }
}

/// The hash under which a code is stored; small letters, spaces and hyphens are as good as none.
pub(super) fn hash(code: &str) -> Option<String> {
    let plain = super::base32::plain(code)?;
    (plain.len() == CHARS).then(|| secret::hex(&secret::sha256(plain.as_bytes())))
}

impl Services {
    /// The code of a card, computed from the server's secret and the card's id.
    fn card_code(&self, id: &GiftCardId) -> String {
        let bytes = secret::keyed_hash(&self.0.otp_pepper, &["gift-card", id.as_str()]);
        super::base32::grouped(&super::base32::encode(&bytes[..CHARS * 5 / 8]))
    }

    /// Sells a gift card that was paid at the till. The same key from the same person gives the same card.
    ///
    /// # Errors
    /// Without [`Permission::PaymentRecord`]; [`ServiceError::Invalid`] with every wrong field; [`ServiceError::Conflict`] if the key stands for another card.
    pub async fn sell_gift_card(&self, who: &Who, request: &SellGiftCard) -> Result<SoldGiftCard> {
        let staff = who.require(Permission::PaymentRecord)?;
        check_paid(&request.idempotency_key, request.amount, &request.tender)?;
        let (active, now) = (self.active().await?, self.now());
        if request.expires_at.is_some_and(|expires| expires <= now) {
            return Err(ServiceError::field("expires_at", "到期时间已经过去。", "That time is over already."));
        }
        let id = GiftCardId::new(storage::new_id()).expect("a UUID is an id");
        let code = self.card_code(&id);
        let row = CardRow {
            code_hash: hash(&code).unwrap_or_default(),
            ending: code[code.len() - 4..].to_owned(),
            id,
            currency: active.book.currency(),
            issued: request.amount,
            issued_at: now,
            issued_by: staff.id.clone(),
            request_key: request.idempotency_key.clone(),
            expires_at: request.expires_at,
            blocked: false,
            redeemed_by: None,
            redeemed_at: None,
        };
        let tx = self.db().begin().await?;
        if purses::insert_card(&tx, &row).await? {
            let deed = Deed::IssueCard { card: &row.id, tender: &request.tender };
            let entry = deed.money(row.id.as_str(), row.issued, row.currency);
            Desk::new(&tx, &active, now).by(&staff.id).post(entry, None, None).await?;
            tx.commit().await?;
            return Ok(SoldGiftCard { card: info(&row), code });
        }
        let known = purses::card_of_request(&tx, &staff.id, &request.idempotency_key).await?;
        match known.filter(|known| (known.issued, known.expires_at) == (request.amount, request.expires_at)) {
            Some(known) => Ok(SoldGiftCard { card: info(&known), code: self.card_code(&known.id) }),
            None => Err(ServiceError::Conflict),
        }
    }

    /// Stores the money of a gift card with the member. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest; [`ServiceError::Invalid`] for a code that can't be used; [`ServiceError::RateLimited`] after too many wrong codes.
    pub async fn redeem_gift_card(&self, who: &Who, request: &RedeemGiftCard) -> Result<StoredValue> {
        let member = who.member.as_ref().ok_or(ServiceError::SignInNeeded)?;
        let (active, now) = (self.active().await?, self.now());
        self.count_card_try(who).await?;
        let tx = self.db().begin().await?;
        let desk = Desk::new(&tx, &active, now);
        let card = desk.card_of(&request.code, "code").await?;
        if card.redeemed_by.as_ref() != Some(member) {
            usable(&card, now, "code")?;
            desk.redeem(&card, member).await?;
        }
        tx.commit().await?;
        self.forget_card_tries(who).await?;
        self.stored_value(member, active.book.currency()).await
    }

    /// Counts a try of a shopper with a gift card's code, whatever comes of it; it is forgotten if the code was right.
    ///
    /// # Errors
    /// [`ServiceError::RateLimited`] after too many wrong codes.
    pub(crate) async fn count_card_try(&self, who: &Who) -> Result<()> {
        let Some(name) = try_name(who) else { return Ok(()) };
        let tx = self.db().begin().await?;
        let counted = super::code::limit(&tx, &name, WRONG_HOUR, HOUR_MS, self.now()).await;
        tx.commit().await?;
        counted
    }

    /// [`Services::count_card_try`] if there is a gift card among the tenders; says whether there is.
    pub(crate) async fn count_card_tries(&self, who: &Who, asks: &[TenderAsk]) -> Result<bool> {
        let by_card = asks.iter().any(|ask| ask.tender == GIFT_CARD);
        if by_card {
            self.count_card_try(who).await?;
        }
        Ok(by_card)
    }

    /// The codes were right.
    pub(crate) async fn forget_card_tries(&self, who: &Who) -> Result<()> {
        let Some(name) = try_name(who) else { return Ok(()) };
        let tx = self.db().begin().await?;
        storage::limits::forget(&tx, &name).await?;
        Ok(tx.commit().await?)
    }

    /// The last movements of what a member stored, newest first.
    pub(crate) async fn value_history(&self, member: &MemberId, limit: i64) -> Result<Vec<ValueEntry>> {
        let (account, unit) = (Account::Value(member.clone()), Unit::Money(self.active().await?.book.currency()));
        let history = ledger::history(self.db(), &account, unit, limit).await?;
        Ok(history.into_iter().map(super::words::value_entry).collect())
    }

    /// What a member stored, with its history.
    pub(super) async fn stored_value(&self, member: &MemberId, currency: Currency) -> Result<StoredValue> {
        let (account, unit) = (Account::Value(member.clone()), Unit::Money(currency));
        Ok(StoredValue {
            balance: ledger::balance(self.db(), &account, unit).await?,
            history: self.value_history(member, 50).await?,
            cards: purses::cards_of(self.db(), member).await?.iter().map(info).collect(),
        })
    }
}

/// Whose wrong codes are counted: a member's or a guest's. The shop's own people have the cards before them, and are known.
fn try_name(who: &Who) -> Option<String> {
    match (&who.staff, &who.member) {
        (Some(_), _) => None,
        (None, Some(member)) => Some(format!("gift-card:{member}")),
        (None, None) => who.session_text().map(|session| format!("gift-card:session:{session}")),
    }
}

/// Refuses a card that can't be used any more.
fn usable(card: &CardRow, now: Instant, field: &str) -> Result<()> {
    if card.redeemed_by.is_some() {
        return Err(ServiceError::field(
            field,
            "这张礼品卡已存入会员账户，请用储值支付。",
            "What was on this gift card is stored with a member already; pay by stored value.",
        ));
    }
    if card.blocked || card.expires_at.is_some_and(|expires| expires <= now) {
        return Err(ServiceError::field(
            field,
            "这张礼品卡已过期或已停用，请联系店员。",
            "This gift card has expired or was blocked; please ask us.",
        ));
    }
    Ok(())
}

impl Desk<'_> {
    async fn card_of(&self, code: &str, field: &str) -> Result<CardRow> {
        let card = match hash(code) {
            Some(hash) => purses::card_of_code(self.tx, &hash).await?,
            None => None,
        };
        let wrong = || {
            ServiceError::field(field, "没有这张礼品卡，请检查卡号。", "There is no such gift card; check the code.")
        };
        card.ok_or_else(wrong)
    }

    /// The card with this code, to pay with; `field` is where the code stands in the request.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a code that can't be used.
    pub(crate) async fn card(&self, code: &str, field: &str) -> Result<CardRow> {
        let card = self.card_of(code, field).await?;
        usable(&card, self.now, field)?;
        Ok(card)
    }

    async fn redeem(&self, card: &CardRow, member: &MemberId) -> Result<()> {
        let purse = Account::GiftCard(card.id.clone());
        let left = ledger::balance(self.tx, &purse, Unit::Money(card.currency)).await?;
        if left > 0 {
            let deed = Deed::RedeemCard { card: &card.id, member };
            let booked = self.post(deed.money(card.id.as_str(), left, card.currency), None, None).await?;
            // Somebody else used it since it was looked at.
            if booked == super::desk::Booked::Short {
                return Err(ServiceError::Conflict);
            }
        }
        if storage::purses::redeem_card(self.tx, &card.id, member, self.now).await? {
            return Ok(());
        }
        Err(ServiceError::NotFound(Thing::GiftCard))
    }
}
