//! What is on a gift card, for whoever knows its code: the code is money, so who has it may know.

use super::gift_cards::hash;
use crate::{Result, ServiceError, Services};
use ::members::ledger::{Account, Unit};
use storage::{ledger, purses};
use wire::{GiftCardWorth, RedeemGiftCard};

impl Services {
    /// What can be paid with the card of this code.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a code that is no card's, and for a card that can't be used any more.
    pub async fn gift_card_worth(&self, request: &RedeemGiftCard) -> Result<GiftCardWorth> {
        let refuse = |zh: &str, en: &str| Err(ServiceError::field("code", zh, en));
        let card = match hash(&request.code) {
            Some(hash) => purses::card_of_code(self.db(), &hash).await?,
            None => None,
        };
        let Some(card) = card else {
            return refuse("没有这张礼品卡，请检查卡号。", "There is no such gift card; check the code.");
        };
        if card.blocked || card.expires_at.is_some_and(|expires| expires <= self.now()) {
            return refuse(
                "这张礼品卡已过期或已停用，请联系店员。",
                "This gift card has expired or was blocked; please ask us.",
            );
        }
        let (account, unit) = (Account::GiftCard(card.id.clone()), Unit::Money(card.currency));
        let balance = ledger::balance(self.db(), &account, unit).await?;
        if card.redeemed_by.is_some() || balance == 0 {
            return refuse("这张礼品卡里没有钱了。", "There is no money left on this gift card.");
        }
        Ok(GiftCardWorth { ending: card.ending, balance, expires_at: card.expires_at })
    }
}
