//! The token of a held quote: `h1.KEY.CLAIM.SIGNATURE`, the last two in base64url. The claim can be read by anybody; only the shop can write it.

use super::{HeldProblem, KeyRing};
use crate::{Result, ServiceError, secret};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ids::PriceBookId;
use pricing::{Cart, Context, GiftChoice, Instant};
use serde::{Deserialize, Serialize};

/// The token's version.
const VERSION: &str = "h1";
/// What is signed begins with this, so that no signature of something else is ever one of a held quote.
const DOMAIN: &str = "concord held quote\n";
/// A longer text is no token of ours: the largest cart is not in it, and no context comes near.
const LENGTH_MAX: usize = 64 * 1024;

/// What the shop promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim {
    /// Names this promise, which is kept once.
    pub(super) id: String,
    /// Holds before this instant.
    pub(super) expires: Instant,
    /// The price book.
    pub(super) book: PriceBookId,
    /// The engine's version.
    pub(super) engine: String,
    /// The hash of what is in the cart and its codes.
    pub(super) cart: String,
    /// What was chosen when the quote was made, and may be chosen otherwise when it is ordered.
    pub(super) open: Open,
    /// The circumstances: instant, channel, store, the member's facts, and the counters of the promotions that could apply.
    pub(super) context: Context,
    /// The hash of the quote.
    pub(super) quote: String,
}

/// What of a cart is open until it is ordered: how it is sent, how it is paid, which gifts it comes with. What each choice costs follows from the
/// promised book and circumstances.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    #[serde(default, skip_serializing_if = "is_none")]
    points: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shipping_method: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tender: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gifts: Vec<GiftChoice>,
}

// serde hands over a reference.
#[expect(clippy::trivially_copy_pass_by_ref)]
fn is_none(points: &i64) -> bool {
    *points == 0
}

impl Open {
    /// What a cart has chosen.
    pub(super) fn of(cart: &Cart) -> Self {
        let Cart { points, shipping_method, tender, gifts, .. } = cart.clone();
        Self { points, shipping_method, tender, gifts }
    }

    /// The same lines and codes with these choices.
    pub(super) fn put_into(&self, cart: &Cart) -> Cart {
        let Self { points, shipping_method, tender, gifts } = self.clone();
        Cart { points, shipping_method, tender, gifts, ..cart.clone() }
    }
}

/// The hash that stands for the lines and codes of a cart.
pub(super) fn cart_hash(cart: &Cart) -> Result<String> {
    let text = serde_json::to_string(&Open::default().put_into(cart)).map_err(ServiceError::internal)?;
    Ok(secret::hex(&secret::sha256(text.as_bytes())))
}

/// The claim, signed.
pub(super) fn sealed(claim: &Claim, ring: &KeyRing) -> Result<String> {
    let json = serde_json::to_vec(claim).map_err(ServiceError::internal)?;
    let body = format!("{VERSION}.{}.{}", ring.ids()[0], URL_SAFE_NO_PAD.encode(json));
    let signature = ring.sign(format!("{DOMAIN}{body}").as_bytes());
    Ok(format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// The claim of a token that one of the ring's keys signed.
pub(super) fn opened(token: &str, ring: &KeyRing) -> Result<Claim, HeldProblem> {
    if token.len() > LENGTH_MAX {
        return Err(HeldProblem::Tampered);
    }
    let (body, signature) = token.rsplit_once('.').ok_or(HeldProblem::Tampered)?;
    let parts: Vec<&str> = body.split('.').collect();
    let [VERSION, key, claim] = parts.as_slice() else { return Err(HeldProblem::Tampered) };
    let signature = URL_SAFE_NO_PAD.decode(signature).ok().and_then(|bytes| bytes.try_into().ok());
    let signature: [u8; 64] = signature.ok_or(HeldProblem::Tampered)?;
    ring.verify(key, format!("{DOMAIN}{body}").as_bytes(), &signature)?;
    let json = URL_SAFE_NO_PAD.decode(claim).map_err(|_| HeldProblem::Tampered)?;
    serde_json::from_slice(&json).map_err(|_| HeldProblem::Tampered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim() -> Claim {
        Claim {
            id: "one".to_owned(),
            expires: Instant(1000),
            book: PriceBookId::new("b00c").unwrap(),
            engine: "1".to_owned(),
            cart: cart_hash(&Cart::default()).unwrap(),
            open: Open::default(),
            context: Context::guest(Instant(7)),
            quote: "0".repeat(32),
        }
    }

    #[test]
    fn what_was_sealed_opens_again() {
        let ring = KeyRing::generate(Instant(0)).unwrap();
        assert_eq!(opened(&sealed(&claim(), &ring).unwrap(), &ring), Ok(claim()));
    }

    /// Whatever single character is changed, left out or doubled: the token is refused.
    #[test]
    fn no_character_may_change() {
        let ring = KeyRing::generate(Instant(0)).unwrap();
        let token = sealed(&claim(), &ring).unwrap();
        for at in 0..token.len() {
            let (before, rest) = token.split_at(at);
            let (own, after) = rest.split_at(1);
            let other = if own == "A" { "B" } else { "A" };
            for wrong in
                [format!("{before}{other}{after}"), format!("{before}{after}"), format!("{before}{own}{own}{after}")]
            {
                let found = opened(&wrong, &ring);
                assert!(matches!(found, Err(HeldProblem::Tampered | HeldProblem::UnknownKey)), "at {at}: {found:?}");
            }
        }
    }

    #[test]
    fn another_shops_token_has_an_unknown_key_and_no_key_can_be_borrowed() {
        let (ours, theirs) = (KeyRing::generate(Instant(0)).unwrap(), KeyRing::generate(Instant(0)).unwrap());
        let token = sealed(&claim(), &theirs).unwrap();
        assert_eq!(opened(&token, &ours), Err(HeldProblem::UnknownKey));
        let renamed = token.replace(theirs.ids()[0], ours.ids()[0]);
        assert_eq!(opened(&renamed, &ours), Err(HeldProblem::Tampered));
        for wrong in ["", ".", "h1...", "h1.a.b.c", &"x".repeat(LENGTH_MAX + 1)] {
            assert_eq!(opened(wrong, &ours), Err(HeldProblem::Tampered));
        }
    }
}
