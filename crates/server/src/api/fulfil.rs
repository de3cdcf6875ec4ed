//! The work with orders: what is to be done at a place, the steps, the search, goods that come back.

use super::errors;
use crate::extract::{Id, Input, Query};
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use ids::{FulfilmentId, OrderNumber, PlaceId};
use serde::Deserialize;
use wire::{
    Exchange, Exchanged, FulfilStep, Fulfilment, Order, OrderQuery, OrderSummary, ReturnReceipt, TakeBack, Task,
};

/// What is to be done at a place.
///
/// Goods to gather, to hand to the carrier and to the shopper, the oldest first.
#[utoipa::path(
    get, path = "/staff/places/{place}/tasks", tag = "staff", params(("place" = PlaceId, Path)),
    responses((status = 200, body = Vec<Task>), errors::Staff, errors::Any)
)]
pub async fn tasks(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(place): Id<PlaceId>,
) -> Result<Json<Vec<Task>>, Failure> {
    Ok(Json(state.services.tasks(&who, &place).await?))
}

/// A code that a shopper shows.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Shown {
    /// The code as it was typed or scanned.
    code: String,
}

/// The goods that wait under a code.
#[utoipa::path(
    get, path = "/staff/places/{place}/pick-up", tag = "staff", params(("place" = PlaceId, Path), Shown),
    responses((status = 200, body = Task), errors::BadQuery, errors::Missing, errors::Staff, errors::Any)
)]
pub async fn by_code(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(place): Id<PlaceId>,
    Query(shown): Query<Shown>,
) -> Result<Json<Task>, Failure> {
    Ok(Json(state.services.task_by_code(&who, &place, &shown.code).await?))
}

/// Takes a step with goods.
///
/// Gathered, packed, sent, ready, collected, refused. The same step again answers with where the goods are.
#[utoipa::path(
    post, path = "/staff/fulfilments/{id}/steps", tag = "staff", params(("id" = FulfilmentId, Path)),
    request_body = FulfilStep,
    responses((status = 200, body = Fulfilment), errors::BadBody, errors::Missing, errors::Staff, errors::NotNow, errors::Any)
)]
pub async fn step(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<FulfilmentId>,
    Input(request): Input<FulfilStep>,
) -> Result<Json<Fulfilment>, Failure> {
    Ok(Json(state.services.fulfil(&who, &id, &request).await?))
}

/// Orders that are looked for.
///
/// The newest first, at most 200. Who works at one place finds those that concern it.
#[utoipa::path(
    get, path = "/staff/orders", tag = "staff", params(OrderQuery),
    responses((status = 200, body = Vec<OrderSummary>), errors::BadQuery, errors::Staff, errors::Any)
)]
pub async fn orders(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<OrderQuery>,
) -> Result<Json<Vec<OrderSummary>>, Failure> {
    Ok(Json(state.services.find_orders(&who, &query).await?))
}

/// An order as the shop's own people see it.
#[utoipa::path(
    get, path = "/staff/orders/{number}", tag = "staff", params(("number" = OrderNumber, Path)),
    responses((status = 200, body = Order), errors::Missing, errors::Staff, errors::Any)
)]
pub async fn order(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
) -> Result<Json<Order>, Failure> {
    Ok(Json(state.services.staff_order(&who, &number).await?))
}

/// Exchanges goods.
///
/// Takes goods of an order back and places another order for its shopper, in one act: the refund pays for it as far as it reaches, `payments` pay the rest,
/// and what is left over goes back by what the goods were paid with. The same keys do it once.
#[utoipa::path(
    post, path = "/staff/orders/{number}/exchanges", tag = "staff", params(("number" = OrderNumber, Path)),
    request_body = Exchange,
    responses((status = 200, body = Exchanged), errors::BadBody, errors::Missing, errors::Staff, errors::NotAsSeen, errors::Any)
)]
pub async fn exchange(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
    Input(request): Input<Exchange>,
) -> Result<Json<Exchanged>, Failure> {
    Ok(Json(state.services.exchange(&who, &number, &request).await?))
}

/// Takes goods back.
///
/// At any store or warehouse, whichever channel sold them. The receipt has every amount with its reason. The same key takes goods back once.
#[utoipa::path(
    post, path = "/staff/orders/{number}/returns", tag = "staff", params(("number" = OrderNumber, Path)),
    request_body = TakeBack,
    responses((status = 200, body = ReturnReceipt), errors::BadBody, errors::Missing, errors::Staff, errors::NotNow, errors::Any)
)]
pub async fn take_back(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
    Input(request): Input<TakeBack>,
) -> Result<Json<ReturnReceipt>, Failure> {
    Ok(Json(state.services.take_back(&who, &number, &request).await?))
}
