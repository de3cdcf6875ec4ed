//! The page of the demo's own payment provider: it asks whether to approve, as a bank would. In a shop that is no demo it has no payments, so it is not there.

use crate::csp;
use crate::extract::Id;
use crate::pages;
use crate::problem::Failure;
use crate::state::AppState;
use axum::extract::{Form, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ids::PaymentId;
use money::{Locale, format_amount};
use serde::Deserialize;
use services::payments::DemoPayment;

/// What the shopper decides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    answer: Verdict,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Approve,
    Refuse,
}

/// Asks whether to approve.
pub async fn ask(State(state): State<AppState>, Id(id): Id<PaymentId>) -> Response {
    match page(&state, &id).await {
        Ok(response) => response,
        Err(failure) => pages::of(&failure),
    }
}

/// Approves or refuses, and goes back to the shop.
pub async fn answer(State(state): State<AppState>, Id(id): Id<PaymentId>, Form(form): Form<Answer>) -> Response {
    let approve = form.answer == Verdict::Approve;
    match state.services.answer_demo_payment(&id, approve).await {
        Ok(payment) => Redirect::to(&payment.return_url).into_response(),
        Err(error) => pages::of(&Failure::from(error)),
    }
}

async fn page(state: &AppState, id: &PaymentId) -> Result<Response, Failure> {
    let payment = state.services.demo_payment(id).await?;
    let currency = state.services.shop().await?.currency;
    let sum = format_amount(payment.amount_minor, currency, Locale::Zh);
    let mut response = Html(html(&payment, &sum)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(csp::FORM));
    Ok(response)
}

fn html(payment: &DemoPayment, sum: &str) -> String {
    let (tender, what) = (escaped(&payment.tender), escaped(&payment.description));
    let below = if payment.is_open {
        "<form method=\"post\"><button name=\"answer\" value=\"approve\">批准 Approve</button> \
         <button name=\"answer\" value=\"refuse\">拒绝 Refuse</button></form>"
            .to_owned()
    } else {
        let back = escaped(&payment.return_url);
        format!("<p>已经答复，或已过期。 Answered already, or too late. <a href=\"{back}\">返回 Back</a></p>")
    };
    format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>演示支付</title></head>\
         <body><main><h1>演示支付 Demo payment</h1><p>{tender} · {what} · <strong>{sum}</strong></p>\
         <p>这里不会真的扣款。 Nothing is charged here.</p>{below}</main></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
