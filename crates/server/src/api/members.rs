//! What members have, for themselves: the code to show at the till, gift cards, coupon codes.

use super::errors;
use crate::extract::Input;
use crate::labels::Art;
use crate::limits::AuthLimit;
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use wire::{GiftCardWorth, MemberCode, RedeemGiftCard, ResolveCoupon, ResolvedCoupon, StoredValue};

/// The code to show at the till now, as a QR code.
///
/// It changes every half minute and is good once; fetch another one at `until`.
#[utoipa::path(
    get, path = "/account/code", tag = "account",
    responses((status = 200, body = MemberCode), errors::Guest, errors::Any)
)]
pub async fn code(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<MemberCode>, Failure> {
    Ok(Json(state.services.member_code(&who, &Art).await?))
}

/// Stores the money of a gift card with the member.
///
/// Doing it again changes nothing.
#[utoipa::path(
    post, path = "/account/gift-cards", tag = "account",
    request_body = RedeemGiftCard,
    responses((status = 200, body = StoredValue), errors::BadBody, errors::Guest, errors::TooMany, errors::Any)
)]
pub async fn redeem_gift_card(
    _: AuthLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<RedeemGiftCard>,
) -> Result<Json<StoredValue>, Failure> {
    Ok(Json(state.services.redeem_gift_card(&who, &request).await?))
}

/// What is on a gift card.
///
/// For whoever knows its code, which is money.
#[utoipa::path(
    post, path = "/gift-cards/worth", tag = "checkout",
    request_body = RedeemGiftCard,
    responses((status = 200, body = GiftCardWorth), errors::BadBody, errors::TooMany, errors::Any)
)]
pub async fn gift_card_worth(
    _: AuthLimit,
    State(state): State<AppState>,
    Input(request): Input<RedeemGiftCard>,
) -> Result<Json<GiftCardWorth>, Failure> {
    Ok(Json(state.services.gift_card_worth(&request).await?))
}

/// What a coupon code is worth.
///
/// A unique code stands for a generic one, with which prices are computed: the cart's `coupons` hold the generic code, the order's `codes` the
/// unique one. A generic code whose coupons are given out singly is worth nothing alone, but a member whose wallet holds one needs no more.
#[utoipa::path(
    post, path = "/coupons/resolve", tag = "checkout",
    request_body = ResolveCoupon,
    responses((status = 200, body = ResolvedCoupon), errors::BadBody, errors::TooMany, errors::Any)
)]
pub async fn resolve_coupon(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<ResolveCoupon>,
) -> Result<Json<ResolvedCoupon>, Failure> {
    Ok(Json(state.services.resolve_coupon(&who, &request).await?))
}
