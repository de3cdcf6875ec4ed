//! Personal data: consents, export and erasure by the member, and what the shop's own people may see and do.

use super::errors;
use crate::extract::{Id, Input, Query};
use crate::limits::AuthLimit;
use crate::problem::Failure;
use crate::session::{Caller, SetSession};
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use ids::{MemberId, OrderNumber};
use wire::{
    AuditEntry, AuditQuery, CodeSent, EraseMe, ErasePerson, Erased, FindPerson, OrderPerson, Person, PersonExport,
    Privacy, SetConsent, WithReason,
};

/// What the member allows, and how that came.
#[utoipa::path(
    get, path = "/account/privacy", tag = "account",
    responses((status = 200, body = Privacy), errors::Guest, errors::Any)
)]
pub async fn privacy(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<Privacy>, Failure> {
    Ok(Json(state.services.privacy(&who).await?))
}

/// Gives or takes back a consent.
///
/// Every answer is kept with the version of the text that was answered. Taking back is always possible and has no other consequence.
#[utoipa::path(
    put, path = "/account/privacy", tag = "account",
    request_body = SetConsent,
    responses((status = 200, body = Privacy), errors::BadBody, errors::Guest, errors::Any)
)]
pub async fn set_consent(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<SetConsent>,
) -> Result<Json<Privacy>, Failure> {
    Ok(Json(state.services.set_consent(&who, &request).await?))
}

/// Everything that the shop keeps of the member, as a file.
///
/// A form may send it, too: no body is read.
#[utoipa::path(
    post, path = "/account/export", tag = "account",
    responses((status = 200, body = PersonExport), errors::Guest, errors::Foreign, errors::TooMany, errors::Any)
)]
pub async fn export_me(
    _: AuthLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
) -> Result<impl IntoResponse, Failure> {
    Ok(file(state.services.export_me(&who).await?))
}

fn file(export: PersonExport) -> impl IntoResponse {
    ([(header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")], Json(export))
}

/// Sends the one-time code that erasing one's own data asks for.
#[utoipa::path(
    post, path = "/account/erase/code", tag = "account",
    responses((status = 200, body = CodeSent), errors::Guest, errors::Foreign, errors::TooMany, errors::Any)
)]
pub async fn request_erase_code(
    _: AuthLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
) -> Result<Json<CodeSent>, Failure> {
    Ok(Json(state.services.request_erase_code(&who).await?))
}

/// Erases the member's own data.
///
/// Name, telephone and addresses are forgotten and can't be had back; the books keep their figures by number. The session ends.
#[utoipa::path(
    post, path = "/account/erase", tag = "account",
    request_body = EraseMe,
    responses((status = 200, body = Erased), errors::BadBody, errors::Guest, errors::NotNow, errors::TooMany, errors::Any)
)]
pub async fn erase_me(
    _: AuthLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<EraseMe>,
) -> Result<(SetSession, Json<Erased>), Failure> {
    let erased = state.services.erase_me(&who, &request).await?;
    Ok((SetSession::end(state.https()), Json(erased)))
}

/// Finds a member by the whole telephone or by number, masked.
///
/// Who looked is written down. It is a POST, so that telephones get into no log of addresses.
#[utoipa::path(
    post, path = "/staff/persons/find", tag = "staff",
    request_body = FindPerson,
    responses((status = 200, body = Person), errors::BadBody, errors::Missing, errors::Staff, errors::Any)
)]
pub async fn find(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<FindPerson>,
) -> Result<Json<Person>, Failure> {
    Ok(Json(state.services.find_person(&who, &request).await?))
}

/// A member's name and telephone in full, for a reason that is written down.
#[utoipa::path(
    post, path = "/staff/persons/{member}/unmask", tag = "staff", params(("member" = String, Path)),
    request_body = WithReason,
    responses((status = 200, body = Person), errors::BadBody, errors::Missing, errors::Staff, errors::Any)
)]
pub async fn unmask(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(member): Id<MemberId>,
    Input(request): Input<WithReason>,
) -> Result<Json<Person>, Failure> {
    Ok(Json(state.services.unmask_person(&who, &member, &request).await?))
}

/// Whom an order goes to, in full, for a reason that is written down.
#[utoipa::path(
    post, path = "/staff/orders/{number}/unmask", tag = "staff", params(("number" = String, Path)),
    request_body = WithReason,
    responses((status = 200, body = OrderPerson), errors::BadBody, errors::Missing, errors::Staff, errors::Any)
)]
pub async fn unmask_order(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
    Input(request): Input<WithReason>,
) -> Result<Json<OrderPerson>, Failure> {
    Ok(Json(state.services.unmask_order(&who, &number, &request).await?))
}

/// Everything that the shop keeps of a member, for the member, as a file.
#[utoipa::path(
    post, path = "/staff/persons/{member}/export", tag = "staff", params(("member" = String, Path)),
    request_body = WithReason,
    responses((status = 200, body = PersonExport), errors::BadBody, errors::Missing, errors::Staff, errors::Any)
)]
pub async fn export(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(member): Id<MemberId>,
    Input(request): Input<WithReason>,
) -> Result<impl IntoResponse, Failure> {
    Ok(file(state.services.export_person(&who, &member, &request).await?))
}

/// Erases a member's data because the member asked for it.
#[utoipa::path(
    post, path = "/staff/persons/{member}/erase", tag = "staff", params(("member" = String, Path)),
    request_body = ErasePerson,
    responses((status = 200, body = Erased), errors::BadBody, errors::Missing, errors::NotNow, errors::Staff, errors::Any)
)]
pub async fn erase(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(member): Id<MemberId>,
    Input(request): Input<ErasePerson>,
) -> Result<Json<Erased>, Failure> {
    Ok(Json(state.services.erase_person(&who, &member, &request).await?))
}

/// Forgets whom a guest's order went to.
#[utoipa::path(
    post, path = "/staff/orders/{number}/erase", tag = "staff", params(("number" = String, Path)),
    request_body = WithReason,
    responses((status = 200, body = Erased), errors::BadBody, errors::Missing, errors::NotNow, errors::Staff, errors::Any)
)]
pub async fn erase_order(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
    Input(request): Input<WithReason>,
) -> Result<Json<Erased>, Failure> {
    Ok(Json(state.services.erase_guest_order(&who, &number, &request.reason).await?))
}

/// The audit log: who saw or changed whose data, and why; newest first.
#[utoipa::path(
    get, path = "/staff/audit", tag = "staff", params(AuditQuery),
    responses((status = 200, body = Vec<AuditEntry>), errors::BadQuery, errors::Staff, errors::Any)
)]
pub async fn audit(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<AuditQuery>,
) -> Result<Json<Vec<AuditEntry>>, Failure> {
    Ok(Json(state.services.audit_log(&who, &query).await?))
}
