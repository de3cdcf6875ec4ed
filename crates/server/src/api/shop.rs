//! The shop and who is looking.

use super::errors;
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use wire::{Session, Shop};

/// The shop.
///
/// What every page needs: names, departments, places, shipping methods, levels, the price book in force and the server's clock.
#[utoipa::path(get, path = "/shop", tag = "shop", responses((status = 200, body = Shop), errors::Any))]
pub async fn shop(State(state): State<AppState>) -> Result<Json<Shop>, Failure> {
    Ok(Json(state.services.shop().await?))
}

/// Who is looking.
///
/// `member` is null for guests.
#[utoipa::path(get, path = "/session", tag = "shop", responses((status = 200, body = Session), errors::Any))]
pub async fn session(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<Session>, Failure> {
    Ok(Json(state.services.session(&who).await?))
}
