//! Pages for when the application itself can't answer: plain, in both languages, without scripts.

use crate::problem::Failure;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// A page that says in both languages what happened and what to do.
#[must_use]
pub fn plain(status: StatusCode, zh: &str, en: &str) -> Response {
    let code = status.as_u16();
    let html = format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{code}</title></head>\
         <body><main><h1>{code}</h1><p>{zh}</p><p lang=\"en\">{en}</p><p><a href=\"/\">首页 Home</a></p></main></body></html>"
    );
    let mut response = (status, Html(html)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A failure for people.
#[must_use]
pub fn of(failure: &Failure) -> Response {
    let problem = &failure.problem;
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = plain(status, &problem.detail.zh, &problem.detail.en);
    if let Some(seconds) = failure.retry_after_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Something broke here.
#[must_use]
pub fn internal() -> Response {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    plain(status, "服务器出了点问题，请稍后再试。", "Something went wrong on our side. Please try again later.")
}

/// Pages are read, not written to.
#[must_use]
pub fn method_not_allowed() -> Response {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let mut response = plain(status, "这个页面只能浏览。", "This page can only be read.");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}
