//! The shop's own people: signing in, and their accounts.

use super::errors;
use crate::extract::{Id, Input};
use crate::limits::AuthLimit;
use crate::problem::Failure;
use crate::session::{Caller, SetSession};
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use ids::StaffId;
use wire::{JobInfo, PutStaff, SignIn, StaffMember, StaffSession};

/// Signs one of the shop's own people in with a one-time code.
///
/// The session lasts for a working day. The code comes from `/auth/code`.
#[utoipa::path(
    post, path = "/staff/sign-in", tag = "staff",
    request_body = SignIn,
    responses((status = 200, body = StaffSession), errors::BadBody, errors::TooMany, errors::Any)
)]
pub async fn sign_in(
    _: AuthLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<SignIn>,
) -> Result<(SetSession, Json<StaffSession>), Failure> {
    let signed_in = state.services.staff_sign_in(&who, &request).await?;
    Ok((SetSession::start(&signed_in.token, state.https()), Json(signed_in.session)))
}

/// Who of the shop's own people is looking, and what the role may do.
#[utoipa::path(
    get, path = "/staff/session", tag = "staff",
    responses((status = 200, body = StaffSession), errors::Any)
)]
pub async fn session(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<StaffSession>, Failure> {
    Ok(Json(state.services.staff_session(&who)))
}

/// All accounts.
#[utoipa::path(
    get, path = "/staff/people", tag = "staff",
    responses((status = 200, body = Vec<StaffMember>), errors::Staff, errors::Any)
)]
pub async fn roster(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<Vec<StaffMember>>, Failure> {
    Ok(Json(state.services.staff(&who).await?))
}

/// Adds an account, or changes or closes the one with this telephone.
///
/// Its sessions end, so that what the role may do holds at once.
#[utoipa::path(
    put, path = "/staff/people", tag = "staff",
    request_body = PutStaff,
    responses((status = 200, body = StaffMember), errors::BadBody, errors::Staff, errors::Any)
)]
pub async fn put(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<PutStaff>,
) -> Result<Json<StaffMember>, Failure> {
    Ok(Json(state.services.put_staff(&who, &request).await?))
}

/// Closes an account.
///
/// Its sessions end. Nobody closes the own account.
#[utoipa::path(
    post, path = "/staff/people/{id}/close", tag = "staff", params(("id" = StaffId, Path)),
    responses((status = 200, body = StaffMember), errors::Missing, errors::Staff, errors::NotNow, errors::Any)
)]
pub async fn close(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<StaffId>,
) -> Result<Json<StaffMember>, Failure> {
    Ok(Json(state.services.close_staff(&who, &id).await?))
}

/// What the shop does by itself: when each job was done last, and what failed.
#[utoipa::path(
    get, path = "/staff/jobs", tag = "staff",
    responses((status = 200, body = Vec<JobInfo>), errors::Staff, errors::Any)
)]
pub async fn jobs(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<Vec<JobInfo>>, Failure> {
    Ok(Json(state.services.jobs(&who).await?))
}
