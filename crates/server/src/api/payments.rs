//! Payments of orders, and what payment providers tell by themselves.

use super::errors;
use crate::extract::{Id, Input, Query};
use crate::limits::OrderLimit;
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ids::{OrderNumber, PaymentId, RefundId};
use services::payments::NoticeHeaders;
use wire::{OrderPayments, PayOtherwise, Payment, PaymentRefund, RecordRefund, StartPayment, TenderOffer, TenderQuery};

/// With what the asker may pay here.
///
/// Providers first, as the shop lists them; `stored_value` with what the asker has stored.
#[utoipa::path(
    get, path = "/tenders", tag = "checkout", params(TenderQuery),
    responses((status = 200, body = Vec<TenderOffer>), errors::BadQuery, errors::Any)
)]
pub async fn tenders(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<TenderQuery>,
) -> Result<Json<Vec<TenderOffer>>, Failure> {
    Ok(Json(state.services.tenders(&who, &query).await?))
}

/// How an order is paid.
///
/// Each tender with where it stands, what the shopper does next and what went back. For the order's shopper, and for the shop's people who may see payments.
#[utoipa::path(
    get, path = "/orders/{number}/payments", tag = "checkout", params(("number" = OrderNumber, Path)),
    responses((status = 200, body = OrderPayments), errors::Missing, errors::Any)
)]
pub async fn of_order(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
) -> Result<Json<OrderPayments>, Failure> {
    Ok(Json(state.services.order_payments(&who, &number).await?))
}

/// Pays an order by other tenders.
///
/// While the order waits for its money, until `pay_by`: they take the place of the payments that are not there yet. The same key does so once.
#[utoipa::path(
    post, path = "/orders/{number}/payments", tag = "checkout", params(("number" = OrderNumber, Path)),
    request_body = PayOtherwise,
    responses(
        (status = 200, body = OrderPayments), errors::BadBody, errors::NotPaid, errors::Missing, errors::TooMany, errors::Any
    )
)]
pub async fn otherwise(
    _: OrderLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(number): Id<OrderNumber>,
    Input(request): Input<PayOtherwise>,
) -> Result<Json<OrderPayments>, Failure> {
    Ok(Json(state.services.pay_otherwise(&who, &number, &request).await?))
}

/// Begins a payment.
///
/// Answers with what the shopper does next: an address to go to, a code to scan, or what the provider's script needs. Asked again, it answers the same.
#[utoipa::path(
    post, path = "/payments/{id}/start", tag = "checkout", params(("id" = PaymentId, Path)),
    request_body = StartPayment,
    responses((status = 200, body = Payment), errors::BadBody, errors::NotPaid, errors::Missing, errors::TooMany, errors::Any)
)]
pub async fn start(
    _: OrderLimit,
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<PaymentId>,
    Input(request): Input<StartPayment>,
) -> Result<Json<Payment>, Failure> {
    Ok(Json(state.services.start_payment(&who, &id, &request).await?))
}

/// Records a refund that was handed over.
///
/// In cash, or by the card terminal. Recorded again, nothing changes.
#[utoipa::path(
    post, path = "/refunds/{id}/record", tag = "staff", params(("id" = RefundId, Path)),
    request_body = RecordRefund,
    responses((status = 200, body = PaymentRefund), errors::BadBody, errors::Missing, errors::Any)
)]
pub async fn record_refund(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<RefundId>,
    Input(request): Input<RecordRefund>,
) -> Result<Json<PaymentRefund>, Failure> {
    Ok(Json(state.services.record_refund(&who, &id, request.reference.as_deref()).await?))
}

/// Tries a refund again that failed.
///
/// Its provider refused it for good; it is asked for anew. For who may settle payments that are in doubt.
#[utoipa::path(
    post, path = "/staff/refunds/{id}/retry", tag = "staff", params(("id" = RefundId, Path)),
    responses((status = 200, body = PaymentRefund), errors::Staff, errors::Missing, errors::NotNow, errors::Any)
)]
pub async fn retry_refund(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<RefundId>,
) -> Result<Json<PaymentRefund>, Failure> {
    Ok(Json(state.services.retry_refund(&who, &id).await?))
}

/// Takes a notice of a payment provider.
///
/// The body is the provider's own and signed by it; the answer is what the provider wants to hear. The same notice is acted upon once.
#[utoipa::path(
    post, path = "/hooks/{provider}", tag = "checkout", params(("provider" = String, Path)),
    request_body(content = String, content_type = "application/octet-stream", description = "As the provider documents it."),
    responses(
        (status = 200, description = "Taken."), (status = 400, description = "Not the provider's, or not readable."),
        errors::Missing, errors::Any
    )
)]
pub async fn hook(
    State(state): State<AppState>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let texts =
        headers.iter().filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
    let headers: NoticeHeaders = texts.collect();
    let reply = state.services.payment_notice(&provider, &headers, &body).await?;
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = HeaderValue::from_static(reply.content_type);
    Ok((status, [(header::CONTENT_TYPE, content_type)], reply.body).into_response())
}
