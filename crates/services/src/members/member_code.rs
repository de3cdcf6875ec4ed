//! The code that a member shows at the till: the member's number and eight digits that change every half minute, after RFC 6238 with SHA-256. The code of a step is good
//! in its step and the next, and only once: whoever photographs it comes too late. The same person at the till may scan it again.

use crate::{LabelArt, Result, ServiceError, Services, Who, secret};
use hmac::{Hmac, KeyInit, Mac};
use ids::{MemberId, StaffId};
use pricing::Instant;
use sha2::Sha256;
use storage::{
    Db,
    cards::{self, CardRow},
};
use wire::MemberCode;

const STEP_MS: i64 = 30_000;
/// Steps back in which a code is still good: the till needs a moment.
const STEPS_BACK: i64 = 1;
const NUMBER_DIGITS: usize = 12;
const CODE_DIGITS: usize = 8;
/// Steps in which the one who was shown a code serves its member: a quarter of an hour, as long as a sale takes.
const STEPS_SHOWN: i64 = 30;
/// Wrong codes at one till in an hour.
const WRONG_HOUR: i64 = 200;
const HOUR_MS: i64 = 3_600_000;

/// The step of an instant.
fn step(at: Instant) -> i64 {
    at.0.div_euclid(STEP_MS)
}

/// The eight digits of a step.
fn digits(card_secret: &str, step: i64) -> Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(card_secret.as_bytes()).map_err(ServiceError::internal)?;
    mac.update(&step.to_be_bytes());
    let bytes = mac.finalize().into_bytes();
    // The dynamic truncation of RFC 4226.
    let at = usize::from(bytes[31] & 15);
    let number = bytes[at..at + 4].iter().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)) & 0x7fff_ffff;
    Ok(format!("{:08}", number % 100_000_000))
}

/// The check digit of a number, after Luhn: one wrong digit, and most swaps, make no number.
fn check_digit(body: &str) -> u32 {
    let value = |(at, byte): (usize, u8)| {
        let digit = u32::from(byte.wrapping_sub(b'0')) * if at % 2 == 0 { 2 } else { 1 };
        digit / 10 + digit % 10
    };
    let sum: u32 = body.bytes().rev().enumerate().map(value).sum();
    (10 - sum % 10) % 10
}

/// A new number: eleven digits that nobody can count up to, and their check digit.
fn new_number() -> Result<String> {
    let body = format!("{}{:05}{:05}", 1 + secret::below(9)?, secret::below(100_000)?, secret::below(100_000)?);
    Ok(format!("{body}{}", check_digit(&body)))
}

/// The member's card, made when it is first looked at.
pub(super) async fn card(db: &Db, member: &MemberId) -> Result<CardRow> {
    for _ in 0..8 {
        if let Some(card) = cards::of_member(db, member).await? {
            return Ok(card);
        }
        let secret = secret::hex(&secret::random::<20>()?);
        // Somebody may have the number, or have made the card meanwhile: then the next look finds another number, or the card.
        cards::insert(db, &CardRow { member: member.clone(), number: new_number()?, secret }).await?;
    }
    Err(ServiceError::internal("no free member number was found"))
}

/// What a text at the till says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown<'a> {
    /// A number and the digits of a code.
    Code(&'a str, &'a str),
    /// A number alone.
    Number(&'a str),
    /// Neither.
    Neither,
}

pub(super) fn shown(text: &str) -> Shown<'_> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || text.len() < NUMBER_DIGITS {
        return Shown::Neither;
    }
    let (number, code) = text.split_at(NUMBER_DIGITS);
    let (body, check) = number.split_at(NUMBER_DIGITS - 1);
    if check != check_digit(body).to_string() {
        return Shown::Neither;
    }
    match code.len() {
        0 => Shown::Number(number),
        CODE_DIGITS => Shown::Code(number, code),
        _ => Shown::Neither,
    }
}

impl Services {
    /// The code to show at the till now, with its QR code.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest.
    pub async fn member_code(&self, who: &Who, art: &dyn LabelArt) -> Result<MemberCode> {
        let member = who.member.as_ref().ok_or(ServiceError::SignInNeeded)?;
        let card = card(self.db(), member).await?;
        let now = self.now();
        let step = step(now);
        let until = Instant((step + 1) * STEP_MS);
        let code = format!("{}{}", card.number, digits(&card.secret, step)?);
        let refresh_seconds = (until.0 - now.0 + 999) / 1000;
        Ok(MemberCode { qr_svg: art.qr_svg(&code), code, number: card.number, until, refresh_seconds })
    }

    /// Whose code that is; none if it is wrong, too old or was shown to somebody else.
    pub(super) async fn member_of_code(&self, number: &str, code: &str, staff: &StaffId) -> Result<Option<MemberId>> {
        let now = self.now();
        let tx = self.db().begin().await?;
        let counted = super::code::limit(&tx, &format!("member-code:{staff}"), WRONG_HOUR, HOUR_MS, now).await;
        if let Err(refused) = counted {
            tx.commit().await?;
            return Err(refused);
        }
        let mut found = None;
        if let Some(card) = cards::of_number(&tx, number).await? {
            for step in (step(now) - STEPS_BACK)..=step(now) {
                if secret::same(&digits(&card.secret, step)?, code) {
                    let first = cards::use_code(&tx, &card.member, step, staff).await?;
                    found = first.then(|| card.member.clone());
                }
            }
        }
        tx.commit().await?;
        Ok(found)
    }

    /// True if the member showed this person the code of the moment not long ago, and so is present.
    pub(crate) async fn was_shown(&self, member: &MemberId, staff: &StaffId) -> Result<bool> {
        Ok(cards::was_shown(self.db(), member, staff, step(self.now()) - STEPS_SHOWN).await?)
    }

    /// Job: forgets codes that nobody can use any more. Returns how many.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn forget_member_codes(&self) -> Result<i64> {
        let forgotten = cards::forget_codes(self.db(), step(self.now()) - STEPS_SHOWN).await?;
        Ok(i64::try_from(forgotten).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_at_the_till_is_a_code_a_number_or_neither() {
        // 7992739871 has the check digit 3, as everybody's example of Luhn's.
        assert_eq!(check_digit("7992739871"), 3);
        for _ in 0..50 {
            let number = new_number().unwrap();
            assert_eq!(shown(&number), Shown::Number(&number));
            let both = format!("{number}01234567");
            assert_eq!(shown(&both), Shown::Code(&number, "01234567"));
            for at in 0..12 {
                let mut wrong = number.clone().into_bytes();
                wrong[at] = if wrong[at] == b'9' { b'0' } else { wrong[at] + 1 };
                assert_eq!(shown(std::str::from_utf8(&wrong).unwrap()), Shown::Neither);
            }
            assert_eq!(shown(&both[..19]), Shown::Neither);
        }
        for text in ["", "13800000001", "+8613800000001", "１２３４５６７８９０１２"] {
            assert_eq!(shown(text), Shown::Neither, "{text}");
        }
    }
}
