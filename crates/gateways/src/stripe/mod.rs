//! Stripe: payment intents that are captured by us, refunds, and signed notices.
//!
//! The interface is a handful of form posts, so this is a client of our own. The typed client that covers all of Stripe (`async-stripe`) brings several
//! hundred thousand lines for these six calls, and refuses answers that leave out a field it knows.
//! What a shopper pays with is up to Stripe's own script, which confirms the intent by its client secret.

mod amount;
mod api;
mod sign;

use crate::{
    SetupError,
    http::{self, Answer},
};
use amount::to_stripe;
use api::{Event, Intent, Problem, Refund, Refunds};
use async_trait::async_trait;
use ids::{PaymentId, RefundId};
use reqwest::{Client, Method};
use serde::de::DeserializeOwned;
use services::{
    Clock,
    payments::{
        About, Amount, Gateway, GatewayError, GatewayState, Notice, NoticeError, NoticeHeaders, NoticeReply,
        PaymentRef, PaymentStart, RefundAsk, RefundSeen, RefundState, Seen, Started,
    },
};
use std::sync::Arc;
use url::Url;
use wire::PayNext;

/// The version of the interface whose fields we read.
const VERSION: &str = "2024-06-20";
/// Refunds on one page of a list.
const PAGE: &str = "100";

/// What Stripe gives to a shop.
pub struct StripeConfig {
    /// `sk_…`.
    pub secret_key: String,
    /// `pk_…`, for the browser.
    pub publishable_key: Option<String>,
    /// `whsec_…`.
    pub webhook_secret: String,
    /// `https://api.stripe.com/`.
    pub url: Url,
    /// The clock that notices are held against.
    pub clock: Arc<dyn Clock>,
}

/// Stripe as a gateway.
pub struct Stripe {
    config: StripeConfig,
    client: Client,
}

impl Stripe {
    /// Sets the gateway up; nothing is asked yet.
    ///
    /// # Errors
    /// If there is no HTTP client to be had.
    pub fn new(config: StripeConfig) -> Result<Self, SetupError> {
        Ok(Self { config, client: http::client()? })
    }

    /// A call; `key` makes Stripe do it once, however often it is made.
    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
        key: Option<&str>,
    ) -> Result<T, GatewayError> {
        let unusable = |error: url::ParseError| GatewayError::Unknown(format!("the address of Stripe: {error}"));
        let mut url = self.config.url.join(path).map_err(unusable)?;
        if method == Method::GET && !form.is_empty() {
            url.query_pairs_mut().extend_pairs(form);
        }
        let is_read = method == Method::GET;
        let mut request = self.client.request(method, url).bearer_auth(&self.config.secret_key);
        request = request.header("Stripe-Version", VERSION);
        if !is_read {
            request = request.form(form);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        read(&http::send(request).await?)
    }

    async fn intent(&self, id: &str, currency: money::Currency) -> Result<Intent, GatewayError> {
        let intent: Intent = self.call(Method::GET, &format!("v1/payment_intents/{id}"), &[], None).await?;
        intent.in_currency(currency)
    }

    /// Does something to an intent. What is refused may have been done by an earlier call, so then the intent itself says how it stands: `done` of it
    /// is an answer, anything else leaves the refusal.
    async fn change(
        &self,
        payment: &PaymentRef,
        what: &str,
        form: &[(&str, &str)],
        done: fn(&GatewayState) -> bool,
    ) -> Result<Seen, GatewayError> {
        let Some(id) = &payment.provider_ref else { return Ok(not_found()) };
        let key = format!("{}-{what}", payment.payment);
        let changed: Result<Intent, _> =
            self.call(Method::POST, &format!("v1/payment_intents/{id}/{what}"), form, Some(&key)).await;
        match changed {
            Ok(intent) => intent.in_currency(payment.amount.currency)?.seen(),
            Err(GatewayError::Refused { code, message }) => {
                let seen = self.query(payment).await?;
                if done(&seen.state) { Ok(seen) } else { Err(GatewayError::Refused { code, message }) }
            }
            Err(unknown) => Err(unknown),
        }
    }

    /// Our refund among those of its intent.
    async fn find_refund(&self, ask: &RefundAsk) -> Result<Option<Refund>, GatewayError> {
        let Some(intent) = &ask.payment.provider_ref else { return Ok(None) };
        let mut after: Option<String> = None;
        loop {
            let mut query = vec![("payment_intent", intent.as_str()), ("limit", PAGE)];
            query.extend(after.as_deref().map(|after| ("starting_after", after)));
            let page: Refunds = self.call(Method::GET, "v1/refunds", &query, None).await?;
            after = page.data.last().map(|refund| refund.id.clone());
            let is_ours = |refund: &Refund| refund.metadata.get("refund").is_some_and(|id| id == ask.refund.as_str());
            if let Some(refund) = page.data.into_iter().find(is_ours) {
                return Ok(Some(refund));
            }
            if !page.has_more || after.is_none() {
                return Ok(None);
            }
        }
    }
}

fn not_found() -> Seen {
    Seen { state: GatewayState::NotFound, provider_ref: None }
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, GatewayError> {
    if answer.status.is_success() {
        return serde_json::from_slice(&answer.body).map_err(|error| GatewayError::Unknown(error.to_string()));
    }
    if answer.is_unclear() {
        return Err(answer.unclear());
    }
    let problem: Problem = serde_json::from_slice(&answer.body).unwrap_or_default();
    Err(problem.error.into())
}

#[async_trait]
impl Gateway for Stripe {
    fn tender(&self) -> &'static str {
        "stripe"
    }

    async fn start(&self, ask: &PaymentStart) -> Result<Started, GatewayError> {
        let currency = ask.amount.currency;
        let intent = if let Some(id) = &ask.provider_ref {
            self.intent(id, currency).await?
        } else {
            let (amount, code) = (to_stripe(ask.amount)?.to_string(), currency.code().to_ascii_lowercase());
            let form = [
                ("amount", amount.as_str()),
                ("currency", &code),
                ("capture_method", "manual"),
                ("metadata[payment]", ask.payment.as_str()),
                ("metadata[order]", ask.order.as_str()),
            ];
            let key = format!("{}-start", ask.payment);
            let intent: Intent = self.call(Method::POST, "v1/payment_intents", &form, Some(&key)).await?;
            intent.in_currency(currency)?
        };
        let key = self.config.publishable_key.clone();
        let next = intent.client_secret.clone().map(|secret| PayNext::ClientSecret { secret, key });
        Ok(Started { seen: intent.seen()?, next })
    }

    /// An intent whose id we never learnt is nobody's: without its client secret it can't be paid.
    async fn query(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        let Some(id) = &payment.provider_ref else { return Ok(not_found()) };
        match self.intent(id, payment.amount.currency).await {
            Ok(intent) => intent.seen(),
            Err(GatewayError::Refused { code, .. }) if code == "resource_missing" => Ok(not_found()),
            Err(error) => Err(error),
        }
    }

    async fn capture(&self, payment: &PaymentRef, amount: Amount) -> Result<Seen, GatewayError> {
        let counted = to_stripe(amount)?.to_string();
        let done = |state: &GatewayState| matches!(state, GatewayState::Captured { .. } | GatewayState::Voided);
        self.change(payment, "capture", &[("amount_to_capture", &counted)], done).await
    }

    async fn void(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        let done = |state: &GatewayState| matches!(state, GatewayState::Captured { .. } | GatewayState::Voided);
        self.change(payment, "cancel", &[], done).await
    }

    /// Looks for the refund first: Stripe forgets idempotency keys after a day, and a refund may be tried again later than that.
    async fn refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        if let Some(refund) = self.find_refund(ask).await? {
            return Ok(refund.seen());
        }
        let Some(intent) = &ask.payment.provider_ref else {
            let message = "the payment has no payment intent".to_owned();
            return Err(GatewayError::Refused { code: "no_intent".to_owned(), message });
        };
        let amount = to_stripe(ask.amount)?.to_string();
        let form = [
            ("payment_intent", intent.as_str()),
            ("amount", &amount),
            ("metadata[refund]", ask.refund.as_str()),
            ("metadata[payment]", ask.payment.payment.as_str()),
        ];
        let refund: Refund = self.call(Method::POST, "v1/refunds", &form, Some(ask.refund.as_str())).await?;
        Ok(refund.seen())
    }

    async fn query_refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        let refund = self.find_refund(ask).await?;
        Ok(refund.map_or(RefundSeen { state: RefundState::NotFound, provider_ref: None }, |refund| refund.seen()))
    }

    fn notification(&self, headers: &NoticeHeaders, body: &[u8]) -> Result<Notice, NoticeError> {
        let header = headers.get("stripe-signature").map_or("", String::as_str);
        sign::check(&self.config.webhook_secret, header, body, self.config.clock.now())?;
        let event: Event = serde_json::from_slice(body).map_err(|error| malformed(&error))?;
        Ok(Notice { about: about(&event)?, event: event.id })
    }

    fn reply(&self, taken: bool) -> NoticeReply {
        let status = if taken { 200 } else { 400 };
        NoticeReply { status, content_type: "application/json", body: "{}".to_owned() }
    }
}

fn malformed(error: &impl std::fmt::Display) -> NoticeError {
    NoticeError::Malformed(error.to_string())
}

/// What an event is about: an intent or a refund that carries our id, else nothing of ours.
fn about(event: &Event) -> Result<About, NoticeError> {
    let other = || Ok(About::Other { kind: event.kind.clone() });
    match event.data.object["object"].as_str() {
        Some("payment_intent") => {
            let intent: Intent =
                serde_json::from_value(event.data.object.clone()).map_err(|error| malformed(&error))?;
            let Some(Ok(payment)) = intent.metadata.get("payment").map(PaymentId::new) else { return other() };
            Ok(About::Payment { payment, seen: intent.seen().map_err(|error| malformed(&error))? })
        }
        Some("refund") => {
            let refund: Refund =
                serde_json::from_value(event.data.object.clone()).map_err(|error| malformed(&error))?;
            let Some(Ok(id)) = refund.metadata.get("refund").map(RefundId::new) else { return other() };
            Ok(About::Refund { refund: id, seen: refund.seen() })
        }
        _ => other(),
    }
}
