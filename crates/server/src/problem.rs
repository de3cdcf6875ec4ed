//! The one shape of errors on the wire (RFC 9457), and the one place where a service's error becomes an HTTP status.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pricing::Text;
use services::{HeldProblem, ServiceError, payments::PaymentProblem};
use wire::{FieldError, Problem};

/// The media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// While the database can't be reached, clients are asked to come again after so long.
const BUSY_SECONDS: i64 = 2;

/// A problem on its way out.
#[derive(Debug)]
pub struct Failure {
    /// What the client reads.
    pub problem: Box<Problem>,
    /// Goes into Retry-After.
    pub retry_after_seconds: Option<i64>,
}

impl Failure {
    /// A problem of kind `/problems/{kind}`; `title` names the kind, the texts say what happened and what to do.
    pub fn new(status: StatusCode, kind: &str, title: &str, zh: &str, en: &str) -> Self {
        let problem = Problem {
            kind: format!("/problems/{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: Text::new(zh, en),
            errors: Vec::new(),
            changed: None,
        };
        Self { problem: Box::new(problem), retry_after_seconds: None }
    }

    /// Names a field that is wrong.
    #[must_use]
    pub fn with_field(mut self, field: &str, message: Text) -> Self {
        self.problem.errors.push(FieldError { field: field.to_owned(), message });
        self
    }

    /// There is nothing at this address.
    pub fn not_found() -> Self {
        let (zh, en) = ("这个地址下没有内容。", "There is nothing at this address.");
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", zh, en)
    }

    /// [`Failure::not_found`] as a handler.
    pub async fn not_found_here() -> Self {
        Self::not_found()
    }

    /// The address exists, but not for this method.
    pub fn method_not_allowed() -> Self {
        let (zh, en) = (
            "这个地址不接受这种请求方法；回答中的 Allow 写明了可用的方法。",
            "This address does not take this method; see Allow for those it takes.",
        );
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed", zh, en)
    }

    /// Something broke here; the log has it under the request id.
    pub fn internal() -> Self {
        let (zh, en) = (
            "服务器出了点问题，什么都没有改变。请稍后再试。",
            "Something went wrong on our side and nothing was changed. Please try again later.",
        );
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error", zh, en)
    }

    /// The client asks too often.
    pub fn too_many(seconds: i64) -> Self {
        Self::from(ServiceError::RateLimited { retry_after_seconds: seconds })
    }

    /// Everybody together asks too much, or an answer took too long.
    pub fn busy(seconds: i64) -> Self {
        let (zh, en) = ("现在太忙，请稍后再试。", "The shop is too busy right now. Please try again in a moment.");
        let failure = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Busy", zh, en);
        Self { retry_after_seconds: Some(seconds), ..failure }
    }

    /// A page of another site sent this request.
    pub fn foreign_origin() -> Self {
        let (zh, en) = (
            "这个请求来自别的网站，没有执行。请在本店的页面上操作。",
            "This request came from another site and was not carried out. Use the shop's own pages.",
        );
        Self::new(StatusCode::FORBIDDEN, "foreign-origin", "Foreign origin", zh, en)
    }
}

/// The HTTP status of a service's error.
fn status(error: &ServiceError) -> StatusCode {
    match error {
        ServiceError::NotFound(_) => StatusCode::NOT_FOUND,
        ServiceError::Invalid(_) | ServiceError::WrongCode { .. } | ServiceError::BadData(_) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ServiceError::Held(HeldProblem::Tampered | HeldProblem::UnknownKey) => StatusCode::UNPROCESSABLE_ENTITY,
        ServiceError::Held(HeldProblem::OtherMember) => StatusCode::FORBIDDEN,
        ServiceError::Payment(PaymentProblem::NoAnswer) => StatusCode::SERVICE_UNAVAILABLE,
        ServiceError::SignInNeeded => StatusCode::UNAUTHORIZED,
        ServiceError::Forbidden => StatusCode::FORBIDDEN,
        ServiceError::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        ServiceError::PriceChanged(_)
        | ServiceError::OutOfStock(_)
        | ServiceError::Stock(_)
        | ServiceError::StaleBook
        | ServiceError::NotNow(_)
        | ServiceError::Held(_)
        | ServiceError::Payment(_)
        | ServiceError::Conflict => StatusCode::CONFLICT,
        ServiceError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        if let ServiceError::Internal(cause) = &error {
            tracing::error!(error = %cause, "a use case failed");
            if error.is_unavailable() {
                return Self::busy(BUSY_SECONDS);
            }
        }
        let detail = error.detail();
        let mut failure = Self::new(status(&error), error.kind(), error.title(), &detail.zh, &detail.en);
        match error {
            ServiceError::Invalid(errors) => failure.problem.errors = errors,
            ServiceError::WrongCode { .. } => return failure.with_field("code", detail),
            ServiceError::PriceChanged(changed) => failure.problem.changed = Some(changed),
            ServiceError::RateLimited { retry_after_seconds } => {
                failure.retry_after_seconds = Some(retry_after_seconds)
            }
            _ => {}
        }
        failure
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&*self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
