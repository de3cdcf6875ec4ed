//! Members as the shop's own people serve them, and the coupons that are given out singly.

use super::errors;
use crate::extract::{Id, Input};
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::stream;
use ids::{CouponBatchId, MemberId};
use std::convert::Infallible;
use wire::{
    Adjust, CouponBatch, FindMember, IssueCoupon, IssuedCoupon, MakeCouponBatch, MemberLedger, MemberView,
    SellGiftCard, SoldGiftCard, TopUp,
};

/// Finds a member by what the member shows or says.
///
/// The code of the moment, the member's number, or the whole telephone number. A code is good once.
#[utoipa::path(
    post, path = "/staff/members/find", tag = "staff",
    request_body = FindMember,
    responses((status = 200, body = MemberView), errors::BadBody, errors::Staff, errors::Missing, errors::TooMany, errors::Any)
)]
pub async fn find(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<FindMember>,
) -> Result<Json<MemberView>, Failure> {
    Ok(Json(state.services.find_member(&who, &request).await?))
}

/// A member; personal data are masked.
#[utoipa::path(
    get, path = "/staff/members/{id}", tag = "staff", params(("id" = MemberId, Path)),
    responses((status = 200, body = MemberView), errors::Staff, errors::Missing, errors::Any)
)]
pub async fn member(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<MemberId>,
) -> Result<Json<MemberView>, Failure> {
    Ok(Json(state.services.member_view(&who, &id).await?))
}

/// What moved of a member's points and stored money, and how far it is to the next level.
///
/// Who looked is written down.
#[utoipa::path(
    get, path = "/staff/members/{id}/ledger", tag = "staff", params(("id" = MemberId, Path)),
    responses((status = 200, body = MemberLedger), errors::Staff, errors::Missing, errors::Any)
)]
pub async fn ledger(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<MemberId>,
) -> Result<Json<MemberLedger>, Failure> {
    Ok(Json(state.services.member_ledger(&who, &id).await?))
}

/// Stores money with a member that was paid at the till.
///
/// The same key stores it once.
#[utoipa::path(
    post, path = "/staff/members/{id}/top-up", tag = "staff", params(("id" = MemberId, Path)),
    request_body = TopUp,
    responses((status = 200, body = MemberView), errors::BadBody, errors::Staff, errors::Missing, errors::Any)
)]
pub async fn top_up(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<MemberId>,
    Input(request): Input<TopUp>,
) -> Result<Json<MemberView>, Failure> {
    Ok(Json(state.services.top_up(&who, &id, &request).await?))
}

/// Corrects points and stored money, for a reason that the member reads too.
///
/// The same key does so once.
#[utoipa::path(
    post, path = "/staff/members/{id}/adjust", tag = "staff", params(("id" = MemberId, Path)),
    request_body = Adjust,
    responses((status = 200, body = MemberView), errors::BadBody, errors::Staff, errors::Missing, errors::Any)
)]
pub async fn adjust(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<MemberId>,
    Input(request): Input<Adjust>,
) -> Result<Json<MemberView>, Failure> {
    Ok(Json(state.services.adjust_member(&who, &id, &request).await?))
}

/// Gives a member a coupon of a batch, once for each cause.
#[utoipa::path(
    post, path = "/staff/members/{id}/coupons", tag = "staff", params(("id" = MemberId, Path)),
    request_body = IssueCoupon,
    responses((status = 200, body = IssuedCoupon), errors::BadBody, errors::Staff, errors::Missing, errors::Any)
)]
pub async fn issue_coupon(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<MemberId>,
    Input(request): Input<IssueCoupon>,
) -> Result<Json<IssuedCoupon>, Failure> {
    Ok(Json(state.services.issue_coupon(&who, &id, &request).await?))
}

/// Sells a gift card that was paid at the till.
///
/// The answer holds its code, which is money. The same key is answered with the same card.
#[utoipa::path(
    post, path = "/staff/gift-cards", tag = "staff",
    request_body = SellGiftCard,
    responses((status = 200, body = SoldGiftCard), errors::BadBody, errors::Staff, errors::Any)
)]
pub async fn sell_gift_card(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<SellGiftCard>,
) -> Result<Json<SoldGiftCard>, Failure> {
    Ok(Json(state.services.sell_gift_card(&who, &request).await?))
}

/// All batches of coupons that are given out singly.
#[utoipa::path(
    get, path = "/staff/coupon-batches", tag = "staff",
    responses((status = 200, body = Vec<CouponBatch>), errors::Staff, errors::Any)
)]
pub async fn batches(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<Vec<CouponBatch>>, Failure> {
    Ok(Json(state.services.coupon_batches(&who).await?))
}

/// Makes a batch: unique codes, or coupons for wallets.
///
/// From then on the promotion's own code is worth nothing alone. The same key is answered with the same batch.
#[utoipa::path(
    post, path = "/staff/coupon-batches", tag = "staff",
    request_body = MakeCouponBatch,
    responses((status = 200, body = CouponBatch), errors::BadBody, errors::Staff, errors::Any)
)]
pub async fn make_batch(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<MakeCouponBatch>,
) -> Result<Json<CouponBatch>, Failure> {
    Ok(Json(state.services.make_coupon_batch(&who, &request).await?))
}

/// Closes a batch: nothing of it can be used any more.
#[utoipa::path(
    post, path = "/staff/coupon-batches/{id}/close", tag = "staff", params(("id" = CouponBatchId, Path)),
    responses((status = 200, body = CouponBatch), errors::Staff, errors::Missing, errors::Any)
)]
pub async fn close_batch(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<CouponBatchId>,
) -> Result<Json<CouponBatch>, Failure> {
    Ok(Json(state.services.close_coupon_batch(&who, &id).await?))
}

/// All unique codes of a batch as CSV.
#[utoipa::path(
    get, path = "/staff/coupon-batches/{id}/codes", tag = "staff", params(("id" = CouponBatchId, Path)),
    responses((status = 200, content_type = "text/csv", body = String), errors::Staff, errors::Missing, errors::Any)
)]
pub async fn codes(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<CouponBatchId>,
) -> Result<Response, Failure> {
    let pieces = state.services.coupon_codes(&who, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"codes.csv\""),
        // Codes are worth something: nobody in between keeps them.
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(stream::iter(pieces.map(Ok::<_, Infallible>)))).into_response())
}
