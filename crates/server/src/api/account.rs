//! Members: signing in and out, and the account.

use super::errors;
use crate::extract::Input;
use crate::limits::AuthLimit;
use crate::problem::Failure;
use crate::session::{Caller, SetSession};
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use wire::{Account, CodeSent, RequestCode, Session, SignIn, TellBirthday};

/// Sends a one-time code to a telephone.
#[utoipa::path(
    post, path = "/auth/code", tag = "account",
    request_body = RequestCode,
    responses((status = 200, body = CodeSent), errors::BadBody, errors::TooMany, errors::Any)
)]
pub async fn request_code(
    _: AuthLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<RequestCode>,
) -> Result<Json<CodeSent>, Failure> {
    Ok(Json(state.services.request_code(&who, &request).await?))
}

/// Signs in with a one-time code.
///
/// The session gets a new secret; the old one is worth nothing any more.
#[utoipa::path(
    post, path = "/auth/sign-in", tag = "account",
    request_body = SignIn,
    responses((status = 200, body = Session), errors::BadBody, errors::TooMany, errors::Any)
)]
pub async fn sign_in(
    _: AuthLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<SignIn>,
) -> Result<(SetSession, Json<Session>), Failure> {
    let signed_in = state.services.sign_in(&who, &request).await?;
    Ok((SetSession::start(&signed_in.token, state.https()), Json(signed_in.session)))
}

/// Signs out.
///
/// The session ends here and in the browser. A guest may call it too.
#[utoipa::path(
    post, path = "/auth/sign-out", tag = "account",
    responses((status = 204, description = "Signed out."), errors::Foreign, errors::Any)
)]
pub async fn sign_out(State(state): State<AppState>, Caller(who): Caller) -> Result<(SetSession, StatusCode), Failure> {
    state.services.sign_out(&who).await?;
    Ok((SetSession::end(state.https()), StatusCode::NO_CONTENT))
}

/// The account: orders, coupons and points.
#[utoipa::path(
    get, path = "/account", tag = "account",
    responses((status = 200, body = Account), errors::Guest, errors::Any)
)]
pub async fn account(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<Account>, Failure> {
    Ok(Json(state.services.account(&who).await?))
}

/// Tells the month of the member's birthday, or takes it back.
///
/// Only the month is asked for and kept, for offers in that month. It can be taken back at any time, and told once a year.
#[utoipa::path(
    put, path = "/account/birthday", tag = "account",
    request_body = TellBirthday,
    responses((status = 200, body = Session), errors::BadBody, errors::Guest, errors::Any)
)]
pub async fn tell_birthday(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<TellBirthday>,
) -> Result<Json<Session>, Failure> {
    Ok(Json(state.services.tell_birthday(&who, &request).await?))
}
