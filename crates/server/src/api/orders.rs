//! What becomes of orders, for shoppers: cancelling, moving, bringing back.

use super::errors;
use crate::extract::{Id, Input};
use crate::limits::OrderLimit;
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use ids::{OrderNumber, ReturnId};
use wire::{CancelOrder, ChangeAddress, Order, PreviewReturn, ReturnReceipt};

/// Cancels what is still to come of an order, or some of it.
///
/// Until somebody gathers the goods; the shop's service also later. What is refunded follows from the order's own price book. The same key cancels
/// once.
#[utoipa::path(
    post, path = "/orders/{number}/cancel", tag = "checkout", params(("number" = OrderNumber, Path)),
    request_body = CancelOrder,
    responses((status = 200, body = Order), errors::BadBody, errors::Missing, errors::NotNow, errors::TooMany, errors::Any)
)]
pub async fn cancel(
    _: OrderLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
    Input(request): Input<CancelOrder>,
) -> Result<Json<Order>, Failure> {
    Ok(Json(state.services.cancel_order(&who, &number, &request).await?))
}

/// Changes where an order is sent.
///
/// Until somebody gathers the goods, and within 24 hours for the shopper.
#[utoipa::path(
    put, path = "/orders/{number}/address", tag = "checkout", params(("number" = OrderNumber, Path)),
    request_body = ChangeAddress,
    responses((status = 200, body = Order), errors::BadBody, errors::Missing, errors::NotNow, errors::TooMany, errors::Any)
)]
pub async fn change_address(
    _: OrderLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
    Input(request): Input<ChangeAddress>,
) -> Result<Json<Order>, Failure> {
    Ok(Json(state.services.change_address(&who, &number, &request).await?))
}

/// What would be given back for goods of an order.
///
/// Changes nothing. With every amount's reason.
#[utoipa::path(
    post, path = "/orders/{number}/returns/preview", tag = "checkout", params(("number" = OrderNumber, Path)),
    request_body = PreviewReturn,
    responses((status = 200, body = ReturnReceipt), errors::BadBody, errors::Missing, errors::Any)
)]
pub async fn preview_return(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
    Input(request): Input<PreviewReturn>,
) -> Result<Json<ReturnReceipt>, Failure> {
    Ok(Json(state.services.preview_return(&who, &number, &request).await?))
}

/// The receipt of a return or a cancellation.
#[utoipa::path(
    get, path = "/returns/{id}", tag = "checkout", params(("id" = ReturnId, Path)),
    responses((status = 200, body = ReturnReceipt), errors::Missing, errors::Any)
)]
pub async fn return_receipt(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<ReturnId>,
) -> Result<Json<ReturnReceipt>, Failure> {
    Ok(Json(state.services.return_receipt(&who, &id).await?))
}
