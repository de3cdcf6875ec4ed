//! Messages to shoppers, for the shop's own people: what was given up, and trying it again.

use super::errors;
use crate::extract::Query;
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use wire::{MessageQuery, StaffMessage};

/// The last messages in a state, newest first, at most 100; recipients are masked.
#[utoipa::path(
    get, path = "/staff/messages", tag = "staff", params(MessageQuery),
    responses((status = 200, body = Vec<StaffMessage>), errors::BadQuery, errors::Staff, errors::Any)
)]
pub async fn messages(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<MessageQuery>,
) -> Result<Json<Vec<StaffMessage>>, Failure> {
    Ok(Json(state.services.messages(&who, query.state).await?))
}

/// Puts a message that was given up on its way again.
#[utoipa::path(
    post, path = "/staff/messages/{id}/retry", tag = "staff", params(("id" = String, Path)),
    responses((status = 204, description = "It is on its way again."), errors::Missing, errors::Staff, errors::Foreign, errors::Any)
)]
pub async fn retry(
    State(state): State<AppState>,
    Caller(who): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    state.services.retry_message(&who, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
