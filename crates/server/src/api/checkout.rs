//! From cart to order.

use super::errors;
use crate::extract::{Id, Input};
use crate::limits::OrderLimit;
use crate::problem::Failure;
use crate::session::{Caller, SetSession};
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ids::OrderNumber;
use pricing::Quote;
use services::Who;
use wire::{HeldQuote, Order, PlaceOrder, QuoteRequest, SliceAnswer, SliceRequest};

/// What a client needs to quote by itself.
///
/// The part of the price book that can touch the SKUs, the circumstances, and names, pictures and stock. Unknown SKUs and
/// codes are left out.
#[utoipa::path(
    post, path = "/slice", tag = "checkout",
    request_body = SliceRequest,
    responses((status = 200, body = SliceAnswer), errors::BadBody, errors::Any)
)]
pub async fn slice(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<SliceRequest>,
) -> Result<Json<SliceAnswer>, Failure> {
    Ok(Json(state.services.slice(&who, &request).await?))
}

/// What a cart costs.
///
/// With every discount, what was missed and why, and hints. Changes nothing.
#[utoipa::path(
    post, path = "/quote", tag = "checkout",
    request_body = QuoteRequest,
    responses((status = 200, body = Quote), errors::BadBody, errors::Any)
)]
pub async fn quote(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<QuoteRequest>,
) -> Result<Json<Quote>, Failure> {
    Ok(Json(state.services.quote(&who, &request).await?))
}

/// Holds a quote.
///
/// What a cart costs, as a promise: signed, and honoured once until it expires, even if the price book changes meanwhile. An order
/// that carries the token as `held` is placed at that price; stock and the limits of promotions are looked at as they are then.
#[utoipa::path(
    post, path = "/quotes/hold", tag = "checkout",
    request_body = QuoteRequest,
    responses((status = 200, body = HeldQuote), errors::BadBody, errors::TooMany, errors::Any)
)]
pub async fn hold_quote(
    _: OrderLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<QuoteRequest>,
) -> Result<Json<HeldQuote>, Failure> {
    Ok(Json(state.services.hold_quote(&who, &request).await?))
}

/// Begins a guest's session.
///
/// Pages call it when the checkout opens: should the answer to the first order get lost, the browser is known all the same when
/// it asks again. Whoever has a session keeps it.
#[utoipa::path(
    post, path = "/session", tag = "checkout",
    responses((status = 204, description = "There is a session."), errors::TooMany, errors::Foreign, errors::Any)
)]
pub async fn begin_session(
    _: OrderLimit,
    State(state): State<AppState>,
    Caller(mut who): Caller,
) -> Result<(Option<SetSession>, StatusCode), Failure> {
    Ok((known(&state, &mut who).await?, StatusCode::NO_CONTENT))
}

/// Makes the caller one with a session; the cookie that tells the browser, if it had none.
async fn known(state: &AppState, who: &mut Who) -> Result<Option<SetSession>, Failure> {
    if who.session.is_some() {
        return Ok(None);
    }
    let token = state.services.session_start().await?;
    who.session = Some(token.hash);
    Ok(Some(SetSession::start(&token, state.https())))
}

/// Places an order.
///
/// The server quotes again from its own facts and takes the order only if its quote has the hash that the shopper saw. With `held` it
/// takes the held quote's price book and circumstances instead of those of now, once. The same key never makes a second order: sent again, it answers with the first one. A guest gets a session, to see the order later.
#[utoipa::path(
    post, path = "/orders", tag = "checkout",
    request_body = PlaceOrder,
    responses((status = 201, body = Order), errors::BadBody, errors::NotAsSeen, errors::TooMany, errors::Any)
)]
pub async fn place_order(
    _: OrderLimit,
    State(state): State<AppState>,
    Caller(mut who): Caller,
    Input(request): Input<PlaceOrder>,
) -> Result<Response, Failure> {
    let cookie = known(&state, &mut who).await?;
    let placed = state.services.place_order(&who, &request).await.map_err(Failure::from);
    // The cookie goes with a refusal too: the next try is then the same shopper's.
    Ok((cookie, placed.map(|order| (StatusCode::CREATED, Json(order)))).into_response())
}

/// An order.
///
/// As it was quoted. Only for the member or the session that placed it.
#[utoipa::path(
    get, path = "/orders/{number}", tag = "checkout", params(("number" = OrderNumber, Path)),
    responses((status = 200, body = Order), errors::Missing, errors::Any)
)]
pub async fn order(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
) -> Result<Json<Order>, Failure> {
    Ok(Json(state.services.order(&who, &number).await?))
}
